"""The record: what was acknowledged is there, once, in order, and nothing else is."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogs.ports import Duplicate, Receipt, Record
from meeting.model import Entry, Meeting, MeetingId, PersonId
from meeting.procedure import Procedure
from meeting.refusals import Refused
from storage.failpoints import Point
from storage.schema import metadata
from storage.turns import OutOfOrder
from tests.contract.little import (
    NOON,
    PROCEDURE,
    Reviewed,
    Said,
    StateChanged,
    deciding,
    later,
    opened,
    say,
    seat,
    send,
    texts,
)


def refuse(meeting: Meeting, procedure: Procedure) -> Sequence[Entry]:
    """Decide nothing."""
    raise Refused("no")


def press(nonce: str, *, person: str = "ann", verb: str = "turns.finish", said: str = "Thank you") -> Receipt:
    """A press of a button."""
    return Receipt(nonce=nonce, person=person, verb=verb, said=said)


def rows(intruder):
    """Return how many rows each table has."""
    with intruder.connect() as connection:
        count = select(func.count())
        return {
            table.name: connection.execute(count.select_from(table)).scalar_one() for table in metadata.sorted_tables
        }


def test_it_fills_the_port(store):
    """The store's record is what the verbs ask for."""
    record: Record = store.record
    assert record is store.record


async def test_a_new_meeting_can_be_read(store):
    """What the first decision wrote is folded, under the reference and the procedure it was given."""
    first = await store.record.create(
        MeetingId("m1"), reference="SM-1", procedure=PROCEDURE, decide=say("one"), now=NOON
    )
    meeting, procedure = await store.record.read(MeetingId("m1"))
    assert (meeting.reference, meeting.procedure, texts(meeting)) == ("SM-1", "little", ["one"])
    assert (first.meeting, first.procedure, procedure) == (meeting, PROCEDURE, PROCEDURE)
    assert len(meeting.procedure_hash) == 64


async def test_a_procedure_is_reviewed_for_every_meeting_under_its_text(store, open_another):
    """Told once it was said in one meeting, with the first time that it was; of another text nothing is known."""
    one, two = await opened(store, "m1"), await opened(store, "m2")
    other = replace(PROCEDURE, title="A little procedure, revised")
    text = (await store.record.read(one))[0].procedure_hash
    assert await store.record.reviewed(text) is None
    await store.record.commit(one, deciding(Reviewed(), at=later(60)), now=later(60))
    await store.record.commit(two, deciding(Reviewed(), at=later(90)), now=later(90))
    assert await open_another().record.reviewed(text) == later(60)
    three = await store.record.create(MeetingId("m3"), reference="SM-3", procedure=other, decide=say("one"), now=NOON)
    assert await store.record.reviewed(three.meeting.procedure_hash) is None


async def test_decisions_see_the_newest_state(store):
    """A decision is given the meeting as the last one left it, and the procedure stored with it."""
    meeting_id, seen = await opened(store), []

    def look(meeting, procedure):
        seen.append((texts(meeting), procedure.id))
        return deciding(Said(text="three"))(meeting, procedure)

    await store.record.commit(meeting_id, say("two"), now=NOON)
    done = await store.record.commit(meeting_id, look, now=NOON)
    assert seen == [(["opened", "two"], "little")]
    assert [(entry.sequence, entry.event) for entry in done.entries] == [(3, Said(text="three"))]
    assert texts(done.meeting) == ["opened", "two", "three"]


async def test_several_entries_of_one_decision_stand_in_order(store, open_another):
    """One turn may append several entries; a later process reads them in that order."""
    meeting_id = await opened(store)
    await store.record.commit(meeting_id, deciding(Said(text="a"), Said(text="b"), Said(text="c")), now=NOON)
    assert texts((await open_another().record.read(meeting_id))[0]) == ["opened", "a", "b", "c"]


async def test_an_unknown_meeting_is_a_key_error(store):
    """Reading and writing say so, and nothing is made up."""
    with pytest.raises(KeyError):
        await store.record.read(MeetingId("none"))
    with pytest.raises(KeyError):
        await store.record.commit(MeetingId("none"), say("x"), now=NOON)


@pytest.mark.parametrize(("id_", "reference"), [("m1", "SM-other"), ("other", "SM-m1")])
async def test_ids_and_references_are_unique(store, id_, reference):
    """A second meeting of the same id or reference is refused."""
    await opened(store)
    with pytest.raises(Duplicate):
        await opened(store, id_, reference)


async def test_a_refused_turn_writes_nothing(store, intruder):
    """Whatever a decision raises reaches its caller, and no table has a row more."""
    meeting_id = await opened(store)
    before = rows(intruder)
    with pytest.raises(Refused):
        await store.record.commit(meeting_id, refuse, now=NOON, receipt=press("n1"))
    with pytest.raises(Refused):
        await store.record.create(MeetingId("m2"), reference="SM-2", procedure=PROCEDURE, decide=refuse, now=NOON)
    assert rows(intruder) == before


async def test_entries_out_of_order_are_refused(store, intruder):
    """A decision that skips a number is a mistake, and is not stored."""
    meeting_id = await opened(store)
    before = rows(intruder)
    with pytest.raises(OutOfOrder):
        await store.record.commit(
            meeting_id, lambda *_: [Entry(sequence=9, at=NOON, by=PersonId("ann"), event=1)], now=NOON
        )
    assert rows(intruder) == before


