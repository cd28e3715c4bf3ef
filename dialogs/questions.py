"""Asking somebody by name, and answering before everybody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.kit import Card
from cards.questions import ask_card, question_card, questions_card
from dialogs.asking import Ask, Form, Reply, Show, draw, ticket, verb, view
from dialogs.doors import content
from meeting.model import How, Question
from meeting.screens.frame import Look
from meeting.screens.questions import ask_screen, question_screen, questions_screen
from meeting.steps.questions import AnswerQuestion, AskQuestion, NoQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForm(Form):
    to: str = ""
    text: str = ""
    keep: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm(Form):
    answer: str = ""
    id: str = ticket()
    keep: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassForm(Form):
    step: str = ticket()


@verb("questions.ask_form", form=PassForm)
async def open_form(ask: Ask[PassForm]) -> Reply:
    """Show the form of a question."""
    return Show(view="questions.ask")


@verb("questions.step", form=PassForm)
async def back(ask: Ask[PassForm]) -> Reply:
    """Show one's own part again."""
    return Show(view="chairing.mine")


@verb("questions.ask", form=AskedForm)
async def put(ask: Ask[AskedForm]) -> Reply:
    """Put a question; while somebody has the floor it is kept for the questions."""
    look = await ask.look()
    waits = any(f.live for f in look.meeting.floors.values())
    await ask.do(AskQuestion(to=ask.form.to, text=ask.form.text, keep=bool(ask.form.keep)))
    return Show(view="chairing.mine", done="question_kept" if waits else "question_asked")


@verb("questions.none", form=PassForm)
async def none(ask: Ask[PassForm]) -> Reply:
    """Pass."""
    await ask.do(NoQuestion(step=ask.form.step))
    return Show(view="chairing.mine", done="saved")


@verb("questions.open", form=AnswerForm)
async def open_question(ask: Ask[AnswerForm]) -> Reply:
    """Show one question with the form of its answer."""
    return Show(view="questions.question", args={"id": ask.form.id})


@verb("questions.answer", form=AnswerForm)
async def answer(ask: Ask[AnswerForm]) -> Reply:
    """Answer, or write down the answer that was heard."""
    look = await ask.look()
    question = find(look, ask.form.id)
    own = question is not None and not question_screen(look, question).scribe
    return await _answered(ask, How.TYPED if own else How.HEARD if ask.form.answer else How.SAID_ALOUD)


@verb("questions.aloud", form=AnswerForm)
async def aloud(ask: Ask[AnswerForm]) -> Reply:
    """Note that it was answered aloud; the answer is owed to the minutes."""
    return await _answered(ask, How.SAID_ALOUD)


async def _answered(ask: Ask[AnswerForm], how: How) -> Reply:
    form = ask.form
    await ask.do(AnswerQuestion(id=form.id, text=form.answer, how=how, keep=bool(form.keep)))
    return Show(view="questions.question", args={"id": form.id}, done="answered")


def find(look: Look, question_id: str) -> Question | None:
    """Return the question of this id, if there is one."""
    return next((q for q in look.meeting.questions if q.id == question_id), None)


@view("questions.step")
@content
def draw_step(look: Look) -> Card:
    """Every question with its answer."""
    return questions_card(questions_screen(look, look.procedure.step(look.args["step"])))


@view("questions.ask")
@content
def draw_ask(look: Look) -> Card:
    """The form of a question."""
    return ask_card(ask_screen(look))


@view("questions.question")
@content
def draw_question(look: Look) -> Card:
    """One question before everybody; the form of its answer for whoever may answer."""
    question = find(look, look.args.get("id", ""))
    if question is None:
        return draw("chairing.mine", replace(look, args={}))
    return question_card(question_screen(look, question))
