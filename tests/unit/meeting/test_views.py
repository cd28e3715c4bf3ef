"""Every attendee's view: private until revealed, nobody's silence filled in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from meeting.model import Child, How
from meeting.procedure import Kind
from meeting.refusals import KeepOrChange, Stale
from meeting.running.chairing import MoveBack, MoveOn, Skip
from meeting.running.handover import RestrictChild
from meeting.steps.roll_call import Introduce
from meeting.steps.views import (
    GiveViews,
    InviteAloud,
    MarkSilent,
    Opinion,
    RevealViews,
    asked_of,
    outstanding,
    views_data,
)
from tests.unit.meeting.world import (
    ANNA,
    BEN,
    CHAIR,
    HEALTH,
    NOTES,
    PEOPLE,
    POLICE,
    PROCEDURES,
    SCHOOL,
    WORKER,
    arrive,
    at,
    choose,
    complete,
    decision_for,
    give,
    introduction,
    join_late,
    leave,
    settle,
    starting,
    walk_to,
)

SIBLINGS = (Child(id=ANNA, name="Anna Ash"), Child(id=BEN, name="Ben Ash"))
ABSENT_SCHOOL = tuple(p for p in PEOPLE if p != SCHOOL)


def views(table):
    return table.meeting.views["VIEWS"]


def all_but(table, *people):
    for person in table.meeting.attendees():
        if person.id not in people:
            give(table, person.id)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_opening_invites_everybody_and_the_last_one_reveals(procedure):
    """Every attendee is invited; views are sealed until the last one is in (SAN-11.2, A17)."""
    table = at("VIEWS", procedure)
    assert set(views(table).invited) == set(PEOPLE)
    all_but(table, SCHOOL)
    assert views(table).revealed is None
    give(table, SCHOOL)
    assert views(table).revealed == table.now


def test_a_view_can_be_changed_until_it_is_shown():
    """The later one stands; once shown, nothing moves."""
    table = at("VIEWS")
    give(table, POLICE, 0)
    give(table, POLICE, 1)
    assert [v.option for v in views(table).given] == ["not met"]
    all_but(table, POLICE)
    step = table.step
    late = GiveViews(step=step.id, opinions=(Opinion(subject=ANNA, option="met", reason="r"),))
    assert isinstance(table.refused(late, POLICE, code="views_shown"), Stale)


def test_option_and_reason_are_required_of_the_person_and_the_reason_not_of_the_heard():
    """No view is defaulted; what was heard may lack its reason."""
    table = at("VIEWS")
    blank = GiveViews(step="VIEWS", opinions=())
    assert set(table.refused(blank, POLICE).errors) == {f"option.{ANNA}", f"reason.{ANNA}"}
    heard = GiveViews(step="VIEWS", opinions=(Opinion(subject=ANNA, option="met"),), person=POLICE)
    table.do(heard, NOTES)
    assert views(table).given[0].how is How.HEARD
    own = replace(heard, person=CHAIR)
    assert set(table.refused(own).errors) == {f"reason.{ANNA}"}


@pytest.mark.parametrize(("value", "code"), [(11, "scale"), (-1, "scale"), (None, "required")])
def test_the_scale_takes_whole_numbers_within_its_ends(value, code):
    """11 is a field error; 0 and 10 are on the scale (WOK-6.2a)."""
    table = at("VIEWS", "wok")
    opinion = Opinion(subject=ANNA, option="reasonable cause", scale=value, reason="r")
    assert table.refused(GiveViews(step="VIEWS", opinions=(opinion,)), POLICE).errors == {f"scale.{ANNA}": code}
    for end in (0, 10):
        table.do(GiveViews(step="VIEWS", opinions=(replace(opinion, scale=end),)), POLICE)


def test_a_view_on_an_unknown_child_is_refused():
    """Only what was asked is answered."""
    table = at("VIEWS")
    wrong = GiveViews(step="VIEWS", opinions=(Opinion(subject="c9", option="met", reason="r"),))
    table.refused(wrong, POLICE, code="no_such_subject")


def test_flagged_words_in_a_reason_are_prompted():
    """Reasons are free text too (SAN-10.2)."""
    table = at("VIEWS")
    wrong = GiveViews(step="VIEWS", opinions=(Opinion(subject=ANNA, option="met", reason="chaotic home"),))
    assert isinstance(table.refused(wrong, POLICE), KeepOrChange)


def test_somebody_never_invited_holds_the_decision_hard():
    """HARD, naming them; invited aloud and silent, noted so: the decision opens (SAN-11.2)."""
    table = at("VIEWS", here=ABSENT_SCHOOL)
    arrive(table, SCHOOL)
    all_but(table, SCHOOL)
    held = table.refused(MoveOn(visit=table.meeting.visit, reason="Late"))
    assert held.hard
    assert [o.code for o in held.obstacles] == ["not_invited"]
    table.refused(MarkSilent(step="VIEWS"), code="never_invited")
    table.refused(RevealViews(step="VIEWS"), code="never_invited")
    table.do(InviteAloud(step="VIEWS", people=(SCHOOL,)), NOTES)
    assert table.do(InviteAloud(step="VIEWS", people=(SCHOOL,)), NOTES) == ()
    table.do(MarkSilent(step="VIEWS", people=(SCHOOL,)))
    assert views(table).revealed
    assert views(table).silent == {SCHOOL}
    table.go_on()
    assert table.meeting.step == "DECISION"


@pytest.mark.parametrize("procedure", ["lcs", "sty", "wmt", "wok"])
def test_elsewhere_a_missing_view_wants_a_reason(procedure):
    """Only SAN's invitation of each is hard (A17); going on shows what was given and names the silent."""
    table = at("VIEWS", procedure)
    all_but(table, SCHOOL)
    assert not table.held().hard
    table.go_on("They lost their line")
    assert views(table).revealed
    assert views(table).silent == {SCHOOL}


