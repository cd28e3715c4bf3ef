"""What a crash may have posted twice stands in the database: whoever starts the service again still finds it."""

from dataclasses import replace
from typing import cast

from bot.sending.doubled import Doubled
from bot.teams.connector import Connector
from bot.teams.inbound import Chat
from tests.contract.little import later, opened, say, send

CHAT = Chat(id="chat", kind="groupChat", tenant="t", service_url="https://example.org/")
FIRST, AGAIN, OTHER = "1700000000001", "1700000000009", "1700000000005"


class Edits:
    """The one thing that is asked of Teams here: messages that are edited."""

    def __init__(self):
        self.of = []

    async def update(self, chat, message, activity):
        """Note which message was edited."""
        self.of.append((chat.id, message))


async def claimed(store, watch, seconds):
    """Claim the one row that is due."""
    watch.seconds = seconds
    (row,) = await store.outbox.claim(now=watch(), limit=1, lease_seconds=30)
    return row


async def test_an_older_copy_is_known_after_two_restarts(store, open_another, watch):
    """Sent, not stamped, sent again: the older copy is met after one restart and closed after the next."""
    meeting = await opened(store)
    await store.record.commit(meeting, say("x", send("a"), send("b", person="ann")), now=later(0))
    watch.seconds = 0
    rows = await store.outbox.claim(now=watch(), limit=2, lease_seconds=30)
    once = next(row for row in rows if row.key == "b")
    await store.outbox.sent(once, now=watch(), activity=OTHER, chat="own")  # while FIRST has gone out for "a"

    edits = Edits()
    before = open_another()
    row = await claimed(before, watch, 31)
    assert row.repeat
    doubled = Doubled(cast(Connector, edits), before.copies)
    await doubled.sent_again(row, AGAIN)
    await before.outbox.sent(row, now=watch(), activity=AGAIN, chat="chat")

    doubled = Doubled(cast(Connector, edits), open_another().copies)
    met = {number: await doubled.met((meeting, "a"), number) for number in (FIRST, AGAIN, "not a number")}
    assert met == {FIRST: True, AGAIN: False, "not a number": False}
    assert not await doubled.met((meeting, "b"), FIRST), "it was sent once"

    once_more = open_another()
    doubled = Doubled(cast(Connector, edits), once_more.copies)
    await once_more.record.commit(meeting, say("x", send("close", again=True)), now=later(32))
    closing = await claimed(once_more, watch, 33)
    for _ in range(2):  # what is closed is not closed again
        await doubled.close(replace(closing, edits="a"), CHAT, {"type": "message", "text": "Over.", "summary": "Over."})
    assert edits.of == [("chat", FIRST)]
    assert await doubled.met((meeting, "a"), FIRST), "it still is no live message"

    await open_another().erase(meeting, now=watch())
    doubled.forget(await once_more.let_go())
    assert not await doubled.met((meeting, "a"), FIRST), "what was erased is in no memory"
