"""A council's own procedure calls things by its own names: no rule waits for those of the files that ship."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meeting.after.reconvening import agreed
from meeting.before.preparing import prepares
from meeting.flags import flag
from meeting.model import CONVENED, ChildId, SeatId, Slot
from meeting.procedure import ViewsData, parts_of
from meeting.refusals import FieldErrors
from meeting.screens.decision import later_pages
from meeting.screens.frame import Look
from meeting.screens.step import prefilled
from meeting.steps.asked import CONTEXT, taggable
from meeting.steps.decision import Decide
from meeting.steps.record import NEW_ROW, Enter, RemoveRow
from meeting.steps.wording import agency_names
from procedures.load import load
from tests.unit.documents.played import CHAIR, NOTES, Play, acted, convened, gathered

OWN = """
id: elsewhere
title: Elsewhere
convening:
  prepared_by: key_worker
  subject_types:
    - {id: a_family, label: A family, minimum_children: 2}
    - {id: a_place, label: A place, may_be_unidentified: true}
roles: [{role: key_worker, agency: childrens_services, held_by: [child_social_worker]}]
flags:
  - {flag: joint, scope: child, means: with police, set_by: [VERDICT.enquire.how = with the police]}
  - {flag: police_investigation, scope: child, means: a crime, set_by: [VERDICT.crime.chosen]}
  - {flag: context_subject, scope: meeting, means: a place, set_by: [CONVENING.subject.type = a_place]}
agenda:
  - {id: ROLLCALL, kind: roll_call, quorum: {agencies: [social_care]}}
  - id: WHO
    kind: record
    label: Who
    per: child
    right_meeting: {gate: hard}
    fields: [{key: name, label: Name}, {key: born, label: Born, type: date}]
  - id: SCHOOL
    kind: record
    label: School
    per: child
    fields: [{key: name, label: Name of the school}, {key: scope, label: Scope of what it knows}]
  - id: OTHERS
    kind: record
    label: Others
    rows:
      - id: others
        label: Other child
        per: other_child
        in_scope_when: looked_at=yes
        fields: [{key: name, label: Name}, {key: looked_at, label: Looked at, type: yes_no}]
  - {id: SHARE, kind: turns}
  - {id: VIEWS, kind: views}
  - id: VERDICT
    kind: decision
    label: Verdict
    several: true
    leads_when_joint: {criminal_investigation: police, s47_and_welfare_assessment: social_care}
    outcomes:
      - id: enquire
        label: Enquire
        starts_s47: true
        continues_s47: begun=already
        needs:
          - {key: how, label: How, choices: [with the police, alone]}
          - {key: begun, label: Begun, choices: [now, already]}
      - {id: crime, label: A crime}
      - id: again
        label: Meet again
        creates_action: {linked_meeting: true}
        needs: [{key: on, label: On, type: datetime}]
    rationale: {fields: [{key: why, label: Why}]}
  - {id: ACTIONS, kind: actions, tags: [child, a_place]}
  - id: CLOSING
    kind: closing
    reconvenes_at: again_on
    fields: [{key: again_on, label: Again on, type: datetime, required: false}]
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Play:
    """A meeting of two children under the council's own procedure, as its verdict is reached."""
    file = tmp_path_factory.mktemp("own") / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    play = gathered(convened(load(file)))
    while play.step.id != "VERDICT":
        acted(play)
        play.on()
    return play


@pytest.fixture
def play(begun: Play) -> Play:
    return replace(begun)


def verdict(play: Play, *outcomes: str, **said: str) -> Decide:
    """Return a verdict for the first child, with two leads."""
    needs = {key.replace("_", "."): answer for key, answer in said.items()}
    decide = Decide(step="VERDICT", subjects=("c1",), outcomes=outcomes, needs=needs, rationale={"why": "So"})
    return replace(decide, lead_criminal="Alex Stone", lead_welfare="Jo Hale")


