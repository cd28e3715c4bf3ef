"""A convene file's values, read with care: what is wrong is named by its key, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from cards.invitations_words import HELD
from cards.kit import ERRORS
from cards.times import LONDON
from dialogs.moments import written_moment
from meeting.after.case_system import SayCaseStatus
from meeting.before.amending import own_fields
from meeting.model import Child
from meeting.procedure import FieldSpec, FieldType, Gate, Procedure
from meeting.refusals import FieldErrors, HeldBack
from meeting.steps import fields

#: What a file may say of a meeting.
KEYS = frozenset(
    {
        *("procedure", "reference", "starts", "place", "join_link", "start_now"),
        *("area", "circumstances", "children", "subject_type"),
        *("seats", "chair", "note_taker", "deputy", "invitations", *HELD),
        *("answers", "reason", "prepared"),
    }
)
# It names files, letters and calendar entries.
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")


class PlanRefused(ValueError):
    """A convene file cannot be used; the message names the key and the remedy."""


def text(data: Mapping[str, Any], key: str, where: str = "") -> str:
    """Return a value as text, "" where it is missing."""
    value = data.get(key)
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        raise PlanRefused(f"{where}{key}: write one value, not a list or a map")
    return "" if value is None else as_text(value)


def required(data: Mapping[str, Any], key: str, where: str, remedy: str) -> str:
    """Return a value as text; raises PlanRefused where it is missing."""
    value = text(data, key, where).strip()
    if not value:
        raise PlanRefused(f"{where}{key}: missing; {remedy}")
    return value


def reference_of(data: Mapping[str, Any]) -> str:
    """Return what a file calls its meeting, "" where it leaves that out; raises PlanRefused."""
    given = text(data, "reference").strip()
    if given and not _REFERENCE.fullmatch(given):
        raise PlanRefused("reference: at most 40 letters, digits, blanks and . - _, beginning with a letter or digit")
    return given


def rows(data: Mapping[str, Any], key: str, remedy: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (where, entry) of a list of maps; raises PlanRefused."""
    listed = data.get(key)
    if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
        raise PlanRefused(f"{key}: missing or no list; {remedy}")
    for number, entry in enumerate(listed, start=1):
        if not isinstance(entry, Mapping):
            raise PlanRefused(f"{key}[{number}]: {remedy}")
        yield f"{key}[{number}].", entry


def moment_of(data: Mapping[str, Any], key: str, where: str = "") -> datetime | None:
    """Return a time as aware UTC; one without an offset is on the clock of Europe/London. Raises PlanRefused."""
    value = data.get(key)
    if value in (None, ""):
        return None
    try:
        return written_moment(value)
    except ValueError as wrong:
        raise PlanRefused(f"{where}{key}: {wrong}") from None


def as_text(value: object, spec: FieldSpec | None = None) -> str:
    """Return what YAML made of a value as an answer: dates and times in ISO form, yes and no as words."""
    match value:
        case bool():
            tick = spec is not None and spec.type is FieldType.TICK
            return ("true" if value else "") if tick else ("yes" if value else "no")
        case datetime():
            return (value if value.tzinfo else value.replace(tzinfo=LONDON)).astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case list() | tuple():
            return ", ".join(as_text(v) for v in value)
        case None:
            return ""
        case _:
            return str(value).strip()


def answers(data: object, specs: tuple[FieldSpec, ...], where: str) -> dict[str, str]:
    """Return answers to these questions, blanks allowed; raises PlanRefused for an unknown key, a malformed answer."""
    if not isinstance(data, Mapping):
        raise PlanRefused(f"{where}: write a map of {', '.join(f.key for f in specs)}")
    known = {f.key: f for f in specs}
    for key in data:
        if key not in known:
            raise PlanRefused(f"{where}.{key}: not asked there; this procedure asks {', '.join(known)}")
    given = {str(k): as_text(v, known[k]) for k, v in data.items()}
    timed = [f.key for f in specs if f.type is FieldType.DATETIME and _is_time(data.get(f.key))]
    try:
        given |= {key: written_moment(data[key]).isoformat() for key in timed}
    except ValueError as wrong:
        raise PlanRefused(f"{where}: {wrong}") from None
    try:
        fields.check(specs, given, lambda _name, _value: False, only=frozenset())
    except FieldErrors as wrong:
        key, code = next(iter(wrong.errors.items()))
        choices = f" One of: {', '.join(known[key].choices)}." if known[key].choices else ""
        raise PlanRefused(f"{where}.{key}: {ERRORS.get(code, 'cannot be stored.')}{choices}") from None
    return given


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, datetime) or (bool(value) and bool(datetime.fromisoformat(str(value).strip())))
    except ValueError:
        return False


def slug(name: str, taken: Collection[str]) -> str:
    """Return an id for a new seat, made of its name, that no other has."""
    base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "seat"
    made, number = base, 2
    while made in taken:
        made, number = f"{base}_{number}", number + 1
    return made


def held_back(held: HeldBack, procedure: Procedure) -> Iterator[str]:
    """Yield each thing that holds a meeting back, by the key of the file that mends or passes it."""
    asked = {f.label: f.key for f in procedure.convening.part.fields}
    for code, told in HELD.items():
        if labels := [one.label for one in held.obstacles if one.code == code]:
            yield f"{code}: {told}: {'; '.join(labels)}. Say here why, for the minutes, or leave --send out"
    for one in held.obstacles:
        if one.code not in HELD:
            passed = "" if one.gate is Gate.HARD else ", or say under `reason` why it stays blank"
            yield f"answers.{asked[one.label]}: missing ({one.label}); answer it{passed}"


def own_answers(data: Mapping[str, Any], procedure: Procedure, children: tuple[Child, ...]) -> Iterator[SayCaseStatus]:
    """Yield what convening asks of each child and a child's entry answers for itself (WMT-4.4)."""
    specs = own_fields(procedure)
    for child, (where, entry) in zip(children, rows(data, "children", "write a name for each child"), strict=True):
        given = answers({f.key: entry[f.key] for f in specs if f.key in entry}, specs, where.rstrip("."))
        if given:
            yield SayCaseStatus(child=child.id, answers=given)


def subject_type(data: Mapping[str, Any], procedure: Procedure) -> str:
    """Return what a file says that the meeting is about, "" where it leaves that out; raises PlanRefused."""
    named = text(data, "subject_type")
    known = [t.id for t in procedure.convening.subject_types]
    if named and known and named not in known:
        raise PlanRefused(f"subject_type: '{named}' is not known; use one of {', '.join(known)}")
    return named


def circumstances_of(data: Mapping[str, Any], known: Mapping[str, str], where: str = "") -> frozenset[str] | None:
    """Return what is true of the case beside its answers, None where nothing is said; raises PlanRefused."""
    given = data.get("circumstances")
    if given is None:
        return None
    listed = [given] if isinstance(given, str) else list(given)
    unknown = [str(one) for one in listed if one not in known]
    if unknown:
        raise PlanRefused(f"{where}circumstances: '{unknown[0]}' is not known; use {', '.join(known)}")
    return frozenset(str(one) for one in listed)
