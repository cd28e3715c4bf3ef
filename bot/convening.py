"""Convening from a file: the same commands as from a card, written without a channel."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.app import keep, utc_now
from bot.settings import Settings
from dialogs.convening import Plan, PlanRefused, plan_from
from meeting import machine
from meeting.model import Entry, Meeting, MeetingId
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from procedures.load import load
from storage import Store


def read_plan(file: Path) -> dict[str, Any]:
    """Return what a file says about a meeting; raises PlanRefused."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as wrong:
        raise PlanRefused(f"{file.name}: no valid YAML: {wrong}") from wrong
    if not isinstance(data, dict) or "procedure" not in data:
        raise PlanRefused(f"{file.name}: procedure is missing; `chairside procedure show` lists those that ship")
    return data


async def convene_file(settings: Settings, file: Path) -> str:
    """Write down the meeting that a file describes; returns its reference. Raises PlanRefused, Refused."""
    data = read_plan(file)
    store = keep(settings)
    try:
        meeting = await convene_plan(store, data, load(str(data["procedure"])), now=utc_now)
    finally:
        store.close()
    return meeting.reference


async def convene_plan(
    store: Store, data: Mapping[str, Any], procedure: Procedure, *, now: Callable[[], datetime]
) -> Meeting:
    """Write down one meeting with what was prepared for it."""
    plan: Plan = plan_from(data, procedure)

    def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        made: list[Entry] = []
        for command in plan.commands:
            new = machine.decide(meeting, command, by=SYSTEM, procedure=procedure, now=now())
            for entry in new:
                meeting = machine.evolve(meeting, entry)
            made.extend(new)
        return tuple(made)

    meeting_id = MeetingId(str(uuid.uuid4()))
    done = await store.record.create(
        meeting_id, reference=plan.reference, procedure=procedure, decide=decide, now=now()
    )
    return done.meeting
