"""`make bench`: runs every benchmark and writes `benchmarks/results.json`; `python -m benchmarks --help` for parts."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks import goals, minutes, reminders, room, turns
from benchmarks.databases import databases

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
BUILD = HERE.parent / "build" / "bench"
console = Console(highlight=False)
Part = Callable[[Path, float], Awaitable[Mapping[str, object]]]


def tell(line: str) -> None:
    """Say what is being measured."""
    console.print(f"  {line} …", markup=False)


def environments() -> dict[str, Path]:
    """Return the interpreters of the SDKs, each in an environment of its own; raises SystemExit without one."""
    found = {name: BUILD / name / "bin" / "python" for name in ("stock_sdk", "agents_sdk")}
    missing = [name for name, path in found.items() if not path.exists()]
    if missing:
        raise SystemExit(f"The environments of {', '.join(missing)} are missing: run make bench, which sets them up")
    return found


async def bench_turns(folder: Path, scale: float) -> Mapping[str, object]:
    """Compare a turn with a bare server and the SDKs."""
    return await turns.compared(folder, environments(), requests=int(6000 * scale), tell=tell)


async def bench_growth(folder: Path, scale: float) -> Mapping[str, object]:
    """Measure how an answer's cost grows."""
    return {"growth": await turns.grown(folder, requests=int(1500 * scale), tell=tell, largest=scale >= 1)}


async def bench_crowd(folder: Path, scale: float) -> Mapping[str, object]:
    """Let a crowd answer at once."""
    del scale
    return {"crowd": await turns.crowd(folder, tell=tell)}


async def bench_minutes(folder: Path, scale: float) -> Mapping[str, object]:
    """Make the minutes of a meeting of twelve seats in every format."""
    del folder, scale
    tell("minutes in four formats")
    return {"minutes": await asyncio.to_thread(minutes.measure)}


async def bench_room(folder: Path, scale: float) -> Mapping[str, object]:
    """Open the rehearsal room, press while twelve pages listen."""
    del folder
    tell("the rehearsal room in a browser")
    return {"room": await room.measure(presses=max(20, int(100 * scale)))}


async def bench_reminders(folder: Path, scale: float) -> Mapping[str, object]:
    """Let ten thousand reminders fall due at once, beside APScheduler."""
    del folder
    with databases() as found:
        return await reminders.compared(found, count=int(10_000 * scale), tell=tell)


PARTS: Mapping[str, Part] = {
    "turns": bench_turns,
    "growth": bench_growth,
    "crowd": bench_crowd,
    "reminders": bench_reminders,
    "minutes": bench_minutes,
    "room": bench_room,
}


async def measure(parts: list[str], *, scale: float) -> dict[str, object]:
    """Run these parts on one prepared meeting; returns all figures by name."""
    with tempfile.TemporaryDirectory(prefix="chairside-bench-") as temporary:
        folder = await turns.prepared(Path(temporary) / "meeting", tell=tell)
        found: dict[str, object] = {}
        for name in parts:
            console.print(f"[bold]{name}[/bold]")
            found.update(await PARTS[name](folder, scale))
        return found


def main() -> None:
    """Measure, show the table, keep the figures; a part that was not asked for keeps those of its last run."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which; all without")
    asked.add_argument("--quick", action="store_true", help="few requests, to see that it runs; nothing is written")
    chosen = asked.parse_args()
    found = asyncio.run(measure(chosen.parts or list(PARTS), scale=0.1 if chosen.quick else 1.0))
    before = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    about = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    results = {**before, **found, "about": about}
    goals.show(results, console)
    if not chosen.quick:
        RESULTS.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        console.print(f"Written: {RESULTS.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
