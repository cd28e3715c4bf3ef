"""One person's duties over all their meetings: the soonest first, the rest counted, and the card within its limit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.across import LINES, MEETINGS, ROWS, Across
from dialogs.ports import Listed
from meeting.model import ActionState, Meeting, MeetingId, PersonId, SeatId, Status
from meeting.procedure import Procedure
from meeting.refusals import Refused
from meeting.steps.actions import Agree
from tests.unit.cards.checking import faults_of
from tests.unit.dialogs.room import Room, titles, words
from tests.unit.documents.played import CHAIR, NOTES, POLICE, Play, convened, gathered, whole

MANY = 30


class ManyMeetings:
    """A record in which one meeting stands thirty times, each under a reference of its own."""

    def __init__(self, play: Play, many: int) -> None:
        self.play, self.many = play, many

    async def read(self, meeting_id: MeetingId) -> tuple[Meeting, Procedure]:
        return replace(self.play.meeting, id=meeting_id, reference=f"SM-{meeting_id}"), self.play.procedure

    async def of_person(self, key: str) -> tuple[Listed, ...]:
        return tuple(
            Listed(id=MeetingId(f"{n:02}"), reference=f"SM-{n:02}", status="running", chat="", starts=None)
            for n in range(self.many)
        )


@pytest.fixture(scope="module")
def play() -> Play:
    """A meeting in which the police have six actions with long words."""
    play = whole(gathered(convened("san")), until="ACTIONS")
    for hours in range(6):
        due = play.now + timedelta(days=2, hours=hours)
        agreed = Agree(what="Visit " * 500, owner="Alex Stone", owner_seat=SeatId("police"), due=due, keep=True)
        play.do(NOTES, agreed)
    return play


def across(play: Play, many: int = MANY) -> Across:
    """The card's maker, over thirty meetings."""
    return Across(engine=Room(play=play).engine, record=ManyMeetings(play, many), now=lambda: play.now)  # type: ignore[arg-type]


async def test_the_soonest_actions_of_all_meetings_fit_one_card(play):
    card = await across(play).own(PersonId(POLICE))
    mine = [a for a in play.meeting.actions if a.owner_seat == "police" and a.state is ActionState.OPEN]
    assert titles(card).count("Report back") == ROWS
    assert f"And {MANY * len(mine) - ROWS} more, due later." in words(card)
    assert faults_of(card, is_sealed=True) == []


async def test_what_was_taken_on_in_a_meeting_that_was_called_off_is_still_shown(play):
    """Its reminders go on, so their owner finds it; the agency's figures leave that meeting out."""

    class CalledOff(ManyMeetings):
        async def read(self, meeting_id):
            meeting, procedure = await super().read(meeting_id)
            return replace(meeting, status=Status.CANCELLED), procedure

    record = CalledOff(play, 1)
    made = Across(engine=Room(play=play).engine, record=record, now=lambda: play.now)  # type: ignore[arg-type]
    assert titles(await made.own(PersonId(POLICE))).count("Report back") >= 6
    with pytest.raises(Refused):
        await made.evidence(PersonId(POLICE), "")


async def test_what_was_not_looked_at_is_said(play):
    """Of more meetings than a card looks at, the older ones are counted: "nothing" would be untrue."""
    nobody = PersonId("p-nobody")
    for card in (await across(play, MEETINGS + 3).own(nobody), await across(play, MEETINGS + 3).overdue(nobody)):
        assert f"Looked at: your newest {MEETINGS} meetings. 3 older ones are not shown here." in words(card)
    assert "Looked at" not in words(await across(play).own(nobody))


async def test_what_is_late_in_many_meetings_fits_one_card(play):
    play.now += timedelta(days=30)
    card = await across(play).overdue(CHAIR)
    assert titles(card).count("Deadlines") == ROWS
    assert words(card).count("overdue") == ROWS * LINES
    assert f"And {MANY - ROWS} more meetings" in words(card)
    assert faults_of(card, is_sealed=True) == []
