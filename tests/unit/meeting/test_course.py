"""A meeting that answers everything runs its course, under every procedure, and its record tells the same story."""

import pytest

from meeting.machine import evolve, unwritten
from meeting.model import MeetingId, Status
from tests.unit.meeting.world import PROCEDURES, SCHOOL, complete, started, walk_to


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_meeting_that_answers_everything_closes_without_a_reason(procedure):
    """No gate stands before a meeting that has answered: nothing is asked that cannot be answered."""
    table = started(procedure)
    walk_to(table, "CLOSING")
    complete(table)
    table.go_on()
    assert table.meeting.status is Status.CLOSED
    assert table.meeting.overrides == ()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_record_folded_from_the_start_is_the_meeting(procedure):
    """The meeting is its record: sequence gapless, folded anew the same."""
    table = started(procedure)
    walk_to(table, "CLOSING")
    meeting = unwritten(MeetingId("m"))
    for number, entry in enumerate(table.record, start=1):
        assert entry.sequence == number
        meeting = evolve(meeting, entry)
    assert meeting == table.meeting


def test_an_entry_out_of_order_is_refused():
    """A gap in the record is seen at once."""
    table = started()
    with pytest.raises(ValueError, match="does not follow"):
        evolve(table.meeting, table.record[0])


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_step_that_applies_is_visited_in_order(procedure):
    """No step is skipped without an entry that says so."""
    table = started(procedure)
    walk_to(table, "CLOSING")
    visited = [v.step for v in table.meeting.visits]
    asked = [s.id for s in table.procedure.agenda if s.id != "QUESTIONS" or s.required]
    assert visited == asked


def test_who_has_left_does_not_hold_up_the_rest():
    """One absent agency never blocks the meeting."""
    table = started("wmt")
    table.meeting.people[SCHOOL]
    walk_to(table, "SUMMARY")
    from tests.unit.meeting.world import leave

    leave(table, SCHOOL)
    walk_to(table, "DECISION")
    assert table.meeting.step == "DECISION"
