"""No view shows content to anybody who was not let in, whatever their button addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from dialogs.asking import views
from meeting.door.admission import Remove
from meeting.door.arriving import Arrive
from meeting.model import Assurance, Child, ChildId, PersonId
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from tests.unit.dialogs.room import Room, titles
from tests.unit.documents.played import CHAIR, HEALTH, acted, convened, gathered

SAID, NAME = "Zzquietly said", "Zzada Brook"
STRANGER, NOBODY = PersonId("p-stranger"), PersonId("p-nobody")


async def test_no_view_tells_a_stranger_or_somebody_removed_what_was_said():
    """Each view, at each step, child and seat: for whoever waits, was sent away, or was never here."""
    family = (Child(id=ChildId("c1"), name=NAME), Child(id=ChildId("c2"), name="Ben Brook"))
    play = gathered(convened("san", says=lambda where: f"{SAID} {where}", children=family))
    while play.step.id != "PLAN":
        acted(play)
        play.on()
    stranger = Arrive(person=STRANGER, name="Mal Low", tenant="t", assurance=Assurance.SIGNED_IN, address="29:mal")
    play.do(SYSTEM, stranger)
    play.do(CHAIR, Remove(person=HEALTH, reason="Wrong person"))
    room, seen = Room(play=play), set()
    for person in (STRANGER, HEALTH, NOBODY):
        for view in views():
            for args in _addressed(view, play.procedure):
                try:
                    await room.opens(person, view, **args)
                except (KeyError, AssertionError):  # a button that no card has
                    continue
                card = json.dumps(room.cards[person])
                assert SAID not in card, (person, view, args)
                assert NAME not in card, (person, view, args)
                seen.add(view)
    for view, words in (("minutes.otherwise", "How it was sent"), ("invitations.decline", "I cannot come")):
        for person in (STRANGER, NOBODY):
            await room.opens(person, view, seat="police")
            assert words not in room.text(person)
    await room.opens(CHAIR, "turns.step", step="SHARE")
    assert SAID in room.text(CHAIR)
    assert len(seen) > 90


def _addressed(view: str, procedure: Procedure) -> Iterator[Mapping[str, str]]:
    """Yield what a button of this view may address: nothing, and each step with a child, a seat and a number."""
    kind = view.partition(".")[0]
    yield {}
    for step in procedure.agenda:
        if step.kind in (kind, "record"):
            yield {"step": step.id, "subject": "c1", "seat": "police", "person": "p-police", "number": "1", "turn": "1"}


async def test_a_slip_about_the_right_meeting_is_taken_back_by_whoever_made_it():
    """A chair alone has nobody to tell; whoever was removed for it finds no such button."""
    play = gathered(convened("san"))
    while play.step.id != "IDENTITY":
        acted(play)
        play.on()
    room = Room(play=play)
    for person in (CHAIR, HEALTH):
        await room.opens(person)
        await room.press(person, "No, I am in the wrong meeting")
        assert "not your meeting" in room.text(person)
        await room.press(person, "It is my meeting after all")
        assert play.meeting.people[PersonId(person)].right_meeting is True
    await room.opens(HEALTH, "record.right_meeting", step="IDENTITY")
    await room.press(HEALTH, "No, I am in the wrong meeting")
    await room.opens(HEALTH, "statement.step", step="OPENING")
    assert "not your meeting" in room.text(HEALTH)
    play.do(CHAIR, Remove(person=HEALTH, reason="Wrong meeting"))
    await room.opens(HEALTH)
    assert titles(room.cards[HEALTH]) == []
