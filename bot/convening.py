"""Convening from a file: the same commands as from a card, written without a channel."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import utc_now
from bot.keeping import keep
from bot.own_files import offered_by, pathways_of
from bot.sending.foreseeing import Foreseen
from bot.settings import Settings
from dialogs.convening import Plan, PlanRefused, plan_from
from dialogs.moments import with_times
from dialogs.planning import KEYS, held_back
from dialogs.ports import Duplicate
from meeting import machine
from meeting.before.convening import AddSeat
from meeting.before.invitations import reachable, to_invite, unsent
from meeting.before.routes import proposed
from meeting.before.suggesting import missing
from meeting.model import Entry, Meeting, MeetingId
from meeting.procedure import Procedure
from meeting.refusals import HeldBack
from meeting.screens.sending import ToSend, to_be_sent
from meeting.standing import SYSTEM
from procedures.faults import did_you_mean
from procedures.pathways import Pathways
from procedures.reading import EMPTY, Source, read
from storage import Store


def read_plan(file: Path) -> dict[str, Any]:
    """Return what a file says about a meeting; raises PlanRefused naming every slip of its notation, line by line."""
    source = read(file)
    slips = [f"{file}:{slip.line}: {slip.wrong}. {slip.remedy}" for slip in source.slips if slip.wrong != EMPTY]
    if slips:
        raise PlanRefused("\n".join(slips))
    data = source.data
    if not isinstance(data, dict) or "procedure" not in data:
        raise PlanRefused(f"{file}: procedure is missing; `chairside procedure show` lists those that ship")
    unknown = [] if data.get("fictional") else [key for key in data if key not in KEYS]  # a case says more
    if unknown:
        raise PlanRefused("\n".join(_unknown(source, key) for key in unknown))
    return data


def _unknown(source: Source, key: str) -> str:
    remedy = did_you_mean(key, KEYS, "The keys here are")
    return f"{source.path}:{source.line((key,))}: unknown key '{key}'. {remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A meeting that was written down from a file, and whom its invitations are for."""

    reference: str
    going: tuple[ToSend, ...]  # sent with `send`, else what the chair's preview would show
    unreachable: tuple[str, ...]  # labels of seats without any address
    suggested: tuple[str, ...]  # whom the procedure would have there, and nobody is asked for


async def convene_file(settings: Settings, file: Path, *, send: bool = False) -> Called:
    """Write down the meeting that a file describes, and with `send` invite everybody; returns who is asked, and how.

    Raises PlanRefused, Refused, and Faulty for pathways or a procedure that cannot be used.
    """
    data = read_plan(file)
    pathways = pathways_of(settings)
    store = keep(settings)
    try:
        procedure = offered_by(settings).load(str(data["procedure"]))
        meeting = await convene_plan(store, data, procedure, now=utc_now, pathways=pathways, send=send)
        seats = (
            [s for s in meeting.seats.values() if s.id in meeting.invitations] if send else to_invite(meeting, SYSTEM)
        )
        foreseen = Foreseen(directory=store.directory, mail=bool(settings.smtp_host))
        ways = await foreseen.ways(meeting, [seat.id for seat in seats])
    finally:
        store.close()
    return Called(
        reference=meeting.reference,
        going=to_be_sent(seats, ways),
        unreachable=tuple(s.label for s in unsent(meeting) if not reachable(s)),
        suggested=tuple(p.label for p in missing(meeting, procedure)),
    )


async def convene_plan(
    store: Store,
    data: Mapping[str, Any],
    procedure: Procedure,
    *,
    now: Callable[[], datetime],
    pathways: Pathways | None = None,
    send: bool = False,
) -> Meeting:
    """Write down one meeting with what was prepared for it; whom the pathways propose has a seat too."""
    local = (pathways or Pathways()).local(str(data.get("area") or ""))
    plan: Plan = plan_from(with_times(data, now()), procedure, local=local)

    def decide(blank: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        made = machine.decide_all(blank, plan.commands, by=SYSTEM, procedure=procedure, now=now())
        called = machine.evolve_all(blank, made)
        more: list[object] = [AddSeat(seat=p.seat) for p in proposed(called, procedure)]
        more += [plan.invite] if send else []
        return (*made, *machine.decide_all(called, more, by=SYSTEM, procedure=procedure, now=now()))

    meeting_id = MeetingId(str(uuid.uuid4()))
    try:
        done = await store.record.create(
            meeting_id, reference=plan.reference, procedure=procedure, decide=decide, now=now()
        )
    except HeldBack as held:
        raise PlanRefused("\n".join(held_back(held, procedure))) from None
    except Duplicate:
        raise PlanRefused(f"reference: {plan.reference} is another meeting's; write another, or leave it out") from None
    return done.meeting
