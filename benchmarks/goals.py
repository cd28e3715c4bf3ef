"""What the figures should be, as ratios within one run: machines differ, and a shared one is noisy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import minutes, room

Results = Mapping[str, Any]
CONTENDERS = ("echo", "stock_sdk", "stock_sdk_patched", "agents_sdk", "answer", "refresh")
POSTS = 1.5  # as fast as the one who is sent to answers: keeping the books may take half as long beside it
FLAT = 1.3  # an answer in the largest meeting may cost so many times what it costs in the smallest


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal with what this run showed."""

    what: str
    wanted: str
    found: float
    kept: bool


def at_least(what: str, found: float, wanted: float) -> Goal:
    """Return a goal that is kept from `wanted` upwards."""
    return Goal(what=what, wanted=f"at least {wanted:g}", found=found, kept=found >= wanted)


def at_most(what: str, found: float, wanted: float) -> Goal:
    """Return a goal that is kept up to `wanted`."""
    return Goal(what=what, wanted=f"at most {wanted:g}", found=found, kept=found <= wanted)


def goals_of(results: Results) -> list[Goal]:
    """Return every goal that these results can tell about."""
    return [
        *_of_turns(results),
        *_of_growth(results.get("growth", {})),
        *_of_crowd(results.get("crowd")),
        *_of_reminders(results.get("reminders", {})),
        *_of_minutes(results.get("minutes")),
        *_of_room(results.get("room")),
    ]


def _of_room(found: Mapping[str, float] | None) -> Iterator[Goal]:
    if found is None:
        return
    yield at_most("seconds to the rehearsal room's first card", found["first card"], room.FIRST_CARD)
    yield at_most("seconds of a press, p95, 12 pages listening", found["press, p95"], room.ANSWER)
    yield at_most("bytes of a first visit to the page", found["weight"], room.WEIGHT)


def _of_turns(results: Results) -> Iterator[Goal]:
    if not all(name in results for name in CONTENDERS):
        return
    rps = {name: results[name]["rps"] for name in CONTENDERS}
    cpu = {name: results[name]["cpu_ms"] for name in CONTENDERS}
    for name, times in (("stock_sdk", 10.0), ("stock_sdk_patched", 2.0), ("agents_sdk", 1.5)):
        yield at_least(f"answers a second, times {name}'s", rps["answer"] / rps[name], times)
    yield at_most("CPU of an answer, times echo's", cpu["answer"] / cpu["echo"], 8.0)
    yield at_most("CPU of a refresh, times echo's", cpu["refresh"] / cpu["echo"], 4.0)


def _of_growth(growth: Mapping[str, Mapping[str, float]]) -> Iterator[Goal]:
    for kind in ("entries", "meetings"):
        sizes = sorted((int(n.rpartition("_")[2]), f) for n, f in growth.items() if n.startswith(kind))
        if len(sizes) > 1:
            ratio = sizes[0][1]["rps"] / sizes[-1][1]["rps"]
            yield at_most(f"an answer with {sizes[-1][0]} {kind}, times that with {sizes[0][0]}", ratio, FLAT)


def _of_crowd(crowd: Mapping[str, float] | None) -> Iterator[Goal]:
    if crowd is not None:
        yield at_most(f"lost answers of {crowd['people']} people at once", crowd["lost"], 0)


def _of_reminders(found: Mapping[str, Any]) -> Iterator[Goal]:
    for name, wanted in (("sqlite", 5.0), ("postgresql", 10.0)):
        if name in found:
            what = f"APScheduler's best, times ours, to claim and stamp reminders on {name}"
            yield at_least(what, found[name]["times_best"], wanted)
            what = f"seconds to send them, times those of the posts alone, {name}"
            yield at_most(what, found[name]["times_posts"], POSTS)
            stood = found[name]["stamped"]["longest_stall_ms"]
            yield at_most(f"milliseconds that the loop stood still meanwhile, {name}", stood, 50)


def _of_minutes(seconds: Mapping[str, float] | None) -> Iterator[Goal]:
    if seconds is not None:
        what = f"seconds for the minutes of {minutes.SEATS} seats in all four formats"
        yield at_most(what, seconds["all four formats"], minutes.AT_MOST)


def show(results: Results, console: Console) -> None:
    """Print the figures, and each goal with whether it was kept."""
    table = Table("", "per second", "p50 ms", "p99 ms", "CPU ms", title="Turns: 16 connections; CPU at one")
    for name in CONTENDERS:
        if name in results:
            one = results[name]
            table.add_row(name, *(f"{one[k]:,.2f}" for k in ("rps", "p50_ms", "p99_ms", "cpu_ms")))
    for name, one in {**results.get("growth", {}), "crowd": results.get("crowd")}.items():
        if one:
            table.add_row(name, *(f"{one[k]:,.2f}" for k in ("rps", "p50_ms", "p99_ms", "cpu_ms")))
    console.print(table)
    told = Table("goal", "wanted", "found", "", title="Goals, as ratios within this run")
    for goal in goals_of(results):
        told.add_row(goal.what, goal.wanted, f"{goal.found:.2f}", "kept" if goal.kept else "MISSED")
    console.print(told)
