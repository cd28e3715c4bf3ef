"""What a step asks for: fields, rows, checkpoints, conditions, gates, debts, corrections."""

from dataclasses import replace

import pytest

from meeting.before.convening import Prepare
from meeting.flags import flag
from meeting.model import Child, How
from meeting.procedure import Gate, Per, RecordData, parts_of
from meeting.refusals import FieldErrors, HeldBack, KeepOrChange, Obstacle
from meeting.registry import Case
from meeting.running import agenda
from meeting.running.chairing import MoveOn
from meeting.running.gates import obstacles
from meeting.running.handover import HandForm
from meeting.steps import family
from meeting.steps.record import NEW_ROW, ConfirmPrepared, Enter, RemoveRow, SayNone, WriteUp
from meeting.steps.turns import BeginTurn
from tests.unit.meeting.world import (
    ANNA,
    BEN,
    CHAIR,
    NOTES,
    PEOPLE,
    POLICE,
    PROCEDURES,
    WORKER,
    arrive,
    at,
    complete,
    convened,
    decision_for,
    enter,
    fill_parts,
    filled,
    finish,
    procedure_of,
    seat,
    slot,
    started,
    walk_to,
)

SIBLINGS = (Child(id=ANNA, name="Anna Ash"), Child(id=BEN, name="Ben Ash"))
MOTHER = {"name": "Mia Ash", "dob": "1990-01-01", "in_home": "yes", "relation": "mother of Anna"}
MOTHER |= {"significant_other": "no", "parental_responsibility": "yes"}
BROTHER = {**MOTHER, "name": "Cal Ash", "dob": "2018-01-01", "relation": "brother"}


def labels(table):
    return {o.label for o in table.held().obstacles}


def member(table, **answers):
    enter(table, "FAMILY", "member", NEW_ROW, **answers)
    return table.meeting.rows["FAMILY", "member"][-1]


# ------------------------------------------------------------------------------------- rules x every procedure
def asks(procedure):
    """Return (step, part) of each part that is asked once, or once for each child, under a gate of its own step."""
    return [
        (step.id, part.id)
        for step in procedure.agenda
        if isinstance(step.data, RecordData)
        for part in step.data.parts
        if part.per in (Per.MEETING, Per.CHILD) and part.when is None
    ]


@pytest.mark.parametrize(("name", "step", "part"), [(p, *a) for p in PROCEDURES for a in asks(procedure_of(p))])
def test_a_blank_part_is_named_where_its_gate_acts(name, step, part):
    """Each part of each procedure holds back its own step, or the later one that its gate is set at."""
    table = at(step, name, children=SIBLINGS)
    spec = agenda.part_of(table.step, part)
    wanted = any(f.required and f.when is None for f in spec.fields)
    case = Case(meeting=table.meeting, procedure=table.procedure, by=CHAIR, now=table.now)
    gates = {f.gate_at for f in spec.fields if f.required and f.when is None} | {None}
    found: list[Obstacle] = []
    for place in {spec.gate_at or step, *(g for g in gates if g)}:
        last = table.procedure.agenda[-1]
        if place in (step, last.id):
            leaving = table.procedure.step(place)
            reached = replace(case.meeting, step=place)
            found += obstacles(replace(case, meeting=reached), leaving=leaving, entering=None)
        else:
            before = replace(case.meeting, step=step)
            entering = table.procedure.step(place)
            found += obstacles(replace(case, meeting=before), leaving=table.step, entering=entering)
    named = [o for o in found if (o.step, o.part) == (step, part)]
    assert bool(named) == wanted
    if wanted and spec.per is Per.CHILD:
        assert {o.subject for o in named} == {c.id for c in table.meeting.in_scope()}


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_reason_passes_an_override_and_is_kept_with_what_was_missing(procedure):
    """The reason goes into the minutes with the labels of the blanks; it is not asked for twice."""
    table = at("REASON", procedure)
    held = table.held()
    assert isinstance(held, HeldBack)
    assert not held.hard
    table.go_on("Nobody knows yet")
    passed = table.meeting.overrides[-1]
    assert (passed.step, passed.reason) == ("REASON", "Nobody knows yet")
    assert set(passed.missing) >= {o.label for o in held.obstacles if o.gate is Gate.OVERRIDE}
    table.do(_back(table))
    table.go_on()


