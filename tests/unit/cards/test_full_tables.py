"""The fullest meeting still fits a card: twelve seats, long words, every button with its sealed ticket."""

import pytest

from cards.roll_call import roll_call_card
from cards.statement import statement_card
from cards.turns import choose_card, read_card, turns_card
from cards.views import views_card
from meeting.model import Child, ChildId, PersonId
from meeting.screens.frame import Look
from meeting.screens.roll_call import roll_call_screen
from meeting.screens.statement import statement_screen
from meeting.screens.turns import turns_screen
from meeting.screens.views import views_screen
from meeting.steps.safeguards import RaiseChallenge
from tests.unit.cards.checking import faults_of
from tests.unit.dialogs.room import Room
from tests.unit.documents.played import Play, acted, convened, gathered, whole

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


async def test_whatever_waits_for_the_chair_the_panel_fits():
    """Ten challenges of the longest text, children with names of a thousand letters: panel, forms and lists fit."""
    children = tuple(Child(id=ChildId(f"c{n}"), name=f"Gwenllian {n} {'ŵ' * 1000}") for n in range(6))
    play = whole(gathered(convened("sty", seats=12, children=children)), until="IDENTITY")
    for _ in range(10):
        play.do(PersonId("p-police"), RaiseChallenge(text="É" * 4000, ground=play.procedure.challenge_grounds[0]))
    room = Room(play=play)
    step = {"step": play.step.id}
    views = {"chairing.panel": {}, "safeguards.answer_challenge": {}, "convening.prepare": {}, "record.step": step}
    for view, args in {**views, "record.choose": step, "record.right_meeting": step}.items():
        await room.opens("p-chair", view, **args)
        assert faults_of(room.cards["p-chair"], is_sealed=True) == [], view
    await room.opens("p-chair", "safeguards.answer_challenge")
    await room.press("p-chair", "Answer", text="In the minutes, whole", challenge=play.meeting.challenges[3].id)
    assert play.meeting.challenges[3].answer == "In the minutes, whole"
