"""Everything that a command names exists: no rule needs to wonder about an id that nobody has."""

from __future__ import annotations

from meeting.before import convening
from meeting.door.admission import Arrive, Leave
from meeting.model import Slot
from meeting.refusals import Refused
from meeting.registry import Case
from meeting.steps import safeguards
from meeting.telling import delaying, delivery

_NEW = (convening.Convene, convening.AddSeat, Arrive, Leave)  # they bring what they name
_ANYWAY = (  # an urgent action is not refused for a seat that is gone, whose cancellation goes out too
    safeguards.RaiseUrgent,
    delivery.NoteDelivery,
    delivery.NoteFailure,
    delaying.NoteDelay,
)


def require_known(case: Case, command: object) -> None:
    """Raise Refused where a step, person or seat that the command names does not exist."""
    slot = getattr(command, "slot", None)
    step = slot.step if isinstance(slot, Slot) else getattr(command, "step", None)
    if isinstance(step, str) and not any(s.id == step for s in case.procedure.agenda):
        raise Refused("no_such_step")
    if isinstance(command, _NEW):
        return
    for person in _ids(command, "person", "people"):
        if person not in case.meeting.people:
            raise Refused("nobody")
    for seat in () if isinstance(command, _ANYWAY) else _ids(command, "seat", "seats", "owner_seat"):
        if seat not in case.meeting.seats:
            raise Refused("no_such_seat")


def _ids(command: object, *names: str) -> tuple[str, ...]:
    given = (getattr(command, name, None) for name in names)
    return tuple(one for value in given for one in (value if isinstance(value, tuple) else (value,)) if one is not None)