def test_revealing_names_the_silent_and_happens_once():
    """The chair closes the round; who was invited and said nothing is named."""
    table = at("VIEWS")
    give(table, POLICE)
    table.do(RevealViews(step="VIEWS"))
    assert views(table).silent == {p for p in PEOPLE if p != POLICE}
    table.refused(RevealViews(step="VIEWS"), code="shown_already")


def test_a_silent_one_may_still_speak():
    """Marked silent, then a view: the view stands, the silence goes; a view is never turned into silence."""
    table = at("VIEWS")
    table.do(MarkSilent(step="VIEWS", people=(SCHOOL,)))
    give(table, SCHOOL)
    assert SCHOOL not in views(table).silent
    table.do(MarkSilent(step="VIEWS", people=(SCHOOL,)))
    assert SCHOOL not in views(table).silent


def test_a_late_joiner_is_invited_as_soon_as_a_form_reaches_them():
    """Through statement, roll call and right meeting; then they are asked like everybody."""
    table = at("VIEWS", here=ABSENT_SCHOOL)
    arrive(table, SCHOOL)
    assert SCHOOL not in views(table).invited
    settle(table, SCHOOL)
    assert views(table).invited[SCHOOL] == "form delivered"
    all_but(table)
    table.go_on()


def test_whoever_comes_after_the_reveal_still_gives_their_view():
    """Every single attendee is asked, and the views stay shown."""
    table = at("VIEWS", here=ABSENT_SCHOOL)
    all_but(table)
    shown = views(table).revealed
    table.wait(minutes=1)
    join_late(table, SCHOOL)
    give(table, SCHOOL)
    assert views(table).revealed == shown
    table.go_on()


def test_whoever_leaves_is_not_waited_for_and_the_views_are_shown_on_going_on():
    """The last outstanding one left: nothing stays sealed for ever."""
    table = at("VIEWS")
    all_but(table, SCHOOL)
    leave(table, SCHOOL)
    assert views(table).revealed is None
    table.go_on()
    assert views(table).revealed


