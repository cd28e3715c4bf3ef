"""A further meeting is called as the first was, but for what was said of that one alone."""

from datetime import timedelta
from typing import Any

from dialogs.reconvening import Wanted, further_meeting
from meeting.flags import flag
from meeting.standing import SYSTEM
from meeting.timing.clocks import lateness
from tests.unit.dialogs.test_beginning import NewMeetings
from tests.unit.documents.played import BEGIN, convened, gathered, whole


async def test_what_made_the_first_urgent_makes_the_second_no_later():
    """That one agency acted alone before the first meeting is of that meeting: no clock of it runs on (SAN-7.2)."""
    acted_at = (BEGIN - timedelta(hours=1)).isoformat()
    said = {"immediate_action": "yes", "acted_by": "police", "acted_at": acted_at}
    play = whole(gathered(convened("san", answers=said)))
    assert flag(play.meeting, play.procedure, "immediate_action")
    wanted = Wanted(starts=play.now + timedelta(days=4), cause="A new account", by=SYSTEM, mark="m")
    record: Any = NewMeetings()
    second = await further_meeting(record, play.meeting, play.procedure, wanted, now=play.now)
    assert not flag(second, play.procedure, "immediate_action")
    assert lateness(second, play.procedure, wanted.starts) == ()
    assert second.convened["referrer"] == play.meeting.convened["referrer"]