def _back(table):
    from meeting.running.chairing import MoveBack

    return MoveBack(visit=table.meeting.visit)


# --------------------------------------------------------------------------------------------------------- fields
def test_a_correction_keeps_what_stood_before():
    """The new value stands, the old one is in the record (SAN-5.1a)."""
    table = at("IDENTITY")
    enter(table, "IDENTITY", "fields", ANNA, dob="2015-01-01")
    enter(table, "IDENTITY", "fields", ANNA, dob="2016-01-01")
    assert table.meeting.answer("IDENTITY", "fields", ANNA).answers["dob"] == "2016-01-01"
    (gone,) = table.meeting.replaced
    assert gone[1].answers["dob"] == "2015-01-01"


def test_identity_names_the_child_and_unborn_asks_for_the_expected_date():
    """An unborn child has an expected date instead of a date of birth (SAN-5.1a)."""
    table = at("IDENTITY")
    given = {"name": "Unborn baby of Mia Ash", "unborn": "true", "current_address": "not known"}
    wrong = table.refused(Enter(slot=slot("IDENTITY", "fields", ANNA), answers=given))
    assert wrong.errors == {"expected_date": "required"}
    table.do(Enter(slot=slot("IDENTITY", "fields", ANNA), answers={**given, "expected_date": "2027-03-01"}))
    child = table.meeting.children[ANNA]
    assert (child.name, child.unborn) == ("Unborn baby of Mia Ash", True)
    assert flag(table.meeting, table.procedure, "unborn", ANNA)


def test_a_form_kept_to_its_owner_is_the_chairs_only_while_it_is_handed_to_them():
    """The social worker's form (WOK-2.1): refused to the chair, taken once handed to their seat, refused once on."""
    table = at("IDENTITY", "wok")
    answers = filled(agenda.part_of(table.step, "fields").fields, table, ANNA)
    entered = Enter(slot=slot("IDENTITY", "fields", ANNA), answers=answers)
    table.refused(entered, code="kept_to_owner")
    table.do(HandForm(step="IDENTITY", seat=seat(CHAIR)))
    assert table.do(entered)
    table.do(HandForm(step="IDENTITY", seat=seat(WORKER)))
    table.refused(entered, code="kept_to_owner")
    assert table.do(replace(entered, answers={**answers, "address": "3 Low Row"}), NOTES)


def test_a_family_members_name_is_not_the_childs():
    """A row about a child's family leaves the child's own name alone (WOK-2.2b)."""
    table = at("IDENTITY", "wok")
    enter(table, "IDENTITY", "family", NEW_ROW, name="Mia Ash", relation="mother")
    assert table.meeting.children[ANNA].name == "Anna Ash"


def test_what_was_only_prepared_is_confirmed_where_each_detail_is():
    """A prepared date of birth is unconfirmed: refused until somebody confirms it (SAN-5.1a)."""
    table = convened()
    arrive(table, *PEOPLE)
    answers = {"name": "Anna Ash", "dob": "2015-01-01", "current_address": "1 Elm Road"}
    table.do(Prepare(slot=slot("IDENTITY", "fields", ANNA), answers=answers), WORKER)
    from meeting.running.chairing import Start

    table.do(Start())
    walk_to(table, "IDENTITY")
    assert any("Confirmation" in label for label in labels(table))
    table.do(ConfirmPrepared(step="IDENTITY"))
    assert table.meeting.answer("IDENTITY", "fields", ANNA).how is How.CONFIRMED
    assert not any("Confirmation" in label for label in labels(table))


