"""A kind of step lives in three files of one name: rules in meeting/, verbs in dialogs/, forms and boards in cards/."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from cards.form_titles import FORMS, IN_CHAT
from dialogs import verbs
from dialogs.asking import views
from dialogs.forms import FORM_VIEWS
from tests.structure.tree import ROOT

AGENDA = ("statement", "roll_call", "record", "turns", "questions", "views", "decision", "actions", "closing")
AROUND = ("chairing", "convening", "invitations", "admission", "minutes", "follow_up")
KINDS = (*AGENDA, *AROUND)
FACES = ("cards", "dialogs")

#: (room, kind): why this kind needs no module in this room. Keep it short.
WITHOUT: dict[tuple[str, str], str] = {}


def has_module(room: str, stem: str, root: Path = ROOT) -> bool:
    """Tell whether a room, or a folder of it that is not about what people see, has a module of this name."""
    here = root / room
    return any(path.parent.name != "screens" for path in (*here.glob(f"{stem}.py"), *here.glob(f"*/{stem}.py")))


@pytest.mark.parametrize("kind", KINDS)
def test_rules_of_a_kind_have_their_verbs_and_their_cards(kind):
    """Where meeting/ has rules for a kind, a person can see it and do it."""
    if has_module("meeting", kind):
        missing = [room for room in FACES if not has_module(room, kind) and (room, kind) not in WITHOUT]
        assert not missing, f"the rules of {kind} stand alone: add {', '.join(f'{room}/{kind}.py' for room in missing)}"


@pytest.mark.parametrize("kind", KINDS)
def test_verbs_of_a_kind_have_their_rules(kind):
    """Where dialogs/ has verbs for a kind, the rules are in meeting/ and nowhere else."""
    if has_module("dialogs", kind) and ("meeting", kind) not in WITHOUT:
        assert has_module("meeting", kind), f"dialogs/{kind}.py has no rules: add meeting/steps/{kind}.py"


def test_exceptions_are_still_needed():
    """An entry of WITHOUT goes as soon as the module is there."""
    assert [entry for entry in WITHOUT if has_module(*entry)] == []


def test_every_form_that_may_be_asked_for_has_its_title_and_its_view():
    """A form without a title could not be named on its button; one without a view would come up blank."""
    assert set(FORM_VIEWS) == set(FORMS) == set(IN_CHAT)
    assert set(FORM_VIEWS.values()) <= set(views())


def test_every_module_with_verbs_or_views_is_imported():
    """What dialogs/verbs.py does not name is never imported, and its buttons would do nothing."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "dialogs").glob("*.py")}
    registers = {stem for stem, code in found.items() if re.search(r"^@(verb|view)\(", code, re.MULTILINE)}
    assert registers == {name for name, value in vars(verbs).items() if isinstance(value, ModuleType)}
