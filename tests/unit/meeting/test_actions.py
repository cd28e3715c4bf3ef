"""Who does what by when: what the record demands, what an action must say, what its owner may change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject

from documents.letters.due import due_calendar
from meeting.after.follow_up import ReportAction, SettleAction
from meeting.after.reconvening import LinkMeeting
from meeting.model import ActionState, Child, Demand, MeetingId, Origin, Told
from meeting.procedure import Gate
from meeting.refusals import FieldErrors, KeepOrChange
from meeting.steps.action_list import on_time
from meeting.steps.actions import Change, Meet, actions_data, asked_for, unmet, ways
from meeting.steps.record import Enter
from tests.unit.meeting.world import (
    ANNA,
    BEN,
    CHAIR,
    HEALTH,
    NOTES,
    PROCEDURES,
    SCHOOL,
    WORKER,
    action,
    at,
    choose,
    complete,
    decision_for,
    enter,
    fill_parts,
    satisfy,
    seat,
    slot,
    walk_to,
)

SEEN = Origin(kind=Demand.REQUIRED, id="see_child")
SIBLINGS = (Child(id=ANNA, name="Anna Ash"), Child(id=BEN, name="Ben Ash"))


def needed(table):
    return {(a.origin.id, a.subject) for a in unmet(table.meeting, table.procedure)}


def decided(outcome, procedure="san", **more):
    table = at("DECISION", procedure, **more)
    for child in table.meeting.in_scope():
        choose(table, child.id, outcome)
    walk_to(table, "ACTIONS")
    return table


def meet(table, part, subjects=(ANNA,), alternative="", **answers):
    return Meet(step="ACTIONS", id=part, subjects=subjects, alternative=alternative, answers=answers)


def seen(table, hours):
    return meet(table, "see_child", who="Wyn Cole", place="Home", due=(table.now + timedelta(hours=hours)).isoformat())


# ---------------------------------------------------------------------------------------------------------- each
@pytest.mark.parametrize("procedure", PROCEDURES)
@pytest.mark.parametrize("owner", ["", "Health", "police", "education: school"])
def test_an_action_has_a_named_person(procedure, owner):
    """Only an agency, a seat or nobody: field error, not in the list (SAN-13.1)."""
    table = at("ACTIONS", procedure)
    assert "owner" in table.refused(action(table, owner=owner)).errors


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_an_action_has_a_time_to_come_with_an_offset(procedure):
    """Past, or a time that could be anywhere: field error."""
    table = at("ACTIONS", procedure)
    past = action(table, due=table.now - timedelta(hours=1))
    assert table.refused(past).errors == {"due": "past"}
    naive = action(table, due=datetime(2027, 1, 4, 9))  # noqa: DTZ001 - just that is refused
    assert table.refused(naive).errors == {"due": "datetime"}


def test_everything_wrong_with_an_action_is_said_at_once():
    """Where, how, measure, owner and time: one bounce names them all (LCS-5.7, LCS-5.8)."""
    table = at("ACTIONS", "lcs")
    bare = action(table, " ", owner="Police", due=table.now - timedelta(hours=1), extra={})
    assert set(table.refused(bare).errors) == {"what", "owner", "due", "where", "how", "measure"}


def test_vague_words_are_prompted_once_with_all_that_deserves_a_look():
    """ "Monitor situation ASAP" names the words; "keep" stores; a full action brings none (LCS-5.7)."""
    table = at("ACTIONS", "lcs")
    prompt = table.refused(action(table, "Monitor situation ASAP"))
    assert isinstance(prompt, KeepOrChange)
    assert {w.lower() for _, _, w in prompt.warnings} == {"monitor", "asap"}
    table.do(action(table, "Monitor situation ASAP", keep=True))
    table.do(action(table, "See Anna at school"))
    san = at("ACTIONS")
    both = san.refused(action(san, "Arrange ICPC ASAP for the non-compliant family"))
    assert len({code.partition(":")[0] for _, code, _ in both.warnings}) == 3


def test_actions_are_numbered_and_keep_their_number():
    """A change keeps the number; the record keeps what stood before."""
    table = at("ACTIONS", "sty")
    table.do(action(table))
    table.do(action(table, "Second"))
    table.do(Change(number=1, owner="Dee Grant"), NOTES)
    assert [(a.number, a.owner) for a in table.meeting.actions] == [(1, "Dee Grant"), (2, "Wyn Cole")]
    table.refused(Change(number=9, owner="Dee Grant"), NOTES, code="no_such_action")
    table.refused(Change(number=1, owner="Health"), NOTES, code="fields")
    table.refused(Change(number=1, due=table.now - timedelta(days=1)), NOTES, code="fields")


def test_an_owner_says_how_far_it_is_and_no_more():
    """The owner's seat marks done; the text, the time and withdrawing are the chair's."""
    table = at("ACTIONS", "sty")
    table.do(action(table, owner_seat=seat(WORKER)))
    table.refused(Change(number=1, state=ActionState.DONE), SCHOOL, code="chair_or_note_taker")
    table.refused(Change(number=1, state=ActionState.WITHDRAWN), WORKER, code="chair_or_note_taker")
    table.refused(Change(number=1, due=table.now + timedelta(days=9)), WORKER, code="chair_or_note_taker")
    table.do(Change(number=1, state=ActionState.DONE), WORKER)
    assert table.meeting.actions[0].state is ActionState.DONE


def test_an_action_is_about_somebody_known_and_from_somewhere_known():
    """An origin that nothing asked for, or that has a form of its own, is refused."""
    table = decided("s47")
    table.refused(action(table, origin=SEEN, subjects=(ANNA,)), code="no_such_action")
    table.refused(action(table, origin=Origin(kind=Demand.OUTCOME, id="lado")), code="no_such_action")
    table.refused(action(table, subjects=("c9",)), code="no_such_subject")


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_meeting_without_an_action_does_not_just_end(procedure):
    """At least one action, or a reason (SAN-8.3)."""
    table = at("DECISION", procedure)
    for child in table.meeting.in_scope():
        choose(table, child.id, "not_decided")
    table.go_on()
    while table.meeting.step != "ACTIONS":
        table.go_on()
    if table.step.gate_at == "CLOSING":
        while table.meeting.step != "CLOSING":
            table.go_on()
            if table.meeting.step != "CLOSING":
                complete(table)
        fill_parts(table, table.step)
    assert "no_actions" in {o.code for o in table.held().obstacles}


# ------------------------------------------------------------------------------------------------------- required
def test_the_child_is_seen_within_twenty_four_hours_of_the_decision():
    """+30 h: field error; +20 h: met (SAN-11.3c)."""
    table = decided("s47")
    assert table.refused(seen(table, 30)).errors == {"due": "too_late:24 hours"}
    assert table.refused(seen(table, -1)).errors == {"due": "past"}
    table.do(seen(table, 20))
    assert ("see_child", ANNA) not in needed(table)
    assert table.meeting.actions[-1].owner == "Wyn Cole"


def test_each_child_has_its_own_twenty_four_hours():
    """The clock of a child runs from that child's decision."""
    table = at("DECISION", children=SIBLINGS)
    choose(table, ANNA, "s47")
    table.wait(hours=2)
    for child in table.meeting.in_scope():
        if child.id != ANNA:
            choose(table, child.id, "s47")
    walk_to(table, "ACTIONS")
    later = replace(seen(table, 23), subjects=(BEN,))
    table.do(later)
    assert table.refused(replace(later, subjects=(ANNA, BEN))).errors == {"due": "too_late:24 hours"}


