"""How wide a table's columns are on paper, in PDF and in Word: each word fits, and who says more has more room."""

from __future__ import annotations

import math
import re

from documents.model import Table

SHARES = 50  # a table's width on paper is shared in steps of 2 %: in coarser ones, what is rounded up is lost to all
_SHARE, _LETTER, _BOLD, _PADDING = 3.52, 1.75, 2.1, 3.0  # millimetres on A4, in the size of a table's words
_WIDE, _EXTRA = re.compile("[mwMW]"), 0.6  # letters that are wider than the others, and by how much of one
_LONGEST_WORD = 14  # letters; a longer word is broken where the others leave it no room
_LONGEST_ADDRESS = 32  # letters; a longer one is broken in any case
_LONGEST = 120  # characters of a cell that make its column wider


def widths(table: Table) -> list[int]:
    """Return each column's width on paper, in fiftieths of the table's: its longest word fits, the rest is shared."""
    columns = list(zip(table.headers, *table.rows, strict=True))
    shares, wished = ([_least(n, column, most) for n, column in enumerate(columns)] for most in _MOST)
    wants = [max(min(_LONGEST, len(cell)) for cell in column) for column in columns]
    while sum(shares) > SHARES and max(shares) > 1:
        shares[shares.index(max(shares))] -= 1
    for number in sorted(range(len(shares)), key=lambda n: wished[n] - shares[n]):
        if sum(shares) - shares[number] + wished[number] <= SHARES:
            shares[number] = max(shares[number], wished[number])  # an e-mail address in one piece
    for _ in range(SHARES - sum(shares)):
        narrowest = max(range(len(shares)), key=lambda n: wants[n] / shares[n])
        shares[narrowest] += 1
    return shares


_MOST = (_LONGEST_WORD, _LONGEST_ADDRESS)


def _least(number: int, column: tuple[str, ...], most: int) -> int:
    """Return how many fiftieths hold a column's longest word; the first column and every head are bold."""
    head = _for_words(column[:1], _BOLD, most)
    return max(head, _for_words(column[1:], _LETTER if number else _BOLD, most))


def _for_words(cells: tuple[str, ...], letter: float, most: int) -> int:
    longest = max((len(word) + _EXTRA * len(_WIDE.findall(word)) for cell in cells for word in cell.split()), default=0)
    return max(1, math.ceil((min(longest, most) * letter + _PADDING) / _SHARE))
