"""The fullest meeting still fits a card: twelve seats, long words, every button with its sealed ticket."""

import pytest

from cards.roll_call import roll_call_card
from cards.statement import statement_card
from cards.turns import choose_card, read_card, turns_card
from cards.views import views_card
from meeting.model import PersonId
from meeting.screens.frame import Look
from meeting.screens.roll_call import roll_call_screen
from meeting.screens.statement import statement_screen
from meeting.screens.turns import turns_screen
from meeting.screens.views import views_screen
from tests.unit.cards.checking import faults_of
from tests.unit.documents.played import Play, acted, convened, gathered

LONG = "Ein längeres Wort – mit „Zeichen“ und Umlauten äöü. " * 60


@pytest.fixture(scope="module")
def plays() -> dict[str, Play]:
    """One meeting of twelve seats as it stood at each kind of step, before and after it was worked through."""
    play = gathered(convened("wok", seats=12, says=lambda _where: LONG))
    made: dict[str, Play] = {}
    for _ in range(10):
        kind = str(play.step.kind)
        made.setdefault(f"{kind}, open", Play(procedure=play.procedure, meeting=play.meeting, now=play.now))
        acted(play)
        made.setdefault(f"{kind}, done", Play(procedure=play.procedure, meeting=play.meeting, now=play.now))
        if kind == "views":
            break
        play.on()
    return made


@pytest.mark.parametrize("state", ["open", "done"])
@pytest.mark.parametrize("person", ["p-chair", "p-police"])
@pytest.mark.parametrize("kind", ["statement", "roll_call", "turns", "views"])
def test_a_full_table_fits(plays, kind, person, state):
    draws = {
        "statement": lambda look, step: statement_card(statement_screen(look, step), None),
        "roll_call": lambda look, step: roll_call_card(roll_call_screen(look, step)),
        "turns": lambda look, step: turns_card(turns_screen(look, step)),
        "views": lambda look, step: views_card(views_screen(look, step)),
    }
    play = plays[f"{kind}, {state}"]
    look = Look(meeting=play.meeting, procedure=play.procedure, person=PersonId(person), now=play.now)
    assert faults_of(draws[kind](look, play.step)) == []


def test_one_long_contribution_fits(plays):
    play = plays["turns, done"]
    look = Look(meeting=play.meeting, procedure=play.procedure, person=PersonId("p-police"), now=play.now)
    screen = turns_screen(look, play.step)
    assert faults_of(read_card(screen.frame, screen.lines[0])) == []
    assert faults_of(choose_card(screen)) == []
