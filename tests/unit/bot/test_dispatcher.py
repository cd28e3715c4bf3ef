"""How many rows the dispatcher has under way."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import cast

from bot.sending.dispatcher import AT_RISK, FEWEST, MOST, Dispatcher
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
    """An outbox in which there is always more than is asked for, so many rows in all; sending one takes so long."""

    def __init__(self, rows, taking):
        self.left, self.taking = rows, taking
        self.asked, self.under_way, self.most = [], 0, 0
        self.now = NOON

    async def claim(self, *, now, limit, lease_seconds):
        """Give what is asked for."""
        given = min(limit, self.left)
        self.left -= given
        self.asked.append(given)
        self.under_way += given
        self.most = max(self.most, self.under_way)
        return tuple(map(row, range(given)))

    async def send(self, _row):
        """Let the clock go on by what a row takes."""
        await asyncio.sleep(0)
        self.now += self.taking
        self.under_way -= 1

    async def emptied(self, send=None):
        """Have a dispatcher send everything; return how many rows were under way at most."""
        dispatcher = Dispatcher(outbox=cast(Outbox, self), send=send or self.send, now=lambda: self.now)
        running = asyncio.create_task(dispatcher.run())
        await dispatcher.rest()
        running.cancel()
        return self.most


async def test_as_many_rows_are_under_way_as_went_out_in_a_quarter_second():
    """Ten where fewer than that go out; more and more where they go quickly, half of them at a time; never beyond."""
    assert await Plenty(60, AT_RISK / 5).emptied() == FEWEST
    assert FEWEST < await Plenty(600, AT_RISK / 40).emptied() <= 42
    quick = Plenty(5000, timedelta())
    assert await quick.emptied() <= MOST
    assert quick.asked[0] == FEWEST
    assert max(quick.asked) == MOST // 2


async def test_fewer_are_under_way_as_soon_as_they_go_slowly():
    """What was quick a moment ago is no reason to take up more than goes out now."""
    plenty = Plenty(2000, timedelta())
    first = asyncio.Event()

    async def send(_row):
        if plenty.left == 0 and not first.is_set():  # the last that was claimed while all went quickly
            first.set()
            plenty.now += 2 * AT_RISK
            plenty.left, plenty.asked, plenty.taking = 30, [], AT_RISK
        await plenty.send(_row)

    await plenty.emptied(send)
    assert max(plenty.asked) <= FEWEST


async def test_what_hangs_keeps_its_own_place_only():
    """Nine of ten places are taken for good: all others go out through the tenth."""
    plenty, hanging, sent = Plenty(25, timedelta()), asyncio.Event(), []

    async def send(one):
        if len(plenty.asked) == 1 and one.key != "r0":
            await hanging.wait()
        else:
            sent.append(one)
            if len(sent) == 16:
                hanging.set()

    await plenty.emptied(send)
    assert len(sent) == 16
