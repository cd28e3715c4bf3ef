"""The report on how meetings were held: right figures, nobody named, nothing small enough to be recognised."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from documents.compliance import compliance_report, figures
from documents.figures_table import csv_of, safe
from documents.html import html_of
from documents.small_numbers import FEWEST, Figure
from meeting.after.distributing import recipients
from meeting.door.quorum import missing_roles
from meeting.model import CONVENED, ActionState, Challenge, SeatId, Sending, TeamTask
from tests.unit.documents.pages import main_of, parsed, words_of
from tests.unit.documents.played import BEGIN, CHAIR, POLICE, convened, gathered, whole


@pytest.fixture(scope="module")
def held():
    full = whole(gathered(convened("san", seats=5)))
    without_police = whole(gathered(convened("wmt", seats=5), without=("police",)))
    return [(p.meeting, p.procedure) for p in (*[full] * 6, *[without_police] * 5)]


LATER = BEGIN + timedelta(days=30)
DAYS = BEGIN - timedelta(days=1), BEGIN + timedelta(days=1)


def made(held):
    return compliance_report(held, *DAYS, LATER)


def table(held):
    return csv_of(held, *DAYS, LATER)


def test_the_figures_are_right(held):
    """Six of eleven were quorate; agencies count once a meeting, however many come; no minutes went out in time."""
    found = {(f.topic, f.what): (f.part, f.whole) for f in figures(held, BEGIN + timedelta(days=30))}
    assert found["Quorum", "Quorate: everybody needed came"] == (6, 11)
    assert found["Attendance", "Police"] == (6, 11)
    assert found["Attendance", "Health"] == (11, 11)
    assert found["Attendance", "Social care"] == (11, 11)
    assert found["Minutes", "Distributed on time"] == (0, 11)


def test_limits_dissent_and_minutes_in_time_are_counted(held):
    """One of two met its limit of 24 hours, somebody differed from one of all decisions, one sent its minutes."""
    meeting, procedure = held[0]
    (one, decision), *_ = meeting.decisions.items()
    differs = replace(decision, dissent=(POLICE,))
    sent = tuple(
        Sending(seat=s, version=1, how="link", by=CHAIR, at=BEGIN + timedelta(days=1)) for s in recipients(meeting)
    )
    prompt = replace(
        meeting,
        decisions={**meeting.decisions, one: differs},
        challenges=(Challenge(id="ch1", by=POLICE, ground="", text="Too little", at=BEGIN),),
        minutes=replace(meeting.minutes, sent=sent),
    )
    asked = meeting.answers[CONVENED]
    old = {**asked.answers, "concern_received": (BEGIN - timedelta(hours=30)).isoformat()}
    late = replace(meeting, answers={**meeting.answers, CONVENED: replace(asked, answers=old)})
    found = {f.what: (f.part, f.whole) for f in figures([(prompt, procedure), (late, procedure)], LATER)}
    assert found["Distributed on time"] == (1, 2)
    assert found["Held within its time limit"] == (1, 2)
    assert found["Decisions from which somebody differs"] == (1, 2 * len(meeting.decisions))
    assert found["Meetings with a challenge"] == (1, 2)


def test_a_quorum_counts_in_the_report_as_it_did_in_the_meeting():
    """A manager in the chair is the social work manager that the guide asks for (STY-3.1a)."""
    play = gathered(convened("sty", seats=5))
    assert missing_roles(play.meeting, play.procedure) == ()
    found = {f.what: (f.part, f.whole) for f in figures([(play.meeting, play.procedure)], BEGIN + timedelta(days=1))}
    assert found["Quorate: everybody needed came"] == (1, 1)


def test_what_nobody_owes_counts_for_nothing(held):
    """Withdrawn actions are not late, and a team that only sends the minutes on was invited to nothing."""
    meeting, procedure = held[0]
    first, *others = meeting.actions
    team = replace(next(iter(meeting.seats.values())), id=SeatId("team-1"), agency="hub", role="distribution_team")
    asked = TeamTask(team="Hub", seat=team.id, children=(), at=BEGIN)
    changed = replace(
        meeting,
        actions=(replace(first, state=ActionState.DONE, ended=first.due), *_withdrawn(others)),
        seats={**meeting.seats, team.id: team},
        minutes=replace(meeting.minutes, teams=(asked,)),
    )
    found = figures([(changed, procedure)], BEGIN + timedelta(days=30))
    assert next((f.what, f.part, f.whole) for f in found if f.topic == "Actions") == ("Done on time", 1, 1)
    assert "Hub" not in {f.what for f in found}


def _withdrawn(actions):
    return [replace(a, state=ActionState.WITHDRAWN, ended=BEGIN) for a in actions]


def test_nobody_is_named(held):
    """Neither people nor children nor a meeting's reference stand in page or table."""
    told = html_of(made(held)) + table(held)
    meeting = held[0][0]
    named = {p.name for p in meeting.people.values()} | {c.name for c in meeting.children.values()}
    assert not [name for name in (*named, meeting.reference) if name in told]


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(3, 20, False), (17, 20, False), (0, 20, True), (6, 11, True), (2, 4, False)]
)
def test_small_numbers_are_not_shown(part, whole, shown):
    """Neither a small count nor one that leaves a small rest is shown, nor any share of them, nor a small whole."""
    figure = Figure(topic="T", what="W", part=part, whole=whole)
    assert figure.shown is shown
    assert (str(part) in figure.cells[1:]) is shown
    assert (str(whole) in figure.cells) is (whole >= FEWEST)
    assert figure.cells[3].endswith("%") is shown


