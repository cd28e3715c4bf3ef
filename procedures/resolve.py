"""A procedure as written, with its defaults, turned into the procedure that the rules run."""

from __future__ import annotations

from datetime import time
from typing import Any

from meeting.procedure import (
    CaseSystemTask,
    Clock,
    EscalationStage,
    Flag,
    FollowUp,
    Gate,
    Hours,
    Ladder,
    Language,
    MinutesData,
    MinutesRoute,
    Per,
    Presence,
    Procedure,
    Reference,
    Role,
    Setter,
    Words,
    WorkingDays,
)
from procedures import parts, schema
from procedures.beginning import convening, invitations
from procedures.calendar import days_off
from procedures.merge import Data, merged
from procedures.steps import steps


def resolve(default: Data, given: Data) -> Procedure:
    """Return the procedure of two files' data, the default's beneath; raises pydantic's ValidationError."""
    added = {o.id: o for o in schema.DefaultFile.model_validate(default).added_outcomes}
    whole = schema.ProcedureFile.model_validate(merged(default, given))
    return Procedure(
        id=whole.id,
        title=whole.title,
        convening=convening(whole.convening),
        invitations=invitations(whole.invitations),
        restrict_child_never=tuple(whole.admission.restrict_child_never),
        admission_guidance=whole.admission.guidance,
        agenda=steps(whole.agenda, added),
        minutes=_minutes(whole.minutes),
        clocks=tuple(_clock(c) for c in whole.clocks),
        flags=tuple(flag(f) for f in whole.flags),
        roles=tuple(_role(r) for r in whole.roles),
        **_front(whole),
        **_follow_up(whole.follow_up),
        **_times(whole),
    )


def _front(whole: schema.ProcedureFile) -> dict[str, Any]:
    vary, language, chaired = whole.steps_may_vary, whole.language, whole.chaired_by
    return {
        "issuer": whole.issuer,
        "published": whole.published or "",
        "review": whole.review or "",
        "review_src": tuple(whole.review_src),
        "version": whole.version,
        "src": tuple(whole.src),
        "references": tuple(_reference(r) for r in whole.references),
        "missing_parts": tuple(m.title for m in whole.missing_parts),
        "missing_parts_src": tuple(one for m in whole.missing_parts for one in m.src),
        "words": _words(whole.words),
        "purpose": tuple(whole.purpose),
        "purpose_src": tuple(whole.purpose_src),
        "language": Language(name=language.name, words=tuple(language.words), src=tuple(language.src)),
        "steps_may_vary": Gate(vary.gate) if vary else Gate.NONE,
        "steps_fixed": tuple(vary.fixed) if vary else (),
        "steps_may_vary_src": tuple(vary.src) if vary else (),
        "chair_agency": chaired.agency if chaired else "",
        "chair_agency_src": tuple(chaired.src) if chaired else (),
    }


def _reference(entry: schema.ReferenceEntry) -> Reference:
    return Reference(
        title=entry.title,
        edition=entry.edition or "",
        superseded=entry.superseded,
        link=entry.link or "",
        needs_link=entry.needs_link,
        src=tuple(entry.src),
    )


def _words(entry: schema.WordsEntry) -> Words:
    plain = Words()
    return Words(
        meeting_name=entry.meeting_name or plain.meeting_name,
        chair_role=entry.chair_role or plain.chair_role,
        case_system=entry.case_system or plain.case_system,
        professionals_meeting=entry.professionals_meeting or plain.professionals_meeting,
        other_names=tuple(entry.other_names),
        parents=tuple(entry.parents),
        children=tuple(entry.children),
        managers=tuple(entry.managers),
        src=tuple(entry.src),
    )


def _role(entry: schema.RoleEntry) -> Role:
    return Role(
        id=entry.role,
        agency=entry.agency or "",
        anybody=entry.anybody,
        speaks=entry.speaks,
        held_by=tuple(entry.held_by),
    )


