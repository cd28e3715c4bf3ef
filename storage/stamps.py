"""How claims end: many at once, in one statement, each only if its row was not claimed again meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    String,
    case,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)

from storage.batches import as_one, packed, table, unpacked
from storage.engine import Engines
from storage.prepared import Prepared
from storage.schema import DROPPED, IS_SENDING, LITERAL, SENT, WAITING, messages, outbox

Claim = tuple[int, int]  # a row's number, and the number of the claim


class Stamp(NamedTuple):
    """The end of one claim: what its row is from now on. Times are microseconds."""

    id: int
    fence: int
    state: str  # sent, waiting (given back), dead or dropped
    due: int | None = None  # when it is due anew
    at: int | None = None  # when it was delivered
    error: str = ""
    chat: str | None = None
    activity: str | None = None  # the message that its key became, if any

    @property
    def claim(self) -> Claim:
        """The claim that it ends."""
        return self[:2]


class Stamper:
    """Writes the ends of claims."""

    def __init__(self, engines: Engines) -> None:
        dialect = engines.writing.dialect
        self._embedded = engines.embedded
        self._at_once = Prepared(_ended(engines, skipping=True), dialect)
        self._patiently = Prepared(_ended(engines, skipping=False), dialect)
        self._holding = Prepared(_holding(engines), dialect)
        self._remember = Prepared(_became(engines), dialect)

    def write(self, connection: Connection, stamps: Sequence[Stamp], *, waiting: bool) -> frozenset[Claim]:
        """End these claims; returns those that still held their rows.

        Without `waiting` a row that another transaction has locked is left out: whoever writes many rows of many
        meetings and waits for none of them can stand in nobody's circle.
        """
        values = {"stamps": packed(stamps)}
        if not self._embedded:
            ending = self._patiently if waiting else self._at_once
            return frozenset(map(tuple, ending.rows(connection, values)))
        held = unpacked(self._holding.rows(connection, values))  # and nobody else writes
        self._remember.changed(connection, values)
        self._patiently.changed(connection, values)
        return frozenset((number, fence) for number, fence in held)


# As a stamp has them.
_COLUMNS: tuple[Column[Any], ...] = (
    Column("id", BigInteger),
    Column("fence", Integer),
    Column("state", String),
    Column("due", BigInteger),
    Column("at", BigInteger),
    Column("error", String),
    Column("chat", String),
    Column("activity", String),  # None: no message came of it
)


def _newest(insert: Any, became: Select[Any]) -> Any:  # noqa: ANN401  # the insert construct of either database
    """Return the insertion into `messages` of what keys became, in the place of what they became before."""
    inserted = insert.from_select(["meeting", "key", "chat", "activity", "doubled"], became)
    new = inserted.excluded
    newer = {"chat": new.chat, "activity": new.activity, "doubled": or_(messages.c.doubled, new.doubled)}
    return inserted.on_conflict_do_update(index_elements=["meeting", "key"], set_=newer)


def _held(asked: FromClause, *columns: ColumnElement[Any]) -> Select[Any]:
    """Return a SELECT from the stamps whose claims still hold their rows."""
    same = (outbox.c.id == asked.c.id) & (outbox.c.fence == asked.c.fence)
    return select(*columns).select_from(asked.join(outbox, same)).where(IS_SENDING)


def _holding(engines: Engines) -> Select[Any]:
    """Return the statement that tells SQLite's one writer which claims still hold their rows."""
    asked = table("stamps", _COLUMNS, embedded=engines.embedded)
    return as_one(_held(asked, outbox.c.id, outbox.c.fence))


def _became(engines: Engines) -> Any:  # noqa: ANN401  # the insert construct of either database
    """Return the statement that remembers what keys became, for SQLite's one writer; before their claims end."""
    asked = table("stamps", _COLUMNS, embedded=engines.embedded)
    became = _held(asked, outbox.c.meeting, outbox.c.key, asked.c.chat, asked.c.activity, outbox.c.repeat)
    return _newest(engines.insert()(messages), became.where(asked.c.activity.is_not(None)))


def _ended(engines: Engines, *, skipping: bool) -> Any:  # noqa: ANN401  # an UPDATE, or a SELECT from one
    """Return the statement that ends claims and tells which; on PostgreSQL it also remembers what became of them.

    A row that was delivered or found moot waits once more where it comes again, or was asked for while it was being
    sent. One that is given back waits for its new time, unless it was cancelled meanwhile: then nobody wants it.
    """
    asked = table("stamps", _COLUMNS, embedded=engines.embedded)
    over = asked.c.state.in_([LITERAL[SENT], LITERAL[DROPPED]])
    once_more = case((over, func.coalesce(asked.c.due, outbox.c.again_at)))
    holding = _held(asked, *asked.c, once_more.label("again"), outbox.c.repeat.label("repeated"))
    held = holding.with_for_update(of=outbox, skip_locked=skipping).cte("held")
    again, given_back = held.c.again.is_not(None), held.c.state == LITERAL[WAITING]
    moot = given_back & outbox.c.unwanted
    values = {
        "state": case((again, LITERAL[WAITING]), (moot, LITERAL[DROPPED]), else_=held.c.state),
        "due_at": func.coalesce(held.c.again, held.c.due, outbox.c.due_at),
        "attempts": case((again & (held.c.state == LITERAL[SENT]), literal_column("0")), else_=outbox.c.attempts),
        "sent_at": func.coalesce(held.c.at, outbox.c.sent_at),
        "repeat": case((given_back, outbox.c.repeat), else_=false()),
        "error": held.c.error,
        "lease_until": null(),
        "lease_owner": literal_column("''"),
        "again_at": null(),
        "unwanted": false(),
    }
    ended = update(outbox).where(outbox.c.id == held.c.id).values(values)
    return ended if engines.embedded else _remembering(ended, held, engines.insert()(messages))


def _remembering(ended: Any, held: FromClause, insert: Any) -> Any:  # noqa: ANN401  # an UPDATE that returns
    """Return the statement that ends claims, remembers what became of them, and tells which they are."""
    told = (outbox.c.id, outbox.c.fence, outbox.c.meeting, outbox.c.key)
    over = ended.returning(*told, held.c.chat, held.c.activity, held.c.repeated).cte("ended")
    became = select(*(over.c[name] for name in ("meeting", "key", "chat", "activity", "repeated")))
    remembered = _newest(insert, became.where(over.c.activity.is_not(None)))
    return select(over.c.id, over.c.fence).add_cte(remembered.cte("remembered"))
