"""Every declared preview is a card that Teams takes: schema, labels, size, and no markup in what people wrote."""

from types import ModuleType

import pytest

from cards import admission, questions, roll_call, statement, turns, views
from tests.unit.cards.checking import faults_of, markup_of
from tests.unit.dialogs.room import each

KINDS: tuple[ModuleType, ...] = (admission, questions, roll_call, statement, turns, views)
PREVIEWS = {name: draw for kind in KINDS for name, draw in kind.PREVIEWS.items()}
#: What people write, in the previews: it must not stand where markup is read.
WRITTEN = ("Alex Stone", "Robin Marsh", "Pat Reed", "Ash Poole", "Ada Brook", "Two calls", "Fridays", "In clinic")


@pytest.fixture(params=sorted(PREVIEWS))
def card(request):
    return PREVIEWS[request.param]()


def test_a_client_takes_it(card):
    """Schema, labels, messages, at most six inputs, and its size with every ticket sealed."""
    assert faults_of(card) == []


def test_a_row_of_buttons_shows_them_all(card):
    """Teams folds away what comes after six."""
    assert [len(row["actions"]) for row in each(card, "ActionSet") if len(row["actions"]) > 6] == []


def test_what_people_wrote_is_never_read_as_markup(card):
    assert [text for text in markup_of(card) if any(word in text for word in WRITTEN)] == []
