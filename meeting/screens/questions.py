"""Questions as one person sees them: asked and answered before everybody, one form to ask, one to answer."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.model import How, Meeting, Question
from meeting.procedure import Kind, QuestionsData, Step
from meeting.running import agenda
from meeting.screens.frame import Frame, Look, agency_choices, frame_for, guided_frame
from meeting.screens.hiding import masked
from meeting.steps.questions import has_had_it, offered_to

Warnings = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question with its answer; both are everybody's to see."""

    id: str
    number: str
    asked_by: str
    to: str
    text: str
    answer: str
    how: How | None
    open: bool
    may_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsScreen:
    frame: Frame
    lines: tuple[QuestionLine, ...]
    offered: bool  # this person must be offered a question, and has not asked or passed
    unheard: tuple[tuple[str, str, str], ...]  # (turns step, seat, label) of turns put off to here
    may_move: bool
    next_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskScreen:
    frame: Frame
    addressees: tuple[tuple[str, str], ...]
    to: str
    text: str
    errors: tuple[tuple[str, str], ...]
    waits: bool  # somebody speaks: it is kept for the questions
    warnings: Warnings = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScreen:
    frame: Frame
    line: QuestionLine
    scribe: bool  # answers for somebody whom they heard
    typed: str
    error: str = ""
    warnings: Warnings = ()


def questions_screen(look: Look, step: Step) -> QuestionsScreen:
    """Return the questions, open ones first."""
    meeting = look.meeting
    here = meeting.step == step.id
    following = agenda.following(meeting, look.procedure) if here else None
    data = step.data if isinstance(step.data, QuestionsData) else QuestionsData()
    person = meeting.people.get(look.person)
    offered = offered_to(meeting, look.procedure, data)
    owed = person is not None and person in offered and not has_had_it(meeting, step.id, person)
    turns = next((s for s in meeting.floors), "")
    lines = tuple(line_of(look, q) for q in meeting.questions)
    return QuestionsScreen(
        frame=frame_for(look, step),
        lines=tuple(sorted(lines, key=lambda line: not line.open)),
        offered=owed,
        unheard=tuple((turns, s.id, s.label) for s in agenda.unheard_at_questions(meeting)) if look.chairs else (),
        may_move=here and look.chairs,
        next_label=following.label if following else "",
    )


def line_of(look: Look, question: Question) -> QuestionLine:
    """Return one question as this person sees it."""
    seat = look.meeting.seat_of(look.person)
    addressed = seat is not None and question.to in (seat.id, seat.agency)
    asker = look.meeting.people.get(question.asked_by)
    return QuestionLine(
        id=question.id,
        number=question.id[1:],
        asked_by=asker.name if asker else question.before and f"Meeting {question.before}",
        to=question.to_label,
        text=masked(look, question.text),
        answer=masked(look, question.answer),
        how=question.answered_how,
        open=question.open,
        may_answer=question.open and (addressed or look.scribe),
    )


def ask_screen(look: Look) -> AskScreen:
    """Return the form of a question; it names the person or agency that it is for (LCS-3.5b)."""
    return AskScreen(
        frame=guided_frame(look, agenda.first_of(look.procedure, Kind.QUESTIONS)),
        addressees=addressees(look.meeting, look),
        to=look.typed.get("to", look.args.get("to", "")),
        text=look.typed.get("text", ""),
        errors=tuple(look.errors.items()),
        waits=any(f.live for f in look.meeting.floors.values()),
        warnings=look.warnings,
    )


def addressees(meeting: Meeting, look: Look) -> tuple[tuple[str, str], ...]:
    """Return (seat or agency, what the list shows): each seat but one's own, and agencies with several seats."""
    own = meeting.seat_of(look.person)
    made = []
    for seat in meeting.seats.values():
        if own is None or seat.id != own.id:
            names = ", ".join(meeting.names_on(seat.id)) or seat.name
            made.append((str(seat.id), f"{seat.label} – {names}" if names else seat.label))
    ids = {key for key, _ in made}
    several = [a for a in agency_choices(meeting) if sum(s.agency == a[0] for s in meeting.seats.values()) > 1]
    return (*made, *((a, f"{label}, whoever can answer") for a, label in several if a not in ids))


def question_screen(look: Look, question: Question) -> QuestionScreen:
    """Return one question, with the answer's form for whoever may answer."""
    seat = look.meeting.seat_of(look.person)
    return QuestionScreen(
        frame=guided_frame(look, agenda.first_of(look.procedure, Kind.QUESTIONS)),
        line=line_of(look, question),
        scribe=seat is None or question.to not in (seat.id, seat.agency),
        typed=look.typed.get("answer", ""),
        error=look.errors.get("answer", ""),
        warnings=look.warnings,
    )
