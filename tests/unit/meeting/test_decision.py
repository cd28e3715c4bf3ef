"""The chair's decision: for each child, with its reasons, never computed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from meeting.flags import flag
from meeting.model import Child, How
from meeting.refusals import FieldErrors, HeldBack, KeepOrChange
from meeting.steps.actions import unmet
from meeting.steps.decision import Dissent, subjects
from meeting.steps.outcomes import offered
from meeting.steps.record import WriteUp
from tests.unit.meeting.world import (
    ANNA,
    BEN,
    NOTES,
    POLICE,
    PROCEDURES,
    at,
    choose,
    decision_for,
    leave,
)

SIBLINGS = (Child(id=ANNA, name="Anna Ash"), Child(id=BEN, name="Ben Ash"))


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_child_is_decided_before_going_on(procedure):
    """One child decided, the other not: refused by name, and no reason lifts it."""
    table = at("DECISION", procedure, children=SIBLINGS)
    choose(table, ANNA)
    held = table.held()
    assert held.hard
    assert any("Ben Ash" in label for label in held.details)
    for subject, _ in subjects(table.meeting, table.procedure, "DECISION"):
        choose(table, subject)
    table.go_on()


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_no_decision_is_stored_without_its_reasons(procedure):
    """The rationale is required with every outcome: HARD (SAN-11.1, WMT-3.6b, WOK-6.3c)."""
    table = at("DECISION", procedure)
    for outcome in offered(table.meeting, table.procedure, "DECISION"):
        wrong = table.refused(decision_for(table, outcome.id, rationale={}))
        assert isinstance(wrong, FieldErrors)
        assert all(key.startswith("rationale.") for key in wrong.errors)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_what_an_outcome_needs_comes_with_it(procedure):
    """Each outcome that needs more is refused without, accepted with (SAN-11.3, LCS-5.5, WMT-3.6a)."""
    table = at("DECISION", procedure)
    for outcome in offered(table.meeting, table.procedure, "DECISION"):
        bare = decision_for(table, outcome.id, needs={})
        required = {f"{outcome.id}.{f.key}" for f in outcome.needs if f.required and f.when is None}
        if required:
            assert required <= set(table.refused(bare).errors)
        table.do(decision_for(table, outcome.id, keep=True))
        assert table.meeting.decisions[ANNA].outcomes == (outcome.id,)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_exclusions_hold_both_ways(procedure):
    """What excludes the other is refused in either order; elsewhere one outcome is all."""
    table = at("DECISION", procedure)
    may = offered(table.meeting, table.procedure, "DECISION")
    several = table.procedure.step("DECISION").data.several
    for first in may:
        for second in may:
            if first.id == second.id:
                continue
            command = decision_for(table, first.id, second.id, keep=True)
            if not several:
                assert table.refused(command).errors == {"outcomes": "one_only"}
            elif second.id in first.excludes or first.id in second.excludes:
                assert "excludes" in table.refused(command).errors["outcomes"]
            else:
                table.do(command)


def test_one_decision_may_hold_for_several_children():
    """Same for all, except: one press, an entry for each child; section 17 for one, advice for the other."""
    table = at("DECISION", children=SIBLINGS)
    table.do(decision_for(table, "s17", subjects=(ANNA, BEN)))
    table.do(decision_for(table, "advice", subjects=(BEN,)))
    decided = table.meeting.decisions
    assert (decided[ANNA].outcomes, decided[BEN].outcomes) == (("s17",), ("advice",))


@pytest.mark.parametrize("who", ["lead_criminal", "lead_welfare"])
def test_a_joint_enquiry_names_two_leads(who):
    """Joint without a lead: field error; an agency is no lead; single: not asked (SAN-10.15)."""
    nobody: dict[str, Any] = {who: ""}
    agency: dict[str, Any] = {who: "Police"}
    table = at("DECISION")
    assert table.refused(decision_for(table, "s47", **nobody)).errors == {who: "required"}
    assert table.refused(decision_for(table, "s47", **agency)).errors == {who: "name_not_agency"}
    single = {"s47.start_continue": "start", "s47.joint_single": "single", "s47.joint_evidence": "No offence"}
    table.do(decision_for(table, "s47", needs=single, **nobody))


def test_a_conference_is_not_decided_here():
    """As an outcome: HARD; mentioned in the reasons: a prompt with the allowed wording (SAN-13.12)."""
    table = at("DECISION")
    table.refused(decision_for(table, "conference"), code="forbidden")
    told = {"evidence": "Arrange ICPC", "impact": "x", "proportionate": "y"}
    prompt = table.refused(decision_for(table, "s47", rationale=told))
    assert isinstance(prompt, KeepOrChange)
    assert "section 47" in prompt.warnings[0][1]
    other = table.refused(decision_for(table, "other", needs={"other.text": "Child protection conference"}))
    assert isinstance(other, KeepOrChange)


def test_an_unknown_outcome_or_child_is_refused():
    """Nothing is decided about nobody, nor by a choice that was not offered."""
    table = at("DECISION")
    assert table.refused(decision_for(table, "s99")).errors == {"outcomes": "choice"}
    assert table.refused(decision_for(table)).errors == {"outcomes": "required"}
    for nobody in ((), ("c9",)):
        assert table.refused(decision_for(table, "s17", subjects=nobody)).errors == {"subjects": "required"}


def test_nothing_is_decided_before_its_step():
    """The decision waits for the views: before its step it is refused."""
    table = at("SHARE")
    table.refused(decision_for(table, "s47"), code="not_open")


def test_no_threshold_without_the_core_agencies():
    """Police gone at the decision: HARD; reasons of what was decided quorate may still be mended (SAN-1.4)."""
    table = at("DECISION")
    choose(table, ANNA, "s47")
    leave(table, POLICE)
    assert isinstance(table.refused(decision_for(table, "s17")), HeldBack)
    better = {"evidence": "More", "impact": "More", "proportionate": "More"}
    table.do(decision_for(table, "s47", rationale=better))


def test_correcting_the_reasons_does_not_restart_the_clock():
    """The 24 hours run from the decision, not from its last wording; another outcome is another decision."""
    table = at("DECISION")
    choose(table, ANNA, "s47")
    decided = table.now
    table.wait(hours=1)
    table.do(decision_for(table, "s47", rationale={"evidence": "a", "impact": "b", "proportionate": "c"}))
    assert table.meeting.decisions[ANNA].at == decided
    table.do(decision_for(table, "s17"))
    assert table.meeting.decisions[ANNA].at == table.now


def test_a_further_meeting_is_agreed_for_a_time_to_come():
    """One that has passed is refused where it is entered; once agreed, its reasons may be mended after it."""
    table = at("DECISION", "lcs")
    when = table.now + timedelta(hours=1)
    for wrong, code in ((table.now, "past"), (table.now + timedelta(days=400), "far_ahead")):
        refused = table.refused(decision_for(table, "follow_up", needs={"follow_up.date": wrong.isoformat()}))
        assert isinstance(refused, FieldErrors)
        assert refused.errors == {"follow_up.date": code}
    agreed = decision_for(table, "follow_up", needs={"follow_up.date": when.isoformat()})
    table.do(agreed)
    table.wait(hours=2)
    table.do(replace(agreed, rationale={key: f"{text}, and more" for key, text in agreed.rationale.items()}))
    assert table.refused(replace(agreed, needs={"follow_up.date": table.now.isoformat()}), code="fields")


def test_reasons_said_aloud_are_owed_and_then_stand_with_the_decision():
    """The decision holds; its reasons are a debt, and written up they belong to it."""
    table = at("DECISION")
    table.do(decision_for(table, "s17", rationale={}, how=How.SAID_ALOUD))
    (debt,) = table.meeting.debts.values()
    table.do(WriteUp(debt=debt.id, text="Because"), NOTES)
    assert table.meeting.decisions[ANNA].rationale["written_up"] == "Because"


def test_a_differing_view_stands_by_name_and_once():
    """Dissent holds nothing up, and survives a correction."""
    table = at("DECISION")
    table.refused(Dissent(step="DECISION", subject=ANNA), POLICE, code="nothing_decided")
    choose(table, ANNA)
    table.do(Dissent(step="DECISION", subject=ANNA), POLICE)
    assert table.do(Dissent(step="DECISION", subject=ANNA), POLICE) == ()
    choose(table, ANNA)
    assert table.meeting.decisions[ANNA].dissent == (POLICE,)
    table.go_on()


@pytest.mark.parametrize(("start_continue", "asked"), [("start", True), ("continue", False)])
def test_started_is_not_continued(start_continue, asked):
    """The child is seen within 24 hours where an enquiry is started, not where it goes on (SAN-11.3c)."""
    table = at("DECISION")
    command = decision_for(table, "s47")
    table.do(replace(command, needs={**command.needs, "s47.start_continue": start_continue}))
    assert flag(table.meeting, table.procedure, "s47", ANNA)
    assert flag(table.meeting, table.procedure, "s47_started", ANNA) is asked
    assert ("see_child" in {a.origin.id for a in unmet(table.meeting, table.procedure)}) is asked


def test_a_flag_of_one_child_is_not_the_others():
    """Section 47 for one child, advice for the other: conditions look at the child they are about."""
    table = at("DECISION", children=SIBLINGS)
    choose(table, ANNA, "s47")
    choose(table, BEN, "advice")
    assert flag(table.meeting, table.procedure, "s47", ANNA)
    assert not flag(table.meeting, table.procedure, "s47", BEN)
    assert flag(table.meeting, table.procedure, "s47")
    needed = {(a.origin.id, a.subject) for a in unmet(table.meeting, table.procedure)}
    assert ("see_child", ANNA) in needed
    assert ("see_child", BEN) not in needed


def test_a_police_investigation_is_an_outcome_too():
    """The outcome "police investigation" sets the flag that conditions read."""
    table = at("DECISION", "lcs")
    assert not flag(table.meeting, table.procedure, "police_investigation", ANNA)
    choose(table, ANNA, "police")
    assert flag(table.meeting, table.procedure, "police_investigation", ANNA)


def test_whoever_differed_from_one_decision_has_not_differed_from_the_next():
    """Another rationale keeps who differs by name; another outcome is another decision (STY-5.2c)."""
    table = at("DECISION", "sty")
    first, second = (o.id for o in offered(table.meeting, table.procedure, "DECISION")[:2])
    choose(table, ANNA, first)
    table.do(Dissent(step="DECISION", subject=ANNA), POLICE)
    more = decision_for(table, first)
    table.do(replace(more, rationale=dict.fromkeys(more.rationale, "Put more plainly")))
    assert table.meeting.decisions[ANNA].dissent == (POLICE,)
    choose(table, ANNA, second)
    assert table.meeting.decisions[ANNA].dissent == ()
