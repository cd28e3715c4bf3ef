"""The record, the outbox and the keys, kept in SQLite or PostgreSQL.

- store joins what keeps each port: record, outbox (nearest → claims; stamps → copies), notices, directory, sessions.
- A turn on its way: lanes → writing → turns (folds, states, staging) → engine; codec, sealing and chain guard each row.
- For the keeper: alone, keeping, inspecting, copying, post, keyring, upgrading with `migrations/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from meeting.registry import evolvers
from storage.alone import InUse, alone
from storage.chain import Chain, Finding, Tampered
from storage.clock import Clock
from storage.codec import Codec
from storage.engine import Unopened, open_engines, told
from storage.failpoints import At, Point, nowhere
from storage.keeping import Anchor
from storage.keyring import Keyring, KeyringError
from storage.post import Lying, Post
from storage.states import Erased, Fold, Kit, NoticesFor
from storage.store import Store
from storage.upgrading import upgrade

__all__ = [
    "Anchor",
    "Erased",
    "Finding",
    "InUse",
    "Keyring",
    "KeyringError",
    "Lying",
    "Point",
    "Post",
    "Store",
    "Tampered",
    "Unopened",
    "alone",
    "open_store",
]


def open_store(  # the one place where a store is put together
    url: str,
    keyring: Keyring,
    *,
    fold: Fold,
    notices_for: NoticesFor,
    events: Iterable[type] | None = None,
    now: Callable[[], datetime] | None = None,
    at: At = nowhere,
) -> Store:
    """Open a store at `sqlite:///FILE` or `postgresql://…`, its tables brought to this release.

    `fold` and `notices_for` are the rules'. `events` are the classes that an entry may hold: every registered one
    unless told. `now` stands in for the database's clock in rehearsals.
    Raises Unopened: for another kind of URL, one that cannot be read or is not durable (Unsafe), a newer one (TooNew).
    """
    engines = open_engines(url)
    try:
        upgrade(engines.writing, at)
    except SQLAlchemyError as wrong:
        engines.close()
        raise told(wrong) from wrong
    except BaseException:
        engines.close()
        raise
    kit = Kit(
        fold=fold,
        notices_for=notices_for,
        codec=Codec(evolvers() if events is None else events),
        keyring=keyring,
        chain=Chain(keyring.chain_key),
    )
    return Store(engines, kit, Clock(embedded=engines.embedded, stand_in=now), at)
