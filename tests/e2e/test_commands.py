"""Every command where something is missing or wrong: plain words and an exit code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from chairside.main import app
from chairside.plainly import MENDABLE

EXAMPLE = Path("docs/how-to/example-meeting.yaml").resolve()
LOOKING = (
    ("access", "SM-3001"),
    ("audit", "verify"),
    ("backup", "copies"),
    ("chair", "SM-3001", "new@council.example", "--reason", "Left"),
    ("export", "SM-3001", "--out", "out"),
    ("keys", "rotate"),
    ("outbox", "list"),
    ("outbox", "show", "1"),
    ("outbox", "resend", "1"),
    ("report",),
    ("retention", "run"),
    ("retention", "hold", "SM-3001", "--reason", "Court"),
    ("retention", "release", "SM-3001"),
)
KEEPING = (*LOOKING, ("convene", str(EXAMPLE)), ("restore", "copy.db"), ("run",))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the commands are typed, with settings that would start a rehearsal's service."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE", "KEYRING", "PATHWAYS", "MINUTES_TEMPLATE"):
        monkeypatch.delenv(f"CHAIRSIDE_{name}", raising=False)
    for name in ("AUTHORITY", "OPENID_URL"):
        monkeypatch.setenv(f"CHAIRSIDE_{name}", "http://127.0.0.1:9/")
    monkeypatch.setenv("CHAIRSIDE_REHEARSAL", "true")
    monkeypatch.setenv("CHAIRSIDE_PORT", "0")
    (tmp_path / "copy.db").write_bytes(b"no database" * 99)
    (tmp_path / "latin.yaml").write_bytes("procedure: café".encode("latin-1"))
    (tmp_path / "chairside-keys.json").touch(mode=0o600)
    return tmp_path


def typed(*words: str) -> Result:
    """Type a command that cannot do its work; it says so in plain words."""
    done = CliRunner().invoke(app, list(words))
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1, done.output
    assert done.stderr.strip(), "nothing was said"
    return done


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_whoever_looks_where_nothing_is_kept_is_told_so_and_creates_nothing(here: Path, words: tuple[str, ...]) -> None:
    """An audit in the wrong folder would find nothing wrong with nothing, and leave a keyring behind."""
    (here / "chairside-keys.json").unlink()
    assert "There is no database at chairside.db, or no keyring at chairside-keys.json." in typed(*words).stderr
    assert {path.name for path in here.iterdir()} == {"copy.db", "latin.yaml"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "many", "CHAIRSIDE_PORT: Input should be a valid integer"),
        ("PORT", "99999", "CHAIRSIDE_PORT: Input should be less than or equal to 65535"),
        ("SMTP_TIMEOUT", "0", "CHAIRSIDE_SMTP_TIMEOUT: Input should be greater than 0"),
        ("TENANTS", "mine", 'CHAIRSIDE_TENANTS has to be a list in JSON, such as ["one", "two"].'),
        ("DATABSE", "sqlite:///c.db", "DATABSE is no setting; did you mean CHAIRSIDE_DATABASE?"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_by_every_command(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    """Also by those that do not need it: the service would not start with it."""
    monkeypatch.setenv("CHAIRSIDE_" + name, value)
    for words in (*KEEPING, ("doctor",)):
        assert said in typed(*words).stderr, words


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("mysql://db.example/c", "mysql is not supported: sqlite or postgresql"),
        ("nowhere:secret", "neither sqlite:///FILE nor postgresql://…"),
        ("sqlite://", "the record needs a file"),
        ("postgresql://chairside:secret@127.0.0.1:1/c", "127.0.0.1"),
        ("sqlite:///copy.db", "file is not a database"),
        ("sqlite:///copy.db/c.db", "copy.db"),
    ],
)
def test_a_database_that_cannot_be_opened_is_said_without_its_password(
    here: Path, monkeypatch: pytest.MonkeyPatch, database: str, said: str
) -> None:
    """Whichever command meets it first."""
    (here / "chairside-keys.json").unlink()
    assert CliRunner().invoke(app, ["convene", str(EXAMPLE)]).exit_code == 0  # and with it a keyring
    monkeypatch.setenv("CHAIRSIDE_DATABASE", database)
    for words in (("audit", "verify"), ("convene", str(EXAMPLE)), ("run",)):
        told = typed(*words).stderr
        assert said in told or "There is no database" in told, words
        assert "secret" not in told


def test_a_setting_left_empty_is_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment file may name every setting; what has no value keeps its default."""
    (here / "chairside-keys.json").unlink()
    for name in ("PATHWAYS", "DATABASE", "TENANTS", "PORT", "SMTP_HOST"):
        monkeypatch.setenv(f"CHAIRSIDE_{name}", "")
    assert CliRunner().invoke(app, ["convene", str(EXAMPLE)]).exit_code == 0
    assert (here / "chairside.db").exists()