def test_no_view_before_the_round_but_for_who_must_leave():
    """Whoever must leave gives a view early, once they know which child it is; it stays sealed."""
    table = at("ROLLCALL")
    leaving = (table.now + timedelta(minutes=9)).isoformat()
    table.do(Introduce(step="ROLLCALL", answers=introduction(table, must_leave_at=leaving)), SCHOOL)
    complete(table)
    opinion = (Opinion(subject=ANNA, option="met", reason="r"),)
    table.refused(GiveViews(step="VIEWS", opinions=opinion), SCHOOL, code="not_open")
    walk_to(table, "SHARE")
    table.refused(GiveViews(step="VIEWS", opinions=opinion), POLICE, code="not_open")
    table.do(GiveViews(step="VIEWS", opinions=opinion), SCHOOL)
    assert views(table).revealed is None
    leave(table, SCHOOL)
    walk_to(table, "VIEWS")
    all_but(table, SCHOOL)
    assert {v.person for v in views(table).given} == set(PEOPLE)


def test_absent_people_and_observers_give_no_view():
    """Whoever is not here is not counted among those asked."""
    table = at("VIEWS")
    leave(table, SCHOOL)
    opinion = (Opinion(subject=ANNA, option="met", reason="r"),)
    table.refused(GiveViews(step="VIEWS", opinions=opinion), SCHOOL, code="not_here")
    table.refused(GiveViews(step="VIEWS", opinions=opinion, person=SCHOOL), NOTES, code="not_here")


def test_a_restricted_child_is_asked_of_nobody_of_that_agency():
    """A restricted agency is asked no view on that child; restricted from all, it is not waited for (WOK-0.8)."""
    table = at("VIEWS", "wok", children=SIBLINGS)
    table.do(RestrictChild(child=BEN, agency="education"))
    school = table.meeting.people[SCHOOL]
    assert [s for s, _ in asked_of(table.meeting, table.procedure, "VIEWS", school)] == [ANNA]
    table.do(RestrictChild(child=ANNA, agency="education"))
    assert SCHOOL not in {p.id for p in outstanding(table.meeting, "VIEWS")}
    all_but(table, SCHOOL)
    assert views(table).revealed


def test_each_child_has_its_own_view():
    """Two children: two opinions, and none may be left out."""
    table = at("VIEWS", "sty", children=SIBLINGS)
    one = GiveViews(step="VIEWS", opinions=(Opinion(subject=ANNA, option="met", reason="r"),))
    assert set(table.refused(one, POLICE).errors) == {f"option.{BEN}", f"reason.{BEN}"}


def test_views_may_be_skipped_only_where_steps_vary():
    """An example agenda lets a step go with a reason (WOK-0.3); the others hold to it."""
    table = at("VIEWS", "wok")
    give(table, HEALTH)
    table.refused(Skip(visit=table.meeting.visit, reason=" "), code="reason_needed")
    table.do(Skip(visit=table.meeting.visit, reason="All said it aloud"))
    assert table.step.kind is Kind.DECISION
    assert views(table).revealed
    strict = at("VIEWS", "sty")
    strict.refused(Skip(visit=strict.meeting.visit, reason="Time"), code="step_required")
    assert WORKER in views(strict).invited


def test_a_child_who_comes_into_scope_later_is_given_views_before_the_decision():
    """Back at the scope a sibling comes in: everybody is asked on that child; what was shown on the first one stands
    (SAN-8.4, SAN-11.2).
    """
    both = (Child(id=ANNA, name="Anna Ash"), Child(id=BEN, name="Ben Ash", in_scope=False))
    table = at("DECISION", children=both)
    table.meeting = replace(table.meeting, children={c.id: replace(c, in_scope=True) for c in both})
    unheard = table.refused(decision_for(table, starting(table).id, subjects=(ANNA, BEN)))
    assert {o.code for o in unheard.obstacles} == {"no_view_yet"}
    table.do(MoveBack(visit=table.meeting.visit))
    for person in outstanding(table.meeting, "VIEWS"):
        assert dict(asked_of(table.meeting, table.procedure, "VIEWS", person)) == {BEN: "Ben Ash"}
        give(table, person.id, 1)
    first = views_data(table.procedure, "VIEWS").threshold.options[0]
    assert {v.option for v in views(table).given if v.subject == ANNA} == {first}
    table.go_on(reason="Ben is written up afterwards")
    choose(table, BEN)
