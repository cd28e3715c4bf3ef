"""What one copy of the minutes is drawn from: the meeting, its procedure, the time, and what its reader may see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from documents.dates import clock_time
from documents.sayings import printable
from meeting.after.shutting import as_it_was_closed
from meeting.model import Answer, Child, Meeting, PersonId, SeatId, Slot, Status
from meeting.procedure import Procedure
from meeting.running import agenda
from meeting.steps import family
from meeting.steps.asked import CONTEXT, CONTEXT_LABEL

_LEFT_OUT = "[name left out]"
_SHORTEST_NAME = 3  # letters; a shorter part of a name is too common a word to be masked unless it is written as one


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The meeting as one reader may see it. `hidden` holds the subjects that are kept from them."""

    meeting: Meeting
    procedure: Procedure
    now: datetime
    hidden: frozenset[str]
    before: Mapping[Slot, tuple[Answer, ...]]  # what stood in a slot before, oldest first
    mask: re.Pattern[str] | None
    marks: Mapping[tuple[str, str], tuple[str, ...]]  # what the chair marked after the meeting

    def shows(self, subject: str) -> bool:
        """Tell whether the reader may see what is recorded about this subject."""
        return subject not in self.hidden

    def shown(self, text: str) -> str:
        """Return a text as this reader may see it, in characters that every format can show."""
        clean = printable(text)
        return self.mask.sub(_LEFT_OUT, clean) if self.mask else clean

    def children(self) -> tuple[Child, ...]:
        """Return the children in scope that the reader may know of."""
        return tuple(c for c in self.meeting.in_scope() if self.shows(c.id))

    def name(self, person: PersonId | None) -> str:
        """Return somebody's name; the record also holds entries of the system, and of whoever called the meeting."""
        somebody = self.meeting.people.get(person) if person else None
        return somebody.name if somebody else "Chairside" if person == "system" else "whoever called the meeting"

    def seat(self, seat: SeatId | str | None) -> str:
        """Return what a seat is called."""
        known = self.meeting.seats.get(SeatId(seat)) if seat else None
        return known.label if known else ""

    def subject(self, subject: str) -> str:
        """Return the name of a child, or what a row or seat is called; "" for the meeting as a whole."""
        for child in self.meeting.children.values():
            if child.id == subject:
                return child.name or "Child without a name"
        if subject == CONTEXT:
            return CONTEXT_LABEL
        return self.seat(subject) or dict(_rows(self.meeting)).get(subject, "")

    def subjects(self, ids: tuple[str, ...]) -> str:
        """Return the names of those subjects that the reader may see."""
        return ", ".join(n for n in (self.subject(s) for s in ids if self.shows(s)) if n)

    def at(self, moment: datetime) -> str:
        """Return the hour and minute on the day of the meeting, the whole time on any other."""
        return clock_time(moment, self.meeting.started or self.meeting.starts)

    @property
    def over(self) -> bool:
        """Tell whether the meeting has ended."""
        return self.meeting.status in (Status.CLOSED, Status.CANCELLED)

    def visited(self, step: str) -> bool:
        """Tell whether the meeting came to this step."""
        return any(v.step == step for v in self.meeting.visits)


def source_of(meeting: Meeting, procedure: Procedure, now: datetime, reader_seat: SeatId | None) -> Source:
    """Return the source for a reader on this seat, or, with None, for one who sees everything; raises KeyError."""
    meeting = as_it_was_closed(meeting)
    restricted = meeting.seats[reader_seat].restricted if reader_seat is not None else frozenset()
    kept_back = tuple(c for c in meeting.children.values() if c.id in restricted)
    hidden = frozenset(str(c) for c in restricted) | _same_person(meeting, kept_back)
    hidden |= agenda.rows_about_only(meeting, procedure, restricted)
    before: dict[Slot, tuple[Answer, ...]] = {}
    for slot, answer in meeting.replaced:
        before[slot] = (*before.get(slot, ()), answer)
    return Source(
        meeting=meeting,
        procedure=procedure,
        now=now,
        hidden=hidden,
        before=before,
        mask=_mask(meeting, kept_back, hidden),
        marks=meeting.minutes.marks,
    )


def _rows(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    return tuple((row, answers.get("name", "")) for row, answers in family.members(meeting))


def _same_person(meeting: Meeting, kept_back: tuple[Child, ...]) -> frozenset[str]:
    """Return the rows that are the restricted children under their own names, or are related to them alone."""
    names = {_folded(c.name) for c in kept_back if c.name.strip()}
    first = {n.split()[0] for n in names}
    others = {_folded(c.name).split()[0] for c in meeting.children.values() if c not in kept_back and c.name.strip()}
    rows = set()
    for row, answers in family.members(meeting):
        named = set(re.findall(r"\w+", _folded(answers.get("relation", ""))))
        if _folded(answers.get("name", "")) in names or (named & first and not named & others):
            rows.add(row)
    return frozenset(rows | {str(c.id) for c in meeting.children.values() if _folded(c.name) in names})


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _mask(meeting: Meeting, kept_back: tuple[Child, ...], hidden: frozenset[str]) -> re.Pattern[str] | None:
    """Return the pattern of the restricted children's names, less those parts that others in the record share.

    It finds a name in the plural, too: "the Marrs", "the Jameses'"; unless that is another's name.
    """
    others = [c.name for c in meeting.children.values() if c.id not in hidden]
    others += [p.name for p in meeting.people.values()] + [name for row, name in _rows(meeting) if row not in hidden]
    shared = {part for name in others for part in _folded(name).split()}
    kept = "|".join(re.escape(name) for name in sorted(shared))
    not_other = rf"(?!(?:{kept})(?!\w))" if kept else ""
    wanted: set[str] = set()
    for child in kept_back:
        parts = _folded(child.name).split()
        wanted |= {r"\s+".join(re.escape(p) for p in parts)} if parts else set()
        wanted |= {not_other + re.escape(p) for p in parts if p not in shared and len(p) >= _SHORTEST_NAME}
        short = (p for p in child.name.split() if p.istitle() and 1 < len(p) < _SHORTEST_NAME)
        wanted |= {f"{not_other}(?-i:{re.escape(p)})" for p in short if p.casefold() not in shared}
    if not wanted:
        return None
    longest_first = sorted(wanted, key=lambda name: len(name.removeprefix(not_other)), reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?:e?s)?(?!\w)", re.IGNORECASE)
