"""Whom the procedure would have at the table, why, and which seat is theirs already. It proposes; people decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from meeting.flags import holds
from meeting.ids import titled
from meeting.model import Meeting, Seat, SeatId, StepId
from meeting.procedure import Gate, Procedure, Suggestion
from meeting.roles import held

_NOT_KNOWN = frozenset({"", "none", "not known", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One agency or person who should come: why, which seat it is, or why it was left out."""

    role: str
    label: str
    why: str
    key: str  # of `Meeting.left_out`
    seat: SeatId | None = None
    left_out: str = ""
    note: str = ""
    gate: Gate = Gate.WARN
    warns_if_absent: bool = False

    @property
    def open(self) -> bool:
        """Tell whether nobody is invited for it and nobody has said why."""
        return self.seat is None and not self.left_out


def proposals(meeting: Meeting, procedure: Procedure) -> tuple[Proposal, ...]:
    """Return what the procedure suggests for what is recorded now, core agencies first as it lists them."""
    return tuple(
        made
        for suggestion in procedure.invitations.suggested
        if holds(meeting, procedure, suggestion.when)
        for made in _proposed(meeting, procedure, suggestion)
    )


def missing(meeting: Meeting, procedure: Procedure) -> tuple[Proposal, ...]:
    """Return the proposals that nobody is invited for and that no reason explains (LCS-1.0, SAN-1.1, STY-1.1c)."""
    return tuple(p for p in proposals(meeting, procedure) if p.open)


def suggested_by(meeting: Meeting, procedure: Procedure, step: StepId) -> tuple[Proposal, ...]:
    """Return whom nobody has invited and what was answered at this step asks for (LCS-4.7: a child in hospital)."""
    set_here = {f.name for f in procedure.flags if any(s.place.startswith(f"{step}.") for s in f.set_by)}
    here = (s for s in procedure.invitations.suggested if s.when and set_here & {t.name for t in s.when.terms()})
    found = (p for s in here if holds(meeting, procedure, s.when) for p in _proposed(meeting, procedure, s))
    return tuple(p for p in found if p.open)


def absent(meeting: Meeting, procedure: Procedure) -> tuple[Proposal, ...]:
    """Return whom the procedure warns of where nobody has come for them: invited or not, and not left out (SAN-1.3)."""
    return tuple(
        p
        for p in proposals(meeting, procedure)
        if p.warns_if_absent and not p.left_out and not (p.seat and any(o.stays for o in meeting.occupants(p.seat)))
    )


def _proposed(meeting: Meeting, procedure: Procedure, suggestion: Suggestion) -> Iterator[Proposal]:
    why = _why(procedure, suggestion)
    named = _named(meeting, suggestion.role)
    for name in named or ("",):
        key = f"{suggestion.role}: {name}" if name else suggestion.role
        seat = next((s for s in meeting.seats.values() if _answers(procedure, s, suggestion.role, name)), None)
        role = titled(suggestion.role)
        yield Proposal(
            role=suggestion.role,
            label=f"{role}: {name}" if name else role,
            why=why,
            key=key,
            seat=seat.id if seat else None,
            left_out=meeting.left_out.get(key, ""),
            note=suggestion.note,
            gate=suggestion.on_leaving_out,
            warns_if_absent=suggestion.warns_if_absent,
        )


def _why(procedure: Procedure, suggestion: Suggestion) -> str:
    """Return why it is suggested, in the procedure's own words for the flag."""
    if suggestion.when is None:
        return "always invited"
    names = [term.name for term in suggestion.when.terms()]
    means = (f.means for name in names for f in procedure.flags if f.name == name)
    return next(means, "what is recorded asks for it")


def _named(meeting: Meeting, role: str) -> tuple[str, ...]:
    """Return the services that were listed one by one, or whoever referred; nothing for other roles."""
    field = {"service": "services", "referrer": "referrer"}.get(role)
    text = meeting.convened.get(field, "") if field else ""
    parts = re.split(r"[,;\n]", text) if role == "service" else [text]
    return tuple(p.strip() for p in parts if p.strip().casefold() not in _NOT_KNOWN)


def _answers(procedure: Procedure, seat: Seat, role: str, name: str) -> bool:
    """Tell whether a seat is the one that is suggested."""
    if role == "service":
        told = f"{seat.label} {seat.agency} {seat.role} {seat.name}".replace("_", " ").casefold()
        return bool(name) and _tells_of(told, name.casefold())
    if role == "referrer" and name:
        same = seat.name.casefold() == name.casefold()
        return same or seat.role == role or name.casefold() in seat.label.casefold()
    return held(procedure, role, seat)


def _tells_of(told: str, name: str) -> bool:
    """Tell whether every word of a service's name is told; of one in letters alone (GP, A&E), each as a word itself."""
    words = re.findall(r"\w{3,}", name)
    if words:
        return all(_stem(word) in told for word in words)
    letters = set(re.findall(r"\w+", name))
    return bool(letters) and letters <= set(re.findall(r"\w+", told))


def _stem(word: str) -> str:
    """Return a word without what turns a service into who works there: midwifery, a midwife; visiting, a visitor."""
    return word[: max(4, len(word) - 4)]
