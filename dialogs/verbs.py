"""Every module that holds verbs and views, in one table: a module that does not stand here offers nothing."""

from __future__ import annotations

from types import ModuleType

from dialogs import (
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
    handover,
    invitations,
    inviting,
    marking,
    minutes,
    minuting,
    moves,
    questions,
    reconvening,
    record,
    roll_call,
    safeguards,
    shutting,
    statement,
    telling_apart,
    turns,
    views,
)
from dialogs.asking import Verb, verbs

MODULES: tuple[ModuleType, ...] = (
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
    handover,
    invitations,
    inviting,
    marking,
    minutes,
    minuting,
    moves,
    questions,
    reconvening,
    record,
    roll_call,
    safeguards,
    shutting,
    statement,
    telling_apart,
    turns,
    views,
)


def find(name: str) -> Verb | None:
    """Return the verb of this name, or None where none of these modules has registered one."""
    return verbs().get(name)
