"""Small forms: a few questions, one press. What each asks stands here; how it looks, in its kind's cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.frame import Choice, Frame, Look, frame_for


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallForm:
    """A titled form with one press; `times` are choices that need no typing, `facts` what it is about."""

    frame: Frame
    title: str
    press: str
    verb: str
    fields: tuple[FieldView, ...]
    args: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    times: tuple[Choice, ...] = ()
    urgent: bool = False
    nothing: str = ""  # why there is nothing to fill in


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody's request to share what was said."""

    id: str
    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsScreen:
    """The requests to share that wait for the chair."""

    frame: Frame
    requests: tuple[Request, ...]


def small(look: Look, title: str, press: str, verb: str, *fields: FieldView) -> SmallForm:
    """Return a small form that stands outside the steps."""
    return SmallForm(frame=replace(frame_for(look), step_label=""), title=title, press=press, verb=verb, fields=fields)


def asks(
    look: Look, id: str, label: str, type: FieldType = FieldType.TEXT, *, required: bool = True, lines: bool = True
) -> FieldView:
    """Return one question, with what was typed and what is wrong with it."""
    value, error = look.typed.get(id, ""), look.errors.get(id, "")
    return FieldView(id=id, label=label, type=type, required=required, value=value, error=error, lines=lines)


def offers(look: Look, id: str, label: str, choices: tuple[Choice, ...], *, required: bool = True) -> FieldView:
    """Return one question with its choices."""
    return replace(asks(look, id, label, FieldType.CHOICE, required=required), choices=choices)
