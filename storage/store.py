"""One store: record, outbox and directory over one database, with what their keeper may do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Connection

from meeting.model import MeetingId
from storage import keeping
from storage.chain import Finding
from storage.clock import Clock
from storage.copies import Copies
from storage.directory import StoredDirectory
from storage.engine import Engines
from storage.failpoints import At
from storage.folds import Folds
from storage.glance import Glance
from storage.installations import StoredInstallations
from storage.lanes import Lanes
from storage.outbox import StoredOutbox
from storage.post import Post
from storage.reading import Readers
from storage.record import StoredRecord
from storage.sessions import StoredSessions
from storage.staging import Writer
from storage.states import Kit
from storage.times import micros
from storage.turns import Tools
from storage.writing import Performer, Task, Work, is_light

RECEIPTS_KEPT = timedelta(days=7)


class Store:
    """Everything that Chairside keeps. Close it; whatever was acknowledged is durable in any case."""

    def __init__(self, engines: Engines, kit: Kit, clock: Clock, at: At) -> None:
        self._engines = engines
        self._kit = kit
        self._folds = Folds(kit)
        dialect = engines.writing.dialect
        tools = Tools(kit=kit, folds=self._folds, clock=clock, writer=Writer(engines, at), dialect=dialect)
        self._readers = Readers(engines)
        self._glance = Glance(engines)
        self._lanes: Lanes[Task] = Lanes(engines.writers, Performer(engines, tools, at), is_light)
        self.record = StoredRecord(
            lanes=self._lanes, readers=self._readers, glance=self._glance, folds=self._folds, keyring=kit.keyring
        )
        self.outbox = StoredOutbox(
            engines=engines, lanes=self._lanes, readers=self._readers, glance=self._glance, clock=clock
        )
        self.copies = Copies(lanes=self._lanes, readers=self._readers)
        self.post = Post(lanes=self._lanes, readers=self._readers)
        self.directory = StoredDirectory(engines=engines, lanes=self._lanes, readers=self._readers, keyring=kit.keyring)
        self.installations = StoredInstallations(
            engines=engines, lanes=self._lanes, readers=self._readers, directory=self.directory
        )
        self.sessions = StoredSessions(lanes=self._lanes, readers=self._readers)

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Have a callback called, on the event loop, after every commit that left rows of the outbox to look at."""
        self._lanes.on_commit(callback)

    async def anchors(self) -> tuple[keeping.Anchor, ...]:
        """Return where every meeting's record ends, to be kept off this machine: they find a record set back."""
        return await self._readers.read(keeping.anchors)

    async def kept(self) -> tuple[keeping.Kept, ...]:
        """Return every meeting that was ever kept, oldest first, the erased ones too: ids, references and states."""
        return await self._readers.read(keeping.kept)

    async def meetings(self) -> tuple[MeetingId, ...]:
        """Return every meeting that there ever was, closed and cancelled ones too."""
        return tuple(MeetingId(one) for one in await self._readers.read(keeping.ids))

    async def audit(
        self, meeting: MeetingId | None = None, *, anchors: Iterable[keeping.Anchor] = ()
    ) -> tuple[Finding, ...]:
        """Verify one meeting's record, or every one and the procedures; erased ones too. Empty means whole.

        Finds each changed, moved, inserted or missing row, and with anchors a record that was set back or removed.
        """
        known = {anchor.meeting: anchor for anchor in anchors}
        if meeting is not None:
            return await self._verified(meeting, known.get(meeting))
        findings = await self._readers.read(keeping.changed_procedures)
        for one in sorted({*await self._readers.read(keeping.ids), *known}):
            findings += await self._verified(one, known.get(one))
        return findings

    async def erase(self, meeting: MeetingId, *, now: datetime) -> bool:
        """Destroy a meeting's key, so that nobody can read it again, and everything that names its people.

        The chain over its ciphertext still verifies. Copies of the wrapped key in backups become useless when the
        wrapping key is rotated and forgotten. Tells whether there was something to erase; raises KeyError.
        """
        work = Work(run=lambda connection: (keeping.erase(connection, meeting, micros(now)), False))
        erased = cast(bool, await self._lanes.put(work, about=meeting))
        self._folds.forget(meeting)
        await asyncio.to_thread(self._engines.truncate_log)
        return erased

    async def let_go(self) -> frozenset[MeetingId]:
        """Drop from memory what was erased, by a command's own process too; returns every meeting that was."""
        gone = frozenset(MeetingId(one.id) for one in await self.kept() if one.erased is not None)
        for meeting in gone:
            self._folds.forget(meeting)
        return gone

    async def tidy(self, *, now: datetime) -> int:
        """Forget the receipts that no repeat of a press can ask for any more; returns how many (a daily job).

        Teams repeats within minutes. A card that is pressed anew after that long meets the rules, which know by its
        visit, turn or row whether it is stale.
        """
        before = micros(now - RECEIPTS_KEPT)
        work = Work(run=lambda connection: (keeping.forget_receipts(connection, before), False))
        return cast(int, await self._lanes.put(work, about="receipts"))

    def new_key(self) -> str:
        """Add a wrapping key to the keyring, durably, and return its id; `rewrap` then takes it for every meeting."""
        return self._kit.keyring.rotate()

    async def rewrap(self) -> int:
        """Wrap every meeting's key by the keyring's newest key; may be stopped and taken up again. Returns how many."""
        work = Work(run=lambda connection: (keeping.rewrap(connection, self._kit.keyring), False))
        done = 0
        while some := cast(int, await self._lanes.put(work, about="keys")):
            done += some
        return done

    async def retire_keys(self) -> tuple[str, ...]:
        """Take away the old wrapping keys that no meeting needs any more; returns their ids."""
        needed = await self._readers.read(keeping.in_use)
        keyring = self._kit.keyring
        old = tuple(key for key in keyring.ids if key not in needed and key != keyring.newest)
        for key in old:
            keyring.forget(key)
        return old

    def close(self) -> None:
        """Finish what waits, and close every connection."""
        self._lanes.close()
        self._readers.close()
        self._glance.close()
        self._engines.close()

    async def _verified(self, meeting: str, anchor: keeping.Anchor | None) -> tuple[Finding, ...]:
        def verify(connection: Connection) -> tuple[Finding, ...]:
            return keeping.verify(connection, self._kit.chain, meeting, anchor)

        return await self._readers.read(verify)