def test_a_keyring_that_opens_nothing_is_said(here: Path) -> None:
    """One that is none, one that others can read, and one that is gone while its meetings are here."""
    assert "no valid keyring" in typed("convene", str(EXAMPLE)).stderr
    (here / "chairside-keys.json").chmod(0o644)
    assert "chmod 600" in typed("run").stderr
    (here / "chairside-keys.json").unlink()
    assert CliRunner().invoke(app, ["convene", str(EXAMPLE)]).exit_code == 0
    (here / "chairside-keys.json").unlink()
    for words in (("run",), ("convene", str(EXAMPLE))):
        assert "Put your copy back" in typed(*words).stderr
    assert not (here / "chairside-keys.json").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rehearse", "--case", "nothing"), "no case 'nothing'; there are: car-park"),
        (("rehearse", "--procedure", "nothing"), "Give the path of a YAML file"),
        (("rehearse", "--out", "copy.db"), "copy.db: File exists."),
        (("room", "--case", "nothing"), "no case 'nothing'; there are: car-park"),
        (("room", "--procedure", "nothing"), "Give the path of a YAML file"),
        (("manifest", "--app-id", "x", "--domain", "chairside.example.org"), "is no GUID"),
        (("procedure", "show", "nothing"), "Give the path of a YAML file"),
        (("convene", "copy.db"), "procedure is missing"),
        (("convene", "latin.yaml"), "Give the path of a YAML file in UTF-8"),
        (("report", "--since", "2026-05-01", "--until", "2026-01-01"), "give --since the earlier day"),
        (("template", "check", "copy.db"), "no Word document"),
        (("template", "word", "--out", "copy.db"), "is there already"),
        (("template", "word", "--out", "no/folder.docx"), "No such file or directory."),
        (("restore", "copy.db"), "damaged or no database"),
        (("retention", "hold", "SM-3001", "--reason", ""), "There is no database"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_a_command_cannot_use_is_named(here: Path, words: tuple[str, ...], said: str) -> None:
    """The file, the id or the value, and what would do."""
    told = typed(*words).stderr
    assert said in told
    assert "Traceback" not in told


def test_the_shipped_procedures_are_listed_by_id_title_and_issuer() -> None:
    """Whoever chooses one reads whose it is."""
    told = CliRunner().invoke(app, ["procedure", "show"]).output
    assert "san  Strategy meeting practice guidance, Sandwell Children's Trust\n" in told
    assert [line.split("  ")[0] for line in told.splitlines()] == ["lcs", "san", "sty", "wmt", "wok"]


@pytest.mark.parametrize("words", [("rehearse", "--out", "out"), ("room",)], ids=" ".join)
def test_without_the_built_page_the_command_that_builds_it_is_told(
    here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """A fresh copy of the code has no card renderer before `make setup-node`."""
    from web import build, files

    monkeypatch.setattr(build, "VENDOR", here / "vendor")
    monkeypatch.setattr(build.build, "__defaults__", (here / "node_modules",))
    monkeypatch.setattr(files, "files", files.files.__wrapped__)
    assert typed(*words).stderr == "Microsoft's card renderer is missing: run make setup-node, once.\n"


def test_a_newcomer_finds_the_commands_in_the_order_in_which_they_are_needed() -> None:
    """From trying it out to answering for it."""
    told = CliRunner().invoke(app, ["--help"]).output
    places = [told.index(title) for title in ("Try it", "Set it up", "Run it", "Keep what was", "Answer for it")]
    assert places == sorted(places)


def test_a_defect_of_the_program_stays_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever mends it needs to see where."""

    def broken(*_: object) -> None:
        raise KeyError("a defect")

    monkeypatch.setattr("procedures.show.show", broken)
    assert isinstance(CliRunner().invoke(app, ["procedure", "show", "san"]).exception, KeyError)


@pytest.mark.parametrize("name", sorted(MENDABLE))
def test_what_can_be_mended_is_an_exception_that_exists(name: str) -> None:
    module, _, kind = name.rpartition(".")
    assert issubclass(getattr(import_module(module), kind), Exception)


def test_the_service_alone_is_installed_and_its_help_imports_no_room(tmp_path: Path) -> None:
    """Without what rehearsals need on top, every other command works; a rehearsal names what is missing."""
    rooms = "bot", "dialogs", "storage", "rehearsal", "documents", "procedures", "web"
    code = (
        "import sys; sys.modules.update(jsonschema=None, aiosmtpd=None); import chairside.main\n"
        f"print([room for room in {rooms} if room in sys.modules])\n"
        "chairside.main.app(['rehearse', '--out', 'out'])"
    )
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert (told.returncode, told.stdout) == (1, "[]\n")
    assert "is not installed here. A rehearsal needs it: pip install 'chairside[rehearsal]'.\n" in told.stderr
    assert "Traceback" not in told.stderr
