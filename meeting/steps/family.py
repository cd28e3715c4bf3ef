"""Who the family rows describe: adults, parents and carers, children. The words are the procedure's."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date

from meeting.model import Answer, Meeting, Slot
from meeting.procedure import Procedure

_ADULT_YEARS = 18


def members(meeting: Meeting) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield (row id, answers) of every person recorded in a table that asks how they are related."""
    for (step, part), rows in meeting.rows.items():
        for row in rows:
            answer: Answer | None = meeting.answers.get(Slot(step=step, part=part, subject=row))
            if answer is not None and "relation" in answer.answers:
                yield row, answer.answers


def adults(meeting: Meeting, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return (row id, name) of each adult."""
    return tuple((r, a.get("name", "")) for r, a in members(meeting) if not is_child(meeting, procedure, a))


def parents(meeting: Meeting, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return (row id, name) of each adult who is a parent or carer or holds parental responsibility."""
    words = procedure.words.parents
    return tuple(
        (r, a.get("name", ""))
        for r, a in members(meeting)
        if not is_child(meeting, procedure, a)
        and (a.get("parental_responsibility") == "yes" or _mentions(a.get("relation", ""), words))
    )


def other_children(meeting: Meeting, procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return (row id, name) of each child of the family who is no subject of the meeting."""
    subjects = {c.name.strip().lower() for c in meeting.children.values() if not c.id.startswith("row:")}
    return tuple(
        (r, a.get("name", ""))
        for r, a in members(meeting)
        if is_child(meeting, procedure, a) and a.get("name", "").strip().lower() not in subjects
    )


def is_child(meeting: Meeting, procedure: Procedure, member: Mapping[str, str]) -> bool:
    """Tell whether a member is under 18 on the day of the meeting; without a date of birth the relation decides.

    In a relation the first word that tells counts: "mother of the child" is an adult, "son of the mother" is not.
    """
    day = meeting.started or meeting.starts
    try:
        born = date.fromisoformat(member.get("dob", ""))
    except ValueError:
        child = _place(member.get("relation", ""), procedure.words.children)
        return child < _place(member.get("relation", ""), procedure.words.parents)
    if day is None:
        return False
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return age < _ADULT_YEARS


def _mentions(text: str, words: tuple[str, ...]) -> bool:
    return _place(text, words) < math.inf


def _place(text: str, words: tuple[str, ...]) -> float:
    """Return where the first of these words stands, whole words only, or infinity."""
    found = (re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE) for word in words)
    return min((hit.start() for hit in found if hit), default=math.inf)
