"""Who read what of a meeting, and one meeting's whole record as files: for the data protection officer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from bot.by_reference import find
from cards.times import moment
from documents.copies import filed
from documents.html import html_of
from documents.minutes import minutes_of
from documents.text import text_of
from meeting.model import Meeting, Person
from meeting.procedure import Procedure
from meeting.timing.working_days import local_day
from procedures.notices import notices
from storage import Store

CHECK = (
    "This is everything that the record of one meeting holds, about everybody in it. Before any of it is handed out, "
    "the data protection officer takes out what belongs to others or may not be told.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One line of who saw what, and when."""

    at: datetime
    who: str
    what: str


async def who_saw(store: Store, reference: str) -> tuple[Seen, ...]:
    """Return who was let in, when they were there, and what they read outside the meeting, in order of time."""
    meeting, _ = await store.record.read(await find(store, reference))
    return tuple(sorted(_seen(meeting), key=lambda one: one.at))


def _seen(meeting: Meeting) -> Iterator[Seen]:
    for person in meeting.people.values():
        who = _named(meeting, person)
        if person.arrived is not None:
            yield Seen(at=person.arrived, who=who, what=f"came to the door ({person.assurance}); now {person.standing}")
        if person.accepted is not None:
            yield Seen(at=person.accepted, who=who, what="accepted confidentiality outside Teams")
        for stay in person.stays:
            until = f" until {moment(stay.until)}" if stay.until else ", no leaving noted"
            yield Seen(at=stay.since, who=who, what=f"in the meeting{until}")
    for reading in meeting.readings:
        reader = meeting.people.get(reading.reader)
        who = _named(meeting, reader) if reader else str(reading.reader)
        yield Seen(at=reading.at, who=who, what=f"read: {reading.paper} ({reading.way})")


def _named(meeting: Meeting, person: Person) -> str:
    seat = meeting.came_for(person.id)
    return f"{person.name} ({seat.label})" if seat else person.name


async def export(store: Store, reference: str, folder: Path, *, now: datetime) -> tuple[Path, ...]:
    """Write one meeting's minutes as they stand, its whole state and its list of readers; returns the files."""
    meeting, procedure = await store.record.read(await find(store, reference))
    seen = await who_saw(store, reference)
    return _write(folder, _files(meeting, procedure, seen, now))


def _files(meeting: Meeting, procedure: Procedure, seen: tuple[Seen, ...], now: datetime) -> dict[str, str]:
    document = minutes_of(meeting, procedure, now, notices(procedure, today=local_day(now, procedure.working_days)))
    readers = "\n".join(f"{moment(one.at)}\t{one.who}\t{one.what}" for one in seen)
    name = filed(meeting.reference)
    return {
        "READ-FIRST.txt": CHECK,
        f"{name}-minutes.html": html_of(document),
        f"{name}-minutes.txt": text_of(document),
        f"{name}-record.json": json.dumps(plain(meeting), ensure_ascii=False, indent=1),
        f"{name}-access.txt": readers + "\n",
    }


def _write(folder: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = []
    for name, text in files.items():
        path = folder / name
        path.unlink(missing_ok=True)  # an older one may be open to others, or lead elsewhere
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        written.append(path)
    return tuple(written)


def plain(value: Any) -> Any:  # noqa: ANN401  # whatever a meeting holds, as JSON has it
    """Return a value as JSON writes it: a mapping whose keys are no texts becomes a list of pairs."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {str(key): plain(each) for key, each in value.items()}
        return [[plain(key), plain(each)] for key, each in value.items()]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset | set):
        found = [plain(each) for each in value]
        return sorted(found, key=str) if isinstance(value, frozenset | set) else found
    return value
