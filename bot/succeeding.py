"""`chairside chair`: what a chair who has left still had to do, given to somebody else by an operator."""

from __future__ import annotations

from datetime import datetime

from bot.by_reference import carry_out
from meeting.after.succeeding import PassChairOn
from storage import Store


async def hand_over(store: Store, reference: str, *, email: str, name: str, reason: str, now: datetime) -> None:
    """Let whoever has this mailbox hold what the chair still has to do; raises NoMeeting, Refused, FieldErrors.

    The record says that the service did it, and the reason; the one who held it is told.
    """
    command = PassChairOn(email=email, name=name, reason=reason)
    await carry_out(store, reference, command, now=now)
