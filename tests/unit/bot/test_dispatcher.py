"""How many rows the dispatcher takes up at once."""

import asyncio
from datetime import UTC, datetime
from typing import cast

from bot.sending.dispatcher import FEWEST, MOST, QUICK, Dispatcher
from dialogs.ports import Outbox, Row
from meeting.model import MeetingId
from meeting.telling.notices import NoticeKind

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def row(number):
    """One reminder."""
    return Row(
        id=f"{number}.1",
        meeting=MeetingId("m"),
        key=f"r{number}",
        kind=NoticeKind.REMINDER,
        subject="x",
        person=f"p{number}",
        private=True,
        seat=None,
        edits="",
        due=NOON,
        attempts=1,
        repeat=False,
    )


class Plenty:
    """An outbox in which there is always more than is asked for, for so many rounds."""

    def __init__(self, rounds):
        self.rounds, self.asked = rounds, []

    async def claim(self, *, now, limit, lease_seconds):
        """Give what is asked for."""
        if len(self.asked) == self.rounds:
            return ()
        self.asked.append(limit)
        return tuple(map(row, range(limit)))


async def rooms(rounds, taking):
    """Return how many rows each round asked for, where sending the rows of a round takes so long."""
    outbox, now = Plenty(rounds), [NOON]

    async def send(_row):
        before = len(outbox.asked)
        await asyncio.sleep(0)  # all rows of a round begin before the first ends
        now[0] = NOON + sum(taking[:before], start=NOON - NOON)

    dispatcher = Dispatcher(outbox=cast(Outbox, outbox), send=send, now=lambda: now[0])
    running = asyncio.create_task(dispatcher.run())
    await dispatcher.rest()
    running.cancel()
    return outbox.asked


async def test_more_rows_are_under_way_only_while_each_is_done_quickly():
    """Ten, then twice as many each round up to the most; slow ones bring it back to ten."""
    quick, slow = QUICK / 2, QUICK
    asked = await rooms(9, [quick] * 6 + [slow, slow, slow])
    assert asked == [FEWEST, 20, 40, 80, MOST, MOST, MOST, FEWEST, FEWEST]
    assert await rooms(3, [slow] * 3) == [FEWEST] * 3
