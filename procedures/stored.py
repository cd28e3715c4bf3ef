"""A resolved procedure as bytes: stored whole with each meeting, so that later edits do not touch a running one."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from meeting.procedure import (
    ActionsData,
    ClosingData,
    DecisionData,
    Kind,
    Procedure,
    QuestionsData,
    RecordData,
    RollCallData,
    StatementData,
    TurnsData,
    ViewsData,
)

_PROCEDURE: TypeAdapter[Procedure] = TypeAdapter(Procedure)
_DATA: dict[Kind, TypeAdapter[Any]] = {
    Kind.STATEMENT: TypeAdapter(StatementData),
    Kind.ROLL_CALL: TypeAdapter(RollCallData),
    Kind.RECORD: TypeAdapter(RecordData),
    Kind.TURNS: TypeAdapter(TurnsData),
    Kind.QUESTIONS: TypeAdapter(QuestionsData),
    Kind.VIEWS: TypeAdapter(ViewsData),
    Kind.DECISION: TypeAdapter(DecisionData),
    Kind.ACTIONS: TypeAdapter(ActionsData),
    Kind.CLOSING: TypeAdapter(ClosingData),
}


def dump(procedure: Procedure) -> bytes:
    """Return the procedure as canonical JSON in UTF-8: equal procedures give equal bytes."""
    plain = _PROCEDURE.dump_python(procedure, mode="json", warnings="error")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def restore(stored: bytes) -> Procedure:
    """Return the procedure that these bytes hold, equal to the one dumped; raises ValueError."""
    plain = json.loads(stored)
    try:
        for step in plain["agenda"]:  # the kind says what a step's data are; their shapes alone would be a guess
            step["data"] = _DATA[Kind(step["kind"])].validate_python(step["data"])
    except (KeyError, TypeError) as error:
        raise ValueError("these bytes hold no procedure") from error
    return _PROCEDURE.validate_python(plain)


def content_hash(stored: bytes) -> str:
    """Return the SHA-256 of a dumped procedure in hexadecimal."""
    return sha256(stored).hexdigest()
