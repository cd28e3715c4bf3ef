"""What a meeting costs people, measured in the play and held against what was promised (docs/budgets.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rehearsal.actor import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One promise and what this play measured."""

    what: str
    measured: float
    at_most: float
    unit: str = ""

    @property
    def kept(self) -> bool:
        """Tell whether the promise holds."""
        return self.measured <= self.at_most


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the play counted beside presses."""

    to_roll_call: int  # presses of the chair from the start to the roll call
    largest_card: int  # inputs
    longest_refusal: int  # words
    minutes_seconds: float
    spoken_turn: int  # presses of whoever speaks instead of typing


def budgets(
    chair: str, tallies: Mapping[str, Tally], measured: Measured, *, with_note_taker: bool
) -> tuple[Budget, ...]:
    """Return every promise of the design that the play exercises, with its measured value."""
    own = tallies[chair]
    cards = max((len(t.cards) for seat, t in tallies.items() if seat != chair), default=0)
    made = [
        Budget(what="Start to roll call, the chair's presses", measured=measured.to_roll_call, at_most=3),
        Budget(what="Cards that asked something of any other attendee", measured=cards, at_most=8),
        Budget(what="A turn spoken instead of typed, presses", measured=measured.spoken_turn, at_most=2),
        Budget(what="Inputs on the largest card", measured=measured.largest_card, at_most=6),
        Budget(what="Words of the longest refusal", measured=measured.longest_refusal, at_most=25),
        Budget(what="Draft minutes after closing", measured=measured.minutes_seconds, at_most=5, unit="s"),
    ]
    if with_note_taker:
        made.insert(1, Budget(what="The chair's presses, with a note-taker", measured=own.presses, at_most=45))
        made.insert(2, Budget(what="The chair's text fields, with a note-taker", measured=own.texts, at_most=4))
    else:
        made.insert(1, Budget(what="The chair's text fields, alone", measured=own.texts, at_most=25))
    return tuple(made)


def exceeded(all_budgets: Iterable[Budget]) -> tuple[Budget, ...]:
    """Return the promises that were not kept."""
    return tuple(b for b in all_budgets if not b.kept)
