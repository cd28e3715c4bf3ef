"""The outbox: each key once, what is due and urgent first, order kept within a chat, nothing lost."""

import asyncio
from types import SimpleNamespace
from typing import cast

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot.health import health_routes
from bot.sending.dispatcher import Dispatcher
from dialogs.ports import Outbox
from meeting.telling.notices import NoticeKind, Send
from tests.contract.little import NOON, later, opened, say, send


async def ask(store, *sends, meeting="m1", cancels=(), seconds=0.0):
    """Have an entry ask for messages."""
    await store.record.commit(meeting, say("x", *sends, cancels=cancels), now=later(seconds))


async def claim(store, watch, seconds=0.0, *, limit=10, lease=30.0):
    """Claim what is due at a time, and return the rows."""
    watch.seconds = seconds
    return await store.outbox.claim(now=watch(), limit=limit, lease_seconds=lease)


async def keys(store, watch, seconds=0.0, **how):
    """Claim what is due at a time, and return the keys."""
    return [row.key for row in await claim(store, watch, seconds, **how)]


async def deliver(store, watch, seconds=0.0):
    """Send everything that is due, one after the other; return the keys in the order sent."""
    sent = []
    while rows := await claim(store, watch, seconds):
        for row in rows:
            await store.outbox.sent(row, now=watch(), activity=f"activity of {row.key}", chat="c")
            sent.append(row.key)
    return sent


def test_it_fills_the_port(store):
    """The store's outbox is what the dispatcher asks for."""
    outbox: Outbox = store.outbox
    assert outbox is store.outbox


async def test_a_claimed_row_says_what_to_send(store, watch):
    """Ids and kinds, as the notice named them."""
    meeting_id = await opened(store)
    await ask(store, Send(key="k", kind=NoticeKind.TURN, subject="A:1", person="bob", private=True, edits="old"))
    (row,) = await claim(store, watch)
    assert (row.meeting, row.key, row.kind, row.subject) == (meeting_id, "k", NoticeKind.TURN, "A:1")
    assert (row.person, row.private, row.edits, row.due) == ("bob", True, "old", NOON)
    assert (row.attempts, row.repeat) == (1, False)


async def test_nothing_goes_before_its_time(store, watch):
    """A reminder is a row that is due later."""
    await opened(store)
    await ask(store, send("reminder", due=later(60)))
    assert await store.outbox.next_due() == later(60)
    assert await keys(store, watch, 59.9) == []
    assert await store.outbox.waiting(now=watch()) == 0
    assert await keys(store, watch, 60) == ["reminder"]
    assert await store.outbox.waiting(now=watch()) == 1


async def test_the_most_urgent_goes_first_then_the_longest_due_then_the_oldest(store, watch):
    """Of all meetings together; within a limit."""
    for n, (urgency, due) in enumerate([(5, 3), (5, 1), (0, 4), (5, 1), (2, 2)]):
        await opened(store, f"m{n}")
        await ask(store, send(f"k{n}", urgency=urgency, due=later(due)), meeting=f"m{n}")
    assert await keys(store, watch, 10, limit=3) == ["k2", "k4", "k1"]
    assert await keys(store, watch, 10, limit=3) == ["k3", "k0"]


async def test_order_is_kept_within_a_chat(store, watch):
    """One row of a meeting's chat at a time; people's own chats and other meetings do not wait for it."""
    await opened(store)
    await opened(store, "m2")
    await ask(store, send("a"), send("b"), send("for ann", person="ann"), send("for bob", person="bob"))
    await ask(store, send("other"), meeting="m2")
    rows = await claim(store, watch)
    assert [row.key for row in rows] == ["a", "for ann", "for bob", "other"]
    assert await keys(store, watch) == []
    await store.outbox.sent(rows[0], now=watch(), activity="1", chat="c")
    assert await keys(store, watch) == ["b"]


async def test_a_key_that_waits_is_not_asked_for_twice(store, watch):
    """Nor once it was delivered."""
    await opened(store)
    for _ in range(3):
        await ask(store, send("a"))
    assert await deliver(store, watch) == ["a"]
    await ask(store, send("a"))
    assert await deliver(store, watch) == []


async def test_keys_are_each_meetings_own(store, watch):
    """The same key in two meetings is two messages."""
    for id_ in ("m1", "m2"):
        await opened(store, id_)
        await ask(store, send("a"), meeting=id_)
    assert await deliver(store, watch) == ["a", "a"]


async def test_a_board_is_sent_once_more_after_it_was_delivered(store, watch):
    """`again` on a delivered key waits for the new time, with the first attempt before it."""
    await opened(store)
    await ask(store, send("board", again=True))
    assert await deliver(store, watch) == ["board"]
    await ask(store, send("board", again=True, due=later(3)))
    assert await keys(store, watch, 2.9) == []
    (row,) = await claim(store, watch, 3)
    assert (row.key, row.attempts, row.repeat) == ("board", 1, False)


