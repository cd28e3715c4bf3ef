"""Views on the threshold: one's own form, who has answered, and what everybody said; never a count or a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import kit, scale, view_form
from cards.frame import guidance, guidance_box, head, held_back, move
from cards.kit import Card, Element
from cards.short import ROW_BUTTONS, short
from cards.spoken import HOW
from meeting.model import How
from meeting.procedure import Anchor, Scale
from meeting.screens.frame import Frame
from meeting.screens.views import Asked, ChildViews, OneView, ViewsScreen

STATES = {
    "given": ("has answered", "good"),
    "begun": ("has begun", "warning"),
    "invited": ("asked, no answer yet", "warning"),
    "not invited": ("not asked yet", "attention"),
    "silent": ("invited, gave no view", ""),
}
WAITING = ("begun", "invited", "not invited")
ROOM, SHORT = 6_000, 500  # characters of reasons on one card, and of one


def views_card(screen: ViewsScreen) -> Card:
    """Return the round: sealed, with one's own view; shown, with everybody's by seat and name."""
    frame = screen.frame
    body = head(frame)
    if screen.shown:
        body.extend(_shown(screen))
    else:
        body.append(kit.text("Views stay private until everybody has answered or the chair shows them.", subtle=True))
        body.extend(_own(screen))
    body.extend(_asked(screen))
    body.extend(held_back(frame))
    if frame.scribe and not frame.closed and any(a.state in WAITING for a in screen.asked):
        body.extend(kit.rows(_for_all(screen)))
    body.append(guidance_box(frame))
    return kit.card(body, *_foot(screen), speak=frame.step_label)


def _own(screen: ViewsScreen) -> list[Element]:
    made: list[Element] = []
    for child in screen.children:
        for one in child.views:
            title = f"Your view: {child.child}" if child.child else "Your view"
            made.append(kit.fact(title, _said(one)))
            if one.reason:
                made.append(kit.fact("Reason", short(one.reason, SHORT)))
    return made


def _said(one: OneView) -> str:
    return ", ".join(p for p in (one.option, f"{one.scale} on the scale" if one.scale is not None else "") if p)


def _shown(screen: ViewsScreen) -> list[Element]:
    made = [
        kit.text("Views are recorded by name. They are not counted, and no outcome follows from them.", subtle=True)
    ]
    room = ROOM
    for child in screen.children:
        if child.child:
            made.append(kit.text(child.child, bold=True, size="medium"))
        if screen.scale is not None:
            made.extend(scale.spread(screen.scale, child.views))
        for one in child.views:
            reason = one.reason[: max(0, min(SHORT, room))]
            room -= len(reason)
            made.append(_line(one, reason + (" …" if len(reason) < len(one.reason) else "")))
    if screen.pages > 1:
        made.extend(kit.rows(_turning(screen)))
    if screen.silent:
        made.append(kit.fact(screen.silent_words.capitalize(), ", ".join(screen.silent)))
    return made


def _turning(screen: ViewsScreen) -> list[Element]:
    args, here = {"step": screen.frame.step}, screen.page
    made = [kit.button("Child before", "views.page", {**args, "page": str(here - 1)}, free=True)] if here > 1 else []
    if here < screen.pages:
        made.append(
            kit.button(
                f"Next child ({here + 1} of {screen.pages})", "views.page", {**args, "page": str(here + 1)}, free=True
            )
        )
    return made


def _line(one: OneView, reason: str) -> Element:
    who = f"{one.label} – {one.name}" if one.label else one.name
    how = HOW.get(one.how, "")
    runs = [kit.run(f"{who}: ", bold=True), kit.run(f"{_said(one)}. "), kit.run(reason)]
    return {**kit.rich(*runs, *([kit.run(f" ({how})", subtle=True, size="small")] if how else [])), "spacing": "small"}


def _asked(screen: ViewsScreen) -> list[Element]:
    if not screen.asked:
        return []
    done = sum(a.state == "given" for a in screen.asked)
    open_ones = [a.person for a in screen.asked if a.state in (*WAITING, "silent")][:ROW_BUTTONS]
    told = (a for a in screen.asked if not (screen.shown and a.state == "given"))  # whose words stand above already
    rows = (_person(screen, a, button=a.person in open_ones) for a in told)
    return [kit.fact("Answered", f"{done} of {len(screen.asked)}"), *rows]


def _person(screen: ViewsScreen, one: Asked, *, button: bool) -> Element:
    word, colour = STATES[one.state]
    who = f"{one.label} – {one.name}" if one.label else one.name
    title = kit.rich(kit.run(who), kit.run(f"  {word}", colour=colour, size="small"))
    if not button or screen.frame.closed:
        return title
    args = {"step": screen.frame.step, "person": one.person}
    return kit.columns([title], [kit.buttons(kit.button("Write", "views.open", args, free=True))])


def _for_all(screen: ViewsScreen) -> list[Element]:
    """Return what one press does for everybody who remains."""
    args = {"step": screen.frame.step}
    made = []
    waits = any(a.state in WAITING for a in screen.asked)
    if any(a.state == "not invited" for a in screen.asked):
        made.append(kit.button("All asked aloud", "views.asked", args, style="positive", free=True))
    elif not screen.shown:
        made.append(kit.button("Mark: invited, gave no view", "views.silent", args, free=True))
    if screen.frame.chairs and not screen.shown:
        made.append(kit.button("Show the views", "views.reveal", args, style="" if waits else "positive", free=True))
    return made


def _foot(screen: ViewsScreen) -> list[Element]:
    frame, made = screen.frame, []
    if screen.may_give and not frame.closed:
        title = "Change my view" if screen.given else "Give my view"
        made.append(kit.button(title, "views.open", {"step": frame.step}, free=True))
    if screen.may_move:
        made.append({**move(frame, screen.next_label), "style": "positive" if screen.shown else "default"})
    if not frame.closed:
        made.append(kit.button("Ask a question", "chairing.form", {"form": "question"}, free=True))
    made.append(guidance(frame))
    return made


SCALE = Scale(
    minimum=0,
    maximum=10,
    danger_at_minimum=True,
    reason=True,
    anchors=(
        Anchor(value=0, text="There is evidence to suggest that the child is suffering serious and lasting harm"),
        Anchor(value=10, text="While we may have worries, the child is safe"),
    ),
)
_FRAME = Frame(
    reference="SM-2026-0042",
    title="Strategy meeting",
    step="VIEWS",
    step_label="Reasonable cause and scaling",
    number=11,
    count=14,
    guidance="Low is most danger.",
)
_CHAIR = Frame(
    reference="SM-2026-0042", title="Strategy meeting", step="VIEWS", step_label="Views", scribe=True, chairs=True
)
_SAID = (
    ("Police", "Alex Stone", "reasonable cause", 2, "Two calls in June.", How.TYPED),
    ("Health visitor", "Robin Marsh", "reasonable cause", 3, "Missed reviews.", How.TYPED),
    ("School", "Pat Reed", "cannot say yet", 6, "Attendance is good.", How.HEARD),
    ("GP", "Dr Ash Poole", "reasonable cause", 3, "", How.SAID_ALOUD),
)


def _round(*, shown: bool) -> Card:
    views = tuple(OneView(label=a, name=b, option=c, scale=d, reason=e, how=f) for a, b, c, d, e, f in _SAID)
    states = ("given", "invited", "not invited", "silent")
    asked = tuple(
        Asked(person=f"p{i}", label=v.label, name=v.name, state=s)
        for i, (v, s) in enumerate(zip(views, states, strict=True))
    )
    screen = ViewsScreen(
        frame=_FRAME if shown else _CHAIR,
        scale=SCALE,
        shown=shown,
        children=(ChildViews(child="Ada Brook", views=views),) if shown else (),
        asked=() if shown else asked,
        silent=("Housing – Kim Lowe",) if shown else (),
        silent_words="invited, gave no view",
        may_give=not shown,
        given=False,
        may_move=not shown,
        next_label="Decision",
    )
    return views_card(screen)


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "views: who has answered, chair": lambda: _round(shown=False),
    "views: shown, with the scale": lambda: _round(shown=True),
    **view_form.PREVIEWS,
}