def test_a_page_is_kept_while_the_other_page_is_still_blank():
    """Page by page: the rest stays asked, and what stood stays."""
    table = at("IDENTITY", "wok")
    place, part = slot("IDENTITY", "fields", ANNA), agenda.part_of(table.step, "fields")
    first = {"name": "Anna Ash", "dob": "2015-01-01", "address": "not known"}
    table.do(Enter(slot=place, answers=first, only=frozenset(first)), NOTES)
    gaps = agenda.gaps_of(table.meeting, table.procedure, table.step, part, ANNA)
    assert {f.key for f in gaps} == {"ethnicity", "needs", "ehcp"}
    second = {"ethnicity": "not known", "needs": "none", "ehcp": "not known"}
    table.do(Enter(slot=place, answers=second, only=frozenset(second)), NOTES)
    assert set(table.meeting.answer("IDENTITY", "fields", ANNA).answers) == {*first, *second}


def test_the_last_page_adds_to_the_pages_before():
    """The last page must be complete; what the pages before it said stands, and its kept words are not asked again."""
    table = at("CONSENT")
    place = slot("CONSENT", "purpose", "see the child")
    first = {"answer": "attempted, not reached", "attempts": "DV, so rang twice"}
    table.do(Enter(slot=place, answers=first, only=frozenset(first), keep=True))
    second = {"follow_owner": "Ann Ode", "follow_due": "2027-03-01T09:00:00+00:00"}
    table.do(Enter(slot=place, answers=second, adds=True))
    kept = table.meeting.answer("CONSENT", "purpose", "see the child")
    assert kept.answers == {**first, **second}
    assert kept.kept == ("DV",)


def test_a_hard_field_holds_its_step_whatever_the_reason():
    """Not sought without a rationale: HARD (SAN-6.3)."""
    table = at("CONSENT")
    place = slot("CONSENT", "purpose", "see the child")
    enter(table, "CONSENT", "purpose", "contact relevant agencies")
    table.do(Enter(slot=place, answers={"answer": "not sought"}, only=frozenset({"answer"})))
    held = table.refused(MoveOn(visit=table.meeting.visit, reason="No time"))
    assert held.hard
    assert any("Rationale" in label for label in held.details)


def test_the_police_ground_names_the_officer():
    """The police ground without an officer comes back; an agency's name is no officer (SAN-6.2)."""
    table = at("CONSENT")
    ground = "police believe it might seriously damage a criminal investigation"
    answers = {"answer": "not sought", "ground": ground, "rationale": "Why"}
    place = slot("CONSENT", "purpose", "see the child")
    assert table.refused(Enter(slot=place, answers=answers)).errors == {"officer": "required"}
    assert table.refused(Enter(slot=place, answers={**answers, "officer": "Police"})).errors == {
        "officer": "name_not_agency"
    }


def test_an_attempt_that_did_not_reach_puts_its_follow_up_on_the_list():
    """Not reached without a follow-up comes back; with one, the action is on the list, and a correction changes it."""
    table = at("CONSENT")
    place = slot("CONSENT", "purpose", "see the child")
    answers = {"answer": "attempted, not reached", "attempts": "Twice by telephone"}
    assert set(table.refused(Enter(slot=place, answers=answers)).errors) == {"follow_owner", "follow_due"}
    due = "2026-12-24T10:00:00+00:00"
    table.do(Enter(slot=place, answers={**answers, "follow_owner": "Wyn Cole", "follow_due": due}))
    (action,) = table.meeting.actions
    assert (action.owner, "see the child" in action.what) == ("Wyn Cole", True)
    table.do(Enter(slot=place, answers={**answers, "follow_owner": "Dee Grant", "follow_due": due}))
    (action,) = table.meeting.actions
    assert action.owner == "Dee Grant"


def test_two_promises_in_one_press_are_two_actions():
    """The same answer for both purposes lists two actions, with numbers of their own."""
    table = at("CONSENT")
    due = "2026-12-24T10:00:00+00:00"
    answers = {"answer": "to be sought", "follow_owner": "Wyn Cole", "follow_due": due}
    place = slot("CONSENT", "purpose", "see the child")
    table.do(Enter(slot=place, answers=answers, also=("contact relevant agencies",)))
    assert [a.number for a in table.meeting.actions] == [1, 2]


