"""Somebody who has a telephone only: seated by one press, and answered for in two, turn and view alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from documents.minutes import minutes_of
from documents.text import text_of
from meeting.flags import CONTRIBUTION
from meeting.model import How, Person, View
from procedures.load import load
from rehearsal.actor import Seen
from rehearsal.case import find_case
from rehearsal.hints import ALOUD, step_card
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import staged

NAME, SEAT = "Tom Ellery", "police"


@dataclass(slots=True, kw_only=True)
class Pen:
    """The note-taker, who answers for the seat as soon as it is asked; `presses` of each answer."""

    play: Play
    presses: dict[str, int] = field(default_factory=dict)

    async def beat(self) -> None:
        """Answer for the seat's turn, and in the round of views for its person."""
        meeting = await self.play.meeting()
        floor = meeting.floors.get(meeting.step)
        if floor is not None and floor.live is not None and floor.live.seat == SEAT:
            await self.answers("turn", ALOUD)
        silent = [p.seat for p in meeting.attendees() if p.right_meeting is None]
        if meeting.step == "IDENTITY" and silent == [SEAT]:
            await self.play.actors[self.play.scribe].press(self.card(), "All confirmed aloud")
        if meeting.step in meeting.views and "view" not in self.presses:
            await self.answers("view", "Record as heard", opens="Write")

    async def answers(self, what: str, last: str, *, opens: str = "") -> None:
        """Open the form where it does not stand there, and end it; only what must be chosen is chosen."""
        notes = self.play.actors[self.play.scribe]
        before, seen = notes.tally.presses, self.card()
        if opens:
            await notes.press(seen, opens, beside=f"Police – {NAME}")
        form = notes.now_on(seen.message)
        police = replace(self.play.actors[SEAT], person=notes.person)
        police.fill_choices(form)
        await notes.press(form, last)
        self.presses[what] = notes.tally.presses - before

    def card(self) -> Seen:
        """The step as the note-taker sees it."""
        seen = step_card(self.play.actors[self.play.scribe])
        assert seen is not None
        return seen


async def test_a_seat_on_the_telephone_is_heard_in_a_whole_meeting(tmp_path: Path) -> None:
    """One press at the roll call; quorum, turn and view count them; the minutes tell it."""
    case = find_case("injured-infant")
    case = replace(case, data={**case.data, "absent": [SEAT]})
    async with staged(case, load(case.procedure), tmp_path) as stage:
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        pen = Pen(play=play)
        play.beat = pen.beat
        await play.open()
        await play.run(until="ROLLCALL")
        notes = play.actors[play.scribe]
        await notes.press(pen.card(), "Introduce me")
        roll = pen.card()
        assert "police missing" in roll.text
        await notes.press(roll, "Here by telephone", beside="Police")
        assert "police missing" not in notes.now_on(roll.message).text
        await play.run()
        meeting = await play.meeting()
        caller = next(p for p in meeting.people.values() if p.by_telephone)
        assert (caller.name, caller.seat, caller.present) == (NAME, SEAT, True)
        assert meeting.converted is None
        assert pen.presses == {"turn": 1, "view": 2}
        told = meeting.answer("SHARE", CONTRIBUTION, SEAT)
        assert told is not None
        assert (told.how, told.by) == (How.SAID_ALOUD, meeting.note_taker)
        assert heard(meeting.views["VIEWS"].given, caller)
        minutes = text_of(minutes_of(meeting, stage.procedure, stage.clock.now()))
        assert "by telephone, known by voice" in minutes
        assert not stage.teams.violations


def heard(views: tuple[View, ...], caller: Person) -> bool:
    """Tell whether the caller's views stand in the round, each as heard."""
    hows = {v.how for v in views if v.person == caller.id}
    return hows == {How.HEARD}
