"""What waits for an agency's agreement at a step, as those see it who may give it or who heard it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting.ids import spoken
from meeting.model import How, Slot
from meeting.procedure import Part, Step, parts_of
from meeting.running import agenda
from meeting.screens.frame import Look
from meeting.steps.sharing import waits, wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingLine:
    """One answer that an agency is asked about: whether it has agreed, and whether this person may say so."""

    slot: Slot
    label: str
    agency: str
    agreed: str = ""  # who agreed, and how
    own: bool = False  # the reader's own agency is asked
    may_agree: bool = False


def sharing_lines(look: Look, step: Step) -> Iterator[SharingLine]:
    """Yield what an agency is asked to agree to at this step; at the open one also what still waits from before it."""
    before = agenda.reached(look.meeting, look.procedure) if look.meeting.step == step.id else ()
    for one in (*(s for s in before if s.id != step.id), step):
        for part in (p for p in parts_of(one) if p.agreed_by):
            for slot in (s for s in look.meeting.answers if (s.step, s.part) == (one.id, part.id)):
                if wanted(look.meeting, look.procedure, part, slot):
                    line = _line(look, part, slot)
                    yield from (line,) if one is step or not line.agreed else ()


def _line(look: Look, part: Part, slot: Slot) -> SharingLine:
    mine = look.meeting.seat_of(look.person)
    own = mine is not None and mine.agency == part.agreed_by
    open_ = waits(look.meeting, look.procedure, part, slot)
    return SharingLine(
        slot=slot,
        label=part.label,
        agency=spoken(part.agreed_by),
        agreed="" if open_ else _agreed(look, slot),
        own=own,
        may_agree=open_ and (own or look.scribe),
    )


def _agreed(look: Look, slot: Slot) -> str:
    said = look.meeting.agreed[slot]
    heard = "heard aloud" if said.how is How.HEARD else look.meeting.people[said.by].name
    return f"{look.meeting.seats[said.seat].label}, {heard}"
