"""The play as it can be read: what the whole chat saw on the left, who did what on the right."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cards.times import LONDON
from rehearsal.teams import journal as j

WIDTH = 54  # characters of the chat's column
SHORT = 90


@dataclass(slots=True, kw_only=True)
class Transcript:
    """Turns the journal into lines; the chat's column holds what everybody in the chat can see, and only that."""

    chat: str
    seats: Mapping[str, str]  # name -> seat
    write: Callable[[str], None]
    done: int = 0
    last: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    def catch_up(self, entries: j.Journal) -> None:
        """Write whatever has happened since the last call."""
        fresh = list(entries)[self.done :]
        self.done += len(fresh)
        for entry in fresh:
            left, right = self._columns(entry)
            if left or right:
                self._line(entry.at, left, right)

    def _columns(self, entry: object) -> tuple[str, str]:
        match entry:
            case j.Posted(chat=chat, message=message, text=text) if chat == self.chat:
                return self._shared(message, text), ""
            case j.Edited(chat=chat, message=message, text=text) if chat == self.chat:
                return self._shared(message, text), ""
            case j.Said(person=person, text=text):
                return f"{person}: {text}", ""
            case j.Pressed(person=person, title=title, inputs=inputs):
                return "", f"{self._who(person)} presses “{title}”{_said(inputs)}"
            case j.Joined(person=person):
                return "", f"{self._who(person)} joins"
            case j.Left(person=person):
                return "", f"{self._who(person)} leaves"
            case j.Noticed(person=person, text=text):
                return "", f"{self._who(person)} is told: {text}"
            case _:
                return "", ""

    def _shared(self, message: str, text: str) -> str:
        """Return a message's shared text without its buttons, once for each change."""
        plain = " · ".join(line for line in text.splitlines() if line and not line.startswith("<"))
        if self.seen.get(message) == plain:
            return ""
        self.seen[message] = plain
        return plain

    def _who(self, person: str) -> str:
        seat = self.seats.get(person)
        return f"{person} ({seat})" if seat else person

    def _line(self, at: datetime, left: str, right: str) -> None:
        stamp = at.astimezone(LONDON).strftime("%H:%M:%S")
        shown = stamp if stamp != self.last else " " * len(stamp)
        self.last = stamp
        chat = textwrap.wrap(left, WIDTH) or [""]
        acts = textwrap.wrap(right, SHORT) or [""]
        for n in range(max(len(chat), len(acts))):
            first = chat[n] if n < len(chat) else ""
            second = acts[n] if n < len(acts) else ""
            self.write(f"{shown if n == 0 else ' ' * len(stamp)}  {first:<{WIDTH}} │ {second}".rstrip())


def _said(inputs: Mapping[str, str]) -> str:
    """Return what was filled in, shortened."""
    said = [v for k, v in inputs.items() if v and v != "false"]
    if not said:
        return ""
    return ": " + "; ".join(textwrap.shorten(v, 60, placeholder=" …") for v in said[:4])