def _minutes(entry: schema.MinutesEntry) -> MinutesData:
    return MinutesData(
        made_by=entry.made_by,
        authorised_by=entry.authorised_by,
        recorded_on_case_system=entry.recorded_on_case_system,
        check_before_recorded=Gate(entry.check_before_recorded),
        authorise_tick=entry.authorise_tick,
        case_system_order=tuple(entry.case_system_order),
        tasks=tuple(
            CaseSystemTask(id=t.id, label=t.label, per=Per(t.per), src=tuple(t.src)) for t in entry.case_system_tasks
        ),
        routes=tuple(
            MinutesRoute(
                to=r.to,
                agency=r.agency,
                role=r.role,
                when=parts.condition(r.when),
                needs=tuple(r.needs),
                after_task=r.after_task,
                src=tuple(r.src),
            )
            for r in entry.routes
        ),
        guidance=entry.guidance,
        src=tuple(entry.src),
    )


def _clock(entry: schema.ClockEntry) -> Clock:
    return Clock(
        id=entry.id,
        what=entry.what,
        from_event=entry.from_event,
        limit=entry.limit,
        unit=entry.unit,
        gate=Gate(entry.gate),
        when=parts.condition(entry.when),
        overdue_next_working_day=entry.overdue == "next_working_day",
        until=entry.until or "",
        holder=entry.holder,
        bounds=entry.bounds or "",
        reminded=entry.reminded,
        basis=entry.basis or "",
        src=tuple(entry.src),
    )


def flag(entry: schema.FlagEntry) -> Flag:
    """Return a flag with the answers that set it."""
    return Flag(name=entry.flag, scope=entry.scope, means=entry.means, set_by=tuple(setter(s) for s in entry.set_by))


def setter(text: str) -> Setter:
    """Return the answer that `STEP.part.field`, alone or with `= value` or `!= value`, describes."""
    place, unequal, other_than = text.partition(" != ")
    if unequal:
        return Setter(place=place, other_than=other_than)
    place, equal, equals = text.partition(" = ")
    return Setter(place=place, equals=equals) if equal else Setter(place=place)


def _follow_up(entry: schema.FollowUpEntry) -> dict[str, Any]:
    escalation = entry.escalation
    follow_up = FollowUp(
        guidance=entry.guidance,
        challenge_src=tuple(entry.challenge.src),
        escalation_src=tuple(escalation.src) if escalation else (),
        escalation_link=escalation.link if escalation else "",
        escalation_contacts=tuple(escalation.contacts) if escalation else (),
        stages=tuple(_stage(s) for s in escalation.stages) if escalation else (),
        src=tuple(entry.src),
    )
    protocol = {"escalation_protocol": escalation.protocol} if escalation else {}
    return {"follow_up": follow_up, "challenge_grounds": tuple(entry.challenge.grounds), **protocol}


def _stage(entry: schema.StageEntry) -> EscalationStage:
    return EscalationStage(id=entry.id, label=entry.label, limit=entry.limit, unit=entry.unit, src=tuple(entry.src))


def _times(whole: schema.ProcedureFile) -> dict[str, Any]:
    presence = whole.presence or schema.PresenceEntry()
    days = whole.working_days or schema.WorkingDaysEntry()
    reminders = whole.reminders or schema.RemindersEntry()
    ladder = reminders.ladder
    return {
        "presence": Presence(
            chair_silent_minutes=presence.chair_silent_minutes,
            stand_in_agency=presence.stand_in_agency,
            must_leave_offer_minutes=presence.must_leave_offer_minutes,
        ),
        "working_days": WorkingDays(
            country=days.country,
            zone=days.zone,
            off=days_off(days.country, added=days.added, removed=days.removed),
        ),
        "hours": Hours(**{name: time.fromisoformat(at) for name, at in reminders.hours.model_dump().items()}),
        "reminders": {clock: tuple(hours) for clock, hours in reminders.before_hours.items()},
        "reminder_days": {clock: tuple(before) for clock, before in reminders.before_working_days.items()},
        "statutory": tuple(reminders.statutory),
        "ladder": Ladder(
            before_working_days=tuple(ladder.before_working_days),
            after_working_days=tuple(ladder.after_working_days),
            then=tuple(ladder.then),
            then_working_days=ladder.then_working_days,
            repeat_working_days=ladder.repeat_working_days,
        )
        if ladder
        else Ladder(),
    }
