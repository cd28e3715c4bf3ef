"""Questions: the list, the form to ask, the form to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards import kit
from cards.frame import guidance, guidance_box, head, held_back, move
from cards.guided import guided
from cards.kit import Card, Element
from cards.second_look import kept, warned
from cards.short import short
from cards.spoken import HOW
from meeting.model import How
from meeting.screens.frame import Frame
from meeting.screens.questions import AskScreen, QuestionLine, QuestionScreen, QuestionsScreen

SHORT = 500  # characters of one text in the list
ROOM = 9_000  # characters of all of them


def questions_card(screen: QuestionsScreen) -> Card:
    """Return every question with its answer, and who may answer; the card has no inputs, so it may be redrawn."""
    frame = screen.frame
    body = head(frame)
    if not screen.lines:
        body.append(kit.text("No question has been asked."))
    room = ROOM
    for line in screen.lines:
        body.extend(_line(screen, line, room))
        room -= min(len(line.text) + len(line.answer), 2 * SHORT)
    body.extend(held_back(frame))
    body.append(guidance_box(frame))
    return kit.card(body, *_foot(screen), speak=frame.step_label)


def _line(screen: QuestionsScreen, line: QuestionLine, room: int) -> list[Element]:
    limit = max(0, min(SHORT, room // 2))
    title = kit.rich(
        kit.run(f"{line.number}. {line.asked_by} asks {line.to}: ", bold=True), kit.run(short(line.text, limit))
    )
    if line.open:
        state = kit.text("Not answered yet", colour="warning", size="small")
        if not line.may_answer or screen.frame.closed:
            return [title, state]
        return [title, kit.buttons(kit.button("Answer", "questions.open", {"id": line.id}, free=True))]
    how = f" ({HOW[line.how]})" if line.how is not None and line.how in HOW else ""
    return [
        title,
        kit.rich(kit.run("Answer: ", bold=True), kit.run(short(line.answer, limit)), kit.run(how, subtle=True)),
    ]


def _foot(screen: QuestionsScreen) -> list[Element]:
    frame = screen.frame
    made: list[Element] = []
    if not frame.closed:
        made.append(kit.button("Ask a question", "questions.ask_form", free=True))
    if screen.offered and not frame.closed:
        made.append(kit.button("I have no question", "questions.none", {"step": frame.step}, free=True))
    for step, seat, label in screen.unheard:
        made.append(kit.button(f"Turn: {label}", "turns.begin", {"step": step, "seat": seat}, free=True))
    if screen.may_move:
        made.append(move(frame, screen.next_label))
    made.append(guidance(frame))
    return made


def ask_card(screen: AskScreen) -> Card:
    """Return the form of a question."""
    body = [*head(screen.frame), kit.text("Ask a question", bold=True, size="medium")]
    if screen.waits:
        body.append(kit.text("Somebody has the floor: your question is kept for the questions.", subtle=True))
    for key, code in screen.errors:
        name = "For whom" if key == "to" else "Question"
        body.extend(kit.wrong(name, code))
    body.extend(warned(screen.warnings))
    body.append(kit.choice_input("to", "For whom", screen.addressees, screen.to, required=True, compact=True))
    body.append(kit.text_input("text", "Question", screen.text, required=True))
    made = [kit.button("Ask", "questions.ask", style="positive")]
    made += kept(screen.warnings, "questions.ask")
    made.append(kit.button("Back", "questions.step", free=True))
    return guided(screen.frame, body, *made, speak="Ask a question")


def question_card(screen: QuestionScreen) -> Card:
    """Return one question before everybody; whoever it is for has the form of the answer (LCS-3.5b)."""
    line = screen.line
    body = [*head(screen.frame), kit.text(f"Question {line.number} to {line.to}", bold=True, size="medium")]
    body.append(kit.fact(f"{line.asked_by} asks", line.text))
    if not line.open:
        how = f" ({HOW[line.how]})" if line.how is not None and line.how in HOW else ""
        body.append(kit.fact("Answer", f"{line.answer}{how}"))
        return kit.card(body, speak=f"Question {line.number} is answered")
    if not line.may_answer:
        body.append(kit.text("Not answered yet", colour="warning"))
        return kit.card(body, speak=f"Question {line.number}")
    body.extend(warned(screen.warnings))
    body.extend(kit.wrong("Answer", screen.error))
    body.append(kit.text_input("answer", f"Answer of {line.to}" if screen.scribe else "Your answer", screen.typed))
    args = {"id": line.id}
    made = [kit.button("Record as heard" if screen.scribe else "Answer", "questions.answer", args, style="positive")]
    made += kept(screen.warnings, "questions.answer", args)
    made.append(kit.button("Answered aloud, to write up", "questions.aloud", args))
    return guided(screen.frame, body, *made, speak=f"Question {line.number}")


_FRAME = Frame(
    reference="SM-2026-0042", title="Strategy meeting", step="QUESTIONS", step_label="Questions", number=10, count=14
)
_OPEN = QuestionLine(
    id="q2",
    number="2",
    asked_by="Alex Stone",
    to="School",
    text="Who collects them on Fridays?",
    answer="",
    how=None,
    open=True,
    may_answer=True,
)
_DONE = replace(
    _OPEN,
    id="q1",
    number="1",
    to="GP",
    open=False,
    may_answer=False,
    answer="In March.",
    how=How.HEARD,
    text="When was he last seen?",
)


def _list(*, chairs: bool) -> Card:
    return questions_card(
        QuestionsScreen(
            frame=replace(_FRAME, chairs=chairs, scribe=chairs),
            lines=(_OPEN, _DONE),
            offered=not chairs,
            unheard=(("SHARE", "housing", "Housing"),) if chairs else (),
            may_move=chairs,
            next_label="Chair's summary",
        )
    )


def _ask() -> Card:
    people = (("police", "Police – Alex Stone"), ("gp", "GP – Dr Ash Poole"), ("health", "Health, whoever can answer"))
    errors = (("to", "addressee"),)
    return ask_card(AskScreen(frame=_FRAME, addressees=people, to="", text="When?", errors=errors, waits=True))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "questions: the list, chair": lambda: _list(chairs=True),
    "questions: the list, attendee": lambda: _list(chairs=False),
    "questions: ask": _ask,
    "questions: answer": lambda: question_card(QuestionScreen(frame=_FRAME, line=_OPEN, scribe=False, typed="")),
    "questions: answered": lambda: question_card(QuestionScreen(frame=_FRAME, line=_DONE, scribe=False, typed="")),
}