async def test_a_board_that_waits_keeps_the_earlier_time(store, watch):
    """Many changes are one edit, and none of them puts it off."""
    await opened(store)
    await ask(store, send("board", again=True, due=later(5)))
    await ask(store, send("board", again=True, due=later(3)), send("board", again=True, due=later(9)))
    assert await store.outbox.next_due() == later(3)
    assert await deliver(store, watch, 10) == ["board"]


async def test_a_board_asked_for_while_it_is_sent_is_sent_again_afterwards(store, watch):
    """What changed after the rendering reaches the chat too."""
    await opened(store)
    await ask(store, send("board", again=True))
    (row,) = await claim(store, watch)
    await ask(store, send("board", again=True, due=later(6)))
    await ask(store, send("board", again=True, due=later(4)))
    assert await keys(store, watch, 10) == []
    await store.outbox.sent(row, now=watch(), activity="1", chat="c")
    assert await store.outbox.next_due() == later(4)
    assert await deliver(store, watch, 10) == ["board"]


@pytest.mark.parametrize("how", ["later", "dropped", "dead"])
async def test_a_board_asked_for_while_it_fails_waits_unless_it_is_dead(store, watch, how):
    """Given back it waits for its new time; dropped it waits for what was asked since; dead is dead until asked."""
    await opened(store)
    await ask(store, send("board", again=True))
    (row,) = await claim(store, watch)
    await ask(store, send("board", again=True, due=later(1)))
    if how == "later":
        await store.outbox.later(row, at=later(5), error="503")
    elif how == "dropped":
        await store.outbox.dropped(row, now=watch(), why="no longer shown")
    else:
        await store.outbox.dead(row, now=watch(), error="403")
    assert await store.outbox.next_due() == {"later": later(5), "dropped": later(1), "dead": None}[how]
    await ask(store, send("board", again=True, due=later(2)))
    assert await deliver(store, watch, 10) == ["board"]


async def test_a_cancelled_message_is_not_sent(store, watch):
    """If it still waits; asked for anew, it waits again."""
    await opened(store)
    await ask(store, send("a"), send("b"))
    await ask(store, cancels=("a", "never asked for"))
    assert await deliver(store, watch) == ["b"]
    await ask(store, send("a"), cancels=("b",))
    assert await deliver(store, watch) == ["a"]


async def test_a_delivered_message_stays_delivered_when_cancelled(store, watch):
    """A cancel comes too late for it, and asking anew does not send it twice."""
    await opened(store)
    await ask(store, send("a"))
    await deliver(store, watch)
    await ask(store, cancels=("a",))
    await ask(store, send("a"))
    assert await deliver(store, watch) == []


async def test_a_message_cancelled_while_it_is_sent_is_not_tried_again(store, watch):
    """If that attempt fails, nobody wants another."""
    await opened(store)
    await ask(store, send("a"))
    (row,) = await claim(store, watch)
    await ask(store, cancels=("a",))
    await store.outbox.later(row, at=later(1), error="503")
    assert await deliver(store, watch, 10) == []


async def test_cancel_and_send_in_one_turn_count_in_order(store, watch):
    """A key cancelled and asked for again in one transaction waits."""
    await opened(store)
    await ask(store, send("a", due=later(50)))
    await ask(store, send("a"), send("b"), cancels=("a",))
    await asyncio.gather(*(ask(store, send("board", again=True)) for _ in range(20)))
    assert sorted(await deliver(store, watch)) == ["a", "b", "board"]


async def test_a_row_given_back_is_tried_again_and_counts(store, watch):
    """At its new time, with the number of the attempt."""
    await opened(store)
    await ask(store, send("a"))
    (row,) = await claim(store, watch)
    await store.outbox.later(row, at=later(20), error="429")
    assert await keys(store, watch, 19) == []
    (row,) = await claim(store, watch, 20)
    assert (row.attempts, row.repeat) == (2, False)


async def test_a_dead_row_holds_up_nothing(store, watch):
    """What follows in the chat goes on."""
    await opened(store)
    await ask(store, send("a"), send("b"))
    (row,) = await claim(store, watch)
    await store.outbox.dead(row, now=watch(), error="403 " * 1000)
    assert await deliver(store, watch) == ["b"]
    assert await store.outbox.waiting(now=watch()) == 0


