"""The play as it can be read: what leaves the bot for everybody to see on the left, who did what on the right.

While a meeting runs the left column is its chat; before and after it, what telephones and mailboxes show.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage

from cards.times import LONDON, day, read_aloud
from rehearsal.teams import journal as j

WIDTH = 54  # characters of the chat's column
SHORT = 90
ANSWER = "Chairside"  # what a telephone shows of an answer to one's own words


@dataclass(slots=True, kw_only=True)
class Transcript:
    """Turns the journal into lines; the chat's column holds what everybody in the chat can see, and only that.

    `apart` tells of the time before and after a meeting: what reaches people one by one stands in that column then.
    """

    chat: str
    seats: Mapping[str, str]  # name -> seat
    write: Callable[[str], None]
    done: int = 0
    last: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    apart: bool = False
    on: date | None = None  # the day that was written last

    def catch_up(self, entries: j.Journal) -> None:
        """Write whatever has happened since the last call."""
        fresh = list(entries)[self.done :]
        self.done += len(fresh)
        for entry in fresh:
            left, right = self._columns(entry)
            if left or right:
                self._line(entry.at, left, right)

    def letters(self, at: datetime, letters: Iterable[EmailMessage]) -> None:
        """Write which letters have arrived, and what is attached to them."""
        for letter in letters:
            parts = [p for p in letter.walk() if p.get_content_type() == "text/calendar"]
            entry = f" [calendar: {str(parts[0].get_param('method')).lower()}]" if parts else ""
            self._line(at, f"E-mail to {letter['To']}: {letter['Subject']}{entry}", "")

    def acts(self, at: datetime, who: str, what: str) -> None:
        """Write what somebody does elsewhere than in Teams."""
        self._line(at, "", f"{self._who(who)} {what}")

    def shows(self, at: datetime, whose: str, text: str) -> None:
        """Write what one person has before them, for whoever reads the play."""
        self._line(at, "", f"{whose}:")
        for line in text.splitlines():
            self._line(at, "", f"  {line}")

    def _columns(self, entry: object) -> tuple[str, str]:
        match entry:
            case j.Posted(chat=chat, message=message, text=text) if chat == self.chat:
                return self._shared(message, text), ""
            case j.Edited(chat=chat, message=message, text=text) if chat == self.chat and not self.apart:
                return self._shared(message, text), ""
            case j.Said(chat=chat, person=person, text=text) if self.apart and chat != self.chat:
                return "", f"{self._who(person)} writes “{text}” to Chairside"
            case j.Said(person=person, text=text):
                return f"{person}: {text}", ""
            case j.Pressed(person=person, title=title, inputs=inputs):
                return "", f"{self._who(person)} presses “{title}”{_said(inputs)}"
            case j.Joined(person=person):
                return "", f"{self._who(person)} joins"
            case j.Left(person=person):
                return "", f"{self._who(person)} leaves"
            case j.Notified(chat=chat, person=person, text=text) if chat != self.chat and text != ANSWER:
                told = f"{self._who(person)}: {text}"
                return (f"Teams to {told}", "") if self.apart else ("", f"Teams tells only {told}")
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
        local = at.astimezone(LONDON)
        if self.apart and local.date() != self.on:
            self.on = local.date()
            self.write(f"{day(self.on)}")
        stamp = local.strftime("%H:%M:%S")
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
    return ": " + "; ".join(textwrap.shorten(read_aloud(v), 60, placeholder=" …") for v in said[:4])
