"""What is due, most urgent first: found by walking an index, and no further than is wanted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, and_, exists, func, select, true

from storage.schema import IS_WAITING, LITERAL, SENDING, WAITING, outbox

SHORT = (outbox.c.id, outbox.c.meeting, outbox.c.target, outbox.c.urgency, outbox.c.due_at)
_other = outbox.alias("other")


def waits(now: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell of a row whether it waits and is due."""
    return and_(IS_WAITING, outbox.c.due_at <= now)


def held(row: FromClause) -> ColumnElement[bool]:
    """Tell of a row whether another of its meeting and chat is on its way: it waits, or a repeat of that goes first."""
    on_its_way = _other.c.state == LITERAL[SENDING]
    return exists().where(on_its_way, _other.c.meeting == row.c.meeting, _other.c.target == row.c.target)


def near(now: ColumnElement[int], most: Any, *, embedded: bool) -> CTE:  # noqa: ANN401  # a parameter
    """Return what waits and is due, so many at most, each with whether it is held."""
    found: FromClause = outbox if embedded else _by_urgency(now, most)
    order = (found.c.urgency, found.c.due_at, found.c.id)
    short = (found.c[one.key] for one in SHORT)
    wanted = select(*short, held(found).label("held")).order_by(*order).limit(most)
    return (wanted.where(waits(now)) if embedded else wanted).cte("near")


def _by_urgency(now: ColumnElement[int], most: Any) -> FromClause:  # noqa: ANN401  # a parameter
    """Return the rows that are longest due of each urgency there is, so many of each at most.

    PostgreSQL knows from some earlier time how many rows wait and are due, and in a storm it would sort all of them for
    every claim. Asked for one urgency at a time, it can only walk the index of what waits.
    """
    waiting = outbox.alias("waiting")
    is_waiting = waiting.c.state == LITERAL[WAITING]
    lowest = select(func.min(outbox.c.urgency).label("urgency")).where(IS_WAITING).cte("urgencies", recursive=True)
    next_one = select(func.min(waiting.c.urgency)).where(is_waiting, waiting.c.urgency > lowest.c.urgency)
    there_is = lowest.c.urgency.is_not(None)
    urgencies = lowest.union_all(select(next_one.scalar_subquery()).where(there_is))
    of_one = select(*SHORT).where(waits(now), outbox.c.urgency == urgencies.c.urgency)
    longest_due = of_one.order_by(outbox.c.due_at, outbox.c.id).limit(most).lateral("longest_due")
    return select(longest_due).select_from(urgencies.join(longest_due, true())).subquery("of_each")
