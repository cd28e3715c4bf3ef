"""Playing a case under a procedure that it was not written for: what that procedure does not ask is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import Any

from dialogs.convening import PlanRefused, plan_from
from meeting import machine
from meeting.model import Meeting, MeetingId
from meeting.procedure import Procedure
from meeting.refusals import Refused
from meeting.standing import SYSTEM
from rehearsal.case import Case

SOCIAL_WORKERS = ("child_social_worker", "social_worker")  # one is the other, where a procedure knows only that
REASON = "Rehearsed with a case that was written for another procedure."


def fitted(case: Case, procedure: Procedure) -> tuple[Case, tuple[str, ...]]:
    """Return the case as this procedure can take it, and the keys that are left out; its own case as it is."""
    if case.procedure == procedure.id:
        return case, ()
    asked = {f.key for f in procedure.convening.part.fields}
    answers = dict(case.data.get("answers", {}))
    gone = [f"answers.{key}" for key in answers if key not in asked]
    data = {**case.data, "reason": REASON, "answers": {k: v for k, v in answers.items() if k in asked}, "prepared": {}}
    data["seats"] = [_known(seat, {s.role for s in procedure.invitations.suggested}) for seat in data["seats"]]
    gone += [key for key in ("subject_type", "invitations") if data.pop(key, None) is not None]
    for key in list(data["answers"]):
        if not _takes(data, procedure):
            gone.append(f"answers.{key}")
            del data["answers"][key]
    meeting = _after(None, data, procedure, case.clock)
    for key, value in case.data.get("prepared", {}).items():
        for part in (value, *_fewer(value)):
            try:
                meeting = _after(meeting, {**data, "prepared": {key: part}}, procedure, case.clock)
            except (PlanRefused, Refused):
                continue
            data["prepared"][key] = part
            break
        if data["prepared"].get(key) != value:
            gone.append(f"prepared.{key}")
    return replace(case, data=data), tuple(gone)


def _known(seat: Mapping[str, Any], roles: set[str]) -> dict[str, Any]:
    """Return a seat with the role that this procedure has for it."""
    others = [role for role in SOCIAL_WORKERS if role in roles]
    return {**seat, "role": others[0]} if seat["role"] in SOCIAL_WORKERS and others else {**seat}


def _fewer(value: object) -> Iterator[dict[str, Any]]:
    """Yield what is left of some answers without those that a procedure may not ask, the most first."""
    if isinstance(value, Mapping):
        yield from (dict(few) for n in range(len(value) - 1, 0, -1) for few in combinations(value.items(), n))


def _takes(data: Mapping[str, Any], procedure: Procedure) -> bool:
    try:
        plan_from(data, procedure)
    except PlanRefused:
        return False
    return True


def _after(meeting: Meeting | None, data: Mapping[str, Any], procedure: Procedure, now: datetime) -> Meeting:
    """Return the meeting after what a plan asks for, the calling itself included where there is none yet."""
    plan = plan_from(data, procedure)
    commands = plan.commands if meeting is None else plan.prepared
    folded = meeting or machine.unwritten(MeetingId("fitting"))
    return machine.evolve_all(folded, machine.decide_all(folded, commands, by=SYSTEM, procedure=procedure, now=now))