@pytest.mark.parametrize("way", ["already_seen", "cannot_be_seen"])
def test_another_way_to_see_the_child_counts(way):
    """Already seen, when and by whom; or cannot be seen, with a safeguarding action (SAN-11.3c)."""
    table = decided("s47")
    table.refused(meet(table, "see_child", alternative="by_magic"), code="no_such_choice")
    assert isinstance(table.refused(meet(table, "see_child", alternative=way)), FieldErrors)
    answers = {
        "already_seen": {"seen_at": (table.now - timedelta(hours=2)).isoformat(), "seen_by": "Wyn Cole"},
        "cannot_be_seen": {
            "because": "Abroad",
            "safeguard": "Alert at the border",
            "safeguard_owner": "Pat Doyle",
            "safeguard_due": (table.now + timedelta(hours=2)).isoformat(),
        },
    }[way]
    table.do(meet(table, "see_child", alternative=way, **answers))
    assert ("see_child", ANNA) not in needed(table)
    listed = [a.what for a in table.meeting.actions]
    assert listed == ([] if way == "already_seen" else ["Alert at the border"])


@pytest.mark.parametrize(("outcome", "gate"), [("s47", Gate.HARD), ("advice", Gate.OVERRIDE)])
def test_a_safety_plan_is_hard_under_section_47_only(outcome, gate):
    """s47 with no line: HARD; advice only: a reason (SAN-13.3)."""
    table = decided(outcome)
    plan = next(a for a in asked_for(table.meeting, table.procedure) if a.origin.id == "safety_plan")
    assert plan.gate is gate


