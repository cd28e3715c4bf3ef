"""The chair is told what is stale or missing about the document itself."""

from dataclasses import replace
from datetime import date

import pytest

from procedures.files import shipped
from procedures.load import load
from procedures.notices import companions, notices
from procedures.show import show

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "edition"), [("wmt", "Working Together, July 2018"), ("sty", "Working Together, March 2015")]
)
def test_a_replaced_edition_is_named(name, edition):
    """WMT-1.3, STY-6.1."""
    assert [n for n in notices(load(name), today=TODAY) if "has been replaced" in n and edition in n]


def test_a_current_edition_brings_no_notice():
    """SAN-0.3."""
    assert notices(load("san"), today=TODAY) == ()


@pytest.mark.parametrize(
    ("today", "said"), [(date(2024, 8, 31), False), (date(2024, 9, 30), False), (date(2024, 10, 1), True)]
)
def test_a_review_month_is_over_when_it_has_ended(today, said):
    """WOK-0.2, A14."""
    assert any("September 2024" in n for n in notices(load("wok"), today=today)) is said


def test_a_missing_part_is_named_and_not_invented():
    """STY-7.1."""
    (notice,) = [n for n in notices(load("sty"), today=TODAY) if "Missing" in n]
    assert "Flowchart: action following a strategy meeting" in notice


def test_companions_are_listed_with_edition_and_link():
    """WMT-1.2, SAN-0.3, SAN-0.4; a document whose link is not set is left out (WMT-1.4)."""
    assert companions(load("wmt")) == ("West Midlands procedures manual", "Working Together, July 2018")
    assert companions(load("san"))[0].startswith("Working Together, December 2023: https://")
    assert companions(load("wok")) == ()


def test_a_configurable_companion_is_named_once_its_link_is_set():
    """WMT-1.4."""
    procedure = load("wmt")
    linked = tuple(replace(r, link="https://trust.example/standards") for r in procedure.references if r.needs_link)
    assert companions(replace(procedure, references=linked)) == (
        "Trust practice standards: https://trust.example/standards",
    )


@pytest.mark.parametrize("name", shipped())
def test_the_shown_page_names_every_step_and_marks_defaults(name):
    procedure = load(name)
    page = show(procedure, today=TODAY)
    for number, step in enumerate(procedure.agenda, start=1):
        assert f"{number}. {step.label} [{step.id}]" in page
    assert "[default]: default, not from this procedure" in page
    for notice in notices(procedure, today=TODAY):
        assert notice in page
