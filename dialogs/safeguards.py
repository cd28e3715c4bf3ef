"""What nobody's rank or step holds back: urgent action, challenge, asking to share; and the chair's answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from cards.kit import Card
from cards.small import requests_card, small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import admitted, chair_only, content, scribes_only
from dialogs.dues import chosen_time, quick_dues, typed_time
from meeting.model import NO_ANSWERS, Answers
from meeting.screens import safeguards as screens
from meeting.screens.action_form import seat_named
from meeting.screens.frame import Look
from meeting.steps.safeguards import AddNote, AnswerChallenge, RaiseChallenge, RaiseUrgent
from meeting.steps.statement import AnswerToShare, AskToShare

WITHIN = timedelta(hours=1)  # an urgent action that says no time


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentForm(Form):
    what: str = ""
    owner: str = ""
    due: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeForm(Form):
    about: str = ""
    ground: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm(Form):
    challenge: str = ""
    text: str = ""
    only: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareForm(Form):
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestForm(Form):
    request: str = ticket()
    granted: str = ticket("no")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteForm(Form):
    text: str = ""


@verb("safeguards.raise", form=UrgentForm)
async def raise_urgent(ask: Ask[UrgentForm]) -> Reply:
    """Put an urgent action on the list at once; the chair is alerted."""
    look, form = await ask.look(), ask.form
    due = chosen_time(form.due) or ask.now + WITHIN
    seat = seat_named(look.meeting, form.owner) if form.owner else None
    await ask.do(RaiseUrgent(what=form.what, owner=form.owner, due=due, owner_seat=seat))
    return Show(view="safeguards.urgent", done="urgent")


@verb("safeguards.put_challenge", form=ChallengeForm)
async def put_challenge(ask: Ask[ChallengeForm]) -> Reply:
    """Put a challenge to the chair, by name."""
    await ask.do(RaiseChallenge(text=ask.form.text, ground=ask.form.ground, about=ask.form.about))
    return Show(view="safeguards.challenge", done="challenged")


@verb("safeguards.answer", form=AnswerForm)
async def answer(ask: Ask[AnswerForm]) -> Reply:
    """Answer a challenge; both stand in the minutes."""
    await ask.do(AnswerChallenge(id=ask.form.only or ask.form.challenge, text=ask.form.text))
    return Show(view="safeguards.answer_challenge", done="saved")


@verb("safeguards.ask_to_share", form=ShareForm)
async def ask_to_share(ask: Ask[ShareForm]) -> Reply:
    """Ask the chair's permission to share."""
    await ask.do(AskToShare(what=ask.form.what))
    return Show(view="safeguards.share", done="asked_to_share")


@verb("safeguards.answer_request", form=RequestForm)
async def answer_request(ask: Ask[RequestForm]) -> Reply:
    """Grant or refuse a request to share."""
    await ask.do(AnswerToShare(id=ask.form.request, granted=ask.form.granted == "yes"))
    return Show(view="safeguards.requests", done="saved")


@verb("safeguards.add_note", form=NoteForm)
async def add_note(ask: Ask[NoteForm]) -> Reply:
    """Keep a line for the minutes."""
    await ask.do(AddNote(text=ask.form.text))
    return Show(view="safeguards.note", done="noted")


@view("safeguards.urgent")
@admitted
def draw_urgent(look: Look) -> Card:
    """The form of an urgent action, open to everybody with a seat."""
    looked = replace(look, typed=typed_time(look.typed))
    return small_card(screens.urgent_form(looked, quick_dues(look.procedure, look.now)))


@view("safeguards.challenge")
@content
def draw_challenge(look: Look) -> Card:
    """The form of a challenge."""
    return small_card(screens.challenge_form(look))


@view("safeguards.answer_challenge")
@chair_only
def draw_answer(look: Look) -> Card:
    """The challenges that wait, and the chair's answer."""
    return small_card(screens.answer_form(look))


@view("safeguards.share")
@admitted
def draw_share(look: Look) -> Card:
    """The request to share, and how earlier ones were answered."""
    return small_card(screens.share_form(look))


@view("safeguards.requests")
@chair_only
def draw_requests(look: Look) -> Card:
    """The requests to share that wait."""
    return requests_card(screens.requests_screen(look))


@view("safeguards.note")
@scribes_only
def draw_note(look: Look) -> Card:
    """The form of a line for the minutes."""
    return small_card(screens.note_form(look))
