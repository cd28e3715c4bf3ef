"""The people of a ledger test: they press what they see, and read what the bot shows them; nothing else is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import takewhile

from rehearsal.stage import Stage
from rehearsal.teams import Answer, Chat, Person
from rehearsal.teams.view import Button, Field, Piece

Answers = Mapping[str, str | Sequence[str]]
MORE = r"need another look|A little more is needed"
NOTHING: Answers = {}
SAVING = ("Save", "Save and go on", "Record the decision", "Go on")
KEEPING = ("Keep the wording", "Keep that all agree")
REASONS = {
    "Evidence": "Photographs of Monday.",
    "Impact on the child": "Afraid to go home.",
    "Why proportionate and defendable": "Nothing less keeps the child safe.",
}


@dataclass(slots=True, kw_only=True)
class World:
    """A meeting at one step; seats are attributes (`world.police`), the one who chairs is `world.chair`."""

    stage: Stage
    private: dict[str, Chat] = field(default_factory=dict)

    def __getattr__(self, seat: str) -> Person:
        people = object.__getattribute__(self, "stage").people
        if seat in people:
            return people[seat]  # type: ignore[no-any-return]
        raise AttributeError(seat)

    async def settle(self) -> None:
        """Let everything that is under way come to rest."""
        await self.stage.settle()

    async def later(self, **by: float) -> None:
        """Move the clock on (`minutes=2`), and let whatever is due then happen."""
        self.stage.clock.advance(timedelta(**by))
        self.stage.service.dispatcher.wake()
        await self.settle()

    async def begin(self, *absent: Person) -> None:
        """From an empty chat to a running meeting: the bot comes in, all but these join, the chair starts it."""
        chat, chair = self.stage.chat, self.chair
        await chat.install_bot(chair)
        await self.settle()
        await self.press(chair, "Hold it here")
        await chat.start()
        for person in self.stage.people.values():
            if person not in absent:
                await chat.join(person)
        await self.settle()
        await self.press(chair, "Start the meeting")
        await self.board()

    async def board(self) -> None:
        """Wait until the board is edited, which happens at most once in three seconds."""
        await self.later(seconds=4)

    async def leaves(self, *people: Person) -> None:
        """These people leave the call."""
        for person in people:
            await self.stage.chat.leave(person)
        await self.settle()
        await self.board()

    async def knock(self, name: str, seat: str) -> Person:
        """Somebody who was not invited by name joins the call, and the chair gives them this seat."""
        person = self.stage.teams.person(name)
        await self.stage.chat.add(person, by=self.chair)
        await self.stage.chat.join(person)
        await self.settle()
        self.choose(self.chair, "Seat", next(t for t in self.offered(self.chair, "Seat") if t.startswith(seat)))
        await self.press(self.chair, "Let in")
        await self.board()
        return person

    def offered(self, person: Person, label: str) -> list[str]:
        """The titles among which this person may choose in the newest input of this label."""
        fields = (p for _, pieces in person.pieces(self.stage.chat) for p in pieces if isinstance(p, Field))
        return [c["title"] for c in next(f for f in fields if f.text == label).element["choices"]]

    async def press(self, person: Person, title: str, *, beside: str | None = None, force: bool = False) -> Answer:
        """Press a button that is visible on this person's newest card with it, in the meeting's chat."""
        answer = await person.press(title, in_=self.stage.chat, beside=beside, force=force, settle=True)
        await self.settle()
        return answer

    async def next(self, reason: str | None = None) -> str:
        """The chair goes on (or closes); returns what the chair's card then says. With a reason passes a gate."""
        title = next(t for t in self.titles(self.chair) if re.match(r"Next: |Close the meeting", t))
        await self.press(self.chair, title)
        if reason is not None:
            self.fill(self.chair, "Reason for going on without", reason)
            await self.press(self.chair, "Go on with this reason")
        return self.card(self.chair)

    def titles(self, person: Person) -> list[str]:
        """The titles of all buttons this person sees in the meeting's chat, the newest card's first."""
        return [p.text for _, pieces in person.pieces(self.stage.chat) for p in pieces if isinstance(p, Button)]

    def labels(self, person: Person) -> list[str]:
        """The labels of all inputs this person sees, the newest card's first."""
        return [p.text for _, pieces in person.pieces(self.stage.chat) for p in pieces if isinstance(p, Field)]

    def fill(self, person: Person, label: str, text: str) -> None:
        """Type into an input of this label."""
        person.type(label, text, in_=self.stage.chat)

    def choose(self, person: Person, label: str, *titles: str) -> None:
        """Choose by title in an input of this label."""
        person.choose(label, *titles, in_=self.stage.chat)

    async def submit(self, person: Person, answers: Answers, *, keep: bool = False) -> str:
        """Answer the newest card by its labels and press its main button, page by page; returns the card it ends on.

        Stops where the card comes back with an error or a question of wording; sends what a client would not.
        """
        for _ in range(9):
            asked = self._write(person, answers)
            if not (buttons := [t for t in SAVING if t in self._titles_in(person, self.stage.chat)]):
                break
            await self.press(person, buttons[0], force=True)
            kept = [t for t in KEEPING if t in self._titles_in(person, self.stage.chat)]
            if keep and kept:
                await self.press(person, kept[0], force=True)
            card = self.newest(person)
            fresh = ({p.text for p in self._pieces(person) if isinstance(p, Field)} - asked) & set(answers)
            if any(t in card for t in KEEPING) or not (fresh if re.search(MORE, card) else buttons[0].endswith("o on")):
                break
        return self.newest(person)

    async def fill_in(self, person: Person, beside: str, answers: Answers, *, keep: bool = False) -> str:
        """Open what stands in this row, by its `Fill in` or `Change`, and submit it; returns the card it ends on."""
        row = [p for p in self._pieces(person) if isinstance(p, Button) and any(beside in a for a in p.around)]
        await self.press(person, row[0].text, beside=beside)
        return await self.submit(person, answers, keep=keep)

    async def look_again(self, person: Person) -> None:
        """Somebody opens the chat anew: their cards are fetched again, as after a minute they are."""
        self.stage.clock.advance(timedelta(seconds=65))  # a chair silent for two minutes would be passed over
        await person.open(self.stage.chat)
        await self.settle()

    async def decide(self, *outcomes: str, answers: Answers = NOTHING, keep: bool = False) -> str:
        """The chair decides for every child still open, with reasons; returns the card it ends on."""
        return await self.submit(self.chair, {"Outcomes (one or more)": outcomes, **REASONS, **answers}, keep=keep)

    def _write(self, person: Person, answers: Answers) -> set[str]:
        """Answer what is asked for on the newest card; returns the labels of all that it asks."""
        fields = [p for p in self._pieces(person) if isinstance(p, Field)]
        for item in fields:
            if (said := answers.get(item.text)) is not None:
                if item.element["type"] == "Input.ChoiceSet":
                    self.choose(person, item.text, *([said] if isinstance(said, str) else said))
                else:
                    self.fill(person, item.text, said if isinstance(said, str) else ", ".join(said))
        return {f.text for f in fields}

    def _pieces(self, person: Person) -> list[Piece]:
        return next(iter(person.pieces(self.stage.chat)))[1]

    def under(self, minutes: str, *headings: str) -> str:
        """Return what the minutes say under these headings in turn: a step's label, then a child's name."""
        ends = {*(s.label for s in self.stage.procedure.agenda), *(c["name"] for c in self.stage.case.data["children"])}
        lines = minutes.splitlines()
        for heading in headings:
            lines = lines[lines.index(heading) + 1 :]
        return "\n".join(takewhile(lambda line: line not in {*ends, "Time limits"}, lines))

    def card(self, person: Person) -> str:
        """All that this person reads in the meeting's chat, the newest card first."""
        return "\n\n".join(reversed(person.screens(self.stage.chat)))

    def newest(self, person: Person) -> str:
        """The newest card of this person in the meeting's chat."""
        return person.screen(in_=self.stage.chat)

    def shared(self) -> str:
        """All that the shared chat ever showed to everybody: posts, edits, notifications."""
        from rehearsal.teams.journal import Edited, Notified, Posted

        seen = [
            e.text for e in self.stage.teams.journal if isinstance(e, Posted | Edited) and e.chat == self.stage.chat.id
        ]
        return "\n".join([*seen, *(e.text for e in self.stage.teams.journal if isinstance(e, Notified))])

    def told(self, person: Person) -> str:
        """The short sentences that this person was shown."""
        return "\n".join(n.text for n in person.notices)

    async def open(self, person: Person, title: str = "Open my part") -> None:
        """Press "Open my part" on the newest card that shows it."""
        await self.press(person, title)

    async def say(self, person: Person, text: str, *, private: bool = False) -> str:
        """Write to the bot, in the meeting's chat with a mention or in 1:1; returns what it says back, newest first."""
        chat = self._private(person) if private else self.stage.chat
        await person.say(chat, text, mention_bot=not private)
        await self.settle()
        return person.screen(in_=chat)

    async def minutes(self, person: Person | None = None) -> str:
        """The draft minutes, read through the bot's own answer to the word `minutes` in 1:1, page by page."""
        reader = person or self.chair
        text = await self.say(reader, "minutes", private=True)
        chat = self._private(reader)
        pages = [text]
        for _ in range(40):
            more = [t for t in self._titles_in(reader, chat) if t in ("Next page", "More")]
            if not more:
                break
            await reader.press(more[0], in_=chat, settle=True)
            pages.append(reader.screen(in_=chat))
        return "\n".join(pages)

    def _titles_in(self, person: Person, chat: Chat) -> list[str]:
        newest = [next(person.pieces(chat))]
        return [p.text for _, pieces in newest for p in pieces if isinstance(p, Button)]

    def own_chat(self, person: Person) -> Chat:
        """Somebody's own chat with the bot."""
        return self._private(person)

    def _private(self, person: Person) -> Chat:
        if person.name not in self.private:
            self.private[person.name] = self.stage.teams.personal_chat(person)
        return self.private[person.name]

    def nothing_wrong(self) -> None:
        """Teams had nothing to object to."""
        assert not self.stage.teams.violations, self.stage.teams.violations
