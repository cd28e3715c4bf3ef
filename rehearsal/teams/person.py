"""A person at their screen: the test client for humans."""

from collections.abc import Iterator
from dataclasses import replace

from rehearsal.teams import activities
from rehearsal.teams.answers import Answer
from rehearsal.teams.errors import NotInChat, NotVisible
from rehearsal.teams.eyes import Eyes, InChat, Where
from rehearsal.teams.hands import Hands
from rehearsal.teams.journal import Said
from rehearsal.teams.model import ChatRecord, Identity, Json, Message, Notice, Notification, PersonKind
from rehearsal.teams.stage import Stage
from rehearsal.teams.view import Piece, pieces


class Person:
    """Sees only what their client shows, and acts on what they see by its visible words."""

    def __init__(self, stage: Stage, mri: str) -> None:
        self._stage = stage
        self._eyes = Eyes(stage.screens, mri)
        self._hands = Hands(stage, mri)
        self.mri = mri
        self.last_answer: Answer | None = None

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"

    @property
    def identity(self) -> Identity:
        return self._stage.exchange.who(self.mri)

    @property
    def name(self) -> str:
        return self.identity.name

    @property
    def kind(self) -> PersonKind:
        return self.identity.kind

    @property
    def aad_object_id(self) -> str | None:
        return self.identity.aad_object_id

    @property
    def email(self) -> str | None:
        return self.identity.email

    @property
    def tenant(self) -> str:
        return self.identity.tenant

    def sees(self, text: str, *, in_: InChat | None = None) -> bool:
        """Whether the text stands anywhere on the messages visible to this person now."""
        return any(text in self._eyes.text(*each) for each in self._eyes.messages(Where(in_=in_)))

    def screen(self, *, in_: InChat | None = None, message: str | None = None) -> str:
        """The newest message as plain text, with inputs and buttons; empty where there is none."""
        newest = self._eyes.messages(Where(in_=in_, message=message))[:1]
        return "\n".join(self._eyes.text(*each) for each in newest)

    def screens(self, in_: InChat | None = None) -> list[str]:
        """All visible messages as plain text, the oldest first."""
        return [self._eyes.text(*each) for each in reversed(self._eyes.messages(Where(in_=in_)))]

    def cards(self, in_: InChat | None = None) -> list[Json]:
        """The cards this person holds, the oldest first."""
        return [each.copy.card for each in reversed(list(self._eyes.sights(Where(in_=in_))))]

    def pieces(self, in_: InChat | None = None, *, message: str | None = None) -> Iterator[tuple[str, list[Piece]]]:
        """What is visible on each card, by its message's id, the newest first; read as far as one looks."""
        for sight in self._eyes.sights(Where(in_=in_, message=message)):
            yield sight.message.id, pieces(sight.copy)

    def messages(self, in_: InChat | None = None) -> list[str]:
        """The ids of the visible messages, the oldest first."""
        return [message.id for _, message in reversed(self._eyes.messages(Where(in_=in_)))]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The short sentences and errors shown so far, the oldest first."""
        return tuple(self._stage.exchange.state.notices.get(self.mri, ()))

    @property
    def notifications(self) -> tuple[Notification, ...]:
        """What this person's telephone displayed so far, the oldest first."""
        return tuple(self._stage.exchange.state.notifications.get(self.mri, ()))

    # ----------------------------------------------------------------------------------------------------- acting

    async def press(
        self,
        title: str,
        *,
        in_: InChat | None = None,
        message: str | None = None,
        beside: str | None = None,
        force: bool = False,
        settle: bool = False,
    ) -> Answer:
        """Press the button with this title on the newest message that shows it, and return the bot's answer.

        Raises NotVisible, Ambiguous, or PressBlocked where the client would not send it (`force` sends it).
        """
        sight, button = self._eyes.button(title, Where(in_=in_, message=message, beside=beside))
        self.last_answer = await self._hands.press(sight, button, force=force)
        if settle:
            await self._stage.settle()
        return self.last_answer

    async def submit(self, title: str, *, in_: InChat | None = None, message: str | None = None) -> Answer:
        """Press as an old client: the button's Action.Submit fallback goes to the bot as a message."""
        sight, button = self._eyes.button(title, Where(in_=in_, message=message))
        action = button.element
        if action["type"] == "Action.Execute":
            fallback = action.get("fallback")
            action = fallback if isinstance(fallback, dict) else {}
        if action.get("type") != "Action.Submit":
            raise NotVisible(self.name, "Action.Submit fallback of", title, [])
        self.last_answer = await self._hands.submit(sight, button, action, force=False)
        return self.last_answer

    def type(
        self,
        label: str,
        text: str,
        *,
        in_: InChat | None = None,
        message: str | None = None,
        beside: str | None = None,
    ) -> None:
        """Type into the input with this label. Raises NotVisible, Ambiguous, NotTypable."""
        self._hands.fill(*self._eyes.field(label, Where(in_=in_, message=message, beside=beside)), text)

    def choose(
        self,
        label: str,
        *titles: str,
        in_: InChat | None = None,
        message: str | None = None,
        beside: str | None = None,
    ) -> None:
        """Choose by the title of the choice, several where the input allows. Raises NotVisible, Ambiguous."""
        self._hands.choose(*self._eyes.field(label, Where(in_=in_, message=message, beside=beside)), titles)

    def toggle(
        self,
        label: str,
        *,
        on: bool | None = None,
        in_: InChat | None = None,
        message: str | None = None,
        beside: str | None = None,
    ) -> None:
        """Switch the toggle with this title or label over, or to `on`. Raises NotVisible, Ambiguous."""
        self._hands.toggle(*self._eyes.toggle(label, Where(in_=in_, message=message, beside=beside)), on=on)

    async def open(self, chat: InChat) -> None:
        """Open the chat: cards for this person older than a minute are fetched again."""
        self._stage.screens.opened(self._record(chat), self.mri)
        await self._stage.screens.settled()

    async def refresh(self, *, in_: InChat | None = None, message: str | None = None) -> Answer:
        """Refresh the newest card that can be refreshed from its menu. Raises NotVisible where there is none."""
        for sight in self._eyes.sights(Where(in_=in_, message=message)):
            if "refresh" in sight.copy.card:
                screens = self._stage.screens
                answer = await screens.fetch(sight.chat, sight.message, self.mri)
                screens.apply(sight.chat, sight.message, self.mri, answer)
                return answer
        raise NotVisible(self.name, "card with", "refresh", [])

    # --------------------------------------------------------------------------------------------------- speaking

    async def say(self, chat: InChat, text: str, *, mention_bot: bool = False) -> str:
        """Write into a chat and return the message's id; in a group the bot hears it only if mentioned."""
        record, exchange = self._record(chat), self._stage.exchange
        id_, heard = exchange.new_message_id(), record.bot_present and (record.personal or mention_bot)
        record.messages.append(Message(id=id_, sender=self.mri, posted_at=exchange.now(), text=text))
        said = Said(at=exchange.now(), chat=record.id, person=self.name, text=text, message=id_, to_bot=heard)
        exchange.journal.write(said)
        if heard:
            mention = mention_bot and not record.personal
            activity = activities.message(exchange, record, self.identity, text=text, mention=mention, id_=id_)
            await self._stage.delivery.event(activity)
        return id_

    async def edit(self, message: str, text: str, *, mention_bot: bool = False) -> None:
        """Edit an earlier message of one's own; it keeps its id."""
        record, own, exchange = *self._own(message), self._stage.exchange
        own.text = text
        mention = mention_bot and not record.personal
        if record.bot_present and (record.personal or mention_bot):
            now = activities.message(exchange, record, self.identity, text=text, mention=mention, id_=message)
            await self._stage.delivery.event(activities.edited(now, exchange, record))

    async def delete(self, message: str) -> None:
        """Delete an earlier message of one's own; the bot is told with the same id."""
        record, own, exchange = *self._own(message), self._stage.exchange
        own.deleted = True
        if record.bot_present:
            await self._stage.delivery.event(activities.deleted(exchange, record, self.identity, message))

    async def react(self, message: str, kind: str = "like", *, added: bool = True) -> None:
        """Add or take back a reaction to a message."""
        exchange = self._stage.exchange
        record, _ = self._eyes.messages(Where(message=message))[0]
        activity = activities.reaction(exchange, record, self.identity, message_id=message, kind=kind, added=added)
        await self._stage.delivery.event(activity)

    # ------------------------------------------------------------------------------------------------- 1:1 with the bot

    async def install_bot(self) -> None:
        """Install the bot for oneself: from now on it can write 1:1."""
        self._allow(personal_app=True)
        exchange, chat = self._stage.exchange, self._stage.exchange.personal_chat(self.mri)
        chat.bot_present = True
        bot = [{"id": exchange.account.mri}]
        installed = activities.installation(exchange, chat, self.identity, "add")
        await self._stage.delivery.event(installed)
        added = activities.membership(exchange, chat, self.identity, change="membersAdded", members=bot)
        await self._stage.delivery.event(added)

    async def remove_bot(self) -> None:
        """Uninstall the bot for oneself: its 1:1 messages are refused."""
        self._allow(personal_app=False)
        exchange, chat = self._stage.exchange, self._stage.exchange.personal_chat(self.mri)
        await self._stage.delivery.event(activities.installation(exchange, chat, self.identity, "remove"))
        chat.bot_present = False

    def block_bot(self, *, blocked: bool = True) -> None:
        """Block the bot in 1:1: it learns of it when it writes."""
        self._stage.exchange.personal_chat(self.mri).bot_blocked = blocked

    def _allow(self, *, personal_app: bool) -> None:
        self._stage.exchange.state.people[self.mri] = replace(self.identity, personal_app=personal_app)

    def _record(self, chat: InChat) -> ChatRecord:
        record = self._stage.exchange.chat(chat.id)
        if self.mri not in record.members:
            raise NotInChat(f"{self.name} is no member of {record.title}")
        return record

    def _own(self, message: str) -> tuple[ChatRecord, Message]:
        for record, each in self._eyes.messages(Where(message=message)):
            if each.sender == self.mri:
                return record, each
        raise NotVisible(self.name, "message of their own", message, [])