def test_flagged_words_are_asked_about_once_and_kept_as_typed():
    """Labels bring a prompt that names them; "keep" stores them as typed (SAN-10.2)."""
    table = at("REASON")
    place = slot("REASON")
    text = {"referral": "Mother is non-compliant, DV noted"}
    found = table.refused(Enter(slot=place, answers=text))
    assert isinstance(found, KeepOrChange)
    assert {w for _, _, w in found.warnings} == {"non-compliant", "DV"}
    table.do(Enter(slot=place, answers=text, keep=True))
    answer = table.meeting.answer("REASON", "fields")
    assert (answer.answers["referral"], answer.kept) == (text["referral"], ("DV", "non-compliant"))


def test_a_conference_in_free_text_is_prompted_and_may_stand():
    """ "Send minutes of the 2023 ICPC" is confirmed and stored as typed (SAN-13.12)."""
    table = at("REASON")
    command = Enter(slot=slot("REASON"), answers={"referral": "Send minutes of the 2023 ICPC"})
    assert isinstance(table.refused(command), KeepOrChange)
    table.do(replace(command, keep=True))


# ---------------------------------------------------------------------------------------------------- said aloud
def test_said_aloud_opens_a_debt_and_holds_nothing():
    """The text is owed, the step goes on; the write-up closes the debt and the step stays answered."""
    table = at("SUMMARY")
    table.do(Enter(slot=slot("SUMMARY", "headings"), answers={}, how=How.SAID_ALOUD))
    (debt,) = table.meeting.debts.values()
    table.do(WriteUp(debt=debt.id, text="As said"), NOTES)
    assert table.meeting.debts[debt.id].written_up == table.now
    assert table.meeting.answer("SUMMARY", "headings").how is How.WRITTEN_UP
    table.go_on()


def test_typing_what_was_said_aloud_settles_its_debt():
    """One slot owes once, and a typed answer is the write-up."""
    table = at("SUMMARY")
    aloud = Enter(slot=slot("SUMMARY", "headings"), answers={}, how=How.SAID_ALOUD)
    table.do(aloud)
    table.do(aloud)
    assert len(table.meeting.debts) == 1
    fill = parts_of(table.step)[0]
    enter(table, "SUMMARY", fill)
    assert all(d.written_up for d in table.meeting.debts.values())


def test_what_is_chosen_is_pressed_though_the_rest_was_said_aloud():
    """Said aloud answers texts; a choice is never taken from silence."""
    table = at("REASON")
    wrong = table.refused(Enter(slot=slot("REASON", "child_view", ANNA), answers={}, how=How.SAID_ALOUD))
    assert set(wrong.errors) == {"spoken", "harm_finding"}


# ----------------------------------------------------------------------------------------------------------- rows
def test_a_table_wants_a_row_or_none():
    """No row and no "none": refused; either goes on; a row after "none" takes it back (SAN-9.1)."""
    table = at("HISTORY")
    fill = [p for p in parts_of(table.step) if p.id != "event"]
    for part in fill:
        for subject, _ in agenda.subjects(table.meeting, table.procedure, table.step, part):
            enter(table, "HISTORY", part, subject)
    assert labels(table) == {"Enquiry, contact, referral or assessment"}
    table.do(SayNone(step="HISTORY", part="event"))
    enter(table, "HISTORY", "event", NEW_ROW)
    assert ("HISTORY", "event") not in table.meeting.none_rows
    table.refused(SayNone(step="HISTORY", part="event"), code="rows_there")
    table.go_on()


def test_none_is_no_answer_where_a_row_is_needed():
    """An incident is told; "none" is not taken (WOK-3.2)."""
    table = at("REASON", "wok")
    table.refused(SayNone(step="REASON", part="incident"), code="none_not_allowed")


