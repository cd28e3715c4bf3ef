"""The action list: for its owners, for the shared chat without a word of content, and the form of one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from cards import kit
from cards.frame import DEFAULT, guidance, guidance_box, head, held_back, move
from cards.kit import Card, Element
from cards.short import NAME, names, share, short
from cards.times import moment
from meeting.ids import spoken
from meeting.screens.actions import ActionLine, ActionsScreen, AskedLine, ListLine, ListScreen, SuggestedLine
from meeting.screens.frame import Frame
from meeting.steps.captions import caption

MAX_LINES = 10  # actions of one card; the rest stand on the list's next page
MAX_ASKED = 8


def state_words(state: str, since: str = "") -> str:
    """Return how an action stands: "accepted"; once its time has passed, since when: "open, overdue since …"."""
    return f"{state}, overdue since {since}" if since else state


def standing(state: str, due: datetime, *, late: bool, mark: str = "") -> str:
    """Return by when an action is to be done and how it stands; `mark` says where its time comes from."""
    at = f"{moment(due)}{mark}"
    return state_words(state, at) if late else f"by {at}, {state}"


def list_card(screen: ListScreen) -> Card:
    """Return the list that the whole chat sees: numbers, seats, times and states, no word of what is to be done."""
    body: list[Element] = [kit.heading(f"{screen.reference} · Actions")]
    if not screen.lines:
        body.append(kit.text("No actions yet."))
    for line in screen.lines[: 2 * MAX_LINES]:
        urgent = "urgent, " if line.urgent else ""
        stands = standing(line.state, line.due, late=line.late)
        body.append(kit.fact(f"{line.number}. {line.owner}", f"{urgent}{stands}"))
    body.append(kit.text("What is to be done stands on each person's own card.", subtle=True, size="small"))
    return kit.card(body, kit.button("Open my part", "chairing.open"), speak=f"{screen.reference}: actions")


def own_list_card(screen: ActionsScreen) -> Card:
    """Return the list with its words, for one person."""
    body = head(replace(screen.frame, step_label="Actions", number=0))
    following = screen.start + MAX_LINES
    more = len(screen.lines) > following
    made = [kit.button("More actions", "actions.read", {"start": str(following)}, free=True)] if more else []
    return kit.card([*body, *_lines(screen)], *made, speak="Actions")


def actions_card(screen: ActionsScreen) -> Card:
    """Return the actions step: what is still asked for first, then the list."""
    frame = screen.frame
    body = head(frame)
    body.extend(_asked(screen))
    body.extend(_lines(screen))
    body.extend(kit.text(line, subtle=True) for line in screen.minutes_lines)
    body.extend(held_back(frame))
    body.append(guidance_box(frame))
    made: list[Element] = []
    if screen.may_edit:
        made.append(kit.button("Add an action", "actions.open", {}, free=True))
    if screen.to_read_back and screen.lines:
        made.append(kit.button("The actions were read back", "actions.read_back", {}, free=True))
    if len(screen.lines) > MAX_LINES:
        made.append(kit.button("All actions", "actions.read", {}, free=True))
    if screen.may_move:
        made.insert(0, move(frame, screen.next_label))
    made.append(guidance(frame))
    return kit.card([*body, *kit.rows(made), *_suggested(screen)], speak=frame.step_label)


def _asked(screen: ActionsScreen) -> list[Element]:
    if not screen.asked:
        return []
    items: list[Element] = [kit.text("Still asked for", bold=True)]
    items.extend(_asked_line(line, may_edit=screen.may_edit) for line in screen.asked[:MAX_ASKED])
    items.extend(kit.left_out(len(screen.asked) - MAX_ASKED))
    return [kit.box(items)]


def _asked_line(line: AskedLine, *, may_edit: bool) -> Element:
    about = f": {names(line.about)}" if line.about else ""
    needed = kit.run("  needed before closing" if line.hard else "", colour="attention", size="small")
    words = kit.rich(kit.run(f"{line.label}{about}"), needed)
    if not may_edit:
        return words
    args = {"origin": line.key, "subjects": "|".join(line.subjects)}
    return kit.columns([words], [kit.buttons(kit.button("Fill in", "actions.open", args, free=True))])


def _lines(screen: ActionsScreen) -> list[Element]:
    if not screen.lines:
        return [kit.text("No actions yet.")]
    made: list[Element] = []
    shown = screen.lines[screen.start : screen.start + MAX_LINES]
    for line in shown:
        made.extend(_line(line, share(sum(1 + len(x.details) for x in shown))))
    return [*made, *kit.left_out(len(screen.lines) - screen.start - len(shown))]


def _line(line: ActionLine, most: int) -> list[Element]:
    mine = kit.run("Yours  " if line.own else "", colour="accent", bold=True)
    urgent = kit.run("Urgent  " if line.urgent else "", colour="attention", bold=True)
    what = kit.rich(mine, urgent, kit.run(f"{line.number}. {short(line.what, most)}", bold=line.own))
    about = f" · for {names(line.about)}" if line.about else ""
    stands = standing(line.state, line.due, late=line.late, mark=f" ({DEFAULT})" if line.default_due else "")
    when = kit.text(f"{short(line.owner, 2 * NAME)} · {stands}{about}", subtle=True, size="small")
    words: list[Element] = [what, {**when, "spacing": "none"}]
    words.extend(kit.facts((label, short(text, most)) for label, text in line.details))
    number = {"number": str(line.number)}
    if line.may_accept:
        return [kit.columns(words, [kit.buttons(kit.button("Accept", "actions.accept", number, free=True))])]
    if line.may_change:
        change = kit.button("Change", "actions.open", number, free=True)
        if line.may_report:  # two buttons beside the words would leave these no room
            return [
                kit.box([*words, kit.buttons(change, kit.button("Report back", "follow_up.open", number, free=True))])
            ]
        return [kit.columns(words, [kit.buttons(change)])]
    return words


def _suggested(screen: ActionsScreen) -> list[Element]:
    """Return buttons that open the form of a suggested action."""
    made = []
    for line in screen.suggested[:5]:
        agency = f" ({spoken(line.agency)})" if line.agency else ""
        title = caption(line.what, line.about) if line.about else f"{line.what}{agency}"
        args = {"suggested": line.id, **({"subjects": line.subject} if line.subject else {})}
        made.append(kit.button(title, "actions.open", args, free=True))
    return [kit.text("Suggested", subtle=True, size="small"), *kit.rows(made)] if made else []


_AT = datetime(2026, 12, 23, 14, 5, tzinfo=UTC)
_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", step="ACTIONS", step_label="Actions")
_FRAME = replace(_FRAME, number=16, count=17, chairs=True, scribe=True, visit=16, guidance="Who does what by when.")
_ACTION = ActionLine(
    number=1,
    may_change=True,
    what="See Ada and Ben at school and speak to each alone",
    owner="Jo Hale (Social worker)",
    due=_AT,
    state="open",
    about=("Ada Brook", "Ben Brook"),
)


def _preview_step() -> Card:
    lines = (
        replace(_ACTION, own=True, urgent=True),
        replace(_ACTION, number=2, what="Refer to the LADO", owner="Morgan Vale (Chair)", default_due=True, about=()),
    )
    asked = (
        AskedLine(
            key="required:x",
            label="Child seen within 24 hours",
            subjects=("c1",),
            about=("Ada Brook",),
            hard=True,
        ),
        AskedLine(key="outcome:x", label="Obtain legal advice", subjects=("c1",), about=("Ada Brook",), hard=False),
    )
    screen = ActionsScreen(frame=_FRAME, lines=lines, asked=asked, may_edit=True, may_move=True, next_label="Close")
    return actions_card(
        replace(
            screen,
            suggested=(SuggestedLine(id="examination", what="Examination", agency="health"),),
            to_read_back=True,
        )
    )


def _preview_attendee() -> Card:
    frame = replace(_FRAME, chairs=False, scribe=False, role_label="Social worker")
    other = replace(_ACTION, number=2, may_change=False)
    line = replace(other, number=1, own=True, may_accept=True)
    return actions_card(ActionsScreen(frame=frame, lines=(line, other), accepts=True))


def _preview_own() -> Card:
    frame = replace(_FRAME, chairs=False, scribe=False, role_label="Social worker")
    other = replace(_ACTION, number=2, may_change=False)
    line = replace(other, number=1, own=True, state="accepted")
    return own_list_card(ActionsScreen(frame=frame, lines=(line, other)))


def _preview_closed() -> Card:
    frame = replace(_FRAME, closed=True)
    overdue = replace(_ACTION, number=2, state="not done", late=True, may_report=True)
    return own_list_card(ActionsScreen(frame=frame, lines=(_ACTION, overdue)))


def _preview_list() -> Card:
    lines = (
        ListLine(number=1, owner="Social worker", due=_AT, state="open", late=True, urgent=True),
        ListLine(number=2, owner="Health visitor", due=_AT, state="accepted", late=False, urgent=False),
    )
    return list_card(ListScreen(reference="SM-2026-0042", title="Strategy meeting", lines=lines))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "actions.step": _preview_step,
    "actions.step, an owner": _preview_attendee,
    "actions.list, shared": _preview_list,
    "actions.list, one's own first": _preview_own,
    "actions.list, the chair after the close": _preview_closed,
}
