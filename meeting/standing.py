"""Who somebody is to a meeting: the rules that `access` gives to commands which do not ask whose a thing is.

A rule takes the case and the command and returns a refusal's code, or None where it may be done. What is somebody's
own, and theirs to change, is in `owning`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meeting.door import admission
from meeting.model import CONVENED, Meeting, PersonId, Standing
from meeting.registry import Case

SYSTEM = PersonId("system")
Rule = Callable[[Case, Any], str | None]  # a refusal's code, or None


def anybody(case: Case, command: object) -> str | None:
    """Whoever reaches the service at all."""
    return None


def system(case: Case, command: object) -> str | None:
    """The service itself, and no person."""
    return None if case.by == SYSTEM else "system_only"


def chair(case: Case, command: object) -> str | None:
    """The chair, and nobody in their place."""
    return None if case.by == case.meeting.chair and _seated(case) else "chair_only"


def chair_or_system(case: Case, command: object) -> str | None:
    """The chair, and the service itself."""
    return None if case.by == SYSTEM else chair(case, command)


def convener(case: Case, command: object) -> str | None:
    """Chair and note-taker; until somebody has taken the chair's seat, whoever was invited to it or called it."""
    if case.meeting.chair is None and _calls(case.meeting, case.by):
        return None
    return scribe(case, command)


def convener_or_system(case: Case, command: object) -> str | None:
    """Whoever convenes, and the service itself."""
    return None if case.by == SYSTEM else convener(case, command)


def _calls(meeting: Meeting, by: PersonId) -> bool:
    called = meeting.answers.get(CONVENED)
    seat = meeting.seats.get(meeting.led_from) if meeting.led_from else None
    invited = (called is not None and called.by == by) or (seat is not None and seat.aad == by != "")
    known = meeting.people.get(by)
    return invited and (known is None or known.standing is not Standing.REMOVED)


def scribe(case: Case, command: object) -> str | None:
    """The chair or the note-taker."""
    writes = case.by in (case.meeting.chair, case.meeting.note_taker) and _seated(case)
    return None if writes else "chair_or_note_taker"


def _seated(case: Case) -> bool:
    person = case.meeting.people.get(case.by)
    return person is not None and person.standing is Standing.SEATED


def any_seat(case: Case, command: object) -> str | None:
    """Everybody with a seat, whatever they have not confirmed yet (STY-2.2)."""
    return None if _seated(case) else "not_admitted"


def admitted(case: Case, command: object) -> str | None:
    """Whoever has a seat and has not said that this is the wrong meeting."""
    person = case.meeting.people.get(case.by)
    admitted = person is not None and person.standing is Standing.SEATED and person.right_meeting is not False
    return None if admitted else "not_admitted"


def content(case: Case, command: object) -> str | None:
    """Somebody who may see content: the meeting has begun, and they are admitted, acknowledged, introduced."""
    person = case.meeting.people.get(case.by)
    if person is None:
        return "not_admitted"
    if case.meeting.started is None:
        return "not_started"
    return admission.barred(case.meeting, case.procedure, person)
