"""A process that sends reminders until it is killed: `python -m tests.faults.reminders_victim URL KEYS NTH`.

It tells on its output what left the house (`posted MEETING KEY`, ` again` where the row says that it is a repeat).
"""

import asyncio
import sys
from pathlib import Path

from dialogs.ports import Row
from meeting.model import MeetingId
from meeting.telling.notices import NoticeKind, Send
from storage import Keyring, Store
from storage.failpoints import Point
from tests.contract.little import Watch, later, little_store, opened, say
from tests.faults.storage_victim import killer, tell

IN_FLIGHT = 10
HOUR = 3600.0


async def fill(store: Store, meetings: int, each: int) -> None:
    """Write meetings whose reminders, each for a reader of its own, are all due in the same minute."""
    for n in range(meetings):
        meeting = await opened(store, f"m{n}")
        asked = [
            Send(key=f"r{i}", kind=NoticeKind.REMINDER, subject="x", person=f"p{i}", private=True, due=later(60))
            for i in range(each)
        ]
        await store.record.commit(MeetingId(meeting), say("asked", *asked), now=later(0))


async def send(store: Store, watch: Watch) -> None:
    """Send everything that is due, ten at a time, as the dispatcher does."""

    async def one(row: Row) -> None:
        for told in (row, *row.also):
            tell(f"posted {told.meeting} {told.key}{' again' if told.repeat else ''}")
        await store.outbox.sent(row, now=watch(), activity=None, chat="c")

    while rows := await store.outbox.claim(now=watch(), limit=IN_FLIGHT, lease_seconds=30):
        await asyncio.gather(*(one(row) for row in rows))


if __name__ == "__main__":
    url, keys, nth = sys.argv[1:]
    clock = Watch()
    clock.seconds = HOUR
    at = killer(Point.BEFORE_STAMP.value, int(nth))
    asyncio.run(send(little_store(url, Keyring.at(Path(keys)), now=clock, at=at), clock))
