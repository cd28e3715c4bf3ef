"""Rows of the outbox that are no messages: at their time the service does something itself, in the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.sending.inviting import wanted
from bot.sending.messages import Moment
from meeting.before.forwarding import PassOn
from meeting.model import ReplyKind
from meeting.telling.notices import NoticeKind


def pass_on(at: Moment) -> object | None:
    """Return the command that asks the next in a seat's chain, or None where an answer came meanwhile."""
    held = wanted(at)
    return PassOn(seat=held.seat) if held is not None and held.reply is ReplyKind.NONE else None


DEEDS: Mapping[NoticeKind, Callable[[Moment], object | None]] = {NoticeKind.COVER: pass_on}