def test_rows_are_numbered_and_a_removed_row_stays_in_the_record():
    """A new row never takes the number of one that is gone."""
    table = at("FAMILY")
    first, second = member(table, **MOTHER), member(table, **BROTHER)
    table.do(RemoveRow(slot=slot("FAMILY", "member", second)))
    third = member(table, **BROTHER)
    assert len({first, second, third}) == 3
    assert table.meeting.rows["FAMILY", "member"] == (first, third)
    assert table.meeting.replaced[-1][0].subject == second
    table.refused(RemoveRow(slot=slot("FAMILY", "member", second)), code="no_such_row")


def test_a_prepared_row_has_a_number_of_its_own():
    """Two prepared rows are two rows."""
    table = convened()
    arrive(table, *PEOPLE)
    for name in ("Mia", "Max"):
        table.do(Prepare(slot=slot("FAMILY", "member", NEW_ROW), answers={"name": name}), WORKER)
    assert len(table.meeting.rows["FAMILY", "member"]) == 2


def test_nobody_answers_about_somebody_unknown():
    """A subject that the part is not asked about is refused, and so is a part or step that does not exist."""
    table = at("REASON")
    for place in (slot("REASON", "child_view", "c9"), slot("REASON", "fields", "c1")):
        table.refused(Enter(slot=place, answers={}), code="no_such_subject")
    table.refused(Enter(slot=slot("REASON", "nothing"), answers={}), code="no_such_part")
    table.refused(Enter(slot=slot("NOWHERE"), answers={}), code="no_such_step")


def test_a_step_that_lies_ahead_takes_no_answers():
    """Nothing is recorded before its step: the order is what protects."""
    table = at("IDENTITY")
    table.refused(Enter(slot=slot("REASON"), answers={"referral": "Early"}), code="not_open")


def test_only_steps_of_fields_take_answers():
    """A decision's rationale, an introduction, an action have commands of their own."""
    table = at("ACTIONS")
    for step, part, subject in (("DECISION", "rationale", ANNA), ("ROLLCALL", "introduction", POLICE)):
        table.refused(Enter(slot=slot(step, part, subject), answers={}), code="wrong_step")


# --------------------------------------------------------------------------------------------------------- family
@pytest.mark.parametrize(
    ("relation", "child"),
    [
        ("mother of the child", False),
        ("son of the mother", True),
        ("half-brother", True),
        ("support person", False),
        ("grandmother", False),
        ("neighbour", False),
    ],
)
def test_without_a_date_of_birth_the_relation_tells_who_is_a_child(relation, child):
    """Whole words count, the first that tells decides; nobody is a child by a syllable."""
    table = at("FAMILY")
    assert family.is_child(table.meeting, table.procedure, {"relation": relation, "dob": "not known"}) is child


@pytest.mark.parametrize("procedure", ["san", "lcs"])
def test_parental_responsibility_is_asked_of_adults_only(procedure):
    """One adult unanswered: the form comes back, or where it may wait the step is held; a child is not asked."""
    table = at("FAMILY", procedure)
    part = agenda.part_of(table.step, "member")
    keys = {f.key for f in part.fields}
    adult = {k: v for k, v in MOTHER.items() if k in keys and k != "parental_responsibility"}
    child = {k: v for k, v in BROTHER.items() if k in keys and k != "parental_responsibility"}
    extra = {"address": "not known"} if "address" in keys else {}
    place = slot("FAMILY", "member", NEW_ROW)
    if procedure == "san":  # SAN-5.4; in LCS-4.5d the step waits for it, not the form
        wrong = table.refused(Enter(slot=place, answers={**adult, **extra}))
        assert wrong.errors == {"parental_responsibility": "required"}
    table.do(Enter(slot=place, answers={**child, **extra}))
    table.do(Enter(slot=place, answers={**adult, **extra}, only=frozenset()))
    assert any("Parental responsibility" in o.label for o in table.held().obstacles)


