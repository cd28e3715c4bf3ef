"""Calling a meeting at once, and preparing for one that is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from cards import kit
from cards.frame import head
from cards.kit import Card, Element
from cards.times import day
from meeting.model import Slot
from meeting.screens.convening import PrepareLine, PrepareScreen
from meeting.screens.frame import Frame

MAX_LINES = 25


def start_now(chat: str, name: str, procedures: Sequence[tuple[str, str]]) -> Element:
    """Return the form that calls a meeting here and now; with one procedure there is nothing to choose."""
    fields: list[Element] = [kit.text("Start a meeting here now", bold=True, size="medium")]
    if len(procedures) > 1:
        fields.append(kit.choice_input("procedure", "Procedure", procedures, required=True, compact=False))
    fields += [
        kit.text_input("children", "Children, one name a line", required=True, hint="or: unborn baby of …"),
        kit.text_input("cause", "Reasonable cause, in a sentence"),
        kit.text_input("referrer", "Referrer", lines=False),
    ]
    if len(procedures) == 1:  # four questions and no more: else a note-taker is named once people are here
        fields.append(kit.text_input("note_taker", "Note-taker (empty: you)", lines=False))
    only = procedures[0][0] if len(procedures) == 1 else ""
    args = {"chat": chat, "name": name, "only": only}
    return kit.box([*fields, kit.buttons(kit.button("Start now", "convening.start_now", args, style="positive"))])


def start_now_card(chat: str, name: str, procedures: Sequence[tuple[str, str]]) -> Card:
    """Return the form as a card of its own."""
    return kit.card([start_now(chat, name, procedures)], speak="Start a meeting here now")


def convene_card(
    name: str, email: str, procedures: Sequence[tuple[str, str]], areas: Sequence[tuple[str, str]]
) -> Card:
    """Return the form that calls a meeting to come: a draft, of which nothing is sent."""
    body: list[Element] = [kit.heading("Convene a meeting")]
    body.append(kit.text("Nothing is sent before you have seen who would get what.", subtle=True))
    if len(procedures) > 1:
        body.append(kit.choice_input("procedure", "Procedure", procedures, required=True, compact=True))
    else:
        body.extend(kit.facts([("Procedure", title) for _, title in procedures]))
    body.append(kit.text_input("children", "Children, one name a line", required=True, hint="or: unborn baby of …"))
    if areas:
        body.append(kit.choice_input("area", "Area", areas, compact=True))
    body += kit.when_inputs("starts", "Begins", "", required=False)
    body.append(kit.text_input("join_link", "Link to join by", lines=False))
    args = {"name": name, "email": email, "only": procedures[0][0] if len(procedures) == 1 else ""}
    return kit.card(body, kit.button("Keep the draft", "drafting.begin", args, style="positive"), speak="Convene")


def review_box(why: Sequence[str], back: str) -> list[Element]:
    """Return why a procedure wants a review, with the press that says it was done; nothing is held up by it."""
    if not why:
        return []
    lines = [
        *(kit.text(line) for line in why),
        kit.text("If it was reviewed here, say so: you are asked once, for all meetings.", subtle=True),
    ]
    press = kit.button("It was reviewed", "convening.reviewed", {"back": back}, free=True)
    return [kit.box([*lines, kit.buttons(press)], style="warning")]


def prepare_card(screen: PrepareScreen) -> Card:
    """Return what somebody may prepare."""
    body = [*head(screen.frame), kit.text("Prepare", bold=True, size="medium")]
    body.extend(kit.facts([("About", f"{name}, born {day(on)}" if on else name) for name, on in screen.about]))
    body.append(kit.text("Nobody sees what you prepare for your turn before you give it.", subtle=True))
    if not screen.lines:
        body.append(kit.text("Nothing is asked of you before the meeting."))
    for line in screen.lines[:MAX_LINES]:
        body.append(_line(line))  # noqa: PERF401  (the body is a list of other elements too)
    if len(screen.lines) > MAX_LINES:
        body.append(kit.text(f"and {len(screen.lines) - MAX_LINES} more, at the meeting", subtle=True))
    body.append(kit.buttons(kit.button("My invitation", "invitations.open", {"form": "mine"}, free=True)))
    return kit.card(body, speak="Prepare")


def _line(line: PrepareLine) -> Element:
    done = kit.run("  Prepared" if line.done else "", colour="good", size="small")
    title = "Add a line" if line.more else "Change" if line.done else "Fill in"
    slot = line.slot
    args = {"step": slot.step, "part": slot.part, "subject": slot.subject}
    opener = [kit.button(title, "convening.open", args, free=True)]
    if line.more:
        opener.append(kit.button("Paste lines", "pasting.open", {"step": slot.step, "part": slot.part}, free=True))
    none = [kit.button("None", "convening.none", args, free=True)] if line.none else []
    return kit.columns([kit.rich(kit.run(line.label), done)], [kit.buttons(*opener, *none)])


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Social worker")
_LINES = (
    PrepareLine(slot=Slot(step="SHARE", part="contribution", subject="s"), label="Information: your turn", done=True),
    PrepareLine(slot=Slot(step="FAMILY", part="member", subject="row:new"), label="Family", done=False, more=True),
)
_ABOUT = (("Ada Brook", date(2019, 3, 5)), ("Unborn baby of Mia Brook", None))
_TWO = (("one", "Strategy meeting practice guidance"), ("other", "Strategy meeting agenda"))

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "convening.start_now": lambda: start_now_card("chat", "Morgan Vale", _TWO),
    "convening.convene": lambda: convene_card("Morgan Vale", "", _TWO, (("north", "North"), ("south", "South"))),
    "convening.prepare": lambda: prepare_card(PrepareScreen(frame=_FRAME, lines=_LINES, about=_ABOUT)),
}
