"""Many values handed to a statement as one: a JSON text that either database reads as a table.

A statement with a list of its own length would be compiled for each length, and run once for each row it would be many.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Select, String, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB


def table(name: str, columns: Sequence[Column[Any]], *, embedded: bool) -> FromClause:
    """Return what stands in the parameter of this name, as a table of these columns."""
    text = bindparam(name, type_=String)
    fields: list[ColumnElement[Any]]
    if embedded:
        each = func.json_each(text).table_valued("value", name=f"each_{name}")
        fields = [func.json_extract(each.c.value, f"$[{n}]", type_=c.type) for n, c in enumerate(columns)]
    else:
        each = func.jsonb_array_elements(cast(text, JSONB)).table_valued(Column("value", JSONB), name=f"each_{name}")
        fields = [cast(each.c.value[n].astext, c.type) for n, c in enumerate(columns)]
    return select(*(field.label(c.name) for field, c in zip(fields, columns, strict=True))).subquery(f"of_{name}")


def packed(rows: Sequence[Sequence[object]]) -> str:
    """Return rows, whose values stand in the columns' order, as the parameter of such a table."""
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
