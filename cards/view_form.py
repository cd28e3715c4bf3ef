"""The form of one's view: option, scale and reason for each child, or once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import kit, scale
from cards.frame import head
from cards.guided import guided
from cards.kit import Card, Element
from cards.second_look import kept, warned
from meeting.procedure import Anchor, Scale
from meeting.screens.frame import Frame
from meeting.screens.views import ALL, ViewFormScreen, ViewQuestion

BOTH = 2  # children


def view_card(screen: ViewFormScreen) -> Card:
    """Return the form; nobody else sees the answers until the views are shown."""
    frame = screen.frame
    body = head(frame)
    title = f"View of {screen.name}, said aloud" if screen.person else "Your view: private until the views are shown"
    body.append(kit.text(title, bold=True))
    body.extend(kit.page_of(screen.page, screen.pages))
    if screen.options_from_default:
        body.append(kit.text("The answers offered: default, not from this procedure", subtle=True, size="small"))
    if screen.scale is not None:
        body.extend(scale.anchors(screen.scale))
    body.extend(warned(screen.warnings))
    for question in screen.questions:
        body.extend(_question(screen, question))
    return guided(frame, body, *_buttons(screen), speak="Your view")


def _question(screen: ViewFormScreen, question: ViewQuestion) -> list[Element]:
    subject, errors = question.subject, dict(question.errors)
    every = "Both children" if screen.count == BOTH else f"All {screen.count} children"
    about = "" if screen.count == 1 else f"{every}: " if subject == ALL else f"{question.child}: "
    made: list[Element] = []
    if question.child and screen.count == 1:
        made.append(kit.text(question.child, bold=True, size="medium"))
    for kind, code in errors.items():
        made.extend(kit.wrong(f"{about}{kind}", code))
    if screen.options:
        offered = [(o, o[:1].upper() + o[1:]) for o in screen.options]
        label = f"{about}my view" if not screen.person else f"{about}view"
        made.append(kit.choice_input(f"option.{subject}", _sentence(label), offered, question.option, required=True))
    if screen.scale is not None:
        span = f"{screen.scale.minimum} to {screen.scale.maximum}"
        made.append(
            kit.choice_input(
                f"scale.{subject}",
                _sentence(f"{about}on the scale {span}"),
                scale.choices(screen.scale),
                question.scale,
                required=True,
                compact=True,
            )
        )
    made.append(kit.text_input(f"reason.{subject}", _sentence(f"{about}reason"), question.reason))
    return made


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _buttons(screen: ViewFormScreen) -> list[Element]:
    args = {
        "step": screen.step,
        "person": screen.person,
        "page": str(screen.page),
        "each": "" if screen.same else "yes",
    }
    last = screen.page == screen.pages
    title = "Record as heard" if screen.person else "Give my view"
    made = [kit.button(title if last else "Save and go on", "views.give", args, style="positive")]
    made += kept(screen.warnings, "views.give", args)
    if screen.person and screen.state == "not invited":
        made.append(kit.button("Asked aloud", "views.asked", args, free=True))
    if screen.person and screen.state == "invited":
        made.append(kit.button("Gave no view", "views.silent", args, free=True))
    if not screen.person:
        made.append(kit.button("Reason said aloud, to write up", "views.give", {**args, "aloud": "yes"}))
    if screen.count > 1:
        other = {**args, "page": "1", "each": "yes" if screen.same else ""}
        made.append(
            kit.button("Each child separately" if screen.same else "Same for all", "views.open", other, free=True)
        )
    made.append(kit.button("Back", "views.step", free=True))
    return made


_SCALE = Scale(
    minimum=0,
    maximum=10,
    danger_at_minimum=True,
    anchors=(Anchor(value=0, text="Serious and lasting harm"), Anchor(value=10, text="The child is safe")),
)


def _form(*, same: bool) -> Card:
    one = ViewQuestion(subject=ALL, child="", option="met", scale="3", errors=(("reason", "required"),))
    both = tuple(ViewQuestion(subject=s, child=n) for s, n in (("c1", "Ada Brook"), ("c2", "Ben Brook")))
    screen = ViewFormScreen(
        frame=Frame(reference="SM-2026-0042", title="Strategy meeting", step_label="Views", number=11, count=14),
        step="VIEWS",
        person="",
        name="",
        options=("met", "not met", "cannot say yet"),
        options_from_default=True,
        scale=_SCALE,
        questions=(one,) if same else both,
        count=3,
        same=same,
        page=1,
        pages=1 if same else 2,
    )
    return view_card(screen)


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "views: my view, the same for all": lambda: _form(same=True),
    "views: my view, each child": lambda: _form(same=False),
}
