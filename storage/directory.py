"""Where chats and people are reached: the port `Directory`, kept in a database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, LargeBinary, bindparam, case, select

from dialogs.ports import Reachable
from storage.engine import Engines
from storage.keyring import Keyring
from storage.lanes import Lanes
from storage.reading import Readers
from storage.schema import directory, known_as
from storage.states import normal
from storage.writing import Task, Work

_FIND = select(directory).where(directory.c.address == bindparam("at"))
_NAMED = select(known_as.c.address).where(known_as.c.key == bindparam("as", type_=LargeBinary))
_NAMES = select(known_as.c.key).where(
    known_as.c.address == bindparam("at"), known_as.c.key.in_(bindparam("as", expanding=True))
)
_KEPT = 4096  # addresses whose newest way is known in memory, so that most activities write nothing


class StoredDirectory:
    """Writes only what is new; a personal chat once known is kept when an activity does not tell it."""

    def __init__(self, *, engines: Engines, lanes: Lanes[Task], readers: Readers, keyring: Keyring) -> None:
        self._lanes = lanes
        self._readers = readers
        self._keyring = keyring
        self._known: OrderedDict[str, tuple[Reachable, frozenset[bytes]]] = OrderedDict()
        insert = engines.insert()(directory)
        new, old = insert.excluded, directory.c
        self._remember = insert.on_conflict_do_update(
            index_elements=["address"],
            set_={
                "service_url": new.service_url,
                "tenant": new.tenant,
                "personal_chat": case((new.personal_chat == "", old.personal_chat), else_=new.personal_chat),
                "call": case((new.call == "", old.call), else_=new.call),
            },
        )
        identity = engines.insert()(known_as)
        self._recognise = identity.on_conflict_do_update(
            index_elements=["key"], set_={"address": identity.excluded.address}
        )

    async def remember(self, reachable: Reachable) -> None:
        """Keep the newest way to reach an address."""
        await self.recognise(reachable, ())

    async def recognise(self, reachable: Reachable, identities: Iterable[str]) -> None:
        """Keep the newest way to reach somebody, and their identities; only a keyed hash of these is kept."""
        keys = frozenset(self._keyring.indexed(normal(one)) for one in identities if one)
        before, known = self._known.get(reachable.address) or await self._kept(reachable.address, keys)
        if before == reachable and keys <= known:
            self._keep(reachable, known)
            return
        names = [{"key": key, "address": reachable.address} for key in sorted(keys)]

        def write(connection: Connection) -> tuple[None, bool]:
            self.write(connection, reachable)
            if names:
                connection.execute(self._recognise, names)
            return None, False

        await self._lanes.put(Work(run=write), about=reachable.address)
        self._keep(reachable, keys | known)

    async def _kept(self, address: str, keys: frozenset[bytes]) -> tuple[Reachable | None, frozenset[bytes]]:
        """Return what the database has of an address: after a start, reading spares a durable write for each."""

        def read(connection: Connection) -> tuple[Reachable | None, frozenset[bytes]]:
            row = connection.execute(_FIND, {"at": address}).first()
            names = connection.execute(_NAMES, {"at": address, "as": sorted(keys)}).scalars() if keys else ()
            return way(row) if row is not None else None, frozenset(names)

        return await self._readers.read(read)

    def _keep(self, reachable: Reachable, known: frozenset[bytes]) -> None:
        self._known[reachable.address] = (reachable, known)
        self._known.move_to_end(reachable.address)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def write(self, connection: Connection, reachable: Reachable) -> None:
        """Keep the newest way to reach an address, within a transaction that somebody else commits."""
        connection.execute(self._remember, asdict(reachable))

    async def find(self, address: str) -> Reachable | None:
        """Return the way to reach an address."""
        row = await self._readers.read(lambda connection: connection.execute(_FIND, {"at": address}).first())
        if row is None:
            self._known.pop(address, None)  # it was forgotten with a meeting: what is told next is written anew
            return None
        return way(row)

    async def named(self, identity: str) -> Reachable | None:
        """Return the way to reach whoever has this identity."""
        key = self._keyring.indexed(normal(identity))
        address = await self._readers.read(lambda connection: connection.execute(_NAMED, {"as": key}).scalar())
        if address is None:
            self._unlearn(key)
        return await self.find(str(address)) if address else None

    def _unlearn(self, key: bytes) -> None:
        """Forget in memory whom a name led to that the database has no more."""
        for address in [known for known, (_, names) in self._known.items() if key in names]:
            del self._known[address]


def way(row: Any) -> Reachable:  # noqa: ANN401  # a row of `directory`
    """Return the way to reach somebody, as a row of the directory tells it."""
    return Reachable(**{spec.name: getattr(row, spec.name) for spec in fields(Reachable)})
