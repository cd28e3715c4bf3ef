"""How long a meeting stays readable: never before its minutes are safe elsewhere, never while it is held."""

from dataclasses import replace
from datetime import timedelta

from meeting.after.retention import HoldRecord, ReleaseRecord, due
from meeting.before.calling_off import Cancel
from meeting.model import Confirmed, Held, Status
from tests.unit.meeting.world import CHAIR, SYSTEM, started


def test_days_count_from_the_case_systems_copy():
    """Running, closed and not filed: kept. Filed: so many days more, and without end while it is held."""
    table = started(here=(CHAIR,))
    assert due(table.meeting, days=90) == (None, "not closed")
    closed = replace(table.meeting, status=Status.CLOSED, ended=table.now)
    assert due(closed, days=90) == (None, "minutes not recorded on the case system")
    filed = replace(closed, minutes=replace(closed.minutes, recorded=Confirmed(by=CHAIR, at=table.now)))
    assert due(filed, days=90) == (table.now + timedelta(days=90), "")
    wanted = replace(filed, held=Held(reason="Court proceedings", at=table.now))
    assert due(wanted, days=0) == (None, f"held since {table.now:%-d %b %Y}")


def test_a_hold_blocks_until_it_is_released():
    """With a reason only; also after the end; released it goes its way."""
    table = started(here=(CHAIR,))
    table.do(Cancel(reason="Another meeting does it"))
    table.refused(HoldRecord(reason=" "), SYSTEM, code="reason_needed")
    table.do(HoldRecord(reason="Court proceedings"), SYSTEM)
    assert due(table.meeting, days=1)[0] is None
    assert "held" in due(table.meeting, days=1)[1]
    table.do(ReleaseRecord(), SYSTEM)
    assert table.do(ReleaseRecord(), SYSTEM) == ()
    assert due(table.meeting, days=1) == (table.now + timedelta(days=1), "")
