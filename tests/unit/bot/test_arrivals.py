"""Whoever writes in 1:1 and was invited by their mailbox."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from bot.arrivals import Arrivals
from bot.teams.inbound import Chat, Sender
from bot.teams.roster import Member
from dialogs.ports import Listed
from meeting.model import MeetingId

ANN = Sender(id="29:ann", name="Ann", aad_object_id="ann")


class Invited:
    """A record of many meetings that invite one mailbox; it notes where its person arrives."""

    def __init__(self, many: int) -> None:
        self.came: list[str] = []
        self.many = many

    async def of_person(self, key: str, *, but_not: str) -> tuple[Listed, ...]:
        assert (key, but_not) == ("ann@police.example", "ann")
        newest_first = (f"m{n}" for n in reversed(range(self.many)))
        return tuple(
            Listed(id=MeetingId(m), reference=m, status="preparing", chat="", starts=None) for m in newest_first
        )

    async def commit(self, meeting_id: MeetingId, *_: object, **__: object) -> None:
        self.came.append(meeting_id)


async def test_nobody_is_kept_from_an_older_meeting_by_many_newer_ones():
    """However many others invite the same mailbox, its person arrives in each that does not know them yet."""

    async def members(_: object) -> tuple[Member, ...]:
        return (Member(person=ANN, email="ann@police.example", role="user"),)

    async def recognise(*_: object) -> None:
        pass

    record = Invited(60)
    arrivals = Arrivals(
        record=cast(Any, record),
        directory=cast(Any, SimpleNamespace(recognise=recognise)),
        connector=cast(Any, SimpleNamespace(members=members)),
        now=lambda: datetime(2026, 11, 23, tzinfo=UTC),
    )
    chat = Chat(id="19:own", kind="personal", tenant="t", service_url="https://smba.example")
    await arrivals.invited(chat, ANN)
    assert len(record.came) == 60
    assert "m0" in record.came
