"""Folded meetings: the newest of each kept in memory, checked by sequence, brought up to date from the record."""

from __future__ import annotations

import hmac
import threading
from collections import OrderedDict
from typing import Any

from sqlalchemy import Connection, bindparam, select

from meeting.model import Entry, MeetingId
from meeting.procedure import Procedure
from procedures.stored import content_hash, restore
from storage.chain import Tampered
from storage.schema import entries, procedures
from storage.sealing import Seal, place
from storage.states import Erased, Folded, Kit, blank, identities, start_of
from storage.times import moment

_KEPT = 256  # meetings in memory


class Folds:
    """The meetings read or written last; safe to use from several threads."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._kept: OrderedDict[str, Folded] = OrderedDict()
        self._procedures: dict[str, Procedure] = {}
        self._lock = threading.Lock()

    def newest(self, connection: Connection, row: Any) -> Folded:  # noqa: ANN401  # a row of `meetings`
        """Return the meeting of this row, reading only the entries that are not in memory yet.

        Raises Erased, and Tampered where the entries are not what was written.
        """
        if row.wrapped is None:
            raise Erased(row.id)
        known = self.known(row.id)
        if known is not None and (known.sequence, known.head) == (row.sequence, row.head):
            return known
        if known is None or known.sequence >= row.sequence:
            known = self._blank(connection, row)
        folded = self._onward(connection, row, known)
        self.keep(folded)
        return folded

    def known(self, meeting: str) -> Folded | None:
        """Return what memory holds of a meeting; whether it is the newest, only the database knows."""
        with self._lock:
            known = self._kept.get(meeting)
            if known is not None:
                self._kept.move_to_end(meeting)
        return known

    def keep(self, folded: Folded) -> None:
        """Remember a meeting, unless a newer state of it is known."""
        with self._lock:
            known = self._kept.get(folded.meeting.id)
            if known is None or known.sequence <= folded.sequence:
                self._kept[folded.meeting.id] = folded
                self._kept.move_to_end(folded.meeting.id)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    def forget(self, meeting: str) -> None:
        """Drop a meeting from memory."""
        with self._lock:
            self._kept.pop(meeting, None)

    def _blank(self, connection: Connection, row: Any) -> Folded:  # noqa: ANN401  # a row of `meetings`
        procedure = self._procedure(connection, row.procedure)
        key = self._kit.keyring.unwrap(row.wrapped, row.wrapped_by, row.id)
        return Folded(
            meeting=blank(MeetingId(row.id), row.reference, procedure, row.procedure),
            procedure=procedure,
            sequence=0,
            mac=self._kit.chain.genesis(start_of(row)),
            head=b"",
            seal=Seal(key),
            keys=frozenset(),
        )

    def _procedure(self, connection: Connection, hash_: str) -> Procedure:
        found = self._procedures.get(hash_)
        if found is None:
            content = connection.execute(_PROCEDURE, {"hash": hash_}).scalar_one()
            if content_hash(content) != hash_:
                raise Tampered(f"procedure {hash_[:12]} is not what was stored")
            found = self._procedures[hash_] = restore(content)
        return found

    def _onward(self, connection: Connection, row: Any, known: Folded) -> Folded:  # noqa: ANN401  # as above
        """Fold the entries after `known` up to the row's sequence, checking the chain on the way."""
        kit, meeting, mac, sequence = self._kit, known.meeting, known.mac, known.sequence
        found = connection.execute(_ENTRIES, {"meeting": row.id, "after": sequence, "until": row.sequence})
        for one in found:
            sequence += 1
            mac = kit.chain.link(row.id, sequence, one.at, one.sealed, mac)
            if one.sequence != sequence or not hmac.compare_digest(mac, one.mac):
                raise Tampered(f"meeting {row.id}, row {sequence}")
            by, event = kit.codec.read(known.seal.open(one.sealed, place("entries", row.id, sequence)))
            meeting = kit.fold(meeting, Entry(sequence=sequence, at=moment(one.at), by=by, event=event))
        if sequence != row.sequence or not hmac.compare_digest(kit.chain.head(row.id, sequence, mac), row.head):
            raise Tampered(f"meeting {row.id}, after row {sequence}")
        return Folded(
            meeting=meeting,
            procedure=known.procedure,
            sequence=sequence,
            mac=mac,
            head=row.head,
            seal=known.seal,
            keys=identities(meeting),
        )


_PROCEDURE = select(procedures.c.content).where(procedures.c.hash == bindparam("hash"))
_ENTRIES = (
    select(entries)
    .where(
        entries.c.meeting == bindparam("meeting"),
        entries.c.sequence > bindparam("after"),
        entries.c.sequence <= bindparam("until"),
    )
    .order_by(entries.c.sequence)
)
