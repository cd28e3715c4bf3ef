"""Many values handed to a statement as one: a JSON text that either database reads as a table.

A statement with a list of its own length would be compiled for each length, and run once for each row it would be many.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Column, FromClause, Select, String, bindparam, cast, func, select


def table(name: str, columns: Sequence[Column[Any]], *, embedded: bool) -> FromClause:
    """Return what stands in the parameter of this name, as a table of these columns."""
    if not embedded:
        read = func.json_to_recordset(cast(bindparam(name, type_=String), JSON))
        return read.table_valued(*columns).render_derived(name=f"of_{name}", with_types=True)
    each = func.json_each(bindparam(name, type_=String)).table_valued("value", name=f"each_{name}")
    fields = (func.json_extract(each.c.value, f"$.{c.name}", type_=c.type).label(c.name) for c in columns)
    return select(*fields).subquery(f"of_{name}")


def packed(rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as the parameter of such a table."""
    return json.dumps(rows)


def as_one(found: Select[Any]) -> Select[Any]:
    """Return a SELECT of SQLite whose one answer holds every row that another finds, for `unpacked` to read.

    The driver lets go of Python's lock for each row that it fetches, and while the loop works it gets it back only when
    that sends or receives something: for hundreds of rows the two threads would wait for one another as often.
    """
    return found.with_only_columns(func.json_group_array(func.json_array(*found.selected_columns)).label("rows"))


def unpacked(answer: Sequence[Any]) -> list[list[Any]]:
    """Return the rows in the answer of such a SELECT: text, numbers, None; booleans are 0 and 1."""
    rows: list[list[Any]] = json.loads(answer[0].rows)
    return rows
