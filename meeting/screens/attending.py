"""Who is here, as chair and note-taker tick it; who is removed, and who is heard on the telephone."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.door.telephone import comes_by_telephone, empty_seats
from meeting.model import Meeting, Person
from meeting.screens.frame import Frame, Look, frame_for


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentScreen:
    frame: Frame
    people: tuple[tuple[str, str], ...]
    here: tuple[str, ...]
    removable: tuple[tuple[str, str], ...]
    reason: str
    empty: tuple[tuple[str, str], ...] = ()  # seats that somebody on the telephone may answer for
    caller: str = ""  # the one of them whose invitation was answered so
    name: str = ""


def present_screen(look: Look) -> PresentScreen:
    """Return who may be ticked here, and who may be removed."""
    admitted = look.meeting.admitted()
    named = tuple((str(p.id), _named(look.meeting, p)) for p in admitted)
    empty = empty_seats(look.meeting)
    said = next((str(s.id) for s in empty if comes_by_telephone(look.meeting, s)), "")
    return PresentScreen(
        frame=frame_for(look),
        people=named,
        here=tuple(str(p.id) for p in admitted if p.present),
        removable=tuple(one for one in named if one[0] != look.meeting.chair),
        reason=look.typed.get("reason", ""),
        empty=tuple((str(s.id), f"{s.label} – {s.name}" if s.name else s.label) for s in empty),
        caller=look.typed.get("caller", said),
        name=look.typed.get("name", ""),
    )


def _named(meeting: Meeting, person: Person) -> str:
    seat = meeting.seat_of(person.id)
    return f"{person.name} ({seat.label if seat else 'observer'})"