async def test_a_refusal_hurts_no_other_turn(store):
    """Of turns that are taken together, only the refused ones fail."""
    meetings = [await opened(store, f"m{n}") for n in range(4)]
    turns = [
        store.record.commit(meeting, refuse if n % 3 == 0 else say(str(n)), now=NOON)
        for n in range(10)
        for meeting in meetings
    ]
    done = await asyncio.gather(*turns, return_exceptions=True)
    assert [isinstance(one, Refused) for one in done] == [n % 3 == 0 for n in range(10) for _ in meetings]
    for meeting in meetings:
        assert texts((await store.record.read(meeting))[0]) == ["opened", "1", "2", "4", "5", "7", "8"]


async def test_two_writers_lose_nothing(store, open_another):
    """Two processes on one meeting: each decision follows the other's, and each word stands once."""
    other, meeting_id = open_another(), await opened(store)
    turns = [
        one.record.commit(meeting_id, say(f"{name}{n}"), now=NOON)
        for n in range(25)
        for name, one in (("a", store), ("b", other))
    ]
    done = await asyncio.gather(*turns)
    said = [one.entries[0] for one in done]
    assert sorted(entry.sequence for entry in said) == list(range(2, 52))
    meeting, _ = await open_another().record.read(meeting_id)
    assert texts(meeting) == ["opened", *(entry.event.text for entry in sorted(said, key=lambda one: one.sequence))]
    assert (await store.record.read(meeting_id))[0] == meeting == (await other.record.read(meeting_id))[0]


async def test_a_repeated_press_changes_nothing(store, intruder):
    """The same press again, later or in another process, is answered by the first one's receipt."""
    meeting_id = await opened(store)
    first = await store.record.commit(meeting_id, say("once", send("a")), now=NOON, receipt=press("n1"))
    before = rows(intruder)
    again = await store.record.commit(meeting_id, refuse, now=later(30), receipt=press("n1", said="other"))
    assert (first.repeat, again.repeat) == (None, press("n1"))
    assert (again.entries, texts(again.meeting)) == ((), ["opened", "once"])
    assert rows(intruder) == before


async def test_a_receipt_is_forgotten_once_no_repeat_can_come(store):
    """Within a week a repeat finds it, also after the daily tidying; after that the press is decided anew."""
    meeting_id = await opened(store)
    await store.record.commit(meeting_id, say("once"), now=NOON, receipt=press("n1"))
    await store.record.commit(meeting_id, say("later"), now=NOON + timedelta(days=3), receipt=press("n2"))
    assert await store.tidy(now=NOON + timedelta(days=7)) == 0
    assert (await store.record.commit(meeting_id, refuse, now=NOON, receipt=press("n1"))).repeat == press("n1")
    assert await store.tidy(now=NOON + timedelta(days=7, seconds=1)) == 1
    assert (await store.record.commit(meeting_id, say("anew"), now=NOON, receipt=press("n1"))).repeat is None
    assert (await store.record.commit(meeting_id, refuse, now=NOON, receipt=press("n2"))).repeat == press("n2")


async def test_presses_at_once_count_once(store, open_another):
    """However many copies of a press arrive together, through two processes, one of them counts."""
    meeting_id, other = await opened(store), open_another()
    stores = [store, other] * 5
    done = await asyncio.gather(
        *(one.record.commit(meeting_id, say("once"), now=NOON, receipt=press("n1")) for one in stores)
    )
    assert sorted(len(one.entries) for one in done) == [0] * 9 + [1]
    assert texts((await store.record.read(meeting_id))[0]) == ["opened", "once"]


@pytest.mark.parametrize("other", [press("n2"), press("n1", person="bob"), press("n1", verb="turns.begin")])
async def test_another_press_is_no_repeat(store, other):
    """Another form, another person or another button counts for itself."""
    meeting_id = await opened(store)
    await store.record.commit(meeting_id, say("a"), now=NOON, receipt=press("n1"))
    assert (await store.record.commit(meeting_id, say("b"), now=NOON, receipt=other)).repeat is None


async def test_a_press_that_was_refused_may_be_tried_again(store):
    """A refusal leaves no receipt."""
    meeting_id = await opened(store)
    with pytest.raises(Refused):
        await store.record.commit(meeting_id, refuse, now=NOON, receipt=press("n1"))
    assert (await store.record.commit(meeting_id, say("b"), now=NOON, receipt=press("n1"))).entries


@pytest.mark.parametrize("point", [Point.AFTER_APPEND, Point.BEFORE_COMMIT])
async def test_a_failure_before_the_commit_leaves_nothing(store, open_another, intruder, point):
    """Entries, notices, receipt and the meeting's own row are written together or not at all."""

    def fail(here):
        if here is point:
            raise OSError("the disk is gone")

    meeting_id = await opened(store)
    before, failing = rows(intruder), open_another(fail)
    with pytest.raises(OSError, match="disk"):
        await failing.record.commit(meeting_id, say("x", send("a")), now=NOON, receipt=press("n1"))
    assert rows(intruder) == before
    assert texts((await failing.record.read(meeting_id))[0]) == ["opened"]


async def test_a_later_process_continues(store, open_another):
    """After a restart the meeting stands where it stood, and goes on."""
    meeting_id = await opened(store)
    await store.record.commit(meeting_id, deciding(seat("s1"), StateChanged(chat="c1")), now=NOON)
    before, _ = await store.record.read(meeting_id)
    store.close()
    reopened = open_another()
    assert (await reopened.record.read(meeting_id))[0] == before
    assert (await reopened.record.commit(meeting_id, say("on"), now=NOON)).entries[0].sequence == 4
