"""Statements: the words to be read out, "I have heard this", and who has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from cards import kit
from cards.frame import guidance, guidance_box, head, heard, held_back, move
from cards.kit import Card, Element
from cards.record import slot_lines, step_buttons
from cards.short import ROW_BUTTONS
from cards.times import day
from meeting.screens.duty import DutyScreen
from meeting.screens.frame import Frame
from meeting.screens.statement import Hearer, StatementScreen

STATES = {"acknowledged": ("Acknowledged", "good"), "heard": ("Heard aloud", "good"), "not yet": ("Not yet", "warning")}


def duty_card(screen: DutyScreen, due: date | None) -> Card:
    """Return the statement that somebody acknowledges; `due` is the day that it promises the minutes for."""
    frame = screen.frame
    body = [*head(frame), *spoken(screen, due), guidance_box(frame)]
    args = {"step": frame.step}
    made = [kit.button("I have heard this", "statement.acknowledge", args, style="positive")]
    if frame.scribe:
        made += heard(frame, "All heard aloud", "statement.all_heard", args, on=screen.heard_on)
    if screen.may_ask_to_share:
        made.append(_share())
    return kit.card(body, *made, guidance(frame), speak=frame.step_label)


def spoken(screen: DutyScreen | StatementScreen, due: date | None) -> list[Element]:
    """Return the words: each sentence on a line of its own, the lines below, and the date (SAN-3.1, SAN-3.2)."""
    text, lines = screen.text, screen.lines
    made: list[Element] = []
    if screen.purpose:
        made.append(kit.fact("Purpose", "; ".join(screen.purpose)))
    if text:
        made.append(kit.box([kit.text(sentence, size="medium") for sentence in text]))
    if due is not None:
        made.append(kit.text(f"Minutes by {due:%a} {day(due)}", bold=True))
    if text and lines:
        made.append(kit.text("Purpose", bold=True))
    made.extend({**kit.text(f"• {line}"), "spacing": "small"} for line in lines)
    return made


def _share() -> Element:
    return kit.button("Ask permission to share", "chairing.form", {"form": "share"}, free=True)


def statement_card(screen: StatementScreen, due: date | None) -> Card:
    """Return a statement step: who has heard it, for chair and note-taker; its words, for everybody."""
    frame = screen.frame
    body = [*head(frame), *spoken(screen, due)]
    if screen.acknowledged and not frame.scribe:
        body.append(kit.text("You have heard this.", colour="good"))
    body.extend(_hearers(screen))
    if screen.parts is not None:
        body.extend(slot_lines(screen.parts))
    body.extend(held_back(frame))
    body.append(guidance_box(frame))
    if screen.parts is not None:
        return kit.card(body, *_all_heard(screen), *step_buttons(screen.parts), speak=frame.step_label)
    return kit.card(body, *_foot(screen), speak=frame.step_label)


def _hearers(screen: StatementScreen) -> list[Element]:
    if not screen.hearers:
        return []
    frame = screen.frame
    done = sum(h.state != "not yet" for h in screen.hearers)
    made: list[Element] = [kit.fact("Heard by", f"{done} of {len(screen.hearers)}")]
    waiting = [h.person for h in screen.hearers if h.state == "not yet"][:ROW_BUTTONS]
    for one in screen.hearers:
        word, colour = STATES[one.state]
        title = kit.rich(
            kit.run(f"{one.label}: {one.name}" if one.label else one.name),
            kit.run(f"  {word}", colour=colour, size="small"),
        )
        if one.person in waiting and not frame.closed:
            args = {"step": frame.step, "person": one.person}
            made.append(kit.columns([title], [kit.buttons(kit.button("Heard", "statement.heard", args, free=True))]))
        else:
            made.append(title)
    return made


def _all_heard(screen: StatementScreen) -> list[Element]:
    left = any(h.state == "not yet" for h in screen.hearers)
    if not left or screen.frame.closed:
        return []
    args = {"step": screen.frame.step}
    return heard(screen.frame, "All heard aloud", "statement.all_heard", args, on=screen.heard_on)


def _foot(screen: StatementScreen) -> list[Element]:
    frame, made = screen.frame, _all_heard(screen)
    if screen.may_move:
        made.append({**move(frame, screen.next_label), "style": "default" if made else "positive"})
    if screen.may_ask_to_share:
        made.append(_share())
    if screen.recording is not None and not frame.closed:
        title = "Recording is off" if screen.recording else "Recording is on"
        args = {"on": "no" if screen.recording else "yes"}
        made.append(kit.button(title, "statement.recording", args, free=True))
    made.append(guidance(frame))
    return made


_TEXT = (
    "This is a confidential meeting, the contents of which must not be divulged without the permission of the chair.",
    "You will receive minutes of this meeting within 3 working days.",
)
_LINES = (
    "Share relevant and significant information",
    "Decide whether the threshold is met for a single or joint section 47 enquiry, and plan it",
)


def _frame(*, scribe: bool) -> Frame:
    return Frame(
        reference="SM-2026-0042",
        title="Strategy meeting",
        step="OPENING",
        step_label="Confidentiality statement",
        number=1,
        count=14,
        guidance="Read the statement out; everyone acknowledges, aloud or by a press.",
        scribe=scribe,
        chairs=scribe,
        visit=1,
    )


def _duty() -> Card:
    screen = DutyScreen(
        frame=_frame(scribe=False),
        duty="acknowledge",
        text=_TEXT,
        lines=_LINES,
        verbatim=True,
        clock="minutes",
        may_ask_to_share=True,
    )
    return duty_card(screen, date(2026, 12, 30))


def _purpose() -> Card:
    rules = ("This meeting is confidential", "Notes are taken by Noor Iqbal; Teams recording is off")
    purpose = ("Share proportionate and relevant information promptly", "Agree immediate action and next steps")
    return duty_card(DutyScreen(frame=_frame(scribe=False), duty="acknowledge", lines=rules, purpose=purpose), None)


def _step() -> Card:
    states = ("heard", "acknowledged", "not yet", "not yet")
    names = (("Chair", "Morgan Vale"), ("Police", "Alex Stone"), ("Health visitor", "Robin Marsh"), ("GP", "Ash Poole"))
    screen = StatementScreen(
        frame=_frame(scribe=True),
        text=_TEXT,
        lines=_LINES,
        purpose=(),
        clock="minutes",
        hearers=tuple(
            Hearer(person=f"p{i}", name=name, label=label, state=state)
            for i, ((label, name), state) in enumerate(zip(names, states, strict=True))
        ),
        acknowledged=True,
        may_ask_to_share=True,
        may_move=True,
        next_label="Introductions and apologies",
        parts=None,
    )
    return statement_card(screen, date(2026, 12, 30))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "statement: to be heard": _duty,
    "statement: rules, with the purpose of the meeting": _purpose,
    "statement: who has heard it, chair": _step,
}
