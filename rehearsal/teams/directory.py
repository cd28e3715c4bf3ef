"""Who there is and where they talk: people, their chats with the bot, groups and meetings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from rehearsal.teams import activities
from rehearsal.teams.chats import Chat, Meeting
from rehearsal.teams.model import ChatRecord, Identity, MeetingDetails, PersonKind
from rehearsal.teams.person import Person
from rehearsal.teams.stage import Stage


class PersonDetails(TypedDict, total=False):
    """What may be said of a person beyond name and kind; the rest is made up, always the same."""

    mri: str
    tenant: str
    email: str | None
    aad_object_id: str | None
    personal_app: bool
    sparse_roster: bool


class Directory:
    """Makes people and chats, and finds them again."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.exchange = stage.exchange
        self._handles: dict[str, Person] = {}

    def person(self, name: str, kind: PersonKind = PersonKind.IN_TENANT, **details: Unpack[PersonDetails]) -> Person:
        """A new person; two of the same name are two people."""
        mri = details.get("mri") or self.exchange.new_mri(name)
        known = kind is not PersonKind.ANONYMOUS
        foreign = kind is PersonKind.FEDERATED
        identity = Identity(
            name=name,
            kind=kind,
            mri=mri,
            tenant=self.exchange.guid("tenant", "elsewhere") if foreign else self.exchange.state.tenant,
            aad_object_id=self.exchange.guid("entra", mri) if known else None,
            email=_mail(name, kind, self.exchange.state.domain),
            personal_app=kind in (PersonKind.IN_TENANT, PersonKind.GUEST),
        )
        self.exchange.state.people[mri] = replace(identity, **details)
        return self._handle(mri)

    def _handle(self, mri: str) -> Person:
        return self._handles.setdefault(mri, Person(self._stage, mri))

    @property
    def people(self) -> list[Person]:
        """Everybody, in the order in which they were made."""
        return [self._handle(mri) for mri in self.exchange.state.people]

    def named(self, name: str) -> Person:
        """The person with this name. Raises KeyError where there is none."""
        found = next((each for each in self.people if each.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def group_chat(self, title: str, members: Sequence[Person]) -> Chat:
        """A new group chat, without the bot so far."""
        return self._open(ChatRecord(id=self.exchange.new_thread_id(title, meeting=False), title=title), members)

    def meeting_chat(
        self,
        title: str,
        organizer: Person,
        members: Sequence[Person] = (),
        *,
        start: datetime | None = None,
        minutes: int = 60,
    ) -> Meeting:
        """A new meeting with its chat, without the bot so far; it begins now unless said otherwise."""
        begins = start or self.exchange.now()
        record = ChatRecord(id=self.exchange.new_thread_id(title, meeting=True), title=title)
        record.meeting = MeetingDetails(
            id=activities.meeting_id(record.id),
            organizer=organizer.mri,
            scheduled_start=begins,
            scheduled_end=begins + timedelta(minutes=minutes),
            roles={organizer.mri: "Organizer"},
        )
        chat = self._open(record, [organizer, *members])
        return Meeting(self._stage, chat.id)

    def personal_chat(self, person: Person) -> Chat:
        """The 1:1 chat of this person with the bot."""
        return Chat(self._stage, self.exchange.personal_chat(person.mri).id)

    @property
    def chats(self) -> list[Chat]:
        """All chats, the oldest first; those of meetings as `Meeting`."""
        records = self.exchange.state.chats.values()
        return [Meeting(self._stage, each.id) if each.meeting else Chat(self._stage, each.id) for each in records]

    def _open(self, record: ChatRecord, members: Sequence[Person]) -> Chat:
        record.members = list(dict.fromkeys(each.mri for each in members))
        self.exchange.state.chats[record.id] = record
        return Chat(self._stage, record.id)


def _mail(name: str, kind: PersonKind, domain: str) -> str | None:
    houses = {PersonKind.IN_TENANT: domain, PersonKind.GUEST: "riverside.example"}
    return f"{'.'.join(name.lower().split())}@{houses[kind]}" if kind in houses else None
