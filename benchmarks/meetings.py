"""Meetings to measure with: a rehearsed one that stands at its views, grown by entries, people and other meetings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.convening import convene_plan
from bot.keeping import keep
from bot.settings import Settings
from meeting import machine
from meeting.door.admission import Admit, Arrive
from meeting.door.right_meeting import RightMeeting
from meeting.model import Assurance, Entry, Meeting, MeetingId, Person, PersonId, SeatId
from meeting.procedure import Kind, Procedure
from meeting.standing import SYSTEM
from meeting.steps.roll_call import HearIntroductions
from meeting.steps.safeguards import AddNote
from meeting.steps.statement import Acknowledge
from procedures.load import load
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import DATABASE, KEYRING, staged
from storage import Store

CASE, PROCEDURE, STEP = "injured-infant", "san", "VIEWS"
BATCH = 200  # commands in one commit while growing


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A meeting whose views are being asked, with everything that a press needs to name."""

    folder: Path
    id: MeetingId
    chat: str
    step: str
    people: tuple[Person, ...]
    entries: int


def store_of(folder: Path) -> Store:
    """Open the store in this folder, as the service does."""
    return keep(Settings(database=f"sqlite:///{folder / DATABASE}", keyring=folder / KEYRING))


async def rehearsed(folder: Path) -> Standing:
    """Play the first case until its views are asked; its database and keys stay in the folder."""
    procedure = load(PROCEDURE)
    async with staged(find_case(CASE), procedure, folder) as stage:
        scribe = stage.case.scribe
        play = Play(stage=stage, actors=actors_of(stage), scribe=scribe)
        await play.open()
        await play.run(until=STEP)
        await stage.settle()
    return await standing(folder, STEP)


async def standing(folder: Path, step: str) -> Standing:
    """Return how the folder's meeting stands."""
    store = store_of(folder)
    try:
        listed = next(m for m in await store.record.listed() if m.chat)
        meeting, _ = await store.record.read(listed.id)
    finally:
        store.close()
    people = tuple(p for p in meeting.admitted() if p.present)
    return Standing(folder=folder, id=listed.id, chat=meeting.chat, step=step, people=people, entries=meeting.sequence)


async def write(store: Store, meeting: MeetingId, commands: Sequence[tuple[PersonId, object]]) -> None:
    """Commit these commands, some hundred at a time, each decided on the state that the one before left."""
    for first in range(0, len(commands), BATCH):
        some = commands[first : first + BATCH]

        def decide(
            at: Meeting, procedure: Procedure, some: Sequence[tuple[PersonId, object]] = some
        ) -> tuple[Entry, ...]:
            made: list[Entry] = []
            for by, command in some:
                new = machine.decide(at, command, by=by, procedure=procedure, now=datetime.now(UTC))
                for entry in new:
                    at = machine.evolve(at, entry)
                made.extend(new)
            return tuple(made)

        await store.record.commit(meeting, decide, now=datetime.now(UTC))


async def with_entries(at: Standing, wanted: int) -> None:
    """Let the chair add notes until the record holds so many entries."""
    store = store_of(at.folder)
    try:
        meeting, _ = await store.record.read(at.id)
        assert meeting.chair is not None
        note = (meeting.chair, AddNote(text="A note of this benchmark, as long as a note is when somebody types it."))
        await write(store, at.id, [note] * max(0, wanted - meeting.sequence))
    finally:
        store.close()


async def with_meetings(at: Standing, wanted: int) -> None:
    """Convene other meetings beside it until so many are stored."""
    store = store_of(at.folder)
    data, procedure = find_case(CASE).data, load(PROCEDURE)
    try:
        for number in range(len(await store.record.listed()), wanted):
            named = {**data, "reference": f"SM-{number:06}-{uuid.uuid4().hex[:4]}"}
            await convene_plan(store, named, procedure, now=lambda: datetime.now(UTC))
    finally:
        store.close()


async def with_people(at: Standing, wanted: int) -> Standing:
    """Let people come late, until so many are asked for their view."""
    store = store_of(at.folder)
    try:
        meeting, procedure = await store.record.read(at.id)
        assert meeting.chair is not None
        seat = next(s for s in meeting.seats.values() if s.role == "other" or s.agency not in ("", "social_care"))
        for number in range(len(at.people), wanted):
            await write(store, at.id, _late(PersonId(str(uuid.uuid4())), number, meeting, procedure, seat.id))
    finally:
        store.close()
    return await standing(at.folder, at.step)


def _late(
    person: PersonId, number: int, meeting: Meeting, procedure: Procedure, seat: SeatId
) -> list[tuple[PersonId, object]]:
    """Return what happens when one more person arrives, is admitted, and is heard to say who they are."""
    assert meeting.chair is not None
    arrives = Arrive(
        person=person,
        name=f"Colleague {number}",
        tenant="",
        assurance=Assurance.SIGNED_IN,
        address=f"29:1colleague-{number}",
        joined=True,
    )
    roll_call = next(s.id for s in procedure.agenda if s.kind is Kind.ROLL_CALL)
    promised = [s.id for s in procedure.agenda if s.kind is Kind.STATEMENT]
    return [
        (SYSTEM, arrives),
        (meeting.chair, Admit(person=person, seat=seat)),
        *((meeting.chair, Acknowledge(step=s, people=(person,))) for s in promised),
        (meeting.chair, HearIntroductions(step=roll_call, people=(person,))),
        (meeting.chair, RightMeeting(right=True, people=(person,))),
    ]
