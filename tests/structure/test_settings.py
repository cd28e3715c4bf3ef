"""docs/settings.md tells every setting, and tells it right."""

import json
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import FOR_TESTS, Settings, UnknownSetting
from tests.structure.tree import files, text_of

PAGE = Path("docs/settings.md")
PREFIX = "CHAIRSIDE_"
ROW = re.compile(r"^\| `(CHAIRSIDE_[A-Z_]+)` \| (.+) \| (\S+) \| `(.+)` \|$", flags=re.MULTILINE)
TOLD = {name: (meaning, default, example) for name, meaning, default, example in ROW.findall(text_of(PAGE) or "")}
FIELDS = {f"{PREFIX}{name.upper()}": name for name in Settings.model_fields}


def default_of(field: str) -> str:
    """Return a setting's default as the page writes it."""
    value = Settings.model_fields[field].default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, frozenset | tuple):
        value = json.dumps(sorted(map(str, value)))
    return f"`{value}`" if str(value) else "empty"


def test_every_setting_is_told_and_no_other():
    """A setting that is not on the page, or no longer there, fails."""
    assert set(TOLD) == set(FIELDS) | FOR_TESTS


@pytest.mark.parametrize("name", FIELDS)
def test_the_default_is_told(name):
    assert TOLD[name][1] == default_of(FIELDS[name])


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_works(name, monkeypatch, tmp_path):
    """The example, put into the environment, is taken and changes something."""
    monkeypatch.chdir(tmp_path)
    for other in FIELDS:
        monkeypatch.delenv(other, raising=False)
    before = getattr(Settings(), FIELDS[name])
    monkeypatch.setenv(name, TOLD[name][2])
    assert getattr(Settings(), FIELDS[name]) != before


@pytest.mark.parametrize("name", TOLD)
def test_the_meaning_is_more_than_the_name(name):
    assert len(TOLD[name][0].split()) >= 4


def test_a_misspelt_setting_is_refused_with_the_nearest():
    """It would be ignored in silence otherwise; what the tests read is let through."""
    Settings.read({"CHAIRSIDE_PORT": "0", "CHAIRSIDE_REQUIRE": "node", "HOME": "/"})
    with pytest.raises(UnknownSetting, match="did you mean CHAIRSIDE_TENANTS"):
        Settings.read({"CHAIRSIDE_" + "TENNANTS": "[]"})


def test_no_file_names_a_variable_that_does_not_exist():
    """Whoever follows a comment, a script or a paper meets only variables that are read."""
    named = {found for path in files() for found in re.findall(r"\bCHAIRSIDE_[A-Z]\w*", text_of(path) or "")}
    assert named - set(TOLD) == set()
