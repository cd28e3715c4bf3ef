"""Ids of procedure data as people read them: agencies, roles, flags."""

from __future__ import annotations

_INITIALS = frozenset({"cafcass", "camhs", "gp", "lado", "mash", "nhs", "nspcc"})
_ONE_WORD = {"note_taker": "note-taker"}


def spoken(key: str) -> str:
    """Return an id as words, as in "social care" for "social_care" and "GP surgery" for "gp_surgery"."""
    return _ONE_WORD.get(key) or " ".join(word.upper() if word in _INITIALS else word for word in key.split("_"))


def sentence(text: str) -> str:
    """Return the text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def titled(key: str) -> str:
    """Return an id as it stands alone in a list: "Social care", "GP surgery"."""
    return sentence(spoken(key))