def test_parents_are_asked_about_by_name():
    """One answer for each parent or carer, named (SAN-10.3, SAN-10.4)."""
    table = at("FAMILY")
    mia = member(table, **MOTHER)
    member(table, **{**MOTHER, "name": "Una Oak", "relation": "neighbour", "parental_responsibility": "no"})
    walk_to(table, "REASON")
    part = agenda.part_of(table.step, "parent")
    assert agenda.subjects(table.meeting, table.procedure, table.step, part) == ((mia, "Mia Ash"),)
    assert any("Mia Ash" in label for label in labels(table))
    place = slot("REASON", "parent", mia)
    assert table.refused(Enter(slot=place, answers={"contacted": "no"})).errors == {"not_contacted_reason": "required"}
    table.do(Enter(slot=place, answers={"contacted": "yes", "views": "Worried"}))


def test_adults_are_asked_about_by_name_and_children_are_not():
    """Per adult: known as a child, through other children, or none known (SAN-9.3)."""
    table = at("FAMILY")
    mia, _ = member(table, **MOTHER), member(table, **BROTHER)
    walk_to(table, "HISTORY")
    part = agenda.part_of(table.step, "adult")
    assert agenda.subjects(table.meeting, table.procedure, table.step, part) == ((mia, "Mia Ash"),)
    assert any("Mia Ash" in label for label in labels(table))


def test_a_sibling_is_marked_in_or_out_of_scope_before_going_on():
    """A sibling unmarked holds, by name; out of scope no decision is asked (SAN-8.4)."""
    table = at("FAMILY")
    cal = member(table, **BROTHER)
    walk_to(table, "SCOPE")
    enter(table, "SCOPE", "fields")
    assert all("Cal Ash" in label for label in labels(table))
    enter(table, "SCOPE", "other_child", cal, name="Cal Ash", scope="out of scope")
    assert [c.id for c in table.meeting.in_scope()] == [ANNA]
    enter(table, "SCOPE", "other_child", cal, name="Cal Ash", scope="in scope")
    assert {c.id for c in table.meeting.in_scope()} == {ANNA, cal}
    table.do(RemoveRow(slot=slot("FAMILY", "member", cal)))
    assert {c.id for c in table.meeting.in_scope()} == {ANNA, cal}


def test_harm_outside_the_home_wants_evidence_before_a_sibling_comes_in():
    """Flag on, sibling in without evidence of harm by carers: field error; with it: in scope (SAN-8.5, SAN-8.6)."""
    table = at("FAMILY")
    cal = member(table, **BROTHER)
    walk_to(table, "SCOPE")
    table.do(Enter(slot=slot("SCOPE"), answers={"harm_outside_home": "yes"}))
    answers = {"name": "Cal Ash", "group": "in the household", "scope": "in scope", "reason": "Lives there"}
    command = Enter(slot=slot("SCOPE", "other_child", cal), answers=answers)
    assert table.refused(command).errors == {"scope": "needs:Clear evidence of harm by carers"}
    line = next(x for x in table.step.data.minutes_lines if x.id == "one_child")
    from meeting.flags import holds

    assert holds(table.meeting, table.procedure, line.when)
    table.do(Enter(slot=slot("SCOPE"), answers={"harm_outside_home": "yes", "carer_evidence": "Injury at home"}))
    table.do(command)
    assert not holds(table.meeting, table.procedure, line.when)


def test_a_procedure_without_a_family_table_still_asks_about_parents():
    """Parents or carers are seen, though no table names them (WMT-3.7b)."""
    table = at("ACTIONS", "wmt")
    from meeting.steps.actions import unmet

    assert "see_parents" in {a.origin.id for a in unmet(table.meeting, table.procedure)}


# ---------------------------------------------------------------------------------------------------- checkpoints
def test_checkpoints_hold_the_close_and_nothing_before():
    """Planning goes on; the close is refused until each is answered (SAN-13.5 and others)."""
    table = at("PLAN")
    table.go_on()
    complete(table)
    table.go_on()
    assert table.meeting.step == "CLOSING"
    fill_parts(table, table.step)
    held = table.held()
    assert held.hard
    assert any("medical" in o.label for o in held.obstacles if o.gate is Gate.HARD)
    assert any("legal action" in o.label for o in held.obstacles if o.gate is Gate.OVERRIDE)


