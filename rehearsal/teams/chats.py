"""Chats and meetings to be acted on: what is done here reaches the bot as Teams' own events."""

from datetime import datetime

from rehearsal.teams import activities
from rehearsal.teams.journal import Added, Ended, Entry, Installed, Joined, Left, Removed, Started, Uninstalled
from rehearsal.teams.model import ChatRecord, Identity, Json, MeetingDetails, Message
from rehearsal.teams.person import Person
from rehearsal.teams.stage import Stage


class Chat:
    """A conversation: with the bot alone, of a group, or of a meeting."""

    def __init__(self, stage: Stage, conversation_id: str) -> None:
        self._stage = stage
        self.id = conversation_id

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title}>"

    @property
    def record(self) -> ChatRecord:
        return self._stage.exchange.chat(self.id)

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def messages(self) -> list[Message]:
        """All messages, the oldest first, deleted ones too."""
        return self.record.messages

    @property
    def members(self) -> list[Identity]:
        return [self._stage.exchange.who(mri) for mri in self.record.members]

    async def install_bot(self, by: Person) -> None:
        """Add the app to the chat: an installationUpdate and a conversationUpdate reach the bot."""
        self.record.bot_present = True
        self._note(Installed(at=self._now, chat=self.id, by=by.name))
        exchange = self._stage.exchange
        await self._tell(activities.installation(exchange, self.record, by.identity, "add"))
        await self._membership(by, "membersAdded", [{"id": exchange.account.mri}])

    async def upgrade_bot(self, by: Person) -> None:
        """Put a new version of the app in place of the old one."""
        for action in ("remove-upgrade", "add-upgrade"):
            await self._tell(activities.installation(self._stage.exchange, self.record, by.identity, action))

    async def remove_bot(self, by: Person) -> None:
        """Take the app out of the chat: it is told once, and every later call is refused."""
        self._note(Uninstalled(at=self._now, chat=self.id, by=by.name))
        await self._tell(activities.installation(self._stage.exchange, self.record, by.identity, "remove"))
        self.record.bot_present = False

    async def add(self, *people: Person, by: Person | None = None) -> None:
        """Add people to the chat; being in the chat is not being in the meeting."""
        new = [each for each in people if each.mri not in self.record.members]
        for each in new:
            self.record.members.append(each.mri)
            self._note(Added(at=self._now, chat=self.id, person=each.name))
        if new:
            await self._membership(by or self._host, "membersAdded", [self._bare(each) for each in new])

    async def remove(self, person: Person, by: Person | None = None) -> None:
        """Remove a person from the chat; their screens show it no more."""
        host = by or self._host
        self.record.members.remove(person.mri)
        self._note(Removed(at=self._now, chat=self.id, person=person.name))
        await self._membership(host, "membersRemoved", [self._bare(person)])

    def block_bot(self, *, blocked: bool = True) -> None:
        """Block what the bot writes here; it learns of it when it writes."""
        self.record.bot_blocked = blocked

    @property
    def _host(self) -> Person:
        meeting = self.record.meeting
        return Person(self._stage, meeting.organizer if meeting else self.record.members[0])

    @property
    def _now(self) -> datetime:
        return self._stage.exchange.now()

    def _note(self, entry: Entry) -> None:
        self._stage.exchange.journal.write(entry)

    @staticmethod
    def _bare(person: Person) -> Json:
        return activities.sender(person.identity, name=False)

    async def _membership(self, by: Person, change: str, members: list[Json]) -> None:
        exchange = self._stage.exchange
        await self._tell(activities.membership(exchange, self.record, by.identity, change=change, members=members))

    async def _tell(self, activity: Json) -> None:
        if self.record.bot_present:
            await self._stage.delivery.event(activity)


class Meeting(Chat):
    """The chat of a meeting, and the meeting itself."""

    @property
    def details(self) -> MeetingDetails:
        return activities.details(self.record)

    async def start(self) -> None:
        """The first person is in: meetingStart, in the organizer's name."""
        self.details.running = True
        self._note(Started(at=self._now, chat=self.id))
        await self._tell(activities.meeting_turned(self._stage.exchange, self.record, started=True))

    async def end(self) -> None:
        """The last person left some time ago: meetingEnd; the chat stays open."""
        self.details.running = False
        self.details.inside.clear()
        self._note(Ended(at=self._now, chat=self.id))
        await self._tell(activities.meeting_turned(self._stage.exchange, self.record, started=False))

    async def join(self, person: Person) -> None:
        """A person comes in, by another device perhaps a second time; a stranger to the chat is added to it."""
        await self.add(person)
        if person.mri not in self.details.inside:
            self.details.inside.append(person.mri)
        self._note(Joined(at=self._now, chat=self.id, person=person.name))
        await self._tell(activities.participant(self._stage.exchange, self.record, person.identity, joined=True))

    async def leave(self, person: Person) -> None:
        """A person leaves the call; they stay in the chat."""
        if person.mri in self.details.inside:
            self.details.inside.remove(person.mri)
        self._note(Left(at=self._now, chat=self.id, person=person.name))
        await self._tell(activities.participant(self._stage.exchange, self.record, person.identity, joined=False))
