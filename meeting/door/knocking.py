"""One message for all who came to the door at the same moment: everybody of a chat in which a meeting starts."""

from __future__ import annotations

from collections.abc import Iterator

from meeting.model import Meeting, Person, PersonId, Standing, Status
from meeting.telling.notices import Cancel, Notice, NoticeKind, Send


def company(meeting: Meeting, person: Person) -> tuple[Person, ...]:
    """Return who came at the same moment as somebody and waits still, in order of arrival."""
    waiting = (p for p in meeting.people.values() if p.standing is Standing.WAITING)
    return tuple(p for p in waiting if p.arrived == person.arrived and p.digits == person.digits)


def came(before: Meeting, after: Meeting, person: PersonId) -> Iterator[Notice]:
    """Ask chair and note-taker about somebody at the door; those who came together share one message.

    Whoever reads digits aloud has a message alone, and a new one for new digits.
    """
    known = before.people.get(person)
    if known is not None and known.digits and known.standing is Standing.WAITING:
        yield from _closed(_key(known))
    if after.status is not Status.PREPARING or after.chair is not None:
        key = _key(after.people[person])
        yield Send(key=key, kind=NoticeKind.DOOR, subject=person, edits=key, again=True, urgency=2)


def seen_to(before: Meeting, after: Meeting, person: PersonId) -> Iterator[Notice]:
    """Close the door's question once nobody of that message waits; until then it shows who does."""
    if before.people[person].standing is not Standing.WAITING:
        return
    key = _key(before.people[person])
    if company(after, before.people[person]):
        yield Send(key=key, kind=NoticeKind.DOOR, subject=person, edits=key, again=True, urgency=2)
        return
    yield from _closed(key)


def _closed(key: str) -> Iterator[Notice]:
    yield Cancel(key=key)
    yield Send(key=f"close:{key}", kind=NoticeKind.CLOSE, subject=key, edits=key, urgency=6)


def waited_for(meeting: Meeting, key: str) -> bool:
    """Tell whether somebody whom the message of this key asks about still waits."""
    return any(p.standing is Standing.WAITING and _key(p) == key for p in meeting.people.values())


def _key(person: Person) -> str:
    came = person.arrived.isoformat() if person.arrived else person.id
    return f"door:{came}:{person.digits}" if person.digits else f"door:{came}"
