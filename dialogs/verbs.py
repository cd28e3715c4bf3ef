"""Every module that holds verbs and views: importing one registers what it offers, so each stands here, once."""

from __future__ import annotations

from dialogs import (  # noqa: F401  # imported so that they register; tests/structure/test_stems.py misses none
    actions,
    admission,
    afterwards,
    calendars,
    calling,
    chairing,
    closing,
    decision,
    distributing,
    drafting,
    earlier,
    follow_up,
    forwarding,
    handover,
    invitations,
    inviting,
    keeping_back,
    marking,
    minutes,
    minuting,
    moves,
    own_page,
    pasting,
    questions,
    reconvening,
    record,
    reviewing,
    roll_call,
    safeguards,
    shutting,
    statement,
    succeeding,
    telling_apart,
    turns,
    views,
)
from dialogs.asking import Verb, verbs


def find(name: str) -> Verb | None:
    """Return the verb of this name, or None where none of these modules has registered one."""
    return verbs().get(name)
