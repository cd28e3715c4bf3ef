"""Lists of what is missing stay short enough to be read by somebody who is talking."""

from dataclasses import replace
from datetime import UTC, datetime

from cards.closing import MAX_OWN, closing_card
from cards.sentences import sentence
from cards.short import together
from meeting.screens.actions import ActionLine
from meeting.screens.closing import ClosingScreen
from meeting.screens.frame import Frame
from meeting.screens.step import StepScreen
from tests.unit.dialogs.room import words


def test_what_differs_only_in_whom_it_is_about_is_told_once():
    """Three or more alike become one with their names, where the first stood; two, and others, stay as they are."""
    held = [f"Confirmation of what was prepared ({name})" for name in ("Jade Farrow", "Kian Oduya", "Molly Trent")]
    assert together(["Right meeting", *held, "Consent (see the child)", "Consent (contact agencies)", "Address"]) == (
        "Right meeting",
        "Confirmation of what was prepared (Jade Farrow, Kian Oduya, Molly Trent)",
        "Consent (see the child)",
        "Consent (contact agencies)",
        "Address",
    )


def test_a_sentence_that_has_nothing_to_name_ends_there():
    assert sentence("no_such_seat") == "There is no such seat."
    assert sentence("no_such_seat", ("Ward",)) == "There is no such seat: Ward."


def test_whoever_has_many_actions_is_told_how_many_more_there_are():
    """After the close, too, what the card has no room for is counted."""
    frame = Frame(reference="SM-2026-0042", title="Strategy meeting", closed=True)
    parts = StepScreen(frame=frame, lines=(), tables=(), may_edit=False, may_move=False)
    one = ActionLine(number=1, what="Ask", owner="Jo", due=datetime(2026, 12, 24, tzinfo=UTC), state="open", own=True)
    many = tuple(replace(one, number=n) for n in range(1, MAX_OWN + 3))
    told = words(closing_card(ClosingScreen(frame=frame, parts=parts, actions=many)))
    assert "and 2 more" in told
