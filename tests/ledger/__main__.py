"""`make ledger`: which statements are upheld. `--proof`: that each data-backed test fails without its data."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from procedures.load import shipped
from tests.ledger.proof import named
from tests.ledger.snapshots import KEPT, NO_SUCH_STEP, NOT_REACHED, PROOF

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
    """Run the ledger tests and print what is upheld; exit code not 0 where a test failed."""
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


def prove(wanted: Sequence[str]) -> int:
    """Take each of these statements' values away and require its test to fail."""
    carrying = _carrying()
    weak = []
    with (
        tempfile.TemporaryDirectory() as kept,
        Forked(int(os.environ.get("WORKERS", "2")), maxtasksperchild=1) as forks,
    ):
        work = [(i, tuple(carrying.get(i, ())), kept) for i in wanted]
        for proof in forks.imap(_proof_of, work, chunksize=1):
            print(f"{proof.ledger_id}: {proof.said}", flush=True)
            weak += [proof.ledger_id] * proof.weak
    print(f"{len(wanted)} data-backed statements, {len(weak)} tests too weak" + "".join(f" {i}" for i in weak))
    return 1 if weak else 0


Forked = multiprocessing.get_context("fork").Pool  # a child for each statement: all is imported, nothing is shared


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one statement's tests once its values were gone."""

    ledger_id: str
    said: str
    weak: bool = False


def _proof_of(work: tuple[str, Sequence[str], str]) -> Proof:
    """Run the tests that carry an id on a procedure without its values: one of them must fail where it looks.

    First the values are taken from the meeting of a whole play, which is quick. A test that still passes may rest on
    what happened before: then the play is made anew without them.
    """
    ledger_id, tests, kept = work
    if not tests:
        return Proof(ledger_id, "no test carries it", weak=True)
    for env in ({PROOF: ledger_id, KEPT: kept}, {PROOF: ledger_id}):
        os.environ.pop(KEPT, None)
        os.environ.update(env)
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            code = pytest.main(["-q", "-x", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])
        if code:
            return _judged(ledger_id, told.getvalue())
    return Proof(ledger_id, "the test still passes without its data", weak=True)


def _judged(ledger_id: str, told: str) -> Proof:
    """Tell a test that fails from a play that breaks before its test looks."""
    why = next((line for line in told.splitlines() if line.startswith("E  ")), "E   no reason given")[1:].strip()
    broken = "Traceback" in why or (NOT_REACHED in why and NO_SUCH_STEP not in told)
    if broken:
        return Proof(ledger_id, f"the play breaks without its data, before its test looks: {why}", weak=True)
    return Proof(ledger_id, f"proved ({why[:100]})")


class Carriers:
    """Notes which tests carry which ledger ids."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, items: Sequence[pytest.Item]) -> None:
        """Read each collected test's marks."""
        for item in items:
            for mark in item.iter_markers("ledger"):
                for ledger_id in mark.args:
                    self.tests[str(ledger_id)].append(item.nodeid)


def _carrying() -> dict[str, list[str]]:
    """Return the tests of each ledger id."""
    carriers = Carriers()
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([str(HERE), "--collect-only", "-qq", "-p", "no:cacheprovider"], plugins=[carriers])
    return carriers.tests


def _backed(procedure_id: str) -> list[str]:
    return [str(r["id"]) for r in rows() if r["procedure"] == procedure_id and r["id"] in named(procedure_id)]


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks for; exit code 2 where it asks for what there is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.ledger", description=__doc__)
    parser.add_argument("--proof", action="store_true", help="take each statement's values away; its test must fail")
    parser.add_argument("ids", nargs="*", metavar="ID", help="with --proof: only these statements, as SAN-11.2")
    asked = parser.parse_args(arguments)
    if not asked.proof:
        if asked.ids:
            parser.error(
                "single statements are for --proof; run those of one with: python -m pytest tests/ledger --ledger ID"
            )
        return run()
    backed = [i for procedure in shipped() for i in _backed(procedure)]
    if unknown := [i for i in asked.ids if i not in backed]:
        parser.error(f"no procedure holds a value of {', '.join(unknown)}")
    return prove(asked.ids or backed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
