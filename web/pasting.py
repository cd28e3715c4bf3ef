"""A paper in pieces, to be carried into the case system's form: one field each, in the order of that form."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from documents.model import Document
from documents.text import blocks_of, text_of
from web.shell import document as shell

_LONGEST = 14  # lines of a field before it scrolls
HOW = "Choose Copy, or go into a field, mark all (Ctrl and A) and copy (Ctrl and C). The order is your case system's."


def paste_page(paper: Document, order: Sequence[str], base: str) -> str:
    """Return the page: the whole first, then each section by itself, as plain text. Every word is escaped."""
    title = f"{paper.title}, {paper.reference}: to paste"
    banner = "".join(f'<p class="banner">{escape(line)}</p>' for line in paper.banner)
    whole = text_of(paper, order)
    pieces = [_piece("all", "The whole", whole)]
    pieces += [_piece(f"p{n}", heading, text) for n, (heading, text) in enumerate(blocks_of(paper, order), start=1)]
    back = f'<p><a href="{escape(base)}/papers">Back to the papers</a></p>'
    body = (
        f'<main class="plain" id="mine" tabindex="-1"><h1>{escape(title)}</h1>{banner}<p>{HOW}</p>'
        f'<p id="said" role="status"></p>{"".join(pieces)}{back}</main>'
    )
    return shell(f"{title} · Chairside", body, modules=("copy.js", "paper.js"))


def _piece(id_: str, heading: str, text: str) -> str:
    """Return one heading with its text, and the button that copies it."""
    rows = min(_LONGEST, text.count("\n") + 2)
    name = escape(heading)
    return (
        f'<section class="piece"><h2 id="{id_}-name">{name}</h2>'
        f'<p><button type="button" class="button" data-copies="{id_}" data-name="{name}" aria-label="Copy: {name}">'
        f"Copy</button></p>"
        f'<textarea id="{id_}" rows="{rows}" readonly aria-labelledby="{id_}-name">\n{escape(text)}</textarea>'
        "</section>"
    )
