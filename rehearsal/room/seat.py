"""One seat of the room: a person of the local Teams, as the page sees them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from meeting.before.naming import title_of
from meeting.model import Meeting as Record
from meeting.model import PersonId
from meeting.procedure import Procedure
from rehearsal.room.set import Set
from rehearsal.teams import Answer as FromBot
from rehearsal.teams import AnswerKind as FromBotKind
from rehearsal.teams import Chat, Person
from rehearsal.teams.house import elements
from rehearsal.teams.journal import Pressed
from rehearsal.teams.model import ChatRecord, Json, Message
from rehearsal.teams.words import displayed
from web import port
from web.panel import Panel

FETCH_SECONDS = 2.0  # how long an edited message waits for this person's own card before its base is shown
BOARD = "board"
KINDS: Mapping[FromBotKind, port.AnswerKind] = {
    FromBotKind.CARD: port.AnswerKind.CARD,
    FromBotKind.MESSAGE: port.AnswerKind.MESSAGE,
    FromBotKind.ERROR: port.AnswerKind.ERROR,
    FromBotKind.UNANSWERED: port.AnswerKind.ERROR,
}


class RoomSeat:
    """Keeps the promise of `web.port.Conversation` for one person of the case."""

    def __init__(self, played: Set, seat: str) -> None:
        self._set, self._stage, self.seat = played, played.stage, seat
        self._person: Person = played.stage.people[seat]

    @property
    def speaks(self) -> bool:
        """Everybody in a chat can write to the bot."""
        return True

    async def look(self, *, after: int = 0) -> port.Look:
        """Return what this person's Teams shows them."""
        mark = self._set.marks.catch_up()
        meeting = await self._set.meeting()
        board = await self._set.message_of(BOARD)
        shown, waiting = self._messages(after, board)
        return port.Look(
            epoch=self._set.epoch,
            mark=min([mark, *(m - 1 for m in waiting)]),
            title=self._title(meeting),
            who=self._person.name,
            role=str(self._stage.case.seat(self.seat)["label"]),
            fictional=True,
            messages=tuple(sorted(shown, key=lambda message: message.at)),
            gone=tuple(m for (_, m), at in self._set.marks.gone.items() if at > after),
            panel=self._panel(meeting),
        )

    async def changed(self, *, after: int) -> None:
        """Wait for the next thing that happens in this Teams."""
        if self._set.marks.catch_up() <= after:
            await self._set.bell.heard()

    async def press(self, press: port.Press) -> port.Answer:
        """Send what Teams sends for a press: an adaptiveCard/action with the button's data and the inputs."""
        chat, message = self._find(press.message)
        cards = (self._card(message), *self._set.shown.get((self._person.mri, message.id), ()))
        card = next((c for c in cards if any(_same(node, press) for node in elements(c))), None)
        if card is None:
            raise port.Unknown(press.message)
        self._note(chat, message, card, press)
        teams = self._stage.teams
        answer = await teams.invoke_raw(
            self._person, self._chat(chat), verb=press.verb, data=dict(press.data), message=message.id
        )
        return _answer(answer)

    async def refresh(self, message: str) -> port.Answer:
        """Fetch the card again, as from its menu in Teams."""
        _, found = self._find(message)
        if "refresh" not in self._card(found):
            raise port.Unknown(message)
        return _answer(await self._person.refresh(message=message))

    async def say(self, text: str) -> None:
        """Write into the meeting's chat, with the bot mentioned."""
        await self._person.say(self._stage.chat, text, mention_bot=True)

    # ------------------------------------------------------------------------------------------------------ inside

    def _chats(self) -> Iterator[ChatRecord]:
        for chat in self._stage.teams.chats:
            if self._person.mri in chat.record.members:
                yield chat.record

    def _chat(self, record: ChatRecord) -> Chat:
        return next(c for c in self._stage.teams.chats if c.id == record.id)

    def _card(self, message: Message) -> Json:
        held = message.copies.get(self._person.mri)
        return held.card if held is not None else message.card or {}

    def _find(self, message_id: str) -> tuple[ChatRecord, Message]:
        for chat in self._chats():
            message = chat.find(message_id)
            if message is not None and not message.deleted:
                return chat, message
        raise port.Unknown(message_id)

    def _messages(self, after: int, board: str) -> tuple[list[port.Message], list[int]]:
        """Return what changed, and the marks of those whose own card is still on its way."""
        shown, waiting = [], []
        for chat in self._chats():
            for message in chat.messages:
                mark = self._set.marks.of(chat.id, message.id, self._person.name)
                if message.deleted or mark <= after:
                    continue
                if self._underway(chat, message, mark):
                    waiting.append(mark)
                else:
                    shown.append(self._shown(chat, message, mark, board))
        return shown, waiting

    def _underway(self, chat: ChatRecord, message: Message, mark: int) -> bool:
        """Tell whether this person's client fetches their own card now: until then the page keeps what it shows."""
        listed = (message.card or {}).get("refresh", {}).get("userIds", ())
        if self._person.mri not in listed or self._set.marks.fetched(chat.id, message.id, self._person.name):
            return False
        since = self._set.first_seen.setdefault(mark, time.monotonic())
        return time.monotonic() - since < FETCH_SECONDS

    def _shown(self, chat: ChatRecord, message: Message, mark: int, board: str) -> port.Message:
        teams = self._stage.teams
        base = message.card or {}
        mentioned = [e.get("mentioned", {}).get("id") for e in base.get("msteams", {}).get("entities", ())]
        bot = message.sender == teams.account.mri
        return port.Message(
            id=message.id,
            at=message.posted_at,
            sender=teams.account.name if bot else teams.exchange.name(message.sender),
            line=str(base.get("fallbackText") or message.summary or displayed(message.text)),
            mark=mark,
            card=self._live(message, board),
            private=chat.personal,
            form=self._person.mri in mentioned,
            board=message.id == board,
        )

    def _live(self, message: Message, board: str) -> Json | None:
        """Return the card, but for the offer of which meeting is held here: it has served once there is a board."""
        card = self._card(message)
        if not card or (board and "refresh" not in card):
            return None
        self._set.show(self._person.mri, message.id, card)
        return card

    def _note(self, chat: ChatRecord, message: Message, card: Json, press: port.Press) -> None:
        labels = {e["id"]: e.get("label", e["id"]) for e in elements(card) if str(e.get("type")).startswith("Input.")}
        inputs = {str(labels[k]): str(v) for k, v in press.data.items() if k in labels}
        teams = self._stage.teams
        teams.journal.write(
            Pressed(
                at=teams.clock.now(),
                chat=chat.id,
                person=self._person.name,
                message=message.id,
                title=press.title,
                inputs=inputs,
            )
        )

    def _title(self, meeting: tuple[Record, Procedure] | None) -> str:
        if meeting is None:
            return self._stage.case.title
        return f"{meeting[0].reference} · {title_of(*meeting)}"

    def _panel(self, meeting: tuple[Record, Procedure] | None) -> Panel | None:
        if meeting is None:
            return None
        record, procedure = meeting
        own = next((p.id for p in record.people.values() if p.address == self._person.mri), PersonId(""))
        return self._set.panels.of(record, procedure, person=own, now=self._stage.clock.now())


def _same(node: Mapping[str, Any], press: port.Press) -> bool:
    """Tell whether this is the button that was pressed: its verb, and its own sealed ticket."""
    data = node.get("data")
    ticket = data.get("t") if isinstance(data, dict) else None
    return node.get("type") == "Action.Execute" and node.get("verb") == press.verb and ticket == press.data.get("t")


def _answer(answer: FromBot) -> port.Answer:
    kind = KINDS.get(answer.kind, port.AnswerKind.ERROR)
    return port.Answer(kind=kind, text="" if kind is port.AnswerKind.CARD else answer.text)
