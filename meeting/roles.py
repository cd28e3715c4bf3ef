"""Who holds a role that the procedure names (a quorum's, a suggestion's, a step's owner's), and what a role is."""

from __future__ import annotations

from meeting.ids import spoken
from meeting.model import Seat
from meeting.procedure import Procedure, Role
from meeting.refusals import NotAllowed


def role_of(procedure: Procedure, role: str) -> Role:
    """Return what the procedure says of a role; one that it does not describe is filled by an agency of its name."""
    known = next((r for r in procedure.roles if r.id == role), None)
    return known or Role(id=role, agency=role, anybody=True)


def called(procedure: Procedure, role: str, seat: Seat) -> bool:
    """Tell whether a seat is of this role, or of one whose holder holds it as well; its agency alone gives none."""
    return seat.role == role or seat.role in role_of(procedure, role).held_by


def held(procedure: Procedure, role: str, seat: Seat) -> bool:
    """Tell whether a seat is of this role, or comes for an agency of which anybody holds it."""
    wanted = role_of(procedure, role)
    return called(procedure, role, seat) or (wanted.anybody and seat.agency == wanted.agency)


def speaks_for_agency(procedure: Procedure, seat: Seat) -> bool:
    """Tell whether a seat is there with an agency's information: not to take notes, and not to observe."""
    return role_of(procedure, seat.role).speaks


def manages(procedure: Procedure, seat: Seat) -> bool:
    """Tell whether a seat's role is one of those who manage others of their agency."""
    return any(word in seat.role for word in procedure.words.managers)


def may_chair(procedure: Procedure, seat: Seat) -> bool:
    """Tell whether a seat's people may chair: any, where the procedure keeps it to no agency (STY-2.1)."""
    return procedure.chair_agency in ("", seat.agency)


def require_may_chair(procedure: Procedure, seat: Seat) -> None:
    """Raise NotAllowed where the procedure keeps the chair to another agency."""
    if not may_chair(procedure, seat):
        raise NotAllowed("chair_agency", spoken(procedure.chair_agency))
