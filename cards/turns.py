"""The round of turns: the order with what was recorded, and the form of whoever has the floor."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import kit, speaking
from cards.frame import guidance, guidance_box, head, held_back, move
from cards.kit import Card, Element
from cards.spoken import HOW
from meeting.model import How
from meeting.screens.frame import Frame
from meeting.screens.turns import FloorLine, TurnsScreen

MARKS = {"done": "✓", "speaking": "▶", "next": "→", "ahead": "·"}
STATES = {"done": "has spoken", "speaking": "speaking now", "next": "next", "ahead": "to come"}
ROOM = 7_000  # characters of contributions on one card; the rest is read seat by seat
SHORT = 400  # characters of one answer in the round
PAGE = 14_000  # characters of one contribution on a card of its own


def turns_card(screen: TurnsScreen) -> Card:
    """Return the round: who has the floor, who is next, what was recorded; the chair's moves."""
    frame = screen.frame
    body = [*head(frame), *_floor(screen)]
    if screen.order_from_default:
        body.append(kit.text("Order: default, not from this procedure", subtle=True, size="small"))
    room, left_out = ROOM, False
    for line in screen.lines:
        shown, used, cut = _line(line, room)
        body.extend(shown)
        room, left_out = room - used, left_out or cut
    body.extend(held_back(frame))
    if frame.chairs and screen.may_move and not frame.closed:
        body.extend(kit.rows(_moves(screen)))
    body.append(guidance_box(frame))
    if left_out or (screen.may_move and any(line.state == "done" for line in screen.lines)):
        title = "Return a turn" if screen.may_move else "Read in full"
        body.append(kit.buttons(kit.button(title, "turns.choose", {"step": frame.step}, free=True)))
    return kit.card(body, *_foot(screen), speak=frame.step_label)


def _floor(screen: TurnsScreen) -> list[Element]:
    made = []
    if screen.live:
        yours = " (you)" if screen.live.seat == screen.own else ""
        made.append(kit.fact("Speaking now", f"{named(screen.live)}{yours}"))
    if screen.following:
        made.append(kit.fact("Next", named(screen.following)))
    elif not screen.live and screen.lines:
        made.append(kit.text("Everybody has spoken.", bold=True))
    return made


def named(line: FloorLine) -> str:
    """Return "Police – Alex Stone", as turns are announced (LCS-3.1b)."""
    return f"{line.label} – {line.who}" if line.who else line.label


def _line(line: FloorLine, room: int) -> tuple[list[Element], int, bool]:
    """Return one seat's lines, how many characters of its own words they take, and whether some are left out."""
    state = STATES[line.state]
    notes = [HOW.get(line.told, "") if line.told else "", f"recorded by {line.by}" if line.by else ""]
    notes += ["prepared" if line.prepared else "", "absent, sent information" if line.supplied else ""]
    extra = "; ".join(note for note in (state, *notes) if note)
    title = kit.rich(
        kit.run(f"{MARKS[line.state]} {named(line)}", bold=line.state in ("speaking", "done")),
        kit.run(f"  {extra}", subtle=True, size="small"),
    )
    facts, cut = _short(line, room)
    return [title, *kit.facts(facts)], sum(len(text) for _, text in facts), cut


def _short(line: FloorLine, room: int) -> tuple[list[tuple[str, str]], bool]:
    made, cut = [], False
    for label, text in line.facts:
        limit = max(0, min(SHORT, room))
        room -= min(len(text), limit)
        if len(text) > limit:
            text, cut = f"{text[:limit].rstrip()} …", True  # noqa: PLW2901  (the shortened text takes its place)
        made.append((label, text))
    return made, cut


def _moves(screen: TurnsScreen) -> list[Element]:
    args = {"step": screen.frame.step}
    made: list[Element] = []
    if screen.live:
        turn = {**args, "seat": screen.live.seat, "turn": str(screen.turn)}
        made.append(kit.button("End turn (no answer)", "turns.end", turn, free=True))
        if screen.following:
            title = f"{screen.following.label} first"
            made.append(kit.button(title, "turns.begin", {**args, "seat": screen.following.seat}, free=True))
    elif screen.following:
        begun = any(line.state == "done" for line in screen.lines)
        title = f"Next speaker: {screen.following.label}" if begun else f"Begin: {screen.following.label}"
        one = {**args, "seat": screen.following.seat}
        made.append(kit.button(title, "turns.begin", one, style="positive", free=True))
    made.append(kit.button("Order of turns", "chairing.form", {"form": "order"}, free=True))
    return made