def test_a_medical_is_evidenced_either_way_or_put_off_with_a_reason():
    """No without evidence: field error; "not decided yet because" counts (SAN-13.6)."""
    table = at("PLAN")
    place = slot("PLAN", "medical", ANNA)
    assert table.refused(Enter(slot=place, answers={"answer": "no"})).errors == {"evidence": "required"}
    put_off = {"answer": "not decided yet"}
    assert table.refused(Enter(slot=place, answers=put_off)).errors == {"later_because": "required"}
    table.do(Enter(slot=place, answers={**put_off, "later_because": "Paediatrician tomorrow"}))


def test_a_conditional_checkpoint_is_asked_only_while_it_applies():
    """Joint, or a medical: the effect of parallel investigations is asked; neither: not (SAN-13.7)."""
    table = at("SHARE")
    table.do(BeginTurn(step="SHARE"))
    while (live := table.meeting.floors["SHARE"].live) is not None:
        finish(table, live.seat, mode="none")
    walk_to(table, "DECISION")
    table.do(decision_for(table, "s47", needs=_single()))
    part = agenda.part_of(table.procedure.step("PLAN"), "parallel")
    assert not agenda.asked(table.meeting, table.procedure, part, "")
    table.do(decision_for(table, "s47"))
    assert agenda.asked(table.meeting, table.procedure, part, "")


def _single():
    return {"s47.start_continue": "start", "s47.joint_single": "single", "s47.joint_evidence": "No offence"}


def test_sty_asks_about_the_investigation_before_the_decision():
    """Unanswered: DECISION is refused; the steps before go on (STY-4.1b)."""
    table = at("INVESTIGATION", "sty")
    table.go_on()
    complete(table)
    assert any("criminal investigation" in label for label in labels(table))


@pytest.mark.parametrize("blank", ["spoken", "harm_finding"])
def test_the_childs_voice_and_the_finding_are_named_before_the_decision(blank):
    """Either blank: refused by name, at the latest before DECISION (SAN-10.5)."""
    table = at("REASON")
    spec = {f.key: f for f in agenda.part_of(table.step, "child_view").fields}[blank]
    for part in parts_of(table.step):
        for subject, _ in agenda.subjects(table.meeting, table.procedure, table.step, part):
            if part.id != "child_view":
                enter(table, "REASON", part, subject)
    if spec.gate_at != "DECISION":
        assert any(spec.label in label for label in labels(table))
        return
    walk_on(table, "VIEWS")
    complete(table)
    assert any(spec.label in label for label in labels(table))


def walk_on(table, step):
    while table.meeting.step != step:
        if table.meeting.step != "REASON":
            complete(table)
        table.go_on("later")


# ------------------------------------------------------------------------------------------------------ preparing
def test_preparation_is_checked_for_its_form_and_kept_apart():
    """Malformed answers come back; blanks may stay; after the start it is too late."""
    table = convened()
    arrive(table, *PEOPLE)
    bad = Prepare(slot=slot("IDENTITY", "fields", ANNA), answers={"dob": "soon"})
    assert isinstance(table.refused(bad, WORKER), FieldErrors)
    table.do(Prepare(slot=slot("SHARE", "contribution", seat(POLICE)), answers={"information": "Known"}), POLICE)
    table.refused(Prepare(slot=slot("SHARE", "contribution", seat(POLICE)), answers={}), WORKER, code="not_your_turn")
    late = started()
    late.refused(Prepare(slot=slot("REASON"), answers={}), code="already_started")


def test_a_row_that_is_taken_out_owes_nothing_any_more():
    """Said aloud, then removed as entered in error: nobody has to write it up, and writing does not bring it back."""
    table = at("FAMILY", "lcs")
    table.do(Enter(slot=slot("FAMILY", "member", NEW_ROW), answers={}, how=How.SAID_ALOUD))
    (row,) = table.meeting.rows[("FAMILY", "member")]
    table.do(RemoveRow(slot=slot("FAMILY", "member", row)))
    table.refused(WriteUp(debt="d1", text="The aunt"), code="no_such_debt")
    assert table.meeting.rows[("FAMILY", "member")] == ()
