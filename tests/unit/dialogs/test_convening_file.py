"""A convene file becomes the commands of a meeting, or says which key is wrong and what to write."""

import re
from datetime import UTC, datetime

import pytest

from dialogs.convening import PlanRefused, plan_from
from meeting import machine
from meeting.after.preflight import routes_of
from meeting.flags import flag
from meeting.model import CONVENED, TERMS, How, MeetingId, Slot
from meeting.standing import SYSTEM
from procedures.load import load
from rehearsal.case import cases

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
SAN = load("san")
DATA = next(c for c in cases() if c.procedure == "san").data


def test_every_case_that_ships_can_be_convened():
    """What a case prepared stands in its place, and counts as prepared until somebody confirms it."""
    for case in cases():
        procedure = load(case.procedure)
        meeting = machine.unwritten(MeetingId("m1"))
        for command in plan_from(case.data, procedure).commands:
            for entry in machine.decide(meeting, command, by=SYSTEM, procedure=procedure, now=case.clock):
                meeting = machine.evolve(meeting, entry)
        assert meeting.chair_seat
        assert {a.how for s, a in meeting.answers.items() if s not in (CONVENED, TERMS)} <= {How.PREPARED}


def test_a_childs_own_entry_fills_its_identity():
    """What stands beside a child's name is kept for the step that asks who the child is."""
    child = {"name": "Ada Brook", "dob": "2019-03-05", "current_address": "14 Alder Row"}
    prepared = plan_from({**DATA, "children": [child], "prepared": {}}, SAN).prepared
    assert prepared[0].slot == Slot(step="IDENTITY", part="fields", subject="c1")
    assert prepared[0].answers == {"name": "Ada Brook", "dob": "2019-03-05", "current_address": "14 Alder Row"}


def test_a_childs_own_entry_answers_what_convening_asks_of_each_child():
    """One is not worked with, and leads elsewhere; what is said of the meeting holds for the others."""
    case = next(c for c in cases() if c.procedure == "wmt")
    wmt = load("wmt")
    first, *rest = case.data["children"]
    data = {**case.data, "children": [{**first, "case_status": "not open"}, *rest], "prepared": {}}
    meeting = machine.unwritten(MeetingId("m1"))
    for command in plan_from(data, wmt).commands:
        for entry in machine.decide(meeting, command, by=SYSTEM, procedure=wmt, now=case.clock):
            meeting = machine.evolve(meeting, entry)
    led = [[route.to for route in routes_of(meeting, wmt, child["id"])] for child in case.data["children"]]
    assert led == [["MASH PSS"], *([["Area business support"]] * len(rest))]
    with pytest.raises(PlanRefused, match="case_status: Choose one"):
        plan_from({**data, "children": [{**first, "case_status": "maybe"}, *rest]}, wmt)


def test_what_is_true_of_one_child_is_not_asked_of_the_others():
    """Its own circumstances hold in the place of what is said of all; those of the case hold for everybody."""
    children = [{"name": "Ada Brook", "circumstances": ["looked_after"]}, {"name": "Ben Brook"}]
    data = {**DATA, "children": children, "circumstances": ["under_5", "school_holidays"], "prepared": {}}
    plan = plan_from(data, SAN)
    (entry,) = machine.decide(machine.unwritten(MeetingId("m1")), plan.convene, by=SYSTEM, procedure=SAN, now=NOW)
    meeting = machine.evolve(machine.unwritten(MeetingId("m1")), entry)
    names = ("looked_after", "under_5", "school_holidays")
    held = {c: [flag(meeting, SAN, name, c) for name in names] for c in ("c1", "c2", "")}
    assert held == {"c1": [True, False, True], "c2": [False, True, True], "": [True, True, True]}
    alone = plan_from({**data, "children": children[:1]}, SAN).convene
    assert alone.circumstances == {"looked_after", "under_5", "school_holidays"}


WRONG = [
    ({"seats": []}, "seats: missing"),
    ({"chair": "nobody"}, "chair: no seat 'nobody'"),
    ({"chair": ""}, "chair: missing"),
    ({"answers": {"causes": "x"}}, "answers.causes: not asked there"),
    ({"answers": {"consent_contact": "maybe"}}, "answers.consent_contact: Choose one"),
    ({"children": [{}]}, "children[1].name: missing"),
    ({"circumstances": "tired"}, "circumstances: 'tired' is not known; use unborn, under_5"),
    (
        {"children": [{"name": "Ada", "circumstances": ["out_of_hours"]}]},
        "children[1].circumstances: 'out_of_hours' is not known; use unborn, under_5",
    ),
    ({"starts": "soon"}, "starts: 'soon' is no time"),
    ({"subject_type": "crowd"}, "subject_type: 'crowd' is not known"),
    ({"prepared": {"NOWHERE.x": {}}}, "prepared.NOWHERE.x: no step 'NOWHERE'"),
    ({"prepared": {"FAMILY.uncle": {}}}, "prepared.FAMILY.uncle: no part 'uncle'; use one of FAMILY.member"),
    ({"prepared": {"FAMILY.member": [{"dob": "long ago"}]}}, "prepared.FAMILY.member[1].dob: A date"),
    ({"prepared": {"SHARE.nobody": {}}}, "prepared.SHARE.nobody: no seat 'nobody'"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said[:30] for _, said in WRONG])
def test_what_is_wrong_is_named_with_its_remedy(change, said):
    """The message begins with the key, and says what to write."""
    with pytest.raises(PlanRefused, match=re.escape(said)):
        plan_from({**DATA, **change}, SAN)
