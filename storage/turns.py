"""Turns: read the newest state, decide, append. Many in one transaction, staged so that one refusal hurts no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Dialect, Select, String, bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from dialogs.ports import Committed, Decide, Duplicate, Receipt
from meeting.model import Entry, Meeting, MeetingId
from meeting.telling.notices import Send
from storage.clock import Clock
from storage.folds import Folds
from storage.notices import Asked
from storage.opening import Opening, opened
from storage.prepared import PreparedByCount
from storage.schema import meetings, receipts
from storage.sealing import place
from storage.staging import Staged, Writer
from storage.states import Folded, Kit, identities
from storage.times import micros

_REFERENCE = select(meetings.c.id).where(meetings.c.reference == bindparam("reference"))


class OutOfOrder(ValueError):
    """A decision returned entries that do not follow the meeting's last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One decision on one meeting, to be taken on its newest state and written durably."""

    meeting: MeetingId
    decide: Decide
    now: datetime
    receipt: Receipt | None = None
    opening: Opening | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one turn: either what it left behind, or what it raised."""

    committed: Committed | None = None
    error: Exception | None = None
    wakes: bool = False


class Tools:
    """What taking turns needs besides a connection."""

    def __init__(self, *, kit: Kit, folds: Folds, clock: Clock, writer: Writer, dialect: Dialect) -> None:
        self.kit = kit
        self.folds = folds
        self.clock = clock
        self.writer = writer
        self.locked = PreparedByCount(_locked, dialect)
        self.receipts = PreparedByCount(_receipts, dialect)


class Taken:
    """The turns of one transaction, which somebody else begins and commits."""

    def __init__(self, tools: Tools, connection: Connection, turns: Sequence[Turn]) -> None:
        self._tools = tools
        self._kit = tools.kit
        self._connection = connection
        self._turns = turns
        self._rows: dict[str, Any] = {}
        self._receipts: dict[tuple[str, str, str], tuple[str, bytes]] = {}  # press -> meeting, sealed word
        self._states: dict[str, Folded] = {}  # as these turns leave them
        self._moved: set[str] = set()
        self._staged = Staged()
        self.outcomes: list[Outcome] = []

    def run(self) -> None:
        """Lock the meetings, take each turn in order, write all rows; nobody may be told before the commit."""
        ids = sorted({turn.meeting for turn in self._turns})
        self._rows = {row.id: row for row in self._tools.locked.rows(self._connection, ids)}
        nonces = sorted({turn.receipt.nonce for turn in self._turns if turn.receipt})
        for row in self._tools.receipts.rows(self._connection, nonces):
            self._receipts[row.nonce, row.person, row.verb] = (row.meeting, row.said)
        for turn in self._turns:
            try:
                self.outcomes.append(self._take(turn))
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001  # what a rule raises is its caller's, and no other turn's
                self.outcomes.append(Outcome(error=error))
        self._tools.writer.write(self._connection, self._staged, [self._states[one] for one in sorted(self._moved)])

    def remember(self) -> None:
        """Keep the meetings' new states in memory; after the commit."""
        for state in self._states.values():
            self._tools.folds.keep(state)

    def _take(self, turn: Turn) -> Outcome:
        before, staged = self._opened(turn, turn.opening) if turn.opening else (self._state(turn.meeting), Staged())
        repeat = self._repeat(turn, before)
        if repeat:
            return Outcome(committed=_committed(before, (), repeat))
        decided = tuple(turn.decide(before.meeting, before.procedure))
        after = self._appended(before, decided, staged, turn.now)
        self._index(before, after, staged)
        if turn.receipt:
            self._keep(turn.receipt, after, staged, turn.now)
        self._staged.add(staged)
        self._states[turn.meeting] = after
        if decided or turn.opening:
            self._moved.add(turn.meeting)
        return Outcome(committed=_committed(after, decided, None), wakes=bool(staged.notices))

    def _state(self, meeting: MeetingId) -> Folded:
        known = self._states.get(meeting)
        if known is None:
            if meeting not in self._rows:
                raise KeyError(meeting)
            known = self._states[meeting] = self._tools.folds.newest(self._connection, self._rows[meeting])
        return known

    def _opened(self, turn: Turn, opening: Opening) -> tuple[Folded, Staged]:
        stored = self._connection.execute(_REFERENCE, {"reference": opening.reference}).first()
        taken = any(row["reference"] == opening.reference for row in self._staged.meetings)
        if turn.meeting in self._rows or turn.meeting in self._states or stored or taken:
            raise Duplicate(f"meeting {turn.meeting} or reference {opening.reference}")
        return opened(self._kit, turn.meeting, opening, turn.now)

    def _repeat(self, turn: Turn, state: Folded) -> Receipt | None:
        """Return the receipt that this press left when it came before."""
        press = turn.receipt
        found = self._receipts.get((press.nonce, press.person, press.verb)) if press else None
        if press is None or found is None:
            return None
        meeting, said = found
        if meeting != turn.meeting:
            raise KeyError(turn.meeting)  # a form belongs to one meeting
        opened_word = state.seal.open(said, place("receipts", meeting, press.nonce)).decode()
        return Receipt(nonce=press.nonce, person=press.person, verb=press.verb, said=opened_word)

    def _appended(self, state: Folded, decided: Sequence[Entry], staged: Staged, now: datetime) -> Folded:
        """Stage the entries and their notices; return the meeting after them."""
        kit, meeting, mac = self._kit, state.meeting, state.mac
        for number, entry in enumerate(decided, start=state.sequence + 1):
            if entry.sequence != number:
                raise OutOfOrder(f"entry {entry.sequence} where {number} comes next")
            content = kit.codec.write(entry.by, entry.event)
            sealed = state.seal.close(content, place("entries", meeting.id, number))
            at = micros(entry.at)
            mac = kit.chain.link(meeting.id, number, at, sealed, mac)
            staged.entries.append({"meeting": meeting.id, "sequence": number, "at": at, "sealed": sealed, "mac": mac})
            after = kit.fold(meeting, entry)
            staged.notices += self._asked(meeting, after, entry, state, now)
            meeting = after
        sequence = state.sequence + len(decided)
        same_people = meeting.seats is state.meeting.seats and meeting.people is state.meeting.people
        return Folded(
            meeting=meeting,
            procedure=state.procedure,
            sequence=sequence,
            mac=mac,
            head=kit.chain.head(meeting.id, sequence, mac),
            seal=state.seal,
            keys=state.keys if same_people else identities(meeting),
        )

    def _asked(self, before: Meeting, after: Meeting, entry: Entry, state: Folded, now: datetime) -> list[Asked]:
        notices = tuple(self._kit.notices_for(before, after, entry, state.procedure))
        if not notices:
            return []
        at_once = self._tools.clock.now(self._connection, now)
        dues = [notice.due if isinstance(notice, Send) else None for notice in notices]
        return [
            Asked(meeting=after.id, notice=notice, due=at_once if due is None else micros(due), at=micros(now))
            for notice, due in zip(notices, dues, strict=True)
        ]

    def _index(self, before: Folded, after: Folded, staged: Staged) -> None:
        """Stage what is found from outside: the meeting by its identities, and that its procedure was reviewed."""
        meeting, indexed = after.meeting.id, self._kit.keyring.indexed
        gone, fresh = sorted(before.keys - after.keys), sorted(after.keys - before.keys)
        staged.unindexed += [{"of_meeting": meeting, "of_key": indexed(key)} for key in gone]
        staged.indexed += [{"meeting": meeting, "key": indexed(key)} for key in fresh]
        if after.meeting.reviewed is not None and before.meeting.reviewed is None:
            staged.reviewed.append({"of_hash": after.meeting.procedure_hash, "at": micros(after.meeting.reviewed)})

    def _keep(self, receipt: Receipt, state: Folded, staged: Staged, now: datetime) -> None:
        """Stage the receipt, and know it for the turns that follow."""
        meeting = state.meeting.id
        said = state.seal.close(receipt.said.encode(), place("receipts", meeting, receipt.nonce))
        row = {"nonce": receipt.nonce, "person": receipt.person, "verb": receipt.verb}
        staged.receipts.append({**row, "meeting": meeting, "said": said, "at": micros(now)})
        self._receipts[receipt.nonce, receipt.person, receipt.verb] = (meeting, said)


def _committed(state: Folded, entries: tuple[Entry, ...], repeat: Receipt | None) -> Committed:
    return Committed(meeting=state.meeting, procedure=state.procedure, entries=entries, repeat=repeat)


def _locked(names: Sequence[str]) -> Select[Any]:
    """Lock these meetings, in one order everywhere: no transaction waits for another in a circle."""
    wanted = meetings.c.id.in_([bindparam(name, type_=String) for name in names])
    return select(meetings).where(wanted).order_by(meetings.c.id).with_for_update()


def _receipts(names: Sequence[str]) -> Select[Any]:
    return select(receipts).where(receipts.c.nonce.in_([bindparam(name, type_=String) for name in names]))
