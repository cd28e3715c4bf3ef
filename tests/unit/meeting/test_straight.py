"""Going straight to the agencies' turns: one reason passes what is blank, and nothing passes what is hard."""

import pytest

from meeting.procedure import Kind
from meeting.refusals import HeldBack
from meeting.running import agenda
from meeting.running.straight import GoStraight, turns_ahead
from meeting.steps.record import RightMeeting
from meeting.steps.roll_call import HearIntroductions
from meeting.steps.statement import Acknowledge
from tests.unit.meeting.world import PEOPLE, POLICE, PROCEDURES, Table, at, started

WHY = "An infant is hurt: agencies first"


def heard(procedure: str) -> Table:
    """An unprepared meeting whose people were heard and introduced; nobody has said that it is their meeting."""
    table = started(procedure)
    identity = agenda.identity_step(table.procedure)
    while table.step is not identity:
        if table.step.kind is Kind.STATEMENT:
            table.do(Acknowledge(step=table.step.id, all_present=True))
        if table.step.kind is Kind.ROLL_CALL:
            table.do(HearIntroductions(step=table.step.id))
        table.go_on(WHY)
    return table


def straight(table: Table, reason: str = WHY) -> GoStraight:
    return GoStraight(visit=table.meeting.visit, reason=reason)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_right_meeting_holds_and_one_reason_passes_the_rest(procedure):
    """Under every procedure: first the right meeting, then every step is entered and left, each with the reason."""
    table = heard(procedure)
    if turns_ahead(table.meeting, table.procedure) is None:
        table.refused(straight(table), code="no_turns_ahead")
        return
    refusal = table.refused(straight(table))
    assert isinstance(refusal, HeldBack)
    assert {o.code for o in refusal.obstacles if o.gate == "hard"} == {"right_meeting"}
    table.do(RightMeeting(right=True, all_present=True))
    table.do(straight(table))
    assert table.step.kind is Kind.TURNS
    visited = [v.step for v in table.meeting.visits]
    assert visited == [s.id for s in agenda.reached(table.meeting, table.procedure)]
    assert {o.reason for o in table.meeting.overrides} == {WHY}


def test_a_missing_core_agency_is_not_passed():
    """No reason makes a meeting quorate: it stands where it stood."""
    table = started("san", here=tuple(p for p in PEOPLE if p != POLICE))
    refusal = table.refused(straight(table))
    assert {o.code for o in refusal.obstacles if o.gate == "hard"} == {"quorum"}
    assert table.step.id == "OPENING"


def test_a_reason_is_needed_and_a_late_press_moves_nothing():
    table = at("FAMILY")
    table.refused(straight(table, "  "), code="reason_needed")
    table.refused(GoStraight(visit=1, reason=WHY), code="moved_on")


def test_at_the_turns_there_is_nothing_to_go_straight_to():
    table = at("SHARE")
    table.refused(straight(table), code="no_turns_ahead")
