"""One snapshot for each step of a case: database and local Teams together, so that a test starts where it wants to."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bot.app import serving
from meeting.procedure import Procedure
from procedures import stored
from procedures.load import load
from rehearsal.case import Case, read_case
from rehearsal.play import Play
from rehearsal.postbox import postbox
from rehearsal.rehearsing import actors_of
from rehearsal.stage import DATABASE, KEYRING, Stage, settings_for, staged
from rehearsal.teams import Meeting, MovableClock, Settings, TeamsService
from storage import folds
from tests.ledger.proof import named, without

HERE = Path(__file__).parent
PROOF = "CHAIRSIDE_PROOF"  # a ledger id whose values are taken away, to see its test fail
ESCALATIONS = "escalations@partnership.example"
KEPT = "CHAIRSIDE_KEPT"  # a folder of whole plays: the values are taken away from the meeting that stands there
NOT_REACHED = "the play did not reach"
NO_SUCH_STEP = "the agenda had no such step"


def the_case(name: str = "case") -> Case:
    """Return the ledger's own case."""
    return read_case(HERE / f"{name}.yaml")


def the_procedure(procedure_id: str) -> Procedure:
    """Return a procedure as a council runs it, with its escalation contact; in a proof run without one statement."""
    return _local(procedure_id, os.environ.get(PROOF))


@cache
def _local(procedure_id: str, dropped: str | None) -> Procedure:
    taken = dropped in named(procedure_id)
    rules = without(procedure_id, dropped) if dropped and taken else load(procedure_id)
    return replace(rules, follow_up=replace(rules.follow_up, escalation_contacts=(ESCALATIONS,)))


def build(case: Case, procedure: Procedure, folder: Path, *, until: str | None = None) -> None:
    """Play the case to its end and keep a snapshot of every step as it begins; runs in a process of its own.

    `until` names the step at which the play may stop: a proof needs no more.
    """
    import asyncio

    asyncio.run(_build(case, procedure, folder, until))
    (folder / "built").touch()


async def _build(case: Case, procedure: Procedure, folder: Path, until: str | None) -> None:
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    async with staged(case, procedure, work) as stage:
        await keep(stage, folder / "CONVENED")
        if "CONVENED" in (until, case.data.get("until")):
            return

        async def scene(step: str) -> None:
            if not (folder / step).exists():
                await keep(stage, folder / step)

        play = Play(stage=stage, actors=actors_of(stage), scribe=case.scribe, scene=scene)
        try:
            await play.open()
            await play.run(until=until)
        except AssertionError as stuck:
            (folder / "stuck").write_text(str(stuck), encoding="utf-8")
            return
        if (await play.meeting()).status == "closed":
            await keep(stage, folder / "CLOSED")


async def keep(stage: Stage, folder: Path) -> None:
    """Keep what stands now in a new folder, from which `restored` sets the stage again."""
    await stage.settle()
    _copy(stage, folder)


def _copy(stage: Stage, folder: Path) -> None:
    folder.mkdir(parents=True)
    kept = (closing(sqlite3.connect(where / DATABASE)) for where in (stage.folder, folder))
    with next(kept) as source, next(kept) as target:
        source.backup(target)
    shutil.copy2(stage.folder / KEYRING, folder / KEYRING)
    state = {"teams": stage.teams.dump(), "now": stage.clock.now().isoformat(), "chat": stage.chat.id}
    (folder / "teams.json").write_text(json.dumps(state), encoding="utf-8")


@asynccontextmanager
async def restored(
    case: Case, procedure: Procedure, snapshot: Path, folder: Path, *, away: timedelta = timedelta()
) -> AsyncIterator[Stage]:
    """Set the stage as it was when a snapshot was kept: a fresh service on a copy of the database, so much later."""
    for name in (DATABASE, KEYRING):
        shutil.copy2(snapshot / name, folder / name)
    state = json.loads((snapshot / "teams.json").read_text(encoding="utf-8"))
    clock = MovableClock(datetime.fromisoformat(state["now"]) + away)
    _take_away()
    async with TeamsService.load(state["teams"], clock=clock, settings=Settings.quick()) as teams:
        _moved(folder / DATABASE, teams.service_url)
        async with postbox() as post, serving(settings_for(teams, folder, post), now=clock.now) as service:
            teams.connect(f"http://127.0.0.1:{service.port}/api/messages")
            teams.outbox_idle = service.dispatcher.rest
            await service.started()
            chat = next(c for c in teams.chats if c.id == state["chat"])
            assert isinstance(chat, Meeting)
            yield Stage(
                case=case,
                procedure=procedure,
                teams=teams,
                service=service,
                clock=clock,
                people={s["id"]: teams.named(s["name"]) for s in case.data["seats"]},
                chat=chat,
                folder=folder,
                post=post,
            )


def _take_away() -> None:
    """In a quick proof the meeting goes on without the values of one statement, from where a whole play stands."""
    if PROOF in os.environ and KEPT in os.environ:
        folds.__dict__["restore"] = lambda content: the_procedure(stored.restore(content).id)


def _moved(database: Path, service_url: str) -> None:
    """Tell the copy where its Teams is now: on a port of its own, where nobody has spoken yet."""
    with closing(sqlite3.connect(database)) as copy, copy:
        copy.execute("UPDATE directory SET service_url = ?", (service_url,))
