"""The head and foot that personal cards share."""

from __future__ import annotations

from collections.abc import Mapping

from cards.kit import Element, box, button, buttons, heading, rich, run, text, text_input, unfold
from cards.sentences import DONE, URGENT, sentence
from cards.short import together
from meeting.procedure import Gate
from meeting.screens.frame import Frame

DEFAULT = "default, not from this procedure"


def head(frame: Frame) -> list[Element]:
    """Return the lines that every personal card begins with."""
    place = f"{frame.reference} · {frame.title}"
    if frame.number:
        place += f" · step {frame.number} of {frame.count}"
    made = [{**rich(run(place, subtle=True, size="small")), "spacing": "none"}]
    if frame.step_label:
        made.append(heading(frame.step_label))
    if frame.from_default:
        made.append(text("Default step, not from this procedure", subtle=True, size="small"))
    if frame.paused:
        made.append(box([text("The meeting is paused.", bold=True)], style="warning"))
    if frame.done:
        made.append(text(DONE.get(frame.done, "Recorded."), bold=True, colour="good"))
    if frame.sentence and frame.sentence not in ("hard", "override", "keep"):
        made.append(box([text(sentence(frame.sentence, frame.details), bold=True)], style="warning"))
    return made


def held_back(frame: Frame, *, typed_reason: str = "") -> list[Element]:
    """Return what stands before the next step, and the way on: mend it, or give a reason where one may pass."""
    if frame.sentence not in ("hard", "override"):
        return []
    hard = frame.sentence == "hard"
    labels = together(o.label for o in frame.obstacles if not hard or o.gate is Gate.HARD)
    quorum = any(o.code.startswith("quorum") or o.code in ("not_invited", "no_view_yet") for o in frame.obstacles)
    lines = [text("Still missing: " + "; ".join(labels[:6]) + ("; …" if len(labels) > 6 else ""), bold=True)]
    if quorum:
        lines.append(text(URGENT))
    if lacks_agency(frame):
        return [box(lines, style="attention"), buttons(*without_quorum())]
    if hard:
        return [box(lines, style="attention")]
    lines.append(text("Complete it, or give a reason, which goes into the minutes.", subtle=True))
    made = [box(lines, style="warning"), text_input("reason", "Reason for going on without", typed_reason, lines=False)]
    visit = {"visit": str(frame.visit)}
    on = [button("Go on with this reason", "chairing.next", visit)]
    if frame.turns_ahead:
        on.append(button(f"Go straight to: {frame.turns_ahead}", "chairing.straight", visit))
    return [*made, *({"type": "ActionSet", "actions": [one]} for one in on)]


def lacks_agency(frame: Frame) -> bool:
    """Tell whether the step is held back because a core agency is missing: the card then offers the ways on."""
    return frame.sentence == "hard" and any(o.code == "quorum" for o in frame.obstacles)


def without_quorum() -> list[Element]:
    """Return the two ways on for a meeting that lacks a core agency (SAN-1.4); the third is to wait."""
    return [
        button("Adjourn", "chairing.form", {"form": "adjourn"}, free=True),
        button("Professionals meeting", "chairing.form", {"form": "convert"}, free=True),
    ]


def move(frame: Frame, next_label: str, *, confirm: bool = False) -> Element:
    """Return the chair's button to the next step; with `confirm` what was prepared here is confirmed by it."""
    args = {"step": frame.step, "visit": str(frame.visit), **({"confirm": frame.step} if confirm else {})}
    title = f"Next: {next_label}" if next_label else "Close the meeting"
    return button(title, "chairing.next", args, style="positive", free=True)


def heard(frame: Frame, title: str, verb: str, args: Mapping[str, str], *, on: bool) -> list[Element]:
    """Return chair's and note-taker's press for what all said aloud; with `on` also one that goes on at once."""
    made = [button(title, verb, args, free=True)]
    if on:
        made.append(button(f"{title}, go on", verb, {**args, "visit": str(frame.visit)}, free=True))
    return made


def guidance(frame: Frame) -> Element:
    """Return the button that shows the step's guidance, without leaving the card."""
    return unfold("Guidance", "guidance")


def guidance_box(frame: Frame) -> Element:
    """Return the step's guidance, hidden until it is asked for."""
    return box([text(frame.guidance or "No guidance for this step.")], id="guidance", hidden=True)