def test_a_joint_enquiry_is_whatever_answer_says_so(play):
    """Its two leads are asked for with that answer and no other; it is joint for that child alone.

    Views are asked for before it, whatever that step is called.
    """
    assert [s.data.invited_at for s in play.procedure.agenda if isinstance(s.data, ViewsData)] == ["VERDICT"]
    look = Look(meeting=play.meeting, procedure=play.procedure, person=CHAIR, now=play.now)
    asked = {key for page in later_pages(look, play.step, ("enquire",)) for key, _ in page}
    assert {"lead_criminal", "lead_welfare"} <= asked
    assert not {"lead_criminal"} & {key for page in later_pages(look, play.step, ("crime",)) for key, _ in page}
    joint = verdict(play, "enquire", enquire_how="with the police", enquire_begun="now")
    with pytest.raises(FieldErrors) as wrong:
        play.do(CHAIR, replace(joint, lead_criminal=""))
    assert wrong.value.errors == {"lead_criminal": "required"}
    play.do(CHAIR, verdict(play, "enquire", enquire_how="alone", enquire_begun="already"))
    assert [flag(play.meeting, play.procedure, f, "c1") for f in ("joint", "s47", "s47_started")] == [
        False,
        True,
        False,
    ]
    play.do(CHAIR, joint)
    assert [flag(play.meeting, play.procedure, f, "c1") for f in ("joint", "s47", "s47_started")] == [True, True, True]
    assert not flag(play.meeting, play.procedure, "joint", "c2")
    play.do(CHAIR, verdict(play, "crime"))
    assert flag(play.meeting, play.procedure, "police_investigation", "c1")


def test_a_field_of_another_step_that_bears_a_childs_key_renames_nobody(play):
    """A school has a name and a scope too; the child's own name is put right where the child is described."""
    before = play.meeting.children
    assert {c.name for c in before.values()} == {"Ada Brook", "Ben Brook"}
    play.do(
        NOTES, Enter(slot=Slot(step="SCHOOL", part="fields", subject="c1"), answers={"name": "Elm", "scope": "all"})
    )
    assert play.meeting.children == before
    look = Look(meeting=play.meeting, procedure=play.procedure, person=NOTES, now=play.now)
    steps = [play.procedure.step(step) for step in ("WHO", "SCHOOL")]
    assert [prefilled(look, s, parts_of(s)[0], "c1") for s in steps] == [{"name": "Ada Brook"}, {}]
    play.do(
        NOTES,
        Enter(slot=Slot(step="WHO", part="fields", subject="c1"), answers={"name": "Ada Brooke", "born": "2019-03-05"}),
    )
    assert play.meeting.children[ChildId("c1")].name == "Ada Brooke"


def test_another_child_comes_into_scope_by_the_answer_that_the_table_names(play):
    """And goes with its line."""
    row = Enter(slot=Slot(step="OTHERS", part="others", subject=NEW_ROW), answers={"name": "Cal", "looked_at": "yes"})
    play.do(NOTES, row)
    assert [c.name for c in play.meeting.in_scope()] == ["Ada Brook", "Ben Brook", "Cal"]
    line = play.meeting.rows["OTHERS", "others"][-1]
    play.do(NOTES, RemoveRow(slot=Slot(step="OTHERS", part="others", subject=line)))
    assert [c.name for c in play.meeting.in_scope()] == ["Ada Brook", "Ben Brook"]


def test_a_further_meeting_is_agreed_at_whatever_question_asks_when(play):
    """At the decision or at the closing; what the meeting is about fits its children until somebody says otherwise."""
    at = play.now + timedelta(days=3)
    assert agreed(play.meeting, play.procedure) is None
    play.do(CHAIR, verdict(play, "again", again_on=at.isoformat()))
    assert agreed(play.meeting, play.procedure) == at
    play.do(CHAIR, verdict(play, "crime"))
    closing = Slot(step="CLOSING", part="fields")
    said = replace(play.meeting.answers[CONVENED], answers={"again_on": at.isoformat()})
    assert agreed(replace(play.meeting, answers={**play.meeting.answers, closing: said}), play.procedure) == at


def test_whoever_prepares_and_what_the_meeting_is_about_are_the_procedures(play):
    """The key worker prepares every step; a place can be what an action is about; its agencies are no people."""
    meeting, rules = play.meeting, play.procedure
    worker, police = (meeting.seats[SeatId(s)] for s in ("worker", "police"))
    assert [prepares(rules, rules.step("SCHOOL"), seat) for seat in (worker, police)] == [True, False]
    assert meeting.subject_type == "a_family"
    assert not flag(meeting, rules, "context_subject")
    place = replace(meeting, subject_type="a_place")
    assert flag(place, rules, "context_subject")
    assert [CONTEXT in dict(taggable(m, rules)) for m in (meeting, place)] == [False, True]
    assert "childrens services" in agency_names(meeting, rules)
