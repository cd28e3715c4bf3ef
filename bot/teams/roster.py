"""Who is in a chat and what its meeting is, read tolerantly from the connector's JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.teams.inbound import Sender
from bot.teams.reading import mapping, sender, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a chat, who need not be in the meeting."""

    person: Sender
    email: str | None = field(repr=False)
    #: `user`, `guest` or `anonymous`, as far as Teams tells.
    role: str | None

    @property
    def anonymous(self) -> bool:
        """Nobody vouches for an anonymous person's name, nor for anyone without an Entra id."""
        return self.role == "anonymous" or self.person.aad_object_id is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetails:
    id: str
    #: May hold a child's name: for screens of admitted people only, never for logs or notices.
    title: str | None = field(repr=False)
    join_url: str | None
    starts: datetime | None
    ends: datetime | None
    organizer: Sender | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    person: Sender
    #: Organizer, Presenter or Attendee; it can change, so nobody keeps it.
    role: str | None
    in_meeting: bool


def members(page: Mapping[str, Any], *, tenant: str) -> tuple[Member, ...]:
    """The members of one page of the roster of a chat that this tenant hosts; an entry without id is left out.

    An address is told only for accounts of that tenant, guests among them: in any other its own administrator can
    write whatever they like there, and seats are found by it.
    """
    listed = page.get("members")
    found = (_member(value, tenant) for value in (listed if isinstance(listed, list) else ()))
    return tuple(member for member in found if member is not None)


def _member(value: object, tenant: str) -> Member | None:
    person = sender(value)
    if person is None:
        return None
    account, own = mapping(value), (person.tenant or tenant).lower() == tenant.lower()
    given = " ".join(part for part in (text(account.get("givenName")), text(account.get("surname"))) if part)
    return Member(
        person=person if person.name or not given else _named(person, given),
        email=text(account.get("email")) if own else None,
        role=text(account.get("userRole")),
    )


def _named(person: Sender, name: str) -> Sender:
    return Sender(id=person.id, aad_object_id=person.aad_object_id, name=name, tenant=person.tenant)


def meeting_details(body: Mapping[str, Any], *, meeting_id: str) -> MeetingDetails:
    """The meeting behind a chat; a call has neither times nor a title."""
    details = mapping(body.get("details"))
    return MeetingDetails(
        id=text(details.get("id")) or meeting_id,
        title=text(details.get("title")),
        join_url=text(details.get("joinUrl")),
        starts=_time(details.get("scheduledStartTime")),
        ends=_time(details.get("scheduledEndTime")),
        organizer=sender(body.get("organizer")),
    )


def participant(body: Mapping[str, Any], *, person_id: str) -> Participant:
    """One person's part in the running meeting."""
    meeting = {name.strip(): value for name, value in mapping(body.get("meeting")).items()}  # "role " has been seen
    return Participant(
        person=sender(body.get("user")) or Sender(id=person_id),
        role=text(meeting.get("role")),
        in_meeting=meeting.get("inMeeting") is True,
    )


def _time(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
