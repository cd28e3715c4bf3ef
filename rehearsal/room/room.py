"""The room: one case at a time, begun anew as often as somebody likes."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from cards.times import LONDON
from dialogs.issued import minutes_document
from documents.copies import Copy, Format
from meeting.procedure import Procedure
from procedures.load import load
from rehearsal.case import Case
from rehearsal.files import maker_of, write_figures
from rehearsal.fitting import fitted
from rehearsal.passing import MOST
from rehearsal.room.set import Set, set_up

WAKE_SECONDS = 1.0  # the outbox follows the rehearsal's clock, which its own tick does not know
MORNING = 9
STEPS = {"ten minutes": timedelta(minutes=10), "hour": timedelta(hours=1), "week": timedelta(weeks=1)}


class Room:
    """Holds the set that is played now; `begin` puts another in its place."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0
        self._stack = AsyncExitStack()
        self._changing = asyncio.Lock()
        self.case: Case | None = None
        self.procedure: Procedure | None = None
        self.left_out: tuple[str, ...] = ()  # keys of the case that its procedure does not ask
        self.set: Set | None = None
        self.early = False  # it began with the invitations

    @property
    def played(self) -> Set:
        """The set that is played now. Raises LookupError while another one is put up."""
        if self.set is None:
            raise LookupError("the next case is being set up")
        return self.set

    async def begin(self, case: Case, procedure: str = "", *, early: bool = False) -> Set:
        """End what is played and set up this case, `early`: from the invitations on.

        Raises procedures.load.Faulty for a procedure that cannot be run.
        """
        chosen = load(procedure or case.procedure)
        fitting, left_out = fitted(case, chosen)
        async with self._changing:
            held = set(self.set.script.held) if self.set else {str(case.data["chair"])}
            await self._end()
            self._number += 1
            folder = self._folder / str(self._number)
            folder.mkdir()
            self.set = await self._stack.enter_async_context(set_up(fitting, chosen, folder, early=early))
            self.case, self.procedure, self.left_out, self.early = case, chosen, left_out, early
            seats = {str(s["id"]) for s in case.data["seats"]}
            self.set.script.held |= (held & seats) or {str(case.data["chair"])}
            return self.set

    async def again(self) -> Set:
        """Begin the same case anew."""
        assert self.case is not None
        return await self.begin(self.case, self.procedure.id if self.procedure else "", early=self.early)

    async def _end(self) -> None:
        ended, self.set = self.set, None
        await self._stack.aclose()
        self._stack = AsyncExitStack()
        if ended is not None:
            ended.bell.ring()

    async def close(self) -> None:
        """End what is played."""
        await self._end()

    async def minutes(self, reference: str, wanted: Format) -> Copy:
        """Return a meeting's minutes as they stand; raises LookupError before it begins, NoPango, NotPrinted."""
        played = self.played
        found = next((one for one in await played.begun() if one[0].reference == reference), None)
        if found is None:
            raise LookupError("the meeting has not started")
        record, procedure = found
        document = minutes_document(record, procedure, played.stage.clock.now())
        return await asyncio.to_thread(maker_of(played.stage, procedure).copy, document, wanted)

    async def report(self, suffix: str) -> bytes:
        """Return what `chairside report` says of this rehearsal's meetings so far, as ".html" or ".csv"."""
        written = await write_figures(self.played.stage, self._folder / str(self._number))
        return next(file for file in written.files if file.suffix == suffix).read_bytes()

    async def move_clock(self, to: datetime) -> None:
        """Let time pass until then: each message is sent when it is due, and the script lets people answer it."""
        played = self.played
        clock, outbox = played.stage.clock, played.stage.service.store.outbox
        for _ in range(MOST):
            await self._rest(played)
            due = await outbox.next_due()
            if due is None or due > to or self.set is not played:
                break
            clock.set(max(clock.now(), due))
        if self.set is played:
            clock.set(max(clock.now(), to))
            await self._rest(played)

    async def _rest(self, played: Set) -> None:
        """Let the outbox send what is due, and people answer."""
        played.stage.service.dispatcher.wake()
        await played.stage.settle()
        await played.script.answer()
        played.bell.ring()

    async def when(self, how: str) -> datetime | None:
        """Return where a button of the clock leads; None where it leads nowhere."""
        played = self.played
        now = played.stage.clock.now()
        if how in STEPS:
            return now + STEPS[how]
        match how:
            case "morning":
                tomorrow = now.astimezone(LONDON) + timedelta(days=1)
                return tomorrow.replace(hour=MORNING, minute=0, second=0, microsecond=0)
            case "due":
                due = await played.stage.service.store.outbox.next_due()
                return max(due, now) if due else None
            case "start":
                return await played.script.around.next_start()
            case _:
                return None


@asynccontextmanager
async def opened() -> AsyncIterator[Room]:
    """Open a room; what is played leaves nothing on the disk."""
    with tempfile.TemporaryDirectory(prefix="chairside-room-", ignore_cleanup_errors=True) as folder:
        room = Room(Path(folder))
        waking = asyncio.create_task(_wake(room), name="room clock")
        try:
            yield room
        finally:
            waking.cancel()
            with suppress(asyncio.CancelledError):
                await waking
            await room.close()


async def _wake(room: Room) -> None:
    while True:
        await asyncio.sleep(WAKE_SECONDS)
        if room.set is not None:
            room.set.stage.service.dispatcher.wake()
