"""Finding the seats that somebody means: by label, agency, name or role, with small slips of spelling forgiven."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from meeting.model import Meeting, SeatId
from meeting.refusals import Refused

_BETWEEN = re.compile(r"[,;>→\n]|\bthen\b|\band\b|\bnext\b", re.IGNORECASE)
_CLOSE = 0.75  # how alike two words are for one to be a slip of the other


def match_seats(text: str, meeting: Meeting) -> tuple[SeatId, ...]:
    """Return the seats named in a text, in its order; an agency means all its seats. Raises Refused for other names."""
    names = _names(meeting)
    found: list[SeatId] = []
    for part in filter(None, (_plain(p) for p in _BETWEEN.split(text))):
        for seats in _meant(part, names):
            found.extend(seats)
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    words = re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("_", " "))
    return re.sub(r"\s+", " ", re.sub(r"\b(?:the|from)\b", " ", words)).strip()


def _names(meeting: Meeting) -> dict[str, tuple[SeatId, ...]]:
    """Return what each name means; a seat's own label comes before its agency, person and role."""
    made: dict[str, tuple[SeatId, ...]] = {}
    for kind in ("label", "agency", "name", "role"):
        of_kind: dict[str, tuple[SeatId, ...]] = {}
        for seat in meeting.seats.values():
            key = _plain(getattr(seat, kind))
            of_kind[key] = (*of_kind.get(key, ()), seat.id)
        made = {**of_kind, **made}
    made.pop("", None)
    return made


def _meant(part: str, names: dict[str, tuple[SeatId, ...]]) -> Iterator[tuple[SeatId, ...]]:
    """Yield the seats of one part; words without commas between them are taken one after the other."""
    whole = _one(part, names)
    if whole is not None:
        yield whole
        return
    words = part.split()
    while words:
        for size in range(len(words), 0, -1):
            seats = _one(" ".join(words[:size]), names, close=size == 1)
            if seats is not None:
                yield seats
                words = words[size:]
                break
        else:
            raise Refused("no_such_seat", part)


def _one(name: str, names: dict[str, tuple[SeatId, ...]], *, close: bool = True) -> tuple[SeatId, ...] | None:
    if name in names:
        return names[name]
    begins = [seats for known, seats in names.items() if len(name) > 2 and known.startswith(name)]
    if begins:
        return begins[0]
    part = [seats for known, seats in names.items() if len(name) > 2 and f" {name}" in f" {known}"]
    if part:
        return part[0]
    alike = difflib.get_close_matches(name, names, n=1, cutoff=_CLOSE) if close else []
    return names[alike[0]] if alike else None
