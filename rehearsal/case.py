"""A fictional case: who is in it, what they know, what they would say. Data in `rehearsal/cases/`, one file each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

USUAL = "injured-infant"  # what is played where nobody says what
CASES = Path(__file__).parent / "cases"


class NoCase(ValueError):
    """There is no such case, or its file cannot be played; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the owner of an action says of it, not before this time."""

    action: str  # as it stands on the action list
    said: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case as its file tells it; `data` is also what convening reads."""

    id: str
    title: str
    story: str
    procedure: str
    clock: datetime
    data: Mapping[str, Any]

    @property
    def lines(self) -> Mapping[str, Mapping[str, Any]]:
        """What each seat says: seat id -> label of an input -> answer."""
        found: Mapping[str, Mapping[str, Any]] = self.data.get("lines", {})
        return found

    @property
    def scribe(self) -> str:
        """The seat that writes for the meeting: the note-taker, or a chair without one."""
        return str(self.data.get("note_taker") or self.data["chair"])

    @property
    def quiet(self) -> tuple[str, ...]:
        """The seats that speak instead of typing: housing, where the case does not say."""
        return tuple(self.data.get("quiet", ("housing",)))

    def seat(self, seat: str) -> Mapping[str, Any]:
        """Return one seat's data; raises NoCase."""
        for one in self.data["seats"]:
            if one["id"] == seat:
                found: Mapping[str, Any] = one
                return found
        raise NoCase(f"{self.id}: no seat '{seat}'")

    def afterwards(self, *keys: str, plain: str = "") -> str:
        """Return what the case tells of the days after, key by key under `after`; what is plain where it does not."""
        found: Any = self.data.get("after", {})
        for key in keys:
            found = found.get(key, {}) if isinstance(found, Mapping) else {}
        return str(found) if found else plain

    def further(self) -> Case:
        """Return the case of the further meeting: what is said and agreed then, before what was said at first."""
        told: Mapping[str, Any] = self.data.get("after", {}).get("further", {})
        new: Mapping[str, Any] = told.get("lines", {})
        lines = {seat: {**self.lines.get(seat, {}), **new.get(seat, {})} for seat in {**self.lines, **new}}
        return replace(self, data={**self.data, "lines": lines, "actions": told.get("actions", [])})

    def reports(self) -> tuple[Report, ...]:
        """Return what owners say of their actions once these are done, in the file's order."""

        def report(told: Mapping[str, Any]) -> Report:
            at = self.clock + timedelta(hours=told.get("in_hours", 0))
            return Report(action=told["action"], said=told["said"], at=at)

        return tuple(report(told) for told in self.data.get("after", {}).get("done", ()))

    def reported(self, shown: str) -> Report | None:
        """Return what is said of the action whose whole text stands in what is shown, None where the case is silent."""
        return next((one for one in self.reports() if one.action in shown), None)

    def said_aloud(self, owed: str) -> str:
        """Return what the seat that is owed for had said aloud, "" where the case does not tell it."""
        told = self.data.get("said_aloud", {})
        seats = (one for one in self.data["seats"] if one["id"] in told)
        named = (s["id"] for s in seats if s["label"] in owed or s["name"] in owed or f"{s['id'].title()}: " in owed)
        return next((str(told[seat]) for seat in named), "")


def cases() -> tuple[Case, ...]:
    """Return every case that ships, in alphabetical order."""
    return tuple(read_case(path) for path in sorted(CASES.glob("*.yaml")))


def read_case(path: Path) -> Case:
    """Return the case in a file; raises NoCase."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as wrong:
        raise NoCase(f"{path}: {wrong}") from wrong
    return case_of(data, path.name)


def case_of(data: object, name: str) -> Case:
    """Return the case that these data tell; raises NoCase, in which `name` says where it stands."""
    if not isinstance(data, dict) or not data.get("fictional"):
        raise NoCase(f"{name}: only a case marked 'fictional: true' is played")
    missing = [k for k in ("case", "title", "procedure", "children", "seats", "chair") if k not in data]
    if missing:
        raise NoCase(f"{name}: missing {', '.join(missing)}")
    clock = data.get("clock") or datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    clock = datetime.fromisoformat(clock) if isinstance(clock, str) else clock
    return Case(
        id=data["case"],
        title=data["title"],
        story=data.get("story", ""),
        procedure=data["procedure"],
        clock=clock,
        data=data,
    )


def find_case(name: str | None, *, procedure: str | None = None) -> Case:
    """Return a case by its id or file, else one written for this procedure, else the usual one; raises NoCase."""
    if name and Path(name).is_file():
        return read_case(Path(name))
    known = {case.id: case for case in cases()}
    if not name:
        return next((case for case in known.values() if case.procedure == procedure), known[USUAL])
    if name not in known:
        raise NoCase(f"no case '{name}'; there are: {', '.join(known)}")
    return known[name]
