"""Previews of the cards that a chair sees most: board, panel, a step with its parts, one form, the right meeting."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.chairing import EACH, base_card, board_card, closed_line, kept_card, panel_card, wait_card
from cards.kit import Card
from cards.record import choose_card, part_card, right_meeting_card, step_card
from meeting.model import Status
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.board import AgendaLine, BoardScreen, PanelScreen, QuorumLine
from meeting.screens.duty import DutyScreen, WaitScreen
from meeting.screens.frame import Frame
from meeting.screens.step import PartScreen, SlotLine, StepScreen
from meeting.steps.captions import caption

_FRAME = Frame(
    reference="SM-2026-0042",
    title="Strategy meeting",
    step="CONSENT",
    step_label="Consent",
    number=5,
    count=16,
    guidance="Was consent sought? If not, only two grounds count, with the rationale.",
    role_label="Chair",
    chairs=True,
    scribe=True,
    visit=5,
)
_BOARD = BoardScreen(
    reference="SM-2026-0042",
    title="Strategy meeting",
    status=Status.RUNNING,
    step_label="Consent",
    number=5,
    count=16,
    quorum=QuorumLine(here=2, of=3, missing=("police",), roles=(), from_default=False),
    speaking="",
    order=(),
    waited_for=("Social care: social worker",),
    actions=1,
    due=(),
    resume_at=None,
    at_door=1,
)


def _panel() -> Card:
    lines = (("Introductions and apologies", "done"), ("Consent", "here"), ("Decision", "ahead"))
    return panel_card(
        PanelScreen(
            frame=_FRAME,
            board=_BOARD,
            agenda=tuple(AgendaLine(label=label, state=state) for label, state in lines),
            debts=("Police: information",),
            demanded=("Child seen within 24 hours (Ada Brook)",),
            challenges=(),
            requests=(("p1", "Alex Stone", "the plan, with my manager"),),
            late=("Meeting held: 26 hours after the event",),
            next_label="Children considered",
            may_skip=False,
            may_convert=True,
            may_restore=False,
            may_take_chair=False,
            minutes=False,
        )
    )


def _step() -> Card:
    answered = (("Consent", "sought"), ("From whom", "Mora Brook"))
    lines = (
        SlotLine(part="purpose", subject="a", label="Consent to see the child", state="answered", facts=answered),
        SlotLine(part="purpose", subject="b", label="Consent to contact agencies", state="missing"),
    )
    screen = StepScreen(
        frame=_FRAME, lines=lines, tables=(), may_edit=True, may_move=True, next_label="Children considered"
    )
    return step_card(screen)


def _long() -> StepScreen:
    """Return a plan for four children, with more questions than buttons fit a card."""
    asked = ("Is legal action required?", "Is a child protection medical required?", "Is an interpreter required?")
    children = ("Ada Brook", "Ben Brook", "Cal Brook", "Dot Brook")
    lines = tuple(
        SlotLine(
            part=f"q{n}",
            subject=child,
            label=caption(what, child),
            state="answered" if n < 1 else "missing",
            facts=(("Answer", "no"), ("Reason", "The grandmother's offer keeps them safe for now. " * 4)) * (n < 1),
        )
        for n, what in enumerate((*asked, *asked))
        for child in children
    )
    return StepScreen(frame=_FRAME, lines=lines, tables=(), may_edit=True, may_move=True, next_label="Actions")


def _part() -> Card:
    choices = (("sought", "Sought"), ("not sought", "Not sought"))
    fields = (
        FieldView(id="answers.answer", label="Consent", type=FieldType.CHOICE, required=True, choices=choices),
        FieldView(id="answers.from_whom", label="From whom", type=FieldType.TEXT, required=True, error="required"),
        FieldView(id="answers.at", label="When", type=FieldType.DATETIME, required=True),
    )
    screen = PartScreen(
        frame=_FRAME,
        part="purpose",
        subject="a",
        part_label="Consent to …",
        subject_label="see the child",
        fields=fields,
        page=1,
        pages=1,
        may_say_aloud=True,
        leads_on=True,
    )
    return part_card(screen)


def _right_meeting() -> Card:
    children = (("Ada Brook", (("Date of birth", "2019-03-05"),)),)
    return right_meeting_card(DutyScreen(frame=_FRAME, duty="right_meeting", children=children))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "board": lambda: board_card(_BOARD),
    "panel": _panel,
    "a step with its parts": _step,
    "a step with many parts": lambda: step_card(_long()),
    "a step with many parts: which one": lambda: choose_card(_long()),
    "one form": _part,
    "right meeting": _right_meeting,
    "base card": lambda: base_card("SM-2026-0042", "It is the turn of Police", {}, people=(("29:x", "Alex Stone"),)),
    "base card of a step": lambda: base_card("SM-2026-0042", "Step 4 of 16: Consent", {}, why=EACH),
    "closed line": lambda: closed_line("SM-2026-0042", "Consent: done"),
    "kept text": lambda: kept_card(_FRAME, {"answers.information": "Seen at the address in July."}),
    "waiting at the door": lambda: wait_card(WaitScreen(frame=_FRAME, why="not_admitted")),
}
