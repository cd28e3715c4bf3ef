"""Consent to contact agencies comes before invitations beyond the core agencies, where the procedure says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.door.quorum import rules
from meeting.flags import CONVENING
from meeting.model import Meeting, Override, PersonId, Seat, SeatId
from meeting.procedure import Procedure
from meeting.registry import evolves

CONSENT = "consent_contact"  # convening's question


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedBeforeConsent:
    """Agencies beyond the core were asked to come before it was said what became of consent, with a reason."""

    seats: tuple[SeatId, ...]
    reason: str


def waits_for_consent(meeting: Meeting, procedure: Procedure, seat: Seat) -> bool:
    """Tell whether a seat is invited only once consent is answered, or with a reason (SAN-6.1)."""
    answered = meeting.convened.get(CONSENT)
    return procedure.invitations.consent_before and not answered and beyond_core(procedure, seat)


def beyond_core(procedure: Procedure, seat: Seat) -> bool:
    """Tell whether a seat belongs to none of the agencies that always attend."""
    return seat.agency not in rules(procedure).agencies


@evolves(InvitedBeforeConsent)
def _before_consent(meeting: Meeting, event: InvitedBeforeConsent, by: PersonId, at: datetime) -> Meeting:
    labels = tuple(f"{meeting.seats[s].label}: before consent to contact agencies" for s in event.seats)
    passed = Override(step=CONVENING, missing=labels, reason=event.reason, by=by, at=at)
    return replace(meeting, overrides=(*meeting.overrides, passed))
