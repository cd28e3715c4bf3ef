"""Each kind of fault, put into a sound file, is found with its key, its line and a remedy."""

import pytest

from procedures.check import check
from procedures.faults import Faulty
from procedures.load import load
from tests.unit.procedures.files import changed, faults_in, line_of, text_of
from tests.unit.procedures.slips import SLIPS


@pytest.mark.parametrize("name", SLIPS)
def test_a_fault_is_found_where_it_is(name, tmp_path):
    slip = SLIPS[name]
    text = changed(text_of(slip.procedure), slip.old, slip.new)
    found = [fault for fault in faults_in(tmp_path, text) if fault.key == slip.key]
    assert found, [str(fault) for fault in faults_in(tmp_path, text)]
    assert found[0].line == line_of(text, slip.on_line)
    assert found[0].file.endswith("some.yaml")
    for word in slip.words:
        assert word in " ".join(str(fault) for fault in found)
    assert found[0].remedy


def test_the_fault_is_the_only_one_named(tmp_path):
    """One slip of the pen does not bring a page of faults."""
    for name in ("unknown key", "unknown flag", "gate at no step", "one-sided exclusion", "limit of no days"):
        slip = SLIPS[name]
        assert len(faults_in(tmp_path, changed(text_of(slip.procedure), slip.old, slip.new))) == 1, name


def test_every_fault_of_a_file_is_named_at_once(tmp_path):
    text = text_of("sty")
    for name in ("gate at no step", "limit of no days", "unknown event", "hard date"):
        text = changed(text, SLIPS[name].old, SLIPS[name].new)
    keys = [fault.key for fault in faults_in(tmp_path, text)]
    assert {
        "agenda[7].checkpoints[0].gate_at",
        "clocks[0].limit",
        "clocks[0].from_event",
        "agenda[3].fields[0]",
    } <= set(keys)


@pytest.mark.parametrize(
    ("moved", "before", "words"),
    [
        ("VIEWS", "SHARE", "VIEWS (views) comes before SHARE (turns)"),
        ("DECISION", "VIEWS", "DECISION (decision) comes before VIEWS (views)"),
        ("ACTIONS", "DECISION", "ACTIONS (actions) comes before DECISION (decision)"),
        ("QUESTIONS", "SHARE", "QUESTIONS (questions) comes before SHARE (turns)"),
        ("REASON", "IDENTITY", "REASON would show content before the right-meeting confirmation"),
        ("REASON", "ROLLCALL", "REASON would show content before the roll call"),
        ("CLOSING", "ACTIONS", "the closing step is not the last one"),
    ],
)
def test_steps_in_the_wrong_order_are_found(moved, before, words, tmp_path):
    steps = ["OPENING", "ROLLCALL", "IDENTITY", "REASON", "SHARE", "QUESTIONS", "VIEWS", "DECISION", "ACTIONS"]
    steps.append("CLOSING")
    steps.remove(moved)
    steps.insert(steps.index(before), moved)
    assert words in " ".join(str(fault) for fault in faults_in(tmp_path, _agenda(steps)))


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("ROLLCALL", "no roll_call step"),
        ("IDENTITY", "no step confirms that everybody is in the right meeting"),
        ("DECISION", "no decision step"),
        ("ACTIONS", "no actions step"),
        ("CLOSING", "no closing step"),
    ],
)
def test_a_step_that_no_meeting_can_do_without_is_missed(left_out, words, tmp_path):
    steps = [step for step in KINDS if step != left_out]
    assert words in " ".join(str(fault) for fault in faults_in(tmp_path, _agenda(steps)))


KINDS = {
    "OPENING": "statement",
    "ROLLCALL": "roll_call",
    "IDENTITY": "record",
    "REASON": "record",
    "SHARE": "turns",
    "QUESTIONS": "questions",
    "VIEWS": "views",
    "DECISION": "decision",
    "ACTIONS": "actions",
    "CLOSING": "closing",
}


def _agenda(steps) -> str:
    lines = [f"  - {{id: {step}, kind: {KINDS[step]}}}" for step in steps]
    return "\n".join(["id: some", "title: Some", "agenda:", *lines]) + "\n"


def test_a_file_that_is_not_there_is_one_fault(tmp_path):
    (fault,) = check(tmp_path / "nowhere.yaml")
    assert "cannot be read" in fault.wrong


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_a_file_that_holds_no_procedure_is_a_fault(text, tmp_path):
    assert faults_in(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "id: x\ntitle: X\nagenda: 3\n",
        "id: x\ntitle: X\nagenda: [1, two, {}, {id: 3}]\nclocks: {}\n",
        "id: x\ntitle: X\nagenda:\n  - {id: A, kind: record, fields: [1, {key: [a]}], rows: x, gates: [{fields: 1}]}\n",
        "id: x\ntitle: X\nagenda:\n  - {id: A, kind: decision, outcomes: [{excludes: x}], forbidden: [3]}\n",
        "id: x\ntitle: X\nflags: [1]\nminutes: []\nconvening: {fields: {a: b}, start_now: 4}\nwords: 3\n",
        "? [a, b]\n: c\n",
    ],
)
def test_malformed_data_is_named_and_never_breaks_the_check(text, tmp_path):
    assert faults_in(tmp_path, text)


def test_loading_a_faulty_file_says_all_that_is_wrong_with_it(tmp_path):
    path = tmp_path / "some.yaml"
    path.write_text(_agenda(["OPENING"]), encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load(path)
    assert len(caught.value.faults) >= 4
    assert str(path) in str(caught.value)
