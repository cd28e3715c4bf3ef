"""The browsers that are let in: a token opens its session until it runs out, ends or its meeting is erased."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from dialogs.ports import Session, Sessions, Way
from meeting.model import PersonId, SeatId
from storage.schema import sessions
from tests.contract.little import NOON, opened

HOUR = timedelta(hours=1)


def test_it_fills_the_port(store):
    """The store's sessions are what the pages ask for."""
    kept: Sessions = store.sessions
    assert kept is store.sessions


async def test_a_token_opens_its_session_until_it_runs_out_or_ends(store, open_another, intruder):
    """Also for another process; no other token does, and none of them can be read in the database."""
    meeting = await opened(store)
    first = Session(
        id="s1",
        meeting=meeting,
        person=PersonId("guest:police"),
        seat=SeatId("police"),
        way=Way.CODE,
        proved=NOON,
        until=NOON + HOUR,
    )
    second = replace(first, id="s2", way=Way.VOICE, proved=NOON + HOUR / 2, until=NOON + 2 * HOUR)
    await store.sessions.open(first, "token one")
    await store.sessions.open(second, "token two")
    for one in (store, open_another()):
        assert await one.sessions.find("token one", now=NOON) == first
        assert await one.sessions.find("token two", now=NOON + HOUR) == second
        assert await one.sessions.find("token one", now=first.until) is None
        assert await one.sessions.find("token three", now=NOON) is None
    with intruder.connect() as connection:
        assert "token one" not in repr(connection.execute(select(sessions)).all())
    begun = [await store.sessions.begun(meeting, first.person, since=NOON + n * HOUR / 4) for n in (-1, 0, 1, 2)]
    assert begun == [2, 1, 1, 0]
    assert await store.sessions.begun(meeting, PersonId("guest:school"), since=NOON - HOUR) == 0
    await store.sessions.end(first)
    assert await store.sessions.find("token one", now=NOON) is None
    assert await store.sessions.find("token two", now=NOON) == second
    await store.erase(meeting, now=NOON)
    assert await store.sessions.find("token two", now=NOON) is None
