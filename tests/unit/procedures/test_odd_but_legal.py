"""What looks unusual and is sound: a file may say very little, or name things its own way."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from meeting.procedure import Gate, Per
from procedures.check import faults_of
from procedures.files import default_data
from procedures.load import load
from procedures.notices import notices
from procedures.reading import Source
from procedures.resolve import resolve
from procedures.show import show
from procedures.stored import dump, restore
from tests.odd import procedures
from tests.unit.procedures.files import EXAMPLE


def loaded(tmp_path, text):
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


@settings(max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(procedures())
def test_whatever_a_local_document_varies_is_checked_resolved_stored_and_shown(data):
    """Drawn from every kind of step, field, gate and condition; tests/e2e plays such procedures to their end."""
    assert faults_of(Source(path=Path("odd.yaml"), data=data, lines={(): 1})) == ()
    procedure = resolve(default_data(), data)
    assert [(step.id, step.label) for step in procedure.agenda] == [(s["id"], s["label"]) for s in data["agenda"]]
    assert restore(dump(procedure)) == procedure
    page = show(procedure, today=date(2026, 11, 25))
    assert all(step.label in page for step in procedure.agenda)


def test_a_procedure_silent_on_everything_runs_on_defaults(tmp_path):
    procedure = loaded(tmp_path, "id: some\ntitle: Some\n")
    assert [step.id for step in procedure.agenda][:3] == ["OPENING", "ROLLCALL", "IDENTITY"]
    assert not [step for step in procedure.agenda if step.src or not step.owner_default]
    assert not [clock for clock in procedure.clocks if clock.src]
    assert not [c.id for c in procedure.clocks if c.from_event == "decision" and c.reminded], "nobody decided that"


def test_steps_may_have_names_of_their_own(tmp_path):
    text = """
id: some
title: Some
agenda:
  - {id: ROLLCALL, kind: roll_call, quorum: {agencies: [health], recheck_before: [VERDICT]}}
  - id: WHO
    kind: record
    label: Who
    per: child
    right_meeting: {gate: hard}
    fields: [{key: name, label: Name, allow_unknown: true}]
  - id: TALK
    kind: turns
    label: Talk
    order: [other]
    prompts: [{for: default, fields: [{key: said, label: Said}]}]
  - {id: VIEWS, kind: views, invited_gate: {gate: warn, gate_at: VERDICT}}
  - id: VERDICT
    kind: decision
    label: Verdict
    outcomes: [{id: yes, label: "Yes"}, {id: no, label: "No"}]
    rationale: {fields: [{key: why, label: Why}]}
  - {id: ACTIONS, kind: actions}
  - {id: CLOSING, kind: closing}
"""
    procedure = loaded(tmp_path, text)
    assert [outcome.id for outcome in procedure.step("VERDICT").data.outcomes] == ["yes", "no"]
    assert procedure.step("WHO").data.right_meeting is Gate.HARD


def test_two_rounds_of_turns_and_an_empty_table_are_allowed(tmp_path):
    text = """
id: some
title: Some
agenda:
  - {id: ROLLCALL, kind: roll_call}
  - {id: IDENTITY, kind: record, rows: [{id: pets, label: Pets, fields: [{key: name, label: Name}]}]}
  - {id: SHARE, kind: turns}
  - {id: SHARE_AGAIN, kind: turns, label: Once more, order: [other],
     prompts: [{for: default, fields: [{key: more, label: More}]}]}
  - {id: VIEWS, kind: views}
  - {id: DECISION, kind: decision}
  - {id: ACTIONS, kind: actions}
  - {id: CLOSING, kind: closing}
"""
    pets = loaded(tmp_path, text).step("IDENTITY").data.parts[-1]
    assert (pets.per, pets.minimum) == (Per.FREE, 0)


@pytest.mark.parametrize("value", ["yes", "no", "on", "off", "12:30", "2025-02-01", "Ünborn – “x”"])
def test_a_plain_word_stays_a_word(value, tmp_path):
    """Editors read `yes` as a word; so do we."""
    text = f"id: some\ntitle: {value}\n"
    assert loaded(tmp_path, text).title == value


def test_a_scottish_authority_counts_scottish_days(tmp_path):
    text = "id: some\ntitle: Some\nworking_days: {country: Scotland}\n"
    assert loaded(tmp_path, text).working_days.country == "Scotland"


def test_the_example_of_the_documentation_loads_and_shows():
    """docs/how-to/add-a-procedure.md: a step of its own is data alone."""
    procedure = load(EXAMPLE)
    voice = procedure.step("CHILDS_VOICE").data.parts[0]
    assert (voice.per, voice.fields[0].key) == (Per.CHILD, "asked")
    page = show(procedure, today=date(2028, 4, 1))
    assert "The child's own words" in page
    assert "due for review in March 2028" in page
    assert notices(procedure, today=date(2028, 3, 31)) == ()
