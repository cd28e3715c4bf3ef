"""Before the meeting: it is called, everybody is asked to come and answers, what can be prepared is prepared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from meeting.procedure import Procedure
from rehearsal.case import Case
from rehearsal.convening import convene, plain, send
from rehearsal.inviting import Answers
from rehearsal.passing import Passing
from rehearsal.preparing import prepares, prepares_turn

EARLIER = timedelta(hours=1)  # how long before its start a meeting is called, where the case does not say
EARLY = timedelta(minutes=1)  # everybody is in the call by then
WAIT = timedelta(minutes=20)


def begins(case: Case) -> datetime:
    """Return where the rehearsal's clock stands when the meeting is called."""
    at = case.data.get("before", {}).get("clock") or starts(case) - EARLIER
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def starts(case: Case) -> datetime:
    """Return when the meeting is to begin."""
    at = case.data.get("starts") or case.clock
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def by_card(case: Case, procedure: Procedure) -> bool:
    """Tell whether a case says enough for its meeting to be called from the card, under its own procedure."""
    return case.procedure == procedure.id and "pathways" in case.data and "before" in case.data


async def play_before(passing: Passing, chair: str) -> None:
    """Play from the call to the moment before the meeting: nobody is asked to come but by what the bot sends."""
    stage, case = passing.stage, passing.stage.case
    passing.transcript.apart = True
    await invite(passing, chair)
    answers = Answers(passing=passing, chair=chair, calls=True)
    await answers.all()
    await answers.by_telephone()
    await _prepare(passing)
    await passing.until(max(starts(case) - WAIT, stage.clock.now()), answers.all)
    _, table = await passing.says(chair, "invitations")
    passing.shows("The invitations, as the chair sees them now", plain(table))
    await passing.until(starts(case) - EARLY, answers.all)
    passing.transcript.apart = False


async def invite(passing: Passing, chair: str) -> None:
    """Let whoever chairs call the meeting, where it is not yet, and send the invitations."""
    for seat in met(passing.stage.case):
        await passing.stage.people[seat].install_bot()
    if by_card(passing.stage.case, passing.stage.procedure):
        await convene(passing, chair)
    else:
        await send(passing, *(await passing.says(chair, "invitations")))


def met(case: Case) -> tuple[str, ...]:
    """Return the seats whose people have the app: those of the chair's own agency, where the case does not say."""
    seats = case.data["seats"]
    own = next(s["agency"] for s in seats if s["id"] == case.data["chair"])
    known: Mapping[str, Any] = case.data.get("before", {})
    return tuple(known.get("met", (s["id"] for s in seats if s["agency"] == own)))


async def _prepare(passing: Passing) -> None:
    """Let the social worker prepare the record of a meeting that is called from the card, and others their turns."""
    stage, case = passing.stage, passing.stage.case
    if by_card(case, stage.procedure):
        await prepares(passing, case.data["before"].get("record", "worker"))
    for seat in case.data.get("before", {}).get("turns", ()):
        await prepares_turn(passing, seat)
