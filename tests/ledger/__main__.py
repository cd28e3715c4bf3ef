"""`make ledger`: which statements are upheld. `--proof`: that each data-backed test fails without its data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from procedures.load import load, shipped
from tests.ledger.proof import names
from tests.ledger.snapshots import PROOF

HERE = Path(__file__).parent


class Collector:
    """Notes for each ledger id whether every test that carries it passed."""

    def __init__(self) -> None:
        self.passed: dict[str, bool] = {}
        self.tests: dict[str, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hold an id upheld only while all its tests pass; a skipped test upholds nothing."""
        ids = [str(i) for key, value in report.user_properties if key == "ledger" for i in value]  # type: ignore[attr-defined]
        for ledger_id in ids:
            if report.when == "call" or not report.passed:
                self.passed[ledger_id] = self.passed.get(ledger_id, True) and report.passed
                self.tests[ledger_id].append(report.nodeid)


def rows() -> list[dict[str, object]]:
    """Return the ledger's rows."""
    found: list[dict[str, object]] = json.loads((HERE / "ledger.json").read_text(encoding="utf-8"))
    return found


def run() -> int:
    """Run the ledger tests and print what is upheld; exit code 1 where a test failed."""
    collector = Collector()
    code = pytest.main([str(HERE), "-q", "-n", os.environ.get("WORKERS", "2"), "--no-header"], plugins=[collector])
    upheld = {i for i, good in collector.passed.items() if good}
    by_procedure: dict[str, list[str]] = defaultdict(list)
    for row in rows():
        by_procedure[str(row["procedure"])].append(str(row["id"]))
    total = 0
    for procedure, ids in by_procedure.items():
        held = [i for i in ids if i in upheld]
        total += len(held)
        print(f"{procedure}: upheld {len(held)} of {len(ids)}")
        missing = [i for i in ids if i not in upheld]
        if missing:
            print("  not upheld: " + " ".join(missing))
    print(f"upheld {total} of {sum(len(i) for i in by_procedure.values())}")
    return int(code)


def prove(chosen: Iterable[str]) -> int:
    """Take each data-backed statement's values away and require its test to fail."""
    backed = [i for p in shipped() for i in _backed(p)]
    wanted = [i for i in backed if not list(chosen) or i in chosen]
    weak = []
    for ledger_id in wanted:
        env = {**os.environ, PROOF: ledger_id}
        command = [sys.executable, "-m", "pytest", str(HERE), "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, "-m", "ledger", f"--ledger={ledger_id}"], env=env, capture_output=True, check=False
        )
        if done.returncode == 5:
            print(f"{ledger_id}: no test carries it")
        elif done.returncode == 0:
            weak.append(ledger_id)
            print(f"{ledger_id}: the test still passes without its data")
        else:
            print(f"{ledger_id}: proved")
    print(f"{len(wanted)} data-backed statements, {len(weak)} tests too weak")
    return 1 if weak else 0


def _backed(procedure_id: str) -> list[str]:
    procedure = load(procedure_id)
    return [str(r["id"]) for r in rows() if r["procedure"] == procedure_id and names(procedure, str(r["id"]))]


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(prove([a for a in arguments if a != "--proof"]) if "--proof" in arguments else run())
