"""Questions to a named person or agency, asked and answered before everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from meeting.ids import spoken
from meeting.model import Answer, Debt, How, Meeting, Person, PersonId, Question, SeatId, Slot, StepId
from meeting.procedure import Gate, Kind, Procedure, QuestionsData, Step
from meeting.refusals import FieldErrors, NotAllowed, Obstacle, Refused
from meeting.registry import Case, Events, decides, evolves
from meeting.roles import called
from meeting.running import agenda
from meeting.running.gates import AtStep, stands_at
from meeting.steps.slots import ANSWER
from meeting.steps.wording import check_words
from meeting.values import with_key

PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuestion:
    """Ask a seat or an agency; during somebody's turn it is kept for the questions."""

    to: str
    text: str
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion:
    id: str
    text: str
    how: How = How.TYPED
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoQuestion:
    """Say that one was offered to ask and has no question."""

    step: StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPassed:
    step: StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    id: str
    to: str
    to_label: str
    text: str
    during_turn: bool
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered:
    id: str
    text: str
    how: How
    step: StepId  # where the answer is owed, if it was said aloud


@decides(AskQuestion)
def ask_question(case: Case, command: AskQuestion) -> Events:
    """Put a question to somebody by name."""
    text = command.text.strip()
    if not text:
        raise FieldErrors({"text": "required"})
    label = addressee(case.meeting, command.to)
    if label is None:
        raise FieldErrors({"to": "addressee"})
    check_words(case, {"text": text}, keep=command.keep)
    live = any(f.live for f in case.meeting.floors.values())
    number = len(case.meeting.questions) + 1
    return (QuestionAsked(id=f"q{number}", to=command.to, to_label=label, text=text, during_turn=live),)


def addressee(meeting: Meeting, to: str) -> str | None:
    """Return what the addressee is called, or None where nobody of that name is in the meeting."""
    seat = meeting.seats.get(SeatId(to))
    if seat is not None:
        return seat.label
    return spoken(to) if any(s.agency == to for s in meeting.seats.values()) else None


@decides(AnswerQuestion)
def answer_question(case: Case, command: AnswerQuestion) -> Events:
    """Answer a question that was put to one's seat or agency; chair and note-taker answer for those they heard."""
    question = next((q for q in case.meeting.questions if q.id == command.id), None)
    if question is None or not question.open:
        raise Refused("answered_already")
    if not _may_answer(case.meeting, question, case.by):
        raise NotAllowed("not_addressed")
    text = command.text.strip()
    scribe = case.by in (case.meeting.chair, case.meeting.note_taker)
    if not text and (command.how is How.TYPED or (command.how is not How.SAID_ALOUD and not scribe)):
        raise FieldErrors({"answer": "required"})
    check_words(case, {"answer": text}, keep=command.keep)
    step = agenda.first_of(case.procedure, Kind.QUESTIONS)
    owed_at = step.id if step is not None else case.meeting.step
    return (QuestionAnswered(id=command.id, text=text, how=command.how, step=owed_at),)


def _may_answer(meeting: Meeting, question: Question, by: PersonId) -> bool:
    if by in (meeting.chair, meeting.note_taker):
        return True
    seat = meeting.seat_of(by)
    return seat is not None and question.to in (seat.id, seat.agency)


def waiting_for(meeting: Meeting, person: PersonId) -> tuple[Question, ...]:
    """Return the open questions that this person's seat or agency is asked."""
    seat = meeting.seat_of(person)
    if seat is None:
        return ()
    return tuple(q for q in meeting.questions if q.open and q.to in (seat.id, seat.agency))


@decides(NoQuestion)
def no_question(case: Case, command: NoQuestion) -> Events:
    """Note that somebody passed; a second press changes nothing (LCS-5.4)."""
    agenda.require_reached(case.meeting, case.procedure, command.step)
    return () if case.meeting.answer(command.step, PASSED, case.by) else (QuestionPassed(step=command.step),)


@evolves(QuestionPassed)
def _passed(meeting: Meeting, event: QuestionPassed, by: PersonId, at: datetime) -> Meeting:
    slot = Slot(step=event.step, part=PASSED, subject=by)
    answer = Answer(answers={"question": "none"}, by=by, at=at)
    return replace(meeting, answers=with_key(meeting.answers, slot, answer))


def offered_to(meeting: Meeting, procedure: Procedure, data: QuestionsData) -> tuple[Person, ...]:
    """Return those present who must be offered to ask; one of them is enough (LCS-5.4)."""
    seats = ((p, meeting.seat_of(p.id)) for p in meeting.attendees())
    return tuple(
        p for p, seat in seats if seat is not None and any(called(procedure, r, seat) for r in data.must_be_offered)
    )


def has_had_it(meeting: Meeting, step: StepId, person: Person) -> bool:
    """Tell whether somebody asked a question, or passed."""
    return bool(meeting.answer(step, PASSED, person.id)) or any(q.asked_by == person.id for q in meeting.questions)


@evolves(QuestionAsked)
def _asked(meeting: Meeting, event: QuestionAsked, by: PersonId, at: datetime) -> Meeting:
    question = Question(
        id=event.id,
        asked_by=by,
        to=event.to,
        to_label=event.to_label,
        text=event.text,
        at=at,
        during_turn=event.during_turn,
        before=event.before,
    )
    return replace(meeting, questions=(*meeting.questions, question))


@evolves(QuestionAnswered)
def _answered(meeting: Meeting, event: QuestionAnswered, by: PersonId, at: datetime) -> Meeting:
    questions = tuple(
        replace(q, answer=event.text, answered_by=by, answered_how=event.how) if q.id == event.id else q
        for q in meeting.questions
    )
    changed = replace(meeting, questions=questions)
    if event.how is not How.SAID_ALOUD and (event.text or event.how is not How.HEARD):
        return changed
    slot = Slot(step=event.step, part=ANSWER, subject=event.id)
    debt = Debt(id=f"d{len(meeting.debts) + 1}", slot=slot, what=f"Answer to question {event.id[1:]}", opened=at)
    return replace(changed, debts=with_key(changed.debts, debt.id, debt))


@stands_at(Kind.QUESTIONS)
def standing(case: Case, step: Step) -> Iterator[AtStep]:
    """An open question is named, and a late arrival whose turn was put off to the questions."""
    assert isinstance(step.data, QuestionsData)
    for question in case.meeting.questions:
        if question.open:
            label = f"Question {question.id[1:]} to {question.to_label}"
            gate = Gate.WARN if step.gate is Gate.NONE else step.gate
            yield step.id, Obstacle(code="open_question", gate=gate, label=label, step=step.id)
    offered = offered_to(case.meeting, case.procedure, step.data)
    if offered and not any(has_had_it(case.meeting, step.id, p) for p in offered):
        names = " or ".join(dict.fromkeys(p.name for p in offered))
        label = f"A question, or none, from {names}"
        yield step.id, Obstacle(code="question_not_offered", gate=step.gate, label=label, step=step.id)
    for seat in agenda.unheard_at_questions(case.meeting):
        yield step.id, Obstacle(code="not_heard", gate=Gate.WARN, label=seat.label, step=step.id, subject=seat.id)
