"""The lines of a section of the minutes to amend, and what everybody who attended sees of their copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from cards import kit
from cards.frame import head
from cards.kit import Card, Element
from cards.own_page import page_button
from cards.short import share, short
from cards.times import moment
from meeting.screens.frame import Frame
from meeting.screens.minuting import AmendableLine, LinesScreen, OwnMinutes

DELEGATE = "Let them authorise in my place"


def own_card(screen: OwnMinutes) -> Card:
    """Return one's own copy: whether it is there, to read it, to say that it has not come, to ask for a correction."""
    body = [*head(screen.frame), kit.heading("The minutes")]
    made: list[Element] = []
    if screen.authorised is None:
        due = f" They should reach you by {moment(screen.due)}." if screen.due else ""
        body.append(kit.text(f"The chair has not authorised them yet.{due}"))
    elif screen.sent is None:
        body.append(kit.text("They are authorised; your copy has not been sent yet."))
    else:
        body.append(kit.text(f"Your copy is ready, sent {moment(screen.sent)}.", colour="good"))
        made.append(kit.button("Read", "minutes.read_mine", {}, style="positive", free=True))
        made += [page_button("minutes.mine")] if screen.page else []
        made.append(kit.button("Ask for a correction", "minutes.correcting", {}, free=True))
    if screen.stand_in:
        body.append(kit.text(f"{screen.stand_in} chairs in your place, and authorises the minutes only if you say so."))
        made.insert(0, kit.button(DELEGATE, "minutes.delegate", {}, style="positive", free=True))
    if screen.received is not None:
        said = "You said that you have them." if screen.received else "The chair knows that you do not have them."
        body.append(kit.text(said, subtle=True))
    elif screen.sent is not None:
        made.append(kit.button("I have them", "minutes.received", {"yes": "yes"}, free=True))
    made.append(kit.button("I have not received them", "minutes.received", {"yes": "no"}, free=True))
    for asked, answer in screen.corrections[-3:]:
        body.append(kit.box([kit.fact("You asked", short(asked, 600)), kit.fact("Answer", short(answer, 600))]))
    return kit.card(body, *made, speak="The minutes")


def lines_card(screen: LinesScreen) -> Card:
    """Return the lines of a section, each with its way to be amended."""
    body = [*head(screen.frame), kit.text(screen.heading, bold=True, size="medium")]
    part, room = "", share(len(screen.lines))
    for one in screen.lines:
        if one.part != part:
            part = one.part
            body.append(kit.text(part, bold=True))
        words = kit.fact(one.label, short(one.text, room)) if one.label else kit.text(short(one.text, room))
        args = {"section": screen.section, "place": one.place, "start": str(screen.start)}
        body.append(kit.columns([words], [kit.buttons(kit.button("Amend", "minutes.line", args, free=True))]))
    if not screen.lines:
        body.append(kit.text("This section has no line yet."))
    add = kit.button("Add a line", "minutes.line", {"section": screen.section, "place": ""}, free=True)
    made = [add]
    after = screen.start + len(screen.lines)
    if after < screen.count:
        args = {"section": screen.section, "start": str(after)}
        made.insert(0, kit.button("More lines", "minutes.lines", args, style="positive", free=True))
    made.append(kit.button("Another section", "minutes.sections", {}, free=True))
    made.append(kit.button("Back to the minutes", "minutes.panel", {}, free=True))
    return kit.card(body, *made, speak=screen.heading)


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Chair", scribe=True)
_AT = datetime(2026, 12, 29, 10, 0, tzinfo=UTC)

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "minutes.lines": lambda: lines_card(
        LinesScreen(
            frame=_FRAME,
            section="REASON",
            heading="Reasons",
            lines=(AmendableLine(place="x", part="", label="Reasons for the meeting", text="A bruise on the arm."),),
            start=0,
            count=12,
        )
    ),
    "minutes.mine": lambda: own_card(
        OwnMinutes(frame=_FRAME, authorised=_AT, sent=_AT, received=None, due=_AT, page=True)
    ),
    "minutes.mine, somebody took the chair": lambda: own_card(
        OwnMinutes(frame=_FRAME, authorised=None, sent=None, received=None, due=_AT, stand_in="Dara Quinn")
    ),
}
