"""Calling a meeting from a card: a reference that nobody has, one meeting for each press, all the children named."""

from datetime import UTC, datetime

import pytest

from bot.tickets import SealedTickets
from cards.convening import start_now_card
from dialogs.beginning import TRIES
from dialogs.engine import Engine
from dialogs.ports import Committed, Duplicate
from meeting import machine
from meeting.machine import evolve_all
from meeting.model import Meeting, MeetingId, PersonId
from meeting.procedure import Procedure
from procedures.load import load
from tests.unit.dialogs.room import each

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class NewMeetings:
    """A record in memory that can be opened, in which so many references are taken before one is free."""

    def __init__(self, taken: int = 0) -> None:
        self.taken = taken
        self.kept: dict[MeetingId, tuple[Meeting, Procedure]] = {}

    async def create(self, meeting_id, *, reference, procedure, decide, now):
        self.taken -= 1
        if self.taken >= 0:
            raise Duplicate(reference)
        blank = machine.unwritten(meeting_id)
        entries = tuple(decide(blank, procedure))
        self.kept[meeting_id] = evolve_all(blank, entries), procedure
        return Committed(meeting=self.kept[meeting_id][0], procedure=procedure, entries=entries)

    async def read(self, meeting_id):
        return self.kept[meeting_id]

    async def in_chat(self, chat):
        return ()

    async def reviewed(self, procedure_hash):
        return None


async def start(record, children, times=1, procedure="san"):
    """Press "Start now" with these children, so many times on one card; return the last answer."""
    engine = Engine(record=record, tickets=SealedTickets(b"k" * 32), now=lambda: NOON)
    form = start_now_card("19:chat", "Morgan Vale", ((procedure, load(procedure).title),))
    card = engine.seal(form, MeetingId(""), PersonId("29:chair"), {})
    (button,) = each(card, "Action.Execute")
    pressed = {**button["data"], "children": children}
    return [await engine.press(PersonId("29:chair"), button["verb"], pressed) for _ in range(times)][-1]


async def test_a_reference_that_another_meeting_has_is_drawn_anew():
    record = NewMeetings(taken=TRIES - 1)
    await start(record, "Ada Brook")
    ((meeting, _),) = record.kept.values()
    assert meeting.reference.removeprefix("SM-").isdecimal()


async def test_where_no_reference_is_free_nothing_is_called():
    record = NewMeetings(taken=TRIES)
    with pytest.raises(Duplicate):
        await start(record, "Ada Brook")
    assert not record.kept


async def test_a_repeated_press_calls_one_meeting():
    record = NewMeetings()
    answer = await start(record, "Ada Brook\n\n  unborn baby of Mora Brook ", times=2)
    ((meeting, _),) = record.kept.values()
    assert [(c.name, c.unborn) for c in meeting.children.values()] == [
        ("Ada Brook", False),
        ("unborn baby of Mora Brook", True),
    ]
    assert answer.linked == meeting.id


async def test_whoever_starts_a_meeting_is_not_asked_for_a_second_time():
    """A manager in the chair is the social work manager of the quorum; a seat for one would stay empty (STY-3.1a)."""
    record = NewMeetings()
    await start(record, "Ada Brook", procedure="sty")
    ((meeting, _),) = record.kept.values()
    assert {s.id: s.agency for s in meeting.seats.values()} == {
        "chair": "social_care",
        "social_worker": "social_care",
        "health": "health",
        "police": "police",
    }


async def test_children_beyond_the_limit_are_not_dropped_in_silence():
    """Thirteen names: the press says so and calls nothing."""
    record = NewMeetings()
    answer = await start(record, "\n".join(f"Child {n}" for n in range(13)))
    assert answer.text.startswith("One meeting takes at most 12 children.")
    assert not record.kept
