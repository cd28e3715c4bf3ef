"""Reminders in the outbox: several for one reader are one message, some come again, a keeper sees and resends."""

from dataclasses import replace

from meeting.telling.notices import NoticeKind, Send
from tests.contract.little import later, opened, say


def reminder(key, person="ann", due=0.0):
    """Return a reminder for a person."""
    return Send(key=key, kind=NoticeKind.REMINDER, subject=key, person=person, private=True, due=later(due))


async def claim(store, watch, seconds):
    """Claim what is due at a time."""
    watch.seconds = seconds
    return await store.outbox.claim(now=watch(), limit=10, lease_seconds=30)


async def test_what_one_reader_is_reminded_of_comes_together(store, watch):
    """Down over three due times: one row for each reader, with the others beside it, and all are stamped with it.

    A digest that is due then comes with the reminders of its reader; without any it comes alone.
    """
    await opened(store)
    asked = [reminder("a", due=1), reminder("b", due=2), reminder("c", "bob", due=3), reminder("d", due=9000)]
    morning = replace(reminder("e", due=2), kind=NoticeKind.DIGEST, urgency=6)
    asked += [morning, replace(morning, key="f", person="cleo")]
    await store.record.commit("m1", say("x", *asked), now=later(0))
    rows = await claim(store, watch, 3600)
    assert [(row.key, [r.key for r in row.also]) for row in rows] == [("a", ["b", "e"]), ("c", []), ("f", [])]
    for row in rows:
        await store.outbox.sent(row, now=watch(), activity="1", chat="c")
    assert await claim(store, watch, 3600) == ()
    assert [row.key for row in await claim(store, watch, 9000)] == ["d"]


async def test_all_of_it_comes_back_marked_after_a_crash(store, watch):
    """Claimed together and never stamped: together again, each as a repeat."""
    await opened(store)
    await store.record.commit("m1", say("x", reminder("a"), reminder("b")), now=later(0))
    await claim(store, watch, 10)
    (row,) = await claim(store, watch, 100)
    assert {(r.key, r.repeat) for r in (row, *row.also)} == {("a", True), ("b", True)}


async def test_what_is_still_open_comes_again(store, watch):
    """The row waits anew for the time that it was given, with its first attempt before it."""
    await opened(store)
    await store.record.commit("m1", say("x", reminder("a"), reminder("b")), now=later(0))
    (row,) = await claim(store, watch, 10)
    await store.outbox.sent(row, now=watch(), activity="1", chat="c", again={"b": later(500)})
    assert await claim(store, watch, 499) == ()
    (again,) = await claim(store, watch, 500)
    assert (again.key, again.attempts, again.repeat) == ("b", 1, False)


async def test_a_keeper_sees_what_is_stuck_and_sends_it_again(store, watch):
    """Put aside: listed with its reason, counted, and once resent it goes out; what was delivered stays delivered."""
    await opened(store)
    await store.record.commit("m1", say("x", reminder("a"), reminder("b", "bob")), now=later(0))
    first, second = await claim(store, watch, 10)
    await store.outbox.dead(first, now=watch(), error="no_address")
    await store.outbox.sent(second, now=watch(), activity="1", chat="c")
    (lying,) = await store.post.stuck(now=watch())
    assert (lying.reference, lying.key, lying.state, lying.error) == ("SM-m1", "a", "dead", "no_address")
    assert await store.post.counts() == {"dead": 1, "waiting": 0, "sending": 0}
    assert await store.post.resend(lying.id, now=watch())
    delivered = next(r for r in await store.post.of("SM-m1") if r.key == "b")
    assert not await store.post.resend(delivered.id, now=watch())
    assert [row.key for row in await claim(store, watch, 20)] == ["a"]
    assert (await store.post.one(lying.id)).attempts == 1
