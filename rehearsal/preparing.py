"""What is prepared in 1:1 before the meeting: the social worker's forms and tables, each agency's own turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from meeting.procedure import FieldSpec, Kind, Procedure
from meeting.running import agenda
from rehearsal.actor import Seen, positive
from rehearsal.case import Case
from rehearsal.convening import labelled
from rehearsal.hints import FILL, label_of
from rehearsal.passing import Passing

ADD_LINE = "Add a line"
TURN = "your turn"
MOST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing of the case that is prepared: the words of its row, and the answers by their labels."""

    words: tuple[str, ...]
    adds: bool  # one more line of a table
    none: bool = False  # the table has no lines
    answers: Mapping[str, object]


async def prepares(passing: Passing, seat: str) -> None:
    """Let the social worker write down what the case has prepared, row by row."""
    actor, seen = await passing.says(seat, "prepare")
    for line in lines_of(passing.stage.case, passing.stage.procedure):
        title = "None" if line.none else ADD_LINE if line.adds else FILL
        row = _row(seen, title, line)
        if row is None:
            continue  # not theirs to prepare, or asked in the meeting alone
        form = await passing.press(actor, seen, title, beside=row)
        if line.none:
            seen = form
            continue
        writer = actor.saying(line.answers)
        writer.sparing = True
        await writer.complete(form, primary=keeping)
        await passing.rest()
        seen = actor.now_on(seen.message)
    await passing.moment()


async def prepares_turn(passing: Passing, seat: str) -> None:
    """Let somebody write down before the meeting what their agency knows; it stays theirs until their turn."""
    actor, seen = await passing.says(seat, "prepare")
    row = next((label_of(b) for b in seen.buttons() if b.text == FILL and TURN in label_of(b)), None)
    if row is None:
        return
    form = await passing.press(actor, seen, FILL, beside=row)
    await actor.complete(form, primary=keeping)
    await passing.moment()


def keeping(seen: Seen) -> str | None:
    """The button that keeps a page of what is prepared; on the list there is none."""
    return positive(seen) if re.match("Keep", positive(seen) or "") else None


def lines_of(case: Case, procedure: Procedure) -> Iterator[Line]:
    """Yield what the case has prepared, in the order in which it stands there."""
    for key, value in case.data.get("prepared", {}).items():
        name, part, subject = (*str(key).split(".", 2), "", "")[:3]
        step = procedure.step(name)
        if step.kind is Kind.TURNS:
            continue
        asked = agenda.part_of(step, part)
        words = tuple(w for w in (step.label, asked.label.removesuffix("…").rstrip(), _subject(subject, case)) if w)
        if value == "none":
            yield Line(words=words, adds=False, none=True, answers={})
            continue
        for one in value if isinstance(value, list) else [value]:
            yield Line(words=words, adds=isinstance(value, list), answers=_answers(one, asked.fields))


def _answers(given: Mapping[str, Any], specs: tuple[FieldSpec, ...]) -> Mapping[str, object]:
    return labelled(specs, given)


def _subject(subject: str, case: Case) -> str:
    """Return how a subject is called on the card: a child's or a relative's name, a purpose as it is."""
    for child in case.data["children"]:
        if subject == child["id"]:
            return str(child["name"])
    if subject.startswith("row:member-"):
        family = case.data["prepared"].get("FAMILY.member", [])
        return str(family[int(subject.removeprefix("row:member-")) - 1]["name"])
    return subject


def _row(seen: Seen, title: str, line: Line) -> str | None:
    """Return the words of the row that this line belongs to, the button's among them: they stand nowhere else."""
    titles = set(seen.titles())
    found = (b.around for b in seen.buttons() if b.text == title)
    rows = (next((text for text in around if set(text.splitlines()) - titles), "") for around in found)
    return next((row for row in rows if all(w in row for w in line.words)), None)