def _with_actions(held, *states):
    """Return the first meeting with one action after the other in these states, all due long ago."""
    meeting, procedure = held[0]
    late = {ActionState.DONE: BEGIN + timedelta(days=20)}
    first = replace(meeting.actions[0], due=BEGIN + timedelta(days=1))
    actions = tuple(replace(first, number=n, state=s, ended=late.get(s)) for n, s in enumerate(states, start=1))
    return [(replace(meeting, actions=actions), procedure)]


def test_no_small_number_can_be_worked_out_from_the_others(held):
    """Nine done late, eight impossible, six not done: the three that are overdue are not what the others leave.

    What cannot be done, because circumstances changed, stands apart from what somebody did not do.
    """
    states = [ActionState.DONE] * 9 + [ActionState.NOT_POSSIBLE] * 8 + [ActionState.NOT_DONE] * 6
    states += [ActionState.OPEN] * 3
    found = figures(_with_actions(held, *states), BEGIN + timedelta(days=30))
    actions = {f.what: (f.part, f.shown) for f in found if f.topic == "Actions"}
    assert actions == {
        "Done on time": (0, True),
        "Done late": (9, True),
        "Not possible: circumstances changed": (8, True),
        "Reported as not done": (6, False),
        "Overdue": (3, False),
    }


def test_those_who_did_neither_cannot_be_worked_out(held):
    """Police came to nine of nineteen and sent apologies to seven: nobody learns that to three they did neither."""
    meeting, procedure = held[0]
    police = next(s for s in meeting.seats.values() if s.agency == "police")
    nobody = {key: replace(p, stays=()) if p.seat == police.id else p for key, p in meeting.people.items()}
    absent = replace(meeting, people=nobody)
    sorry = replace(absent, seats={**meeting.seats, police.id: replace(police, apologies="On a raid")})
    found = figures([(m, procedure) for m in (*[meeting] * 9, *[sorry] * 7, *[absent] * 3)], BEGIN + timedelta(days=30))
    told = {f.topic: (f.part, f.whole, f.shown) for f in found if f.what == "Police"}
    assert told == {"Attendance": (9, 19, True), "Apologies": (7, 19, False)}


def test_how_long_it_took_is_told_in_whole_hours(held):
    """To the minute, the middle of all waits would be one meeting's own. The table has the hours as a number."""
    line = next(row for row in csv.DictReader(io.StringIO(table(held))) if row["What"].startswith("Half of the"))
    assert (line["How many"], line["Share in %"], line["Of"]) == (
        "",
        "",
        "6",
    )  # the others' procedure asks for no such time
    hours = int(line["Hours"])
    assert f"Half of the meetings began within {hours} hour" in words_of(main_of(html_of(made(held))))


def test_a_spreadsheet_can_reckon_with_the_table(held):
    """Numbers alone under heads that say what they count; what is not shown is empty, and a note says why."""
    rows = list(csv.DictReader(io.StringIO(table(held))))
    counted = [row[head] for row in rows for head in ("How many", "Of", "Share in %", "Hours")]
    assert all(cell == "" or cell.isdecimal() for cell in counted)
    found = {(row["Topic"], row["What"]): row for row in rows}
    police = found["Attendance", "Police"]
    assert (police["How many"], police["Of"], police["Share in %"], police["Note"]) == ("6", "11", "55", "")
    hidden = [row for row in rows if row["Note"].startswith("not shown")]
    assert all(row["How many"] == row["Share in %"] == "" for row in hidden)
    shown = {(f.topic, f.what) for f in figures(held, LATER) if f.shown}
    assert {place for place, row in found.items() if row["How many"]} == shown
    assert {place for place, row in found.items() if row["Note"]} == found.keys() - shown - {
        ("Time to meeting", "Half of the meetings began within")
    }


def test_the_page_has_a_plot_with_its_table(held):
    """Each topic whose numbers may be shown has a drawing with words, and the same as a labelled table."""
    tree = main_of(html_of(made(held)))
    assert "Half of the meetings began within" in words_of(tree)
    drawings = [n for n in parsed(html_of(made(held))).iter() if str(n.tag).endswith("svg")]
    assert len(drawings) >= 4
    assert all("bars" in d.get("aria-label", "") for d in drawings)


def test_the_table_is_no_formula(held):
    """Every line has as many cells as its head, and no cell begins like a formula, whatever an agency is called."""
    rows = list(csv.reader(io.StringIO(table(held))))
    assert {len(row) for row in rows} == {9}
    assert rows[1][:3] == ["2026-12-22", "2026-12-23", "Quorum"]
    assert [safe(x) for x in ("=1+1", "@A1", "-2", "+3", "fine")] == ["'=1+1", "'@A1", "'-2", "'+3", "fine"]
    called = [(replace(m, seats={k: replace(s, agency="=1+1") for k, s in m.seats.items()}), p) for m, p in held]
    cells = [cell for row in csv.reader(io.StringIO(table(called))) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_meetings_of_another_time_do_not_count(held):
    """Outside its days a report says that there were none."""
    empty = compliance_report(held, BEGIN + timedelta(days=2), BEGIN + timedelta(days=9), BEGIN + timedelta(days=30))
    assert "100 %" not in html_of(empty).partition("<main")[2]


def test_too_few_meetings_make_a_sentence_and_no_table(held):
    """Under five meetings there is nothing but the reason; the CSV has its head alone."""
    few = made(held[:4])
    assert "Fewer than 5 meetings were held" in words_of(main_of(html_of(few)))
    assert len(table(held[:4]).splitlines()) == 1
