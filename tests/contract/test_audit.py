"""The audit: any edit, gap, insertion, reorder or cut of the stored record is found, with its row."""

import pytest
from sqlalchemy import delete, insert, select, update

from meeting.model import MeetingId
from storage import Tampered
from storage.schema import entries, meetings, procedures
from storage.states import start_of
from tests.contract.little import NOON, opened, say

OF_M1 = entries.c.meeting == "m1"


@pytest.fixture
async def written(store):
    """Two meetings of ten entries each, found whole."""
    for id_ in ("m1", "m2"):
        await opened(store, id_)
        for n in range(2, 11):
            await store.record.commit(MeetingId(id_), say(f"{n}"), now=NOON)
    assert await store.audit() == ()


def row(connection, sequence, meeting="m1"):
    """Return a stored entry."""
    which = (entries.c.meeting == meeting) & (entries.c.sequence == sequence)
    return connection.execute(select(entries).where(which)).one()._mapping


def edit_content(connection):
    sealed = bytearray(row(connection, 4)["sealed"])
    sealed[20] ^= 1
    connection.execute(update(entries).where(OF_M1, entries.c.sequence == 4).values(sealed=bytes(sealed)))


def edit_time(connection):
    connection.execute(update(entries).where(OF_M1, entries.c.sequence == 4).values(at=entries.c.at + 1))


def remove(connection):
    connection.execute(delete(entries).where(OF_M1, entries.c.sequence == 4))


def insert_copy(connection):
    connection.execute(insert(entries).values({**row(connection, 4), "sequence": 11}))


def insert_between(connection):
    for sequence in range(10, 3, -1):
        connection.execute(update(entries).where(OF_M1, entries.c.sequence == sequence).values(sequence=sequence + 1))
    connection.execute(insert(entries).values({**row(connection, 5), "sequence": 4}))


def swap_rows(connection):
    for old, new in ((4, 99), (7, 4), (99, 7)):
        connection.execute(update(entries).where(OF_M1, entries.c.sequence == old).values(sequence=new))


def swap_contents(connection):
    four, seven = row(connection, 4), row(connection, 7)
    for sequence, other in ((4, seven), (7, four)):
        which = update(entries).where(OF_M1, entries.c.sequence == sequence)
        connection.execute(which.values(sealed=other["sealed"], mac=other["mac"]))


def take_from_another_meeting(connection):
    other = row(connection, 4, "m2")
    which = update(entries).where(OF_M1, entries.c.sequence == 4)
    connection.execute(which.values(sealed=other["sealed"], mac=other["mac"]))


def cut_tail(connection):
    connection.execute(delete(entries).where(OF_M1, entries.c.sequence > 7))


def cut_tail_and_count(connection):
    cut_tail(connection)
    connection.execute(update(meetings).where(meetings.c.id == "m1").values(sequence=7))


def edit_reference(connection):
    connection.execute(update(meetings).where(meetings.c.id == "m1").values(reference="SM-other"))


@pytest.mark.parametrize(
    ("tamper", "rows"),
    [
        (edit_content, {4}),
        (edit_time, {4}),
        (remove, {4}),
        (insert_between, {5}),
        (swap_rows, {4, 7}),
        (swap_contents, {4, 7}),
        (take_from_another_meeting, {4}),
        (cut_tail, {8, 9, 10}),
        (cut_tail_and_count, {7}),
        (edit_reference, {1}),
    ],
)
async def test_tampering_is_found_with_its_row(written, store, open_another, intruder, tamper, rows):
    """By the audit, with the row's number; and no process reads such a record as if nothing had happened."""
    with intruder.begin() as connection:
        tamper(connection)
    found = await store.audit()
    assert {one.meeting for one in found} == {"m1"}
    assert rows <= {one.row for one in found}
    assert min(one.row for one in found) == min(rows)
    assert await store.audit(MeetingId("m2")) == ()
    with pytest.raises(Tampered):
        await open_another().record.read(MeetingId("m1"))


async def test_a_row_after_the_end_is_found_and_not_read(written, store, open_another, intruder):
    """Nobody can append without the chain's key: such a row is reported, and is no part of the meeting."""
    before, _ = await store.record.read(MeetingId("m1"))
    with intruder.begin() as connection:
        insert_copy(connection)
    assert {one.row for one in await store.audit()} == {11}
    assert (await open_another().record.read(MeetingId("m1")))[0] == before


async def test_two_contents_of_a_meeting_do_not_open_in_each_others_place(written, store, open_another, intruder):
    """Even where somebody could mend the chain: a sealed value is bound to its row."""
    with intruder.begin() as connection:
        swap_contents(connection)
        state = connection.execute(select(meetings).where(meetings.c.id == "m1")).one()
        chain = store._kit.chain
        mac = chain.genesis(start_of(state))
        for one in connection.execute(select(entries).where(OF_M1).order_by(entries.c.sequence)).all():
            mac = chain.link("m1", one.sequence, one.at, one.sealed, mac)
            connection.execute(update(entries).where(OF_M1, entries.c.sequence == one.sequence).values(mac=mac))
        head = chain.head("m1", 10, mac)
        connection.execute(update(meetings).where(meetings.c.id == "m1").values(head=head))
    assert await store.audit() == ()
    with pytest.raises(Tampered):
        await open_another().record.read(MeetingId("m1"))


async def test_a_changed_procedure_is_found(written, store, open_another, intruder):
    """The rules that a meeting runs under are what they were when it began."""
    with intruder.begin() as connection:
        content = connection.execute(select(procedures.c.content)).scalar_one()
        connection.execute(update(procedures).values(content=bytes(content).replace(b"little", b"Little")))
    assert [one.what for one in await store.audit()] == [
        f"procedure {(await store.record.read(MeetingId('m1')))[0].procedure_hash[:12]} was changed"
    ]
    with pytest.raises(Tampered):
        await open_another().record.read(MeetingId("m1"))


async def test_anchors_find_a_record_set_back_or_removed(written, store, intruder):
    """Kept elsewhere, they show what the database alone cannot: an older copy that was whole in its time."""
    with intruder.begin() as connection:
        old = connection.execute(select(meetings).where(meetings.c.id == "m1")).one()._mapping
    await store.record.commit(MeetingId("m1"), say("11"), now=NOON)
    anchors = await store.anchors()
    await store.record.commit(MeetingId("m2"), say("11"), now=NOON)
    assert await store.audit(anchors=anchors) == ()
    with intruder.begin() as connection:
        connection.execute(delete(entries).where(OF_M1, entries.c.sequence > 10))
        connection.execute(update(meetings).where(meetings.c.id == "m1").values(sequence=10, head=old["head"]))
        connection.execute(delete(entries).where(entries.c.meeting == "m2"))
        connection.execute(delete(meetings).where(meetings.c.id == "m2"))
    assert await store.audit() == ()
    assert [(one.meeting, one.row) for one in await store.audit(anchors=anchors)] == [("m1", 11), ("m2", 0)]