def _foot(screen: TurnsScreen) -> list[Element]:
    frame, made = screen.frame, []
    if screen.live and frame.scribe and not frame.closed:
        args = {"step": frame.step, "turn": str(screen.turn)}
        made.append(kit.button(f"Write for {screen.live.label}", "turns.open", args, free=True))
    if screen.may_move:
        done = not screen.live and not screen.following
        made.append({**move(frame, screen.next_label), "style": "positive" if done else "default"})
    if not frame.closed:
        made.append(kit.button("Ask a question", "chairing.form", {"form": "question"}, free=True))
    if screen.relates and not frame.closed:
        made.append(kit.button("My relationship to each child", "roll_call.relating", free=True))
    made.append(guidance(frame))
    return made


def choose_card(screen: TurnsScreen) -> Card:
    """Return the choice of a seat that has spoken: to read all it said, or, for the chair, to give the floor back."""
    done = [(line.seat, named(line)) for line in screen.lines if line.state == "done"]
    body = [*head(screen.frame), kit.choice_input("seat", "Who has spoken", done, required=True, compact=True)]
    args = {"step": screen.frame.step}
    made = [kit.button("Read in full", "turns.read", args, style="positive")]
    if screen.may_move:
        made.append(kit.button("Return turn", "turns.give_back", args))
    return kit.card(body, *made, kit.button("Back to the round", "turns.step", free=True), speak="Who has spoken")


def read_card(frame: Frame, line: FloorLine) -> Card:
    """Return one seat's whole contribution."""
    body = [*head(frame), kit.text(named(line), bold=True, size="medium")]
    if line.told and HOW.get(line.told):
        body.append(kit.text(HOW[line.told], subtle=True))
    room = PAGE
    for label, text in line.facts:
        body.append(kit.fact(label, text if len(text) <= room else f"{text[: max(room, 0)]} … (whole in the minutes)"))
        room -= min(len(text), max(room, 0))
    return kit.card(body, kit.button("Back to the round", "turns.step", free=True), speak=line.label)


def order_card(frame: Frame, step: str, current: str, labels: str) -> Card:
    """Return the form that announces the order of turns."""
    body = [*head(frame), kit.text("Order of turns", bold=True, size="medium")]
    body.append(kit.text(f"Now: {labels}", subtle=True))
    body.append(
        kit.text_input("order", "New order", current, lines=False, required=True, hint="police, health, school …")
    )
    body.append(kit.text("Seats or agencies, in order. Whoever you leave out comes last.", subtle=True, size="small"))
    made = kit.button("Announce this order", "turns.set_order", {"step": step}, style="positive")
    return kit.card(body, made, speak="Order of turns")


_FRAME = Frame(
    reference="SM-2026-0042", title="Strategy meeting", step="SHARE", step_label="Information", number=9, count=14
)
_LINES = (
    FloorLine(
        seat="police",
        label="Police",
        who="Alex Stone",
        state="done",
        told=How.TYPED,
        facts=(("Relevant and significant information", "Two calls to the address since June."),),
    ),
    FloorLine(seat="health", label="Health visitor", who="Robin Marsh", state="speaking"),
    FloorLine(seat="school", label="School", who="Pat Reed", state="next", prepared=True),
    FloorLine(seat="gp", label="GP", who="Dr Ash Poole", state="ahead", supplied=True),
)


def _round(*, chairs: bool) -> TurnsScreen:
    frame = Frame(
        **{name: getattr(_FRAME, name) for name in ("reference", "title", "step", "step_label", "number", "count")},
        chairs=chairs,
        scribe=chairs,
        visit=9,
    )
    return TurnsScreen(
        frame=frame,
        lines=_LINES,
        live=_LINES[1],
        turn=2,
        following=_LINES[2],
        own="chair" if chairs else "school",
        may_move=chairs,
        next_label="Questions",
        order_from_default=True,
        relates=not chairs,
    )


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "turns: the round, chair": lambda: turns_card(_round(chairs=True)),
    "turns: the round, attendee": lambda: turns_card(_round(chairs=False)),
    "turns: who has spoken": lambda: choose_card(_round(chairs=True)),
    **speaking.PREVIEWS,
    "turns: one contribution": lambda: read_card(_FRAME, _LINES[0]),
    "turns: order": lambda: order_card(_FRAME, "SHARE", "police, health", "Police, Health visitor, School"),
}
