"""What a client sends for the inputs of a card, and what it refuses to send."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from rehearsal.teams.model import Copy, Json
from rehearsal.teams.view import Button, Field, all_fields


@dataclass(frozen=True, slots=True)
class Complaint:
    """The message that a client shows under an input that it will not send."""

    label: str
    message: str


def gathered(copy: Copy, button: Button) -> list[Field]:
    """The inputs that this button sends: those of its own card and of the cards around it, visible or not."""
    if str(button.element.get("associatedInputs", "auto")).lower() == "none":
        return []
    if button.element.get("type") not in ("Action.Execute", "Action.Submit"):
        return []
    return [each for each in all_fields(copy) if button.card.startswith(each.card)]


def held(copy: Copy, field: Field) -> str | None:
    """What this input holds now; None where a client would leave it out (nothing chosen, no number)."""
    value = copy.typed.get(field.id)
    if value is None:
        value = _initial(field.element)
    if value == "" and field.element["type"] in ("Input.ChoiceSet", "Input.Number"):
        return None
    return value


def _initial(element: Json) -> str:
    if element["type"] == "Input.Toggle":
        return str(element.get("value", element.get("valueOff", "false")))
    value = element.get("value", "")
    return f"{value:g}" if isinstance(value, float) else str(value)


def merged(copy: Copy, button: Button) -> object:
    """The action's data with the inputs laid over it, every input a string; string data stays alone."""
    data = button.element.get("data")
    if isinstance(data, str):
        return data
    values = {each.id: held(copy, each) for each in gathered(copy, button)}
    return {**(data or {}), **{name: value for name, value in values.items() if value is not None}}


def read(copy: Copy, field: Field) -> str:
    """What somebody reads in an input: the titles of what is chosen, a tick's words, else what is typed."""
    value = held(copy, field) or ""
    if field.element["type"] == "Input.Toggle":
        return str(field.element.get("title") or field.text) if value == field.element.get("valueOn", "true") else ""
    titles = {str(each["value"]): str(each["title"]) for each in field.element.get("choices") or []}
    return ", ".join(titles.get(each, each) for each in value.split(",")) if titles else value


def complaints(copy: Copy, button: Button) -> list[Complaint]:
    """Why a client would not send this press; empty where it would."""
    found = [(each, _complaint(each.element, held(copy, each) or "")) for each in gathered(copy, button)]
    return [Complaint(each.text, message) for each, message in found if message]


def _complaint(element: Json, value: str) -> str:
    refused = str(element.get("errorMessage") or "this input is not valid")
    if element.get("isRequired") and not _filled(element, value):
        return refused
    if not value:
        return ""
    match element["type"]:
        case "Input.Text":
            fits = len(value) <= element.get("maxLength", len(value)) and _matches(value, element)
        case "Input.Number":
            fits = _within(float(value), element)
        case "Input.Date" | "Input.Time":
            fits = _between(value, element)
        case _:
            fits = True
    return "" if fits else refused


def _matches(value: str, element: Json) -> bool:
    return re.search(str(element.get("regex", "")), value) is not None


def _filled(element: Json, value: str) -> bool:
    if element["type"] == "Input.Toggle":
        return bool(value == element.get("valueOn", "true"))
    return value != ""


def _within(number: float, element: Json) -> bool:
    return bool(element.get("min", number) <= number <= element.get("max", number))


def _between(value: str, element: Json) -> bool:
    return bool(element.get("min", value) <= value <= element.get("max", value))


def typable(element: Json, text: str) -> bool:
    """Whether a client's control for this input takes these characters at all."""
    kinds: dict[str, Callable[[str], object]] = {
        "Input.Number": float,
        "Input.Date": date.fromisoformat,
        "Input.Time": time.fromisoformat,
    }
    parse = kinds.get(element["type"])
    if parse is None or not text:
        return True
    try:
        parse(text)
    except ValueError:
        return False
    return True
