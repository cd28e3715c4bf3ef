"""The switchboard: state, clock, journal and rules in one place, and the making of ids."""

import base64
import hashlib
import uuid
from datetime import datetime

from rehearsal.teams.clock import Clock
from rehearsal.teams.house import HouseRules
from rehearsal.teams.journal import Journal, Noticed, Notified
from rehearsal.teams.model import BotAccount, ChatRecord, Identity, Json, Notice, Notification, State, Violation
from rehearsal.teams.settings import Settings


class Exchange:
    """What every part of this Teams shares."""

    def __init__(
        self, *, state: State, clock: Clock, account: BotAccount, settings: Settings, journal: Journal
    ) -> None:
        self.state = state
        self.clock = clock
        self.account = account
        self.settings = settings
        self.journal = journal
        self.house = HouseRules(card_bytes=settings.card_bytes_utf8, refresh_people=settings.refresh_people)
        self.base_url = ""
        self.traffic = 0  # grows with every call in either direction, so that `settle` can see that all is quiet

    @property
    def service_url(self) -> str:
        """What activities carry as serviceUrl: region and tenant are part of it."""
        return f"{self.base_url}/{self.settings.region}/{self.state.tenant}/"

    def now(self) -> datetime:
        return self.clock.now()

    def who(self, mri: str) -> Identity:
        """The person with this id. Raises KeyError for a stranger."""
        return self.state.people[mri]

    def name(self, mri: str) -> str:
        person = self.state.people.get(mri)
        return person.name if person else mri

    def chat(self, conversation_id: str) -> ChatRecord:
        """The chat with this id. Raises KeyError where there is none."""
        return self.state.chats[conversation_id]

    def personal_chat(self, mri: str) -> ChatRecord:
        """The 1:1 chat of this person with the bot, always the same one."""
        known = next((each for each in self.state.chats.values() if each.personal and mri in each.members), None)
        if known is None:
            chat_id = "a:1" + self._letters("personal", mri, size=128)
            known = ChatRecord(id=chat_id, title=self.name(mri), personal=True, members=[mri])
            known.bot_present = self.who(mri).personal_app
            self.state.chats[chat_id] = known
        return known

    def violate(self, rule: str, detail: str, where: str) -> None:
        """Note that the bot broke a rule."""
        self.state.violations.append(Violation(rule=rule, detail=detail, where=where))

    def judge(self, card: Json, where: str) -> str | None:
        """Check a card and note what is wrong with it; the answer names why Teams refuses it, if it does."""
        problems = self.house.problems(card)
        for each in problems:
            self.violate(each.rule, each.detail, where)
        return next((f"{each.rule}: {each.detail}" for each in problems if each.refused), None)

    def show_notice(self, mri: str, chat: str, text: str, *, error: bool = False) -> None:
        """Show a short sentence to one person."""
        notice = Notice(chat=chat, text=text, at=self.now(), error=error)
        self.state.notices.setdefault(mri, []).append(notice)
        self.journal.write(Noticed(at=notice.at, chat=chat, person=self.name(mri), text=text, error=error))

    def notify(self, mri: str, notification: Notification) -> None:
        """Let one person's telephone display this."""
        self.state.notifications.setdefault(mri, []).append(notification)
        entry = Notified(
            at=notification.at,
            chat=notification.chat,
            person=self.name(mri),
            text=notification.text,
            mentioned=notification.mentioned,
        )
        self.journal.write(entry)

    def new_message_id(self) -> str:
        """Milliseconds since 1970 as a string; later messages have greater ids."""
        now = int(self.now().timestamp() * 1000)
        self.state.last_activity_ms = max(now, self.state.last_activity_ms + 1)
        return str(self.state.last_activity_ms)

    def new_event_id(self) -> str:
        """An id as invokes and most events have it: `f:` and a GUID."""
        return f"f:{self.guid('event', str(self._next()))}"

    def new_mri(self, name: str) -> str:
        """An id for a person new to this bot."""
        return "29:1" + self._letters("person", f"{name}/{self._next()}", size=85)

    def new_thread_id(self, title: str, *, meeting: bool) -> str:
        """An id for a new group or meeting chat."""
        guid = self.guid("thread", f"{title}/{self._next()}")
        if not meeting:
            return f"19:{guid.replace('-', '')}@thread.v2"
        return f"19:meeting_{base64.b64encode(guid.encode()).decode().rstrip('=')}@thread.v2"

    def guid(self, kind: str, of: str) -> str:
        """The same GUID for the same thing under the same seed."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.state.seed}/{kind}/{of}"))

    def _next(self) -> int:
        self.state.ids_given += 1
        return self.state.ids_given

    def _letters(self, kind: str, of: str, *, size: int) -> str:
        digest = hashlib.shake_256(f"{self.state.seed}/{kind}/{of}".encode()).digest(size)
        return base64.urlsafe_b64encode(digest).decode()[:size]
