"""What is filled in on a card, with what is wrong with an answer above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cards.kit.elements import Element, text
from cards.times import day_first, for_inputs
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.steps.fields import SPOKEN

MAX_TEXT = 4000
ERRORS: Mapping[str, str] = {
    "required": "Please answer this.",
    "too_long": f"At most {MAX_TEXT} characters.",
    "choice": "Choose one of the answers offered.",
    "date": "A date such as 5/3/2019.",
    "datetime": "A date and a time.",
    "name_not_agency": "Name a person, not an agency.",
    "sent_away": "They have no part in this meeting any more. Name somebody else.",
    "contact": "A work e-mail address or a telephone number.",
    "phone": "A telephone number.",
    "mailbox": "One e-mail address, such as name@agency.example.",
    "asked_already": "The invitation went to this address already.",
    "past": "That time has passed. Give one still to come.",
    "future": "That day is still to come.",
    "future_time": "That time is still to come.",
    "skipped": "The clocks go forward that night: this time is left out. Give the hour before or after it.",
    "past_day": "That day has passed. Look at the date.",
    "far_ahead": "That is more than a year ahead. Look at the year.",
    "before_concern": "The meeting cannot begin before the concern was received or anybody acted.",
    "scale": "A whole number on the scale.",
    "addressee": "Name somebody in this meeting.",
    "one_only": "Only one outcome can be chosen.",
    "describe": "Describe each young person who is not identified yet, as: not yet identified, boy of about 14.",
    "many_lines": "At most 60 lines at a time. Keep some, then paste the rest.",
    "shorter": "Please shorten this; the details can be written up later.",
    "vague_due": "Give a date and a time: a vague one cannot be reminded of.",
}
HINTS: Mapping[FieldType, str] = {  # what only some words answer: said before somebody types others
    FieldType.PHONE: "A telephone number",
    FieldType.CONTACT: "A work e-mail address or a telephone number",
}


def text_input(
    id: str, label: str, value: str = "", *, required: bool = False, lines: bool = True, error: str = "", hint: str = ""
) -> Element:
    """Return an input for free text."""
    made: Element = {"type": "Input.Text", "id": id, "label": label, "isMultiline": lines, "maxLength": MAX_TEXT}
    return _finish(made, value, required=required, error=error, hint=hint)


def choice_input(
    id: str,
    label: str,
    choices: Iterable[tuple[str, str]],
    value: str = "",
    *,
    required: bool = False,
    several: bool = False,
    error: str = "",
    compact: bool | None = None,
) -> Element:
    """Return an input that offers choices; few are all shown, many fold up."""
    offered = [{"title": title, "value": key} for key, title in choices]
    made: Element = {"type": "Input.ChoiceSet", "id": id, "label": label, "choices": offered, "wrap": True}
    folded = compact if compact is not None else len(offered) > 6
    made["style"] = "expanded" if not folded or several else "compact"
    if several:
        made["isMultiSelect"] = True
        value = value.replace(", ", ",") if not any("," in one["value"] for one in offered) else value
    return _finish(made, value, required=required, error=error)


def toggle(id: str, label: str, value: str = "", *, title: str = "") -> Element:
    """Return a tick."""
    return {
        "type": "Input.Toggle",
        "id": id,
        "label": label,
        "title": title or "Yes",
        "value": "true" if value == "true" else "false",
        "wrap": True,
    }


def _finish(made: Element, value: str, *, required: bool, error: str, hint: str = "") -> Element:
    if value:
        made["value"] = value
    if hint:
        made["placeholder"] = hint
    if required:
        made["isRequired"] = True
    if required or error:
        made["errorMessage"] = ERRORS["required"]
    return made


def field(view: FieldView, *, people_typed: bool = False, may_wait: bool = False, lines: bool = True) -> list[Element]:
    """Return the input or inputs of one question, with what is wrong with it above.

    With `may_wait` a client holds back no blank that could be spoken: the rules ask for it, unless it was said aloud.
    """
    soft = may_wait and view.type in SPOKEN
    made = _field(replace(view, required=False) if soft else view, people_typed=people_typed)
    if not lines and view.type is FieldType.TEXT:
        made = [{**one, "isMultiline": False} for one in made]
    return with_error(view, made)


def with_error(view: FieldView, made: list[Element]) -> list[Element]:
    """Return the inputs of one question with what is wrong with its answer above them, in words."""
    return [*wrong(view.label, view.error), *made]


def wrong(label: str, error: str) -> list[Element]:
    """Return the line that says what is wrong with an answer, given as "code" or "code:detail"; none for ""."""
    code, _, detail = error.partition(":")
    return [text(f"{label}: {error_text(code, detail)}", colour="attention", bold=True)] if error else []


def error_text(code: str, detail: str = "") -> str:
    """Return the words for what is wrong with one answer."""
    if code == "domain_not_allowed":
        return f"letters for this agency go to these domains only: {detail}"
    if code == "too_late":
        return f"This must be within {detail} of the decision."
    if code == "too_few":
        return f"This takes at least {detail} children; the draft names fewer."
    if code == "excludes":
        first, _, second = detail.partition("|")
        return f"'{first}' and '{second}' cannot both stand for the same child."
    if code == "needs":
        return f"First record: {detail}."
    if code == "no_seat":
        return f"Nobody here is called {detail}. Use the names of agencies or seats."
    return ERRORS.get(code, "This cannot be stored as it is.")


def _field(view: FieldView, *, people_typed: bool) -> list[Element]:
    match view.type:
        case FieldType.CHOICE | FieldType.YES_NO | FieldType.AGENCY:
            return [_chosen(view)]
        case FieldType.CHOICES | FieldType.CHILDREN:
            return [_chosen(view, several=True)]
        case FieldType.PERSON if view.choices and not people_typed and _listed(view):
            return [_chosen(view, compact=True)]
        case FieldType.TICK:
            return [toggle(view.id, view.label, view.value)]
        case FieldType.DATETIME:
            needed = view.required and not view.allow_unknown
            return when_inputs(view.id, view.label, for_inputs(view.value), required=needed)
        case FieldType.DATE:
            hint = "Day/month/year, or: not known" if view.allow_unknown else "Day/month/year"
            return [_typed(view, day_first(view.value), lines=False, hint=hint)]
        case FieldType.TEXT:
            hint = "not known, or none, is an answer" if view.allow_unknown else ""
            return [_typed(view, view.value, lines=view.lines, hint=hint)]
        case _:
            return [_typed(view, view.value, lines=False, hint=HINTS.get(view.type, ""))]


def _chosen(view: FieldView, *, several: bool = False, compact: bool | None = None) -> Element:
    required, error = view.required, view.error
    return choice_input(
        view.id, view.label, view.choices, view.value, required=required, several=several, error=error, compact=compact
    )


def _typed(view: FieldView, value: str, *, lines: bool = True, hint: str = "") -> Element:
    return text_input(view.id, view.label, value, required=view.required, lines=lines, error=view.error, hint=hint)


def _listed(view: FieldView) -> bool:
    return not view.value or any(view.value == key for key, _ in view.choices)


def when_inputs(id: str, label: str, value: str, *, required: bool) -> list[Element]:
    """Return a date and a time; `value` is local time, ISO 8601."""
    day, _, clock = value.partition("T")
    date: Element = {"type": "Input.Date", "id": f"{id}.date", "label": f"{label}: date"}
    time: Element = {"type": "Input.Time", "id": f"{id}.time", "label": f"{label}: time"}
    return [_finish(date, day, required=required, error=""), _finish(time, clock[:5], required=required, error="")]


def time_input(id: str, label: str, value: str, *, required: bool = False) -> Element:
    """Return a time of today; `value` is local, "14:05"."""
    return _finish({"type": "Input.Time", "id": id, "label": label}, value, required=required, error="")
