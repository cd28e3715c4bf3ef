"""When each message last changed for each person, counted in entries of the local Teams' journal."""

from __future__ import annotations

from dataclasses import dataclass, field

from rehearsal.teams import journal as j

Place = tuple[str, str]  # chat, message


@dataclass(slots=True, kw_only=True)
class Marks:
    """Reads the journal as far as it goes, each entry once; a mark is the number of the entry that made the change."""

    journal: j.Journal
    read: int = 0
    shared: dict[Place, int] = field(default_factory=dict)
    own: dict[tuple[str, str, str], int] = field(default_factory=dict)  # chat, message, person
    gone: dict[Place, int] = field(default_factory=dict)

    def catch_up(self) -> int:
        """Take in what is new; return the mark of now."""
        fresh = self.journal.entries[self.read :]
        for number, entry in enumerate(fresh, start=self.read + 1):
            self._take(number, entry)
        self.read += len(fresh)
        return self.read

    def _take(self, number: int, entry: j.Entry) -> None:
        match entry:
            case j.Posted(chat=chat, message=message) | j.Edited(chat=chat, message=message):
                self.shared[chat, message] = number
            case j.Said(chat=chat, message=message):
                self.shared[chat, message] = number
            case j.Deleted(chat=chat, message=message):
                self.gone[chat, message] = number
            case j.Shown(chat=chat, message=message, person=person):
                self.own[chat, message, person] = number
            case _:
                return

    def of(self, chat: str, message: str, person: str) -> int:
        """Return when this message last changed for this person."""
        return max(self.shared.get((chat, message), 0), self.own.get((chat, message, person), 0))

    def fetched(self, chat: str, message: str, person: str) -> bool:
        """Tell whether this person's own card came after the last change that everybody saw."""
        return self.own.get((chat, message, person), 0) > self.shared.get((chat, message), 0)