def test_a_family_group_conference_is_considered_or_the_reason_recorded():
    """Close with neither: HARD; an action: closes; a rationale: closes (LCS-5.9)."""
    table = decided("cfa", "lcs")
    (asked,) = (a for a in asked_for(table.meeting, table.procedure) if a.origin.id == "fgc")
    assert asked.gate is Gate.HARD
    assert asked.part is not None
    assert [w.id for w in ways(asked.part)] == ["rationale"]
    table.refused(meet(table, "fgc", ("",), "rationale"), code="fields")
    table.do(meet(table, "fgc", ("",), "rationale", rationale="Nobody is safe to invite"))
    assert ("fgc", "") not in needed(table)


def test_one_action_covers_several_where_the_procedure_says_so():
    """One visit for both siblings satisfies both; where it may not, one is asked for each (WMT-3.7a, SAN-12.2)."""
    table = decided("s17", "wmt", children=SIBLINGS)
    due = (table.now + timedelta(days=1)).isoformat()
    table.do(meet(table, "see_child", (ANNA, BEN), place="Home", due=due, who="Wyn Cole"))
    assert {s for i, s in needed(table) if i == "see_child"} == set()
    other = at("OTHER_LA", children=SIBLINGS)
    answers = {"owner": "Wyn Cole", "due": due}
    other.go_on()
    walk_to(other, "ACTIONS")
    other.refused(meet(other, "obtain_minutes", (ANNA, BEN), **answers), code="one_for_each")
    other.refused(meet(other, "obtain_minutes", ("c9",), **answers), code="no_such_subject")
    other.refused(meet(other, "nothing"), code="no_such_action")


def test_a_withdrawn_action_is_asked_for_again():
    """What it satisfied is open again, until another one does."""
    table = decided("s47")
    table.do(seen(table, 20))
    number = table.meeting.actions[-1].number
    table.do(seen(table, 10))
    table.do(Change(number=number, state=ActionState.WITHDRAWN), NOTES)
    assert ("see_child", ANNA) not in needed(table)
    table.do(Change(number=number + 1, state=ActionState.WITHDRAWN), NOTES)
    assert ("see_child", ANNA) in needed(table)


