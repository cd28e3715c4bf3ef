"""Playing an odd procedure to its end through the real service, and what must hold of every such meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from documents.dates import parsed_date, parsed_time
from documents.minutes import minutes_of
from documents.model import Document, texts
from meeting.flags import CONVENING
from meeting.model import Meeting, Status
from meeting.procedure import ActionsData, DecisionData, FieldSpec, FieldType, Procedure, Step, TurnsData, parts_of
from rehearsal.case import Case, find_case
from rehearsal.fitting import fitted
from rehearsal.play import Play
from rehearsal.rehearsing import MOVE, actors_of
from rehearsal.stage import Stage, staged
from rehearsal.teams.journal import Edited, Journal, Noticed, Notified, Posted


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a meeting left behind: its record, its draft minutes, and all that was shown to anybody."""

    meeting: Meeting
    procedure: Procedure
    minutes: Document
    stage: Stage


def case_for(casting: dict[str, Any]) -> Case:
    """The case of the injured infant with other children, other words, and nothing prepared."""
    usual = find_case("injured-infant")
    data = {
        k: v
        for k, v in usual.data.items()
        if k not in ("lines", "prepared", "actions", "aloud", "note_taker", "deputy")
    }
    data["children"] = casting["children"]
    data["seats"] = [s for s in data["seats"] if s["id"] in casting["seats"]]
    data["lines"] = dict.fromkeys(casting["seats"], casting["lines"])
    data |= {"prepared": {}, "absent": casting["absent"], "quiet": casting["quiet"]}
    if casting["note_taker"]:
        data["note_taker"] = "notes"
    data["subject_type"] = "sibling_group" if len(casting["children"]) > 1 else "individual"
    return replace(usual, procedure="another", data=data)


async def played(procedure: Procedure, casting: dict[str, Any], folder: Path) -> Played:
    """Play the meeting from an empty chat to its close."""
    case, _ = fitted(case_for(casting), procedure)
    async with staged(case, procedure, folder) as stage:

        async def beat() -> None:
            stage.clock.advance(MOVE)
            await stage.settle()

        scribe = case.scribe
        play = Play(stage=stage, actors=actors_of(stage), scribe=scribe, beat=beat, quiet=case.data["quiet"])
        await play.whole()
        meeting = await play.meeting()
        minutes = minutes_of(meeting, procedure, stage.clock.now())
        return Played(meeting=meeting, procedure=procedure, minutes=minutes, stage=stage)


def upheld(played: Played) -> None:
    """Hold a meeting to what must be true of every one, whatever its procedure."""
    meeting, journal = played.meeting, played.stage.teams.journal
    assert meeting.status is Status.CLOSED
    assert played.stage.teams.violations == []
    assert [e.text for e in journal.of(Noticed) if e.error] == []
    nothing_in_the_open(journal, played.stage.chat.id)
    steps = {step.id: step for step in played.procedure.agenda}
    sections = [(s.key, s.heading) for s in played.minutes.sections if s.key in steps]
    visited = {visit.step for visit in meeting.visits}
    told = [(step.id, step.label) for step in played.procedure.agenda if step.id in visited]
    assert [one for one in sections if one[0] in visited] == told
    whole = plain("\n".join(texts(played.minutes)))
    missing = {(where, said) for where, said in recorded(meeting, played.procedure) if plain(said) not in whole}
    assert not missing, sorted(missing)


def nothing_in_the_open(journal: Journal, chat: str) -> None:
    """No child's name and nothing that anybody said stands where everybody, or a lock screen, can see it."""
    shared = [e.text for e in journal if isinstance(e, Posted | Edited) and e.chat == chat]
    shared += [e.text for e in journal if isinstance(e, Notified)]
    assert [text for text in shared if re.search(r"Quill|\bsaid\d+\b", text)] == []


def plain(text: str) -> str:
    """Return a text without the difference between one white space and another."""
    return " ".join(text.split())


def recorded(meeting: Meeting, procedure: Procedure) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of everything that people put on the record, as the minutes write it."""
    kinds = {f.key: f.type for step in procedure.agenda for part in parts_of(step) for f in part.fields}
    kinds |= {f.key: f.type for step in procedure.agenda for f in prompted(step)}
    kinds |= {f.key: f.type for f in procedure.convening.part.fields}
    for slot, answer in meeting.answers.items():
        for key, said in answer.answers.items():
            if (slot.step, key) == (CONVENING, "join_link"):
                continue  # the way into a call that is over is no part of the minutes
            yield f"{slot.step}.{slot.part}.{key}", written(kinds.get(key), said)
    for view in (one for step in meeting.views.values() for one in step.given):
        yield "view", view.option
        yield "view's reason", view.reason
        yield "scale", "" if view.scale is None else str(view.scale)
    for decision in meeting.decisions.values():
        yield from (("rationale", written(kinds.get(key), said)) for key, said in decision.rationale.items())
        yield from (("need", written(kinds.get(key.rpartition(".")[2]), v)) for key, v in decision.needs.items())
    for action in meeting.actions:
        yield "action", action.what
        yield "owner", action.owner
        yield from (("extra", written(kinds.get(key), said)) for key, said in action.extra.items())


def prompted(step: Step) -> Iterator[FieldSpec]:
    """Yield the questions of a step that stand in none of its parts."""
    match step.data:
        case TurnsData(prompts=prompts):
            yield from (f for one in prompts for f in one.fields)
        case DecisionData(outcomes=outcomes):
            yield from (f for one in outcomes for f in one.needs)
        case ActionsData(fields=fields):
            yield from fields


def written(kind: FieldType | None, said: str) -> str:
    """Return an answer as people write it."""
    match kind:
        case FieldType.DATE:
            return parsed_date(said)
        case FieldType.DATETIME:
            return parsed_time(said)
        case FieldType.TICK | FieldType.AGENCY:
            return ""  # "yes", or the agency's name: both stand in any minutes
        case _:
            return said