async def test_the_message_that_a_key_became_is_remembered(store, watch, open_another):
    """Also by a later process; the newest counts, and a stamp without an activity changes nothing."""
    meeting_id = await opened(store)
    assert await store.outbox.message(meeting_id, "board") is None
    for seconds, activity in enumerate(("1", "2", None)):
        await ask(store, send("board", again=True))
        (row,) = await claim(store, watch, seconds)
        await store.outbox.sent(row, now=watch(), activity=activity, chat="c")
    assert await open_another().outbox.message(meeting_id, "board") == ("c", "2")


async def test_commits_wake_the_dispatcher(store, watch):
    """After a turn that asked for messages and after a stamp, on the loop's own thread; not after other turns."""
    loop, woken = asyncio.get_running_loop(), []
    store.on_commit(lambda: woken.append(asyncio.get_running_loop() is loop))
    meeting_id = await opened(store)
    assert woken == []
    await ask(store, send("a"))
    assert woken == [True]
    (row,) = await claim(store, watch)
    assert woken == [True]
    await store.outbox.sent(row, now=watch(), activity="1", chat="c")
    await store.record.commit(meeting_id, say("quiet"), now=NOON)
    assert woken == [True, True]


async def test_a_key_rests_between_two_deliveries(store, watch):
    """A board is edited at most once in three seconds, however often it is asked for, and then shows the newest."""
    await opened(store)
    board = Send(key="board", kind=NoticeKind.BOARD, again=True, every=3.0)
    await ask(store, board)
    assert await deliver(store, watch, 1) == ["board"]
    await ask(store, board, seconds=2)
    await ask(store, board, seconds=3)
    assert await deliver(store, watch, 3.9) == []
    assert await deliver(store, watch, 4) == ["board"]
    assert await deliver(store, watch, 60) == []


async def test_what_cannot_rest_is_sent_at_once(store, watch):
    """A new step is on the board at once, in one change with what may rest, and while an older change waits."""
    await opened(store)
    board = Send(key="board", kind=NoticeKind.BOARD, again=True, every=3.0)
    step = Send(key="board", kind=NoticeKind.BOARD, again=True)
    await ask(store, board)
    assert await deliver(store, watch, 1) == ["board"]
    await ask(store, board, seconds=2)
    assert await deliver(store, watch, 2) == []
    await ask(store, step, board, seconds=2.5)
    assert await deliver(store, watch, 2.5) == ["board"]
    await ask(store, board, seconds=3)
    assert await deliver(store, watch, 5.4) == []
    assert await deliver(store, watch, 5.5) == ["board"]


async def test_a_key_asked_for_while_it_is_sent_rests_too(store, watch):
    """What was asked for meanwhile is sent once more, after its rest."""
    await opened(store)
    board = Send(key="board", kind=NoticeKind.BOARD, again=True, every=3.0)
    await ask(store, board)
    (row,) = await claim(store, watch, 1)
    watch.seconds = 2
    await ask(store, board, seconds=2)
    await store.outbox.sent(row, now=watch(), activity="a", chat="c")
    assert await deliver(store, watch, 4.9) == []
    assert await deliver(store, watch, 5) == ["board"]


async def test_health_names_the_last_tick_and_what_is_late_longest(store, watch, intruder):
    """Without a word of a meeting: 200 while nothing waits, 503 once it has waited five minutes; dead is not late.

    While the database does not answer it says so, and nothing else.
    """
    await opened(store)
    await ask(store, send("lost", due=later(0)), send("reminder", due=later(60)), send("young", due=later(90)))
    (lost,) = await claim(store, watch, 1)
    await store.outbox.dead(lost, now=watch(), error="gone")
    ticked = cast(Dispatcher, SimpleNamespace(last_tick=later(1), last_round=None))
    app = web.Application()
    health_routes(app, outbox=store.outbox, post=store.post, dispatcher=ticked, now=watch)
    async with TestClient(TestServer(app)) as asker:

        async def told(seconds):
            watch.seconds = seconds
            answer = await asker.get("/health")
            return answer.status, await answer.json()

        status, body = await told(59)
        assert (status, body["ok"], body["due"], body["oldest_due"], body["put_aside"]) == (200, True, 0, None, 1)
        assert (body["last_tick"], body["last_round"]) == (later(1).isoformat(), None)
        status, body = await told(180)
        assert (status, body["due"], body["oldest_due_seconds"]) == (200, 2, 120)
        oldest = body["oldest_due"]
        assert (oldest["kind"], oldest["due"]) == (lost.kind, later(60).isoformat())
        assert str(oldest["row"]) != lost.id
        status, body = await told(360)
        assert (status, body["ok"], body["oldest_due_seconds"]) == (503, False, 300)
        with intruder.begin() as connection:
            connection.execute(text("ALTER TABLE outbox RENAME TO gone"))
        try:
            assert await told(361) == (503, {"ok": False, "database": "away"})
        finally:
            with intruder.begin() as connection:
                connection.execute(text("ALTER TABLE gone RENAME TO outbox"))
