"""Notices become rows of the outbox: each key of a meeting once, whatever is asked of it and however often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    false,
    literal_column,
    null,
    or_,
    update,
)

from meeting.telling.notices import Cancel, Notice, Retry, Send
from storage.engine import Engines
from storage.prepared import Prepared
from storage.schema import DROPPED, IS_DEAD, IS_DROPPED, IS_SENDING, IS_WAITING, LITERAL, WAITING, outbox
from storage.times import SECOND

Params = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One notice of one meeting, with its due time and the time of its entry, in microseconds."""

    meeting: str
    notice: Notice
    due: int
    at: int

    def params(self) -> Params:
        """Return what the statement for this notice takes."""
        match self.notice:
            case Cancel(key=key):
                return {"in_meeting": self.meeting, "of_key": key}
            case Retry(key=key):
                return {"in_meeting": self.meeting, "of_key": key, "at": self.due}
            case Send() as send:
                return {
                    "meeting": self.meeting,
                    "key": send.key,
                    "kind": send.kind.value,
                    "subject": send.subject,
                    "person": send.person,
                    "private": send.private,
                    "target": _target(send),
                    "seat": send.seat or "",
                    "edits": send.edits,
                    "due_at": self.due,
                    "urgency": send.urgency,
                    "created": self.at,
                    "asked_again": send.again,
                    "apart": int(send.every * SECOND),
                }


def _target(send: Send) -> str:
    """Return within what order is kept: the meeting's chat, or what goes to one person or seat."""
    if send.seat:
        return f"seat {send.seat} {send.person}".rstrip()
    return send.person if send.private else ""


# What a new row begins with; the rest of its columns are empty.
_FRESH = {
    "state": LITERAL[WAITING],
    "attempts": literal_column("0"),
    "fence": literal_column("0"),
    "lease_owner": literal_column("''"),
    "error": literal_column("''"),
    "unwanted": false(),
    "repeat": false(),
}


class NoticeWriter:
    """Writes what the entries of a transaction ask for."""

    def __init__(self, engines: Engines) -> None:
        self._send = Prepared(_send(engines), engines.writing.dialect)
        self._cancel = Prepared(_CANCEL, engines.writing.dialect)
        self._retry = Prepared(_RETRY, engines.writing.dialect)

    def write(self, connection: Connection, asked: Iterable[Asked]) -> None:
        """Write all notices with the effect of one after the other, in as few statements as that takes."""
        for sends, cancels, retries in _layers(asked):
            self._send.many(connection, sends)
            self._cancel.many(connection, cancels)
            self._retry.many(connection, retries)


def _layers(asked: Iterable[Asked]) -> list[tuple[list[Params], ...]]:
    """Return rounds in which no key comes twice: first what each key is asked first, then what it is asked second.

    Each round holds what is sent, what is cancelled and what is tried again.
    """
    of_key: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        before = of_key.setdefault((one.meeting, one.notice.key), [])
        merged = _merged(before[-1], one) if before else None
        if merged is None:
            before.append(one)
        else:
            before[-1] = merged
    rounds = ([one for one in layer if one is not None] for layer in zip_longest(*of_key.values()))
    return [
        tuple([one.params() for one in layer if isinstance(one.notice, kind)] for kind in (Send, Cancel, Retry))
        for layer in rounds
    ]


def _merged(first: Asked, second: Asked) -> Asked | None:
    """Return one notice with the effect of two for the same key, or None where that takes both."""
    match first.notice, second.notice:
        case Send(), Send(again=False):
            return first  # whatever the first left behind, it is no reason to send once more
        case Send(again=True) as one, Send(again=True) as other:
            notice = replace(other, urgency=min(one.urgency, other.urgency), every=min(one.every, other.every))
            return replace(second, notice=notice, due=min(first.due, second.due))
        case (Cancel(), Cancel()) | (Retry(), Retry()):
            return first
        case _:
            return None


def _earlier(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one <= other, one), else_=other)


_APART = bindparam("apart", type_=BigInteger)  # microseconds between two deliveries


def _later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((other > one, other), else_=one)  # and where there is no other


def _send(engines: Engines) -> Any:  # noqa: ANN401  # the insert construct of either database
    """Return the statement that makes sure of a message.

    A new key waits. A key that waits is untouched, or with `again` takes the earlier due time. One that is being
    sent will, with `again`, be sent once more afterwards. One that was delivered or put aside waits once more with
    `again` only, and not before its time between two deliveries has passed; one that was dropped before it was ever
    sent waits once more in any case.
    """
    fields = ("meeting", "key", "kind", "subject", "person", "private", "seat", "target", "edits", "due_at", "urgency")
    insert = engines.insert()(outbox)
    insert = insert.values(**{name: bindparam(name) for name in (*fields, "created")}, **_FRESH)
    new, old = insert.excluded, outbox.c
    rested, in_turn = _later(new.due_at, old.sent_at + _APART), new.due_at + _APART
    again = bindparam("asked_again", type_=Boolean)
    at_rest = and_(~IS_WAITING, ~IS_SENDING)
    revived = or_(and_(again, at_rest), and_(IS_DROPPED, old.sent_at.is_(None)))
    due = case((revived, rested), (and_(again, IS_WAITING), _earlier(old.due_at, rested)), else_=old.due_at)
    changes = {
        "due_at": due,
        "urgency": case((revived, new.urgency), (again, _earlier(old.urgency, new.urgency)), else_=old.urgency),
        "again_at": case(
            (and_(again, IS_SENDING, old.again_at.is_(None)), in_turn),
            (and_(again, IS_SENDING), _earlier(old.again_at, in_turn)),
            else_=old.again_at,
        ),
        "unwanted": false(),
        "attempts": case((revived, literal_column("0")), else_=old.attempts),
        "error": case((revived, literal_column("''")), else_=old.error),
        "repeat": and_(old.repeat, ~revived),
        "state": case((revived, LITERAL[WAITING]), else_=old.state),
        **{
            name: case((or_(again, revived), new[name]), else_=old[name])
            for name in ("kind", "subject", "person", "private", "seat", "target", "edits")
        },
    }
    changed = or_(again, IS_DROPPED, IS_SENDING)
    return insert.on_conflict_do_update(index_elements=["meeting", "key"], set_=changes, where=changed)


_CANCEL = (
    update(outbox)
    .where(
        outbox.c.meeting == bindparam("in_meeting"),
        outbox.c.key == bindparam("of_key"),
        or_(IS_WAITING, IS_SENDING),
    )
    .values(state=case((IS_WAITING, LITERAL[DROPPED]), else_=outbox.c.state), unwanted=IS_SENDING, again_at=null())
)

_RETRY = (
    update(outbox)
    .where(
        outbox.c.meeting == bindparam("in_meeting"),
        outbox.c.key == bindparam("of_key"),
        IS_DEAD,
    )
    .values(
        state=LITERAL[WAITING],
        due_at=bindparam("at", type_=BigInteger),
        attempts=literal_column("0"),
        error=literal_column("''"),
        unwanted=false(),
    )
)
