"""The words of an answer: names that are no person, and wording that deserves a second look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from meeting.ids import spoken
from meeting.model import Answers, Meeting
from meeting.procedure import FieldType, Gate, Part, Procedure
from meeting.refusals import KeepOrChange
from meeting.registry import Case
from meeting.steps import fields

Warned = tuple[str, str, str]  # (field key, code, what was found)


def agency_names(meeting: Meeting, procedure: Procedure) -> frozenset[str]:
    """Return the names that denote an agency or a seat and so no person, in lower case."""
    agencies = {s.agency for s in meeting.seats.values()} | {r.agency for r in procedure.roles if r.agency}
    labels = {s.label.lower() for s in meeting.seats.values()}
    return frozenset(labels | {spoken(agency).lower() for agency in agencies})


def check_words(case: Case, answers: Answers, *, keep: bool, more: tuple[Warned, ...] = ()) -> tuple[str, ...]:
    """Return the flagged words that the author chose to keep; raises KeepOrChange while they have not chosen.

    The word list and the wording about conferences are the procedure's (SAN-10.2, SAN-13.12); text is never altered.
    `more` are warnings of another kind, shown in the same bounce.
    """
    found = [*more, *((k, "language", w) for k, w in fields.flagged_words(answers, case.procedure.language.words))]
    for wording, words in _forbidden(case.procedure):
        found += [(k, f"forbidden:{wording}", w) for k, w in fields.flagged_words(answers, words)]
    if found and not keep:
        raise KeepOrChange(tuple(found))
    return tuple(sorted({word for _, _, word in found}))


def fresh(answers: Answers, before: Answers) -> Mapping[str, str]:
    """Return the answers that differ from what stood there: only these are checked for their words."""
    return {k: v for k, v in answers.items() if before.get(k) != v}


def text_keys(part: Part) -> tuple[str, ...]:
    """Return the keys of a part's free texts."""
    return tuple(f.key for f in part.fields if f.type is FieldType.TEXT)


def _forbidden(procedure: Procedure) -> Iterator[tuple[str, tuple[str, ...]]]:
    for step in procedure.agenda:
        for item in getattr(step.data, "forbidden", ()):
            if item.text is not Gate.NONE:
                yield item.allowed_wording, item.words
