"""What comes after the meeting, for one person: news, requests, challenges and escalations, developments, meetings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting.model import Development, Escalation, Update, UpdateRequest
from meeting.procedure import FieldType
from meeting.screens.follow_up import how_many_wait
from meeting.screens.frame import Frame, Look, frame_for
from meeting.screens.hiding import masked
from meeting.screens.safeguards import challenged
from meeting.screens.small import SmallForm, asks, offers, small
from meeting.timing.deadlines import deadlines, stage_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationLine:
    """One escalation: of which challenge, at which stage, until when."""

    id: str
    challenge: str
    stage: str
    due: datetime | None
    by_default: bool
    moves: tuple[str, ...]
    resolved: str
    may_move: bool
    may_resolve: bool


Said = tuple[datetime, str, str]  # when, by whom, what


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterScreen:
    """Everything after the meeting that this person may see and do."""

    frame: Frame
    updates: tuple[Said, ...]
    requests: tuple[Said, ...]  # those that wait, with their words
    escalations: tuple[EscalationLine, ...]
    to_escalate: tuple[tuple[str, str], ...]  # (challenge, its words)
    developments: tuple[Said, ...]
    links: tuple[str, ...]
    protocol: str
    protocol_link: str
    waiting: int  # what waits for the chair's answer: actions, and questions that were left open


def after_screen(look: Look) -> AfterScreen:
    """Return the screen; what others wrote is shown without the children that this person is not shown."""
    meeting, follow_up = look.meeting, look.procedure.follow_up
    taken = {e.challenge for e in meeting.escalations}
    waiting = tuple(r for r in meeting.update_requests if r.answered is None and (look.chairs or r.by == look.person))
    return AfterScreen(
        frame=replace(frame_for(look), guidance=look.procedure.follow_up.guidance),
        updates=tuple(_said(look, u) for u in reversed(meeting.updates)),
        requests=tuple(_said(look, r) for r in waiting),
        escalations=tuple(_escalation(look, e) for e in meeting.escalations),
        to_escalate=tuple((c.id, masked(look, c.text)) for c in meeting.challenges if c.id not in taken),
        developments=tuple(_said(look, d) for d in reversed(meeting.developments)),
        links=tuple(link.reference for link in meeting.links),
        protocol=look.procedure.escalation_protocol,
        protocol_link=follow_up.escalation_link,
        waiting=how_many_wait(look) if look.chairs else 0,
    )


def _said(look: Look, one: Update | UpdateRequest | Development) -> Said:
    by = look.meeting.people.get(one.by)
    return one.at, by.name if by else "", masked(look, one.text)


def _escalation(look: Look, escalation: Escalation) -> EscalationLine:
    stages = look.procedure.follow_up.stages
    challenge = next(c for c in look.meeting.challenges if c.id == escalation.challenge)
    party = look.chairs or escalation.by == look.person
    runs = (d for d in deadlines(look.meeting, look.procedure) if d.id.startswith(f"escalation:{escalation.id}:"))
    due = next((d.due for d in runs), None)
    stage = stage_of(escalation, look.procedure) if stages else None
    return EscalationLine(
        id=escalation.id,
        challenge=masked(look, challenge.text),
        stage=stage.label if stage else look.procedure.escalation_protocol,
        due=due,
        by_default=stage is not None and not stage.src,
        moves=tuple(masked(look, text) for _, text in escalation.moves),
        resolved=masked(look, escalation.outcome),
        may_move=party and escalation.resolved is None and _goes_on(look, escalation),
        may_resolve=party and escalation.resolved is None,
    )


def _goes_on(look: Look, escalation: Escalation) -> bool:
    """Tell whether the protocol has a stage after the one at which it stands."""
    return escalation.stage + 1 < len(look.procedure.follow_up.stages)


def update_form(look: Look) -> SmallForm:
    """Return the form in which the chair tells everybody; it answers the requests that wait."""
    decided = offers(look, "kind", "What it is", (("news", "News"), ("decision", "A later decision")))
    form = small(look, "Tell everybody", "Tell everybody", "afterwards.tell", asks(look, "text", "What"), decided)
    note = "Everybody who attended is told that there is an update, and reads it on their own screen."
    return replace(form, note=note)


def ask_form(look: Look) -> SmallForm:
    """Return the form in which somebody asks what became of it."""
    what = asks(look, "text", "What you would like to know", required=False)
    return small(look, "Ask for an update", "Ask the chair", "afterwards.ask", what)


def development_form(look: Look) -> SmallForm:
    """Return the form in which anybody who attended reports what has changed (SAN-13.13b)."""
    form = small(
        look, "Report a development", "Tell the chair", "afterwards.develop", asks(look, "text", "What changed")
    )
    return replace(form, note="The chair is asked to consider reconvening. In immediate danger call 999 first.")


def escalation_form(look: Look) -> SmallForm:
    """Return the form that ends a stage, or the whole escalation."""
    id_ = look.args.get("escalation", "")
    form = small(look, "Escalation", "Record it", "afterwards.stage", asks(look, "text", "What this stage came to"))
    escalation = next((e for e in look.meeting.escalations if e.id == id_), None)
    last = escalation is not None and not _goes_on(look, escalation)
    on = () if last else (("next", "On to the next stage"),)
    ends = offers(look, "ends", "And now", (*on, ("resolved", "It is resolved")))
    facts = (("Challenge", challenged(look, escalation.challenge)),) if escalation else ()
    return replace(form, fields=(*form.fields, ends), args={"escalation": id_}, facts=facts)


def reconvene_form(look: Look) -> SmallForm:
    """Return the form that calls a further meeting on the same matter, with what is open as its agenda."""
    when = asks(look, "due", "When", FieldType.DATETIME)
    why = asks(look, "cause", "Why it is held")
    form = small(look, "Call a further meeting", "Call it", "reconvening.call", when, why)
    note = "The same children, seats and procedure. Open actions and questions go over to it; nothing is sent yet."
    latest = look.meeting.developments[-1].text if look.meeting.developments else ""
    return replace(form, note=note, facts=(("Latest development", latest),) if latest else ())