def test_an_outcome_asks_for_its_action():
    """Referral to the LADO: an action to refer; not chosen: none (SAN-11.3e)."""
    table = at("DECISION")
    table.do(decision_for(table, "lado"))
    (asked,) = (a for a in asked_for(table.meeting, table.procedure) if a.origin.key == "outcome:lado")
    assert (asked.label, asked.clock) == ("Refer to the LADO", "lado_referral")
    walk_to(table, "ACTIONS")
    table.do(action(table, asked.label, origin=asked.origin, subjects=(ANNA,)))
    assert ("outcome:lado", ANNA) not in needed(table)


def test_a_checkpoint_answered_yes_asks_for_its_action():
    """Legal action: yes asks for it, no does not (SAN-13.5)."""
    table = at("PLAN")
    place = slot("PLAN", "legal", ANNA)
    table.do(Enter(slot=place, answers={"answer": "yes", "reason": "Threshold for care"}))
    assert ("legal", ANNA) in needed(table)
    table.do(Enter(slot=place, answers={"answer": "no", "reason": "Not needed"}))
    assert ("legal", ANNA) not in needed(table)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_each_required_action_comes_back_when_blank(procedure):
    """Every field of a required action that must be there is asked for, in every procedure."""
    table = at("ACTIONS", procedure)
    for asked in unmet(table.meeting, table.procedure):
        if asked.part is None:
            continue
        wrong = table.refused(meet(table, asked.origin.id, (asked.subject,)))
        assert set(wrong.errors) == {f.key for f in asked.part.fields if f.required and f.when is None}
    satisfy(table)
    assert needed(table) == set()


# -------------------------------------------------------------------------------------------------------- changing
def test_a_correction_of_what_is_done_leaves_it_done_in_its_time():
    """A slip of the pen that is mended on Monday makes nothing late that was done on Friday."""
    table = at("ACTIONS", "sty")
    table.do(action(table))
    table.do(Change(number=1, state=ActionState.DONE))
    table.wait(hours=30)
    table.do(Change(number=1, what="Visit the family home"))
    assert on_time(table.meeting.actions[0])
    table.do(Change(number=1, state=ActionState.OPEN))
    assert table.meeting.actions[0].ended is None


def test_a_new_owner_has_seen_and_accepted_nothing_yet():
    """What the owner before accepted is open again, and nobody is kept from reminding the new one."""
    table = at("ACTIONS", "sty")
    table.do(action(table, owner_seat=seat(WORKER)))
    table.do(ReportAction(number=1, told=Told.ACCEPTED), WORKER)
    table.do(ReportAction(number=1, told=Told.SEEN), WORKER)
    table.do(Change(number=1, what="Visit the home"))
    assert (table.meeting.actions[0].state, table.meeting.actions[0].quiet) == (ActionState.ACCEPTED, True)
    table.do(Change(number=1, owner="Hana Eze", owner_seat=seat(HEALTH)))
    assert (table.meeting.actions[0].state, table.meeting.actions[0].quiet) == (ActionState.OPEN, False)


def test_another_time_answers_whoever_asked_for_more():
    """The chair who changes the time leaves no request behind that waits for ever."""
    table = at("ACTIONS", "sty")
    table.do(action(table, owner_seat=seat(WORKER)))
    later = table.now + timedelta(days=1, hours=20)
    table.do(ReportAction(number=1, told=Told.MORE_TIME, text="School is shut", until=later, keep=True), WORKER)
    table.do(Change(number=1, due=later, keep=True))
    assert table.meeting.actions[0].asked_until is None


