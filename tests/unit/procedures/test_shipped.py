"""The five procedures: sound, complete against the ledger, and word for word where the documents are quoted."""

import dataclasses
from collections.abc import Iterator, Mapping

import pytest

from meeting.procedure import Gate, Kind, Per, Procedure, parts_of
from procedures.check import check
from procedures.files import shipped
from procedures.load import load
from tests.ledger.proof import named, without
from tests.unit.procedures.files import ALL, ledger

EXPECTED = ledger("procedure_ids")


def sources(value: object) -> Iterator[str]:
    """Yield every ledger ID in a resolved procedure."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            yield from inner if field.name.endswith("src") else sources(inner)
    elif isinstance(value, tuple):
        for one in value:
            yield from sources(one)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from sources(one)


def part(procedure: Procedure, step: str, name: str):
    """Return a part of a step."""
    return next(one for one in parts_of(procedure.step(step)) if one.id == name)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_file_is_without_fault(path):
    assert [str(fault) for fault in check(path)] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_file_begins_with_the_line_that_makes_editors_check_it(path):
    line = path.read_text(encoding="utf-8").splitlines()[0]
    assert line.startswith("# yaml-language-server: $schema=")
    assert (path.parent / line.partition("$schema=")[2]).resolve().is_file()


def test_the_five_are_shipped():
    assert set(shipped()) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_ledger_id_reaches_the_resolved_procedure(name):
    """Nothing that the ledger ascribes to a document is lost on the way to the rules, and nothing foreign comes in."""
    assert set(sources(load(name))) == set(EXPECTED[name])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_proof_of_every_ledger_id_takes_a_value_away(name):
    """`make ledger-proof` has something to take for each id that the file names, wherever its source stands."""
    assert named(name) == set(EXPECTED[name])
    assert [one for one in EXPECTED[name] if without(name, one) == load(name)] == []


def test_every_statement_of_the_ledger_stands_in_a_procedure_or_in_the_core():
    known = {one for ids in EXPECTED.values() for one in ids}
    core = {one for ids in ledger("core_map").values() for one in ids}
    assert [row["id"] for row in ledger("ledger") if row["id"] not in known | core] == []


def test_the_confidentiality_statement_is_given_word_for_word():
    """SAN-3.1, SAN-3.2: the seed's sentence, to the letter."""
    opening = load("san").step("OPENING").data
    assert " ".join(opening.text) == (
        "This is a confidential meeting, the contents of which must not be divulged without the permission of the "
        "chair. You will receive minutes of this meeting within 3 working days."
    )
    assert opening.verbatim
    assert opening.person_gate is Gate.HARD


def test_the_scale_is_anchored_word_for_word():
    """WOK-6.2b, WOK-6.2c: the seed's sentences, to the letter."""
    scale = load("wok").step("VIEWS").data.scale
    assert {anchor.value: anchor.text for anchor in scale.anchors} == {
        0: (
            "There is evidence to suggest that the child is suffering or is at risk of suffering serious and "
            "enduring/lasting harm"
        ),
        10: (
            "While we may have worries that may/may not lead to further work and/or assessment with the child, the "
            "child is safe, there is no evidence that what has happened/is likely to happen will cause serious harm "
            "to the child's development."
        ),
    }
    assert scale.danger_at_minimum


@pytest.mark.parametrize("name", shipped())
def test_one_step_confirms_the_right_meeting_and_nothing_lifts_it(name):
    """CORE-4, whether the document says so or not."""
    gates = [s.data.right_meeting for s in load(name).agenda if s.kind is Kind.RECORD]
    assert [gate for gate in gates if gate is not Gate.NONE] == [Gate.HARD]


@pytest.mark.parametrize("name", shipped())
def test_no_outcome_decides_a_conference(name):
    """CORE-13: hard where the document says so, a warning elsewhere."""
    decision = load(name).step("DECISION").data
    (conference,) = decision.forbidden
    assert conference.structural is (Gate.HARD if conference.src else Gate.WARN)
    assert "child protection conference" in conference.words
    assert not [o for o in decision.outcomes if "conference" in o.label.lower()]


@pytest.mark.parametrize("name", shipped())
def test_pages_hold_six_inputs(name):
    procedure = load(name)
    for step in procedure.agenda:
        for one in parts_of(step):
            pages = [field.page for field in one.fields]
            assert all(pages.count(page) <= 6 for page in pages), one.id
    pages = [field.page for field in procedure.convening.part.fields]
    assert all(pages.count(page) <= 6 for page in pages)


def test_what_a_document_leaves_out_is_a_default_and_says_so():
    """Two documents state no least attendance: the default stands, without a source."""
    for name in ("wmt", "wok"):
        quorum = load(name).step("ROLLCALL").data.quorum
        assert (quorum.agencies, quorum.src) == (("social_care", "health", "police"), ())


def test_a_clock_of_the_document_replaces_the_default_of_its_id():
    minutes = {name: load(name).clock("minutes") for name in shipped()}
    assert {name: (c.limit, c.unit, bool(c.src)) for name, c in minutes.items()} == {
        "lcs": (5, "calendar_days", True),
        "san": (3, "working_days", True),
        "sty": (3, "working_days", False),
        "wmt": (3, "working_days", False),
        "wok": (3, "working_days", False),
    }


def test_a_decision_that_may_wait_asks_why_it_waits_and_for_evidence_once_it_is_made():
    """SAN-13.6."""
    medical = part(load("san"), "PLAN", "medical")
    asked = {field.key: field.when.text if field.when else "" for field in medical.fields}
    assert asked == {
        "answer": "",
        "evidence": "not answer=not decided yet",
        "later_because": "answer=not decided yet",
    }
    assert medical.fields[0].choices == ("yes", "no", "not decided yet")
    assert medical.gate is Gate.HARD


def test_a_gate_on_single_fields_reaches_them_alone():
    """SAN-10.5 holds back the decision, SAN-6.3 the step itself."""
    child = part(load("san"), "REASON", "child_view")
    assert {f.key: (f.gate, f.gate_at) for f in child.fields if f.gate} == {
        "spoken": (Gate.OVERRIDE, "DECISION"),
        "harm_finding": (Gate.OVERRIDE, "DECISION"),
    }
    consent = part(load("san"), "CONSENT", "purpose")
    assert [f.key for f in consent.fields if f.gate is Gate.HARD] == ["rationale"]
    assert (consent.per, consent.subjects) == (Per.PURPOSE, ("see the child", "contact relevant agencies"))


def test_convening_joins_what_the_case_needs_with_what_the_document_asks():
    keys = [field.key for field in load("san").convening.part.fields]
    needed = {"referrer", "services", "education_setting", "location", "deputy", "note_taker", "concern_received"}
    assert needed <= set(keys)
    assert len(keys) == len(set(keys))


def test_each_document_keeps_its_own_word_for_the_ground():
    """A24: "harm" in one, "significant harm" in the other."""
    grounds = {
        name: next(f.choices[1] for f in part(load(name), "PLAN", "share_family").fields if f.key == "ground")
        for name in ("san", "sty")
    }
    assert grounds == {
        "san": "may place the child at risk of harm",
        "sty": "may place the child at risk of significant harm",
    }
