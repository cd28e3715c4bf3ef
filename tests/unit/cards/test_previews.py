"""Every declared preview is a card that Teams takes: schema, labels, size, and no markup in what people wrote."""

import json
from types import ModuleType

import pytest

from cards import admission, questions, roll_call, statement, turns, views
from rehearsal.teams.schema import card_check
from tests.unit.dialogs.room import each, inputs_of

KINDS: tuple[ModuleType, ...] = (admission, questions, roll_call, statement, turns, views)
PREVIEWS = {name: draw for kind in KINDS for name, draw in kind.PREVIEWS.items()}
MAX_BYTES = 28 * 1024
#: What people write, in the previews: it must not stand where markup is read.
WRITTEN = ("Alex Stone", "Robin Marsh", "Pat Reed", "Ash Poole", "Ada Brook", "Two calls", "Fridays", "In clinic")


@pytest.fixture(params=sorted(PREVIEWS))
def card(request):
    return PREVIEWS[request.param]()


def test_the_schema_takes_it(card):
    assert card_check()(card) is None


def test_it_asks_at_most_six_things_each_with_a_label(card):
    inputs = inputs_of(card)
    assert len(inputs) <= 6
    assert [i["id"] for i in inputs if not i.get("label")] == []
    assert [i["id"] for i in inputs if i.get("isRequired") and not i.get("errorMessage")] == []
    assert len({i["id"] for i in inputs}) == len(inputs)


def test_it_fits_a_message(card):
    assert len(json.dumps(card).encode()) <= MAX_BYTES


def test_a_row_of_buttons_shows_them_all(card):
    """Teams folds away what comes after six."""
    assert [len(row["actions"]) for row in each(card, "ActionSet") if len(row["actions"]) > 6] == []


def test_what_people_wrote_is_never_read_as_markup(card):
    shown = [e.get("text", "") for e in each(card, "TextBlock")]
    assert [text for text in shown if any(word in text for word in WRITTEN)] == []
    assert each(card, "FactSet") == []
