"""The form of one action: what, who, by when, with times and people that need no typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from cards import kit
from cards.frame import DEFAULT, head
from cards.guided import guided
from cards.kit import Card, Element
from cards.second_look import kept, warned
from cards.short import short
from cards.times import for_inputs, moment
from meeting.procedure import FieldType
from meeting.screens.action_form import ActionForm, is_due
from meeting.screens.asked import FieldView
from meeting.screens.frame import Frame


def form_card(screen: ActionForm) -> Card:
    """Return one page of an action's form."""
    body = head(replace(screen.frame, step_label=""))
    body.append(kit.text(short(screen.title, 300), bold=True, size="medium"))
    body.extend(kit.page_of(screen.page, screen.pages))
    body.extend(warned(screen.warnings))
    for one in screen.fields:
        body.extend(_input(screen, one))
    if screen.covers:
        value = ",".join(screen.covered)
        body.append(kit.choice_input("covers", "For", screen.covers, value, several=True))
    if screen.states and screen.page == screen.pages:
        body.append(kit.choice_input("state", "State", screen.states, compact=True))
    return guided(screen.frame, body, *_form_buttons(screen), speak=screen.title)


def _input(screen: ActionForm, view: FieldView) -> list[Element]:
    if view.type is FieldType.DATETIME and is_due(view.id.removeprefix("answers.")):
        return due_inputs(view, screen.quick, from_default=screen.default_due)
    soft = replace(view, required=False) if _unlisted(screen) else view  # so that the name can be asked for first
    return kit.field(soft, people_typed=screen.people_typed)


def _unlisted(screen: ActionForm) -> bool:
    """Tell whether somebody who is not in the list may still be asked for."""
    listed = any(f.type is FieldType.PERSON and f.choices for f in screen.fields)
    return listed and not screen.people_typed


def due_inputs(view: FieldView, quick: tuple[tuple[str, str], ...], *, from_default: bool = False) -> list[Element]:
    """Return a time that one press chooses, or that is given by date and time."""
    made = kit.wrong(view.label, view.error)
    chosen = view.value if view.value in dict(quick) else ""
    label = f"{view.label} ({DEFAULT})" if from_default and chosen else view.label
    made.append(kit.choice_input(f"{view.id}.quick", label, quick, chosen, error=view.error, compact=False))
    typed = "" if chosen else for_inputs(view.value)
    return [*made, *kit.when_inputs(view.id, "Or another time", typed, required=False)]


def _form_buttons(screen: ActionForm) -> list[Element]:
    last = screen.page == screen.pages
    made = [kit.button("Save" if last else "Go on", "actions.save", {}, style="positive")]
    made += kept(screen.warnings, "actions.save")
    made.extend(kit.button(label, "actions.redraw", {"way": way}, free=True) for way, label in screen.ways)
    if _unlisted(screen):
        made.append(kit.button("Somebody not listed", "actions.redraw", {"people": "yes"}))
    made.append(kit.button("Back to the list", "actions.back", {}, free=True))
    return made


def _preview_form() -> Card:
    at = datetime(2026, 12, 23, 14, 5, tzinfo=UTC)
    frame = Frame(reference="SM-2026-0042", title="Strategy meeting", step="ACTIONS", scribe=True, sentence="fields")
    people = (("Jo Hale", "Jo Hale (Social worker)"), ("Alex Stone", "Alex Stone (Police)"))
    who = FieldView(
        id="answers.who", label="By whom", type=FieldType.PERSON, required=True, choices=people, error="required"
    )
    place = FieldView(id="answers.place", label="Where", type=FieldType.TEXT, required=True, value="At school")
    due = FieldView(id="answers.due", label="When", type=FieldType.DATETIME, required=True, value=at.isoformat())
    quick = ((at.isoformat(), f"By {moment(at)}"), ("x", "In 2 hours (16:05)"), ("y", "Tomorrow 12:00 (Thu)"))
    children = (("c1", "Ada Brook"), ("c2", "Ben Brook"))
    form = ActionForm(
        frame=frame,
        title="Child seen within 24 hours: Ada Brook, Ben Brook",
        fields=(who, place, due),
        page=1,
        pages=1,
        quick=quick,
        covers=children,
        covered=("c1", "c2"),
        ways=(("already_seen", "Already seen"), ("cannot_be_seen", "Cannot be seen within 24 hours")),
        warnings=(("what", "vague", "ASAP"),),
    )
    return form_card(form)


PREVIEWS: Mapping[str, Callable[[], Card]] = {"actions.form": _preview_form}
