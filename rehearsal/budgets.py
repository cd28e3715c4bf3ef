"""What a meeting costs people, measured in the play and held against what was promised (docs/budgets.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rehearsal.actor import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One promise and what this play measured."""

    what: str
    short: str  # the same in a word or two, for a table of cases
    measured: float
    at_most: float
    unit: str = ""

    @property
    def kept(self) -> bool:
        """Tell whether the promise holds."""
        return self.measured <= self.at_most

    @property
    def figures(self) -> str:
        """What was measured, of what is allowed."""
        return f"{_plain(self.measured)}/{_plain(self.at_most)}{f' {self.unit}' if self.unit else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the play counted beside presses."""

    to_roll_call: int  # presses of the chair from the start to the roll call
    steps_before: int  # steps of the agenda before the roll call
    largest_card: int  # inputs
    longest_refusal: int  # words
    minutes_seconds: float
    spoken_turn: int  # presses of whoever speaks instead of typing


def budgets(
    chair: str, tallies: Mapping[str, Tally], measured: Measured, *, with_note_taker: bool
) -> tuple[Budget, ...]:
    """Return every promise of the design that the play exercises, with its measured value."""
    cards = max((len(t.cards) for seat, t in tallies.items() if seat != chair), default=0)
    return (
        *_chair(tallies[chair], measured, with_note_taker=with_note_taker),
        _of("Cards that asked something of any other attendee", "cards", cards, 8),
        _of("A turn spoken instead of typed, presses", "spoken turn", measured.spoken_turn, 2),
        _of("Inputs on the largest card", "inputs", measured.largest_card, 6),
        _of("Words of the longest refusal", "refusal", measured.longest_refusal, 25),
        Budget(
            what="Draft minutes after closing", short="minutes", measured=measured.minutes_seconds, at_most=5, unit="s"
        ),
    )


def _chair(own: Tally, measured: Measured, *, with_note_taker: bool) -> tuple[Budget, ...]:
    """Return what the chair was promised; each step before the roll call is heard, and left."""
    before = 1 + 2 * measured.steps_before
    start = _of("Start to roll call, the chair's presses", "to roll call", measured.to_roll_call, before)
    if not with_note_taker:
        return start, _of("The chair's text fields, alone", "texts", own.texts, 25)
    return (
        start,
        _of("The chair's presses, with a note-taker", "presses", own.presses, 45),
        _of("The chair's text fields, with a note-taker", "texts", own.texts, 4),
    )


def _of(what: str, short: str, measured: float, at_most: float) -> Budget:
    return Budget(what=what, short=short, measured=measured, at_most=at_most)


def _plain(value: float) -> str:
    return f"{value:g}" if value == int(value) else f"{value:.1f}"


def exceeded(all_budgets: Iterable[Budget]) -> tuple[Budget, ...]:
    """Return the promises that were not kept."""
    return tuple(b for b in all_budgets if not b.kept)
