"""Every refusal that the rules can raise has its sentence, and none is long."""

import re
from pathlib import Path

import pytest

from cards.sentences import DONE, SENTENCES

ROOT = Path(__file__).parents[3]
RAISED = re.compile(r'(?:Refused|NotAllowed|Stale)\(\s*"(\w+)"')
SHOWN = re.compile(r'done="(\w+)"')
MOST_WORDS = 25


def found(pattern: re.Pattern[str], *rooms: str) -> list[str]:
    """Return every code that these rooms name."""
    texts = (path.read_text(encoding="utf-8") for room in rooms for path in sorted((ROOT / room).rglob("*.py")))
    return sorted({code for text in texts for code in pattern.findall(text)})


@pytest.mark.parametrize("code", found(RAISED, "meeting", "dialogs"))
def test_every_refusal_has_a_sentence(code):
    assert code in SENTENCES


@pytest.mark.parametrize("code", found(SHOWN, "dialogs"))
def test_every_confirmation_has_a_line(code):
    assert code in DONE


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_refusal_is_short(code):
    """At most 25 words of our own."""
    assert len(re.sub(r"\{\w+\}", "", SENTENCES[code]).split()) <= MOST_WORDS
