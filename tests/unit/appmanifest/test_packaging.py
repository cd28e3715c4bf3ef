"""`chairside manifest` writes a zip, or says in one line why not."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

from appmanifest import official
from chairside.main import app

GOOD = ("--app-id", "12345678-90ab-4cde-8f01-234567890abc", "--domain", "chairside.example.org")


@pytest.fixture
def pack(tmp_path):
    """Run the command; return what it printed, its exit code and the file it was told to write."""

    def run(*options: str):
        file = tmp_path / "new" / "app.zip"
        done = CliRunner().invoke(app, ["manifest", "--out", str(file), *options])
        return done.output, done.exit_code, file

    return run


def test_a_package_is_written_without_the_check(pack):
    printed, code, file = pack(*GOOD, "--no-validate", "--version", "2.0.1")
    assert (code, "version 2.0.1" in printed, "not checked" in printed) == (0, True, True)
    with zipfile.ZipFile(file) as packed:
        assert json.loads(packed.read("manifest.json"))["version"] == "2.0.1"


@pytest.mark.node
def test_a_package_is_checked_against_microsofts_schema(pack):
    printed, code, file = pack(*GOOD)
    assert (code, file.is_file()) == (0, True)
    assert "checked against Microsoft's schema" in printed


def test_without_the_schema_nothing_is_written(pack, monkeypatch, tmp_path):
    monkeypatch.setattr(official, "REPOSITORY", tmp_path)
    monkeypatch.chdir(tmp_path)
    printed, code, file = pack(*GOOD)
    assert (code, file.exists()) == (1, False)
    assert "make setup-node" in printed
    assert len(printed.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--app-id", "x", "--domain", "chairside.example.org"), "--app-id 'x' is no GUID"),
        ((*GOOD[:2], "--domain", "https://chairside.example.org"), "public host name alone"),
        ((*GOOD, "--version", "1"), "three numbers"),
    ],
)
def test_a_bad_value_is_told_in_one_line(pack, options, word):
    printed, code, file = pack(*options, "--no-validate")
    assert (code, file.exists()) == (1, False)
    assert word in printed
    assert len(printed.strip().splitlines()) == 1