def test_a_calendar_entry_is_newer_each_time_its_time_or_its_owner_changes():
    """By the chair's change, more time, or being handed on: the entry's SEQUENCE rises (RFC 5545, 3.8.7.4).

    Whoever had it is sent its cancellation, which must be newer than what they have (RFC 5546, 2.1.4).
    """
    table = at("ACTIONS", "sty")
    table.do(action(table))
    number = table.meeting.actions[-1].number

    def sequence() -> int:
        made = due_calendar(MeetingId("m1"), "TEST-1", table.meeting.actions[-1:], now=table.now)
        return int(vobject.readOne(made.content.decode()).vevent.sequence.value)

    seen = [sequence()]
    table.do(Change(number=number, what="Visit the aunt at home"))
    seen.append(sequence())
    table.do(Change(number=number, owner="Pat Doyle"))
    seen.append(sequence())
    table.do(Change(number=number, due=table.now + timedelta(days=2), keep=True))
    seen.append(sequence())
    later = table.now + timedelta(days=5)
    table.do(ReportAction(number=number, told=Told.MORE_TIME, text="Away", until=later, keep=True))
    table.do(SettleAction(number=number, told=Told.GRANTED))
    seen.append(sequence())
    table.do(ReportAction(number=number, told=Told.HANDED_OVER, owner="Sal Finch"))
    seen.append(sequence())
    table.do(Change(number=number, state=ActionState.WITHDRAWN))
    seen.append(sequence())
    assert seen == [0, 0, 1, 2, 3, 4, 5]


def test_an_action_that_was_withdrawn_by_mistake_meets_what_it_met_once_it_is_put_back():
    """Withdrawn, the requirement is asked for again; put back, it is not (SAN-11.3c)."""
    table = decided("s47")
    satisfy(table)
    number = next(a.number for a in table.meeting.actions if a.origin == SEEN)
    table.do(Change(number=number, state=ActionState.WITHDRAWN))
    assert needed(table) == {("see_child", ANNA)}
    table.do(Change(number=number, state=ActionState.OPEN))
    assert needed(table) == set()


def test_nobody_says_that_an_action_was_carried_over():
    """A further meeting takes it over; a press that said so would shut it for good."""
    table = at("ACTIONS", "sty")
    table.do(action(table, owner="Wyn Cole"))
    for person in (CHAIR, WORKER):
        table.refused(Change(number=1, state=ActionState.CARRIED), person, code="no_such_choice")
    table.do(Change(number=1, state=ActionState.DONE), WORKER)


def test_an_action_on_a_further_meetings_list_is_changed_there():
    """Carried over it is nobody's here; the chair is told so."""
    table = at("ACTIONS", "sty")
    table.do(action(table))
    table.do(LinkMeeting(meeting=MeetingId("m2"), reference="TEST-2"))
    table.refused(Change(number=1, owner="Hana Eze"), code="action_over")


# ------------------------------------------------------------------------------------------------------- suggested
SATURDAY = datetime(2026, 12, 26, 7, tzinfo=UTC)


def protected(*children):
    """Return a meeting at its actions with police protection that ends on the Saturday, of these children."""
    table = at("FAMILY", "lcs", children=SIBLINGS)
    for child in children:
        ends = SATURDAY.isoformat()
        enter(table, "FAMILY", "fields", child, legal_status="police protection", order_ends=ends)
    walk_to(table, "ACTIONS")
    return table


def test_only_what_came_of_a_suggestion_is_due_at_its_recorded_time_whatever_the_day():
    """What follows before police protection ends is not put off to Monday (LCS-4.5e); all else gets its second look."""
    table = protected(ANNA)
    what = "Decide what follows before the order or police protection ends"
    (pressed,) = (s for s in actions_data(table.procedure)[1].suggested)
    mine = action(table, what, due=SATURDAY, suggested=pressed.id, subjects=(ANNA,))
    assert isinstance(table.refused(action(table, "See the school", due=SATURDAY)), KeepOrChange)
    assert isinstance(table.refused(replace(mine, subjects=(BEN,))), KeepOrChange)
    table.do(replace(mine, what="Legal planning meeting"))
    table.refused(replace(mine, suggested="elsewhere"), code="no_such_action")
    earlier = SATURDAY - timedelta(days=2)
    table.do(Change(number=1, due=earlier))
    table.do(Change(number=1, due=SATURDAY))
    listed = table.meeting.actions[0]
    assert (listed.what, listed.suggested) == ("Legal planning meeting", pressed.id)
