"""What is installed on a deployment's machine: the package as `pip install .` builds it, not this folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("node_modules")
def test_the_package_holds_everything_that_the_service_reads(tmp_path: Path) -> None:
    """Every file beside the code that a room reads travels with it, Microsoft's card renderer too; no test does."""
    made = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    rooms = {name.split("/")[0] for name in held if "/" in name and ".dist-info" not in name}
    assert {"web/static/vendor/adaptivecards.js", "web/static/vendor/adaptivecards.js.gz"} <= held
    assert {name for name in listed if name.split("/")[0] in rooms} <= held
    assert not rooms & {"tests", "benchmarks", "docs"}
    assert {"bot", "storage", "web", "meeting", "procedures", "documents", "rehearsal"} <= rooms
