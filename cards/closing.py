"""The end of the meeting: what is still open, what is announced, and what everybody finds afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from cards import kit
from cards.actions import standing
from cards.frame import DEFAULT, guidance, guidance_box, head, move
from cards.kit import Card, Element
from cards.record import agreements, slot_lines
from cards.short import share, short
from meeting.screens.actions import ActionLine
from meeting.screens.closing import ClosingScreen, OpenLine
from meeting.screens.frame import Frame
from meeting.screens.step import SlotLine, StepScreen

MAX_OPEN = 12
MAX_OWN = 20


def closing_card(screen: ClosingScreen) -> Card:
    """Return the step of closing, or, once the meeting is over, what is left to know."""
    frame = screen.frame
    if frame.closed:
        return _closed(screen)
    lines = screen.parts.lines  # what is missing stands among what is open
    told = replace(screen.parts, lines=tuple(x for x in lines if x.state != "missing" or not screen.open))
    waiting = () if screen.may_close else agreements(screen.parts)
    body = [*head(frame), *slot_lines(told), *waiting, *_open(screen), *_announced(screen), guidance_box(frame)]
    made = [*_close(screen), guidance(frame)]
    return kit.card(body, *made, speak=frame.step_label)


def _open(screen: ClosingScreen) -> list[Element]:
    """Return what is still open, with the way to mend it; a reason passes what is not firm."""
    if not screen.open:
        return [kit.text("Nothing is open.", colour="good", bold=True)] if screen.may_close else []
    items: list[Element] = [kit.text("Still open", bold=True)]
    items.extend(_open_line(line) for line in screen.open[:MAX_OPEN])
    items.extend(kit.left_out(len(screen.open) - MAX_OPEN))
    items.append(kit.buttons(kit.button("Look again", "chairing.open", free=True)))  # others mend it meanwhile
    made: list[Element] = [kit.box(items, style="attention" if screen.hard else "warning")]
    if not screen.hard:
        made.append(kit.text_input("reason", "Reason for closing without, for the minutes", screen.reason, lines=False))
    return made


def _open_line(line: OpenLine) -> Element:
    firm = kit.run("  needed before closing" if line.hard else "", colour="attention", size="small")
    words = kit.rich(kit.run(line.label), firm)
    way = _way(line)
    return kit.columns([words], [kit.buttons(way)]) if way else words


def _way(line: OpenLine) -> Element | None:
    """Return the button that leads to where something is mended."""
    match line.code:
        case "unmet":
            args = {"origin": line.part, "subjects": line.subject}
            return kit.button("Fill in", "actions.open", args, free=True)
        case "no_actions":
            return kit.button("Add an action", "actions.open", {}, free=True)
        case "read_back":
            return kit.button("Read back now", "actions.read_back", {}, free=True)
        case "blank" if line.part:
            args = {"step": line.step, "part": line.part, "subject": line.subject}
            return kit.button("Fill in", "record.open", args, free=True)
        case "allow":
            args = {"step": line.step, "part": line.part, "subject": line.subject}
            return kit.button("Heard: they agree", "record.allow", args, free=True)
        case "undecided" | "agreement":
            return kit.button("Decide", "decision.open", {"step": line.step, "subject": line.subject}, free=True)
        case "convening":
            return kit.button("Fill in", "drafting.open", {}, free=True)
        case "challenge":
            return kit.button("Answer", "chairing.form", {"form": "answer_challenge"}, free=True)
        case _:
            return None


def _close(screen: ClosingScreen) -> list[Element]:
    if not screen.may_close:
        return []
    if not screen.open:
        return [move(screen.frame, "")]
    if screen.hard:
        return []
    args = {"step": screen.frame.step, "visit": str(screen.frame.visit)}
    return [kit.button("Close the meeting with this reason", "chairing.next", args, style="positive")]


def _announced(screen: ClosingScreen) -> list[Element]:
    made = []
    if screen.announces_minutes and screen.minutes_by:
        made.append(kit.fact("Minutes", f"to you by {_by(screen)}"))
    if screen.announces_actions:
        made.append(
            kit.fact("Actions", "each of you sees your own here at closing; the chat shows only numbers and times")
        )
    if screen.sent_to:
        made.append(kit.fact("Sent to", ", ".join(screen.sent_to)))
    if screen.owed:
        made.append(kit.fact("To write up before the minutes are authorised", str(screen.owed)))
    return [kit.box([kit.text("Say aloud", bold=True), *made])] if made else []


def _by(screen: ClosingScreen) -> str:
    return f"{screen.minutes_by}{f' ({DEFAULT})' if screen.minutes_default else ''}"


def _closed(screen: ClosingScreen) -> Card:
    body = head(replace(screen.frame, step_label="Closed", number=0))
    if screen.minutes_by:
        body.append(kit.fact("Minutes by", _by(screen)))
    body.append(kit.text("Your actions" if screen.actions else "You have no actions from this meeting.", bold=True))
    room = share(len(screen.actions))
    body.extend(
        kit.fact(f"{one.number}", f"{short(one.what, room)}, {standing(one.state, one.due, late=one.late)}")
        for one in screen.actions[:MAX_OWN]
    )
    body.extend(kit.left_out(len(screen.actions) - MAX_OWN))
    body.extend(slot_lines(replace(screen.parts, may_edit=False)))
    if screen.owed:
        body.append(kit.fact("To write up before the minutes are authorised", str(screen.owed)))
    made = [kit.button("All actions", "actions.read", {}, free=True)]
    if screen.frame.scribe:
        made.append(kit.button("Write up", "minutes.open", {}, free=True))
        made.append(kit.button("Minutes", "minutes.panel", {}, free=True))
    else:
        made.append(kit.button("Minutes", "minutes.mine", {}, free=True))
    return kit.card(body, *made, speak="The meeting is closed")


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", step="CLOSING", step_label="Close", scribe=True)
_FRAME = replace(_FRAME, number=17, count=17, chairs=True, visit=17)
_LINE = SlotLine(part="fields", subject="", label="Close meeting", state="missing")
_PARTS = StepScreen(frame=_FRAME, lines=(_LINE,), tables=(), may_edit=True, may_move=True)
_SCREEN = ClosingScreen(
    frame=_FRAME,
    parts=_PARTS,
    open=(
        OpenLine(label="Child seen within 24 hours (Ada Brook)", hard=True, code="unmet", part="see_child"),
        OpenLine(label="Why the meeting was held late", hard=False, code="blank", step="CLOSING", part="fields"),
    ),
    may_close=True,
    hard=True,
    minutes_by="Tue 29 Dec 2026",
    announces_minutes=True,
    announces_actions=True,
    owed=3,
)


def _preview_closed() -> Card:
    own = ActionLine(
        number=1,
        what="See Ada at school and speak to her alone",
        owner="Jo Hale",
        due=datetime(2026, 12, 24, 12, 0, tzinfo=UTC),
        state="open",
        own=True,
    )
    frame = replace(_FRAME, closed=True, chairs=False, scribe=False)
    parts = replace(_PARTS, frame=frame, lines=())
    return closing_card(replace(_SCREEN, frame=frame, parts=parts, actions=(own,), owed=0, minutes_default=True))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "closing.step, something firm is open": lambda: closing_card(_SCREEN),
    "closing.step, a reason will do": lambda: closing_card(replace(_SCREEN, open=_SCREEN.open[1:], hard=False)),
    "closing.step, after closing": _preview_closed,
}
