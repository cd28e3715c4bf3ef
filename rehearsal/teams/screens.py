"""The screens of all people: who holds which copy of which card, and the fetching of new ones by itself."""

import asyncio
from datetime import timedelta

from rehearsal.teams import activities
from rehearsal.teams.answers import Answer, AnswerKind
from rehearsal.teams.delivery import Delivery
from rehearsal.teams.exchange import Exchange
from rehearsal.teams.journal import Deleted, Edited, Posted, Shown, TypingLost
from rehearsal.teams.model import ChatRecord, Copy, Json, Message, Notification
from rehearsal.teams.screen import rendered
from rehearsal.teams.words import displayed

_FRESH = timedelta(minutes=1)
_EVERYBODY = 60


class Screens:
    """What each person sees, kept as their clients would."""

    def __init__(self, exchange: Exchange, delivery: Delivery) -> None:
        self.exchange = exchange
        self.delivery = delivery
        self._fetching: set[asyncio.Task[None]] = set()

    def copy(self, message: Message, mri: str) -> Copy:
        """The copy of the card that this person holds; the base card until another came."""
        if mri not in message.copies:
            message.copies[mri] = Copy(card=message.card or {}, fetched_at=message.posted_at)
        return message.copies[mri]

    def posted(self, chat: ChatRecord, message: Message, mentioned: frozenset[str], *, notify: bool = True) -> None:
        """A message of the bot appears: telephones ring, and listed people's clients fetch their own card."""
        text = self.base_text(message)
        entry = Posted(at=message.posted_at, chat=chat.id, message=message.id, text=text, summary=message.summary)
        self.exchange.journal.write(entry)
        preview = message.summary or message.text or "Sent a card"
        for mri in chat.members if notify else ():
            notification = Notification(
                chat=chat.id, message=message.id, text=preview, at=message.posted_at, mentioned=mri in mentioned
            )
            self.exchange.notify(mri, notification)
        self._fetch_for_listed(chat, message)

    def edited(self, chat: ChatRecord, message: Message) -> None:
        """A message of the bot changed: everybody's own copy and unsent typing are gone, listed people fetch anew."""
        for mri in message.copies:
            self._lose_typing(chat, message, mri)
        message.copies.clear()
        message.version += 1
        text = self.base_text(message)
        self.exchange.journal.write(Edited(at=self.exchange.now(), chat=chat.id, message=message.id, text=text))
        self._fetch_for_listed(chat, message)

    def deleted(self, chat: ChatRecord, message: Message) -> None:
        """A message of the bot disappears from every screen."""
        message.deleted = True
        message.version += 1
        self.exchange.journal.write(Deleted(at=self.exchange.now(), chat=chat.id, message=message.id))

    def base_text(self, message: Message) -> str:
        """What somebody reads who holds no copy of their own."""
        if message.card is None:
            return displayed(message.text)
        return rendered(Copy(card=message.card, fetched_at=message.posted_at))

    def apply(self, chat: ChatRecord, message: Message, mri: str, answer: Answer) -> None:
        """Show one person what the bot answered: a card instead of theirs, a notice, or an error."""
        if answer.kind is AnswerKind.CARD:
            message.copies[mri] = Copy(card=answer.card, fetched_at=self.exchange.now())
            text = rendered(message.copies[mri])
            name = self.exchange.name(mri)
            entry = Shown(at=self.exchange.now(), chat=chat.id, person=name, message=message.id, text=text)
            self.exchange.journal.write(entry)
        elif answer.kind in (AnswerKind.MESSAGE, AnswerKind.ERROR, AnswerKind.UNANSWERED):
            self.exchange.show_notice(mri, chat.id, answer.text, error=answer.refused)

    def opened(self, chat: ChatRecord, mri: str) -> None:
        """A person opens the chat: cards that list them and are older than a minute are fetched again."""
        for message in chat.messages:
            if message.card is None or message.deleted or mri not in self._listed(chat, self.card_of(message, mri)):
                continue
            if self.exchange.now() - self.copy(message, mri).fetched_at > _FRESH:
                self._fetch(chat, message, mri)

    def card_of(self, message: Message, mri: str) -> Json:
        """The card that this person sees now."""
        return self.copy(message, mri).card

    @property
    def busy(self) -> bool:
        """Whether a client is fetching a card now."""
        return bool(self._fetching)

    async def settled(self) -> None:
        """Wait until no client is fetching any more."""
        while self._fetching:
            # Since Python 3.12 a gather of ended tasks lets nothing else run, and they would never leave the set.
            ended, _ = await asyncio.wait(self._fetching)
            for task in ended:
                task.result()

    async def stop(self) -> None:
        """Give up what is still being fetched."""
        for task in self._fetching:
            task.cancel()
        await asyncio.gather(*self._fetching, return_exceptions=True)

    def _fetch_for_listed(self, chat: ChatRecord, message: Message) -> None:
        if message.card is not None:
            for mri in self._listed(chat, message.card):
                self._fetch(chat, message, mri)

    def _listed(self, chat: ChatRecord, card: Json) -> list[str]:
        refresh = card.get("refresh") or {}
        if "action" not in refresh:
            return []
        named = refresh.get("userIds")
        if named is None:
            return list(chat.members) if len(chat.members) <= _EVERYBODY else []
        return [mri for mri in chat.members if mri in named]

    def _fetch(self, chat: ChatRecord, message: Message, mri: str) -> None:
        action: Json = self.card_of(message, mri)["refresh"]["action"]
        task = asyncio.create_task(self._fetched(chat, message, mri, action, message.version))
        self._fetching.add(task)
        task.add_done_callback(self._fetching.discard)

    async def _fetched(self, chat: ChatRecord, message: Message, mri: str, action: Json, version: int) -> None:
        answer = await self._asked(chat, message, mri, action=action, trigger="automatic")
        if message.version != version or message.deleted or mri not in chat.members:
            return
        if answer.kind is AnswerKind.CARD and mri in message.copies:
            self._lose_typing(chat, message, mri)
        self.apply(chat, message, mri, answer)

    async def fetch(self, chat: ChatRecord, message: Message, mri: str) -> Answer:
        """Fetch this person's card by hand, as its own refresh action says. Raises KeyError where it has none."""
        action: Json = self.card_of(message, mri)["refresh"]["action"]
        return await self._asked(chat, message, mri, action=action, trigger="manual")

    async def _asked(self, chat: ChatRecord, message: Message, mri: str, *, action: Json, trigger: str) -> Answer:
        person = self.exchange.who(mri)
        activity = activities.invoke(self.exchange, chat, person, message_id=message.id, action=action, trigger=trigger)
        return await self.delivery.invoke(activity)

    def _lose_typing(self, chat: ChatRecord, message: Message, mri: str) -> None:
        typed = message.copies[mri].typed
        if typed:
            entry = TypingLost(
                at=self.exchange.now(),
                chat=chat.id,
                person=self.exchange.name(mri),
                message=message.id,
                inputs=dict(typed),
            )
            self.exchange.journal.write(entry)
