"""The words that a procedure file is written in: ids, texts, conditions, gates, sources."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

SRC_PATTERN = r"^[A-Z][A-Z0-9]{1,9}-[0-9]+(\.[0-9]+)*[A-Za-z0-9]*$"
KEY_PATTERN = r"^[a-z][a-z0-9_]*$"
STEP_PATTERN = r"^[A-Z][A-Z0-9_]*$"
BOUNDS_PATTERN = r"^[A-Z][A-Z0-9_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"
DOMAIN_PATTERN = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"
CLOCK_TIME_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
SETTER_PATTERN = r"^(\*|[A-Z][A-Z0-9_]*)\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*( !?= .+)?$"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


SrcId = Annotated[str, Field(pattern=SRC_PATTERN)]
_SRC_SCHEMA = {
    "description": "Ledger IDs that this value comes from, one or a list. Without any: a default, not this procedure.",
    "anyOf": [
        {"type": "string", "pattern": SRC_PATTERN},
        {"type": "array", "items": {"type": "string", "pattern": SRC_PATTERN}},
    ],
}
SrcIds = Annotated[list[SrcId], BeforeValidator(_listed), WithJsonSchema(_SRC_SCHEMA)]
Text = Annotated[str, Field(pattern=r"\S")]
Key = Annotated[str, Field(pattern=KEY_PATTERN)]
StepId = Annotated[str, Field(pattern=STEP_PATTERN)]
ClockTime = Annotated[str, Field(pattern=CLOCK_TIME_PATTERN, description='on the local clock, quoted: "08:00"')]
Month = Annotated[str, Field(pattern=MONTH_PATTERN)]
SetBy = Annotated[str, Field(pattern=SETTER_PATTERN, description="STEP.part.field, alone or with = value, != value")]
When = Annotated[
    str,
    Field(
        pattern=r"\S",
        description="Flags, sibling fields or field=choice, each may begin with `not`, joined by `and` and `or`",
    ),
]
GateName = Annotated[
    Literal["none", "warn", "override", "hard"],
    Field(description="How firmly something missing holds back a step: not, a message, unless a reason, always"),
]
PerName = Literal["meeting", "child", "adult", "parent", "purpose", "other_child", "free"]
TypeName = Literal[
    "text",
    "choice",
    "choices",
    "yes_no",
    "tick",
    "date",
    "datetime",
    "person",
    "agency",
    "phone",
    "contact",
    "children",
]


class Written(BaseModel):
    """Anything written in a procedure file: unknown keys are faults, values are what they look like."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
