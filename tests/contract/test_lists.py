"""The meetings' index: found by chat and by person, with nothing confidential in it."""

from datetime import timedelta

from meeting.model import MeetingId, Standing, Status
from tests.contract.little import NOON, PROCEDURE, PersonCame, StateChanged, deciding, opened, say, seat


async def test_a_meeting_is_found_in_its_chat_newest_first(store):
    """A chat can host several meetings over time; each is listed with nothing confidential."""
    for n, id_ in enumerate(("m1", "m2", "m3")):
        await store.record.create(
            MeetingId(id_), reference=f"SM-{id_}", procedure=PROCEDURE, decide=say("x"), now=NOON + timedelta(days=n)
        )
    for id_ in ("m1", "m3"):
        await store.record.commit(MeetingId(id_), deciding(StateChanged(chat="c1")), now=NOON)
    found = await store.record.in_chat("c1")
    assert [(one.id, one.reference, one.status) for one in found] == [
        ("m3", "SM-m3", "running"),
        ("m1", "SM-m1", "running"),
    ]
    assert await store.record.in_chat("c2") == ()


async def test_meetings_that_are_over_are_not_listed(store):
    """What is closed or cancelled needs nobody's attention any more."""
    for id_, status in (("m1", Status.CLOSED), ("m2", Status.ON_HOLD), ("m3", Status.CANCELLED)):
        await opened(store, id_)
        await store.record.commit(MeetingId(id_), deciding(StateChanged(status=status)), now=NOON)
    assert [one.id for one in await store.record.listed()] == ["m2"]


async def test_a_person_finds_their_meetings(store):
    """By any key of theirs, in any case of letters: where a seat invites them, or the door let them in."""
    meeting_id = await opened(store)
    await store.record.commit(
        meeting_id,
        deciding(
            seat("s1", email="Ann@police.example.org", aad="aad-ann"),
            PersonCame(id="bob", email="bob@health.example.org", standing=Standing.OBSERVER),
            PersonCame(id="eve", email="eve@press.example.org", standing=Standing.WAITING),
        ),
        now=NOON,
    )
    keys = ("ann@police.example.org", "AAD-ann", "bob", "BOB@health.example.org", "29:bob", "eve", "nobody", "")
    assert [bool(await store.record.of_person(key)) for key in keys] == [True] * 5 + [False] * 3


async def test_a_person_who_was_removed_does_not_find_it(store):
    """The index follows the record."""
    meeting_id = await opened(store)
    for standing in (Standing.OBSERVER, Standing.REMOVED):
        came = PersonCame(id="bob", email="bob@health.example.org", standing=standing)
        await store.record.commit(meeting_id, deciding(came), now=NOON)
        assert bool(await store.record.of_person("bob")) is (standing is Standing.OBSERVER)


async def test_a_mailbox_finds_the_meetings_that_still_wait_for_its_person(store):
    """Each that invites it, however many are newer, but for those in which its person is known already."""
    for id_ in ("m1", "m2"):
        await opened(store, id_)
        await store.record.commit(MeetingId(id_), deciding(seat("s1", email="ann@police.example.org")), now=NOON)
    came = PersonCame(id="ann", email="", standing=Standing.SEATED)
    await store.record.commit(MeetingId("m2"), deciding(came), now=NOON)
    assert [one.id for one in await store.record.of_person("ANN@police.example.org", but_not="Ann")] == ["m1"]
    assert await store.record.of_person("bob@police.example.org", but_not="ann") == ()
