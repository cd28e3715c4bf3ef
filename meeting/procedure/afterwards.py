"""Minutes, and what follows the meeting."""

from __future__ import annotations

from dataclasses import dataclass

from meeting.conditions import Condition
from meeting.procedure.parts import Gate, Per, Src


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSystemTask:
    """Something that the chair confirms in the case system once the minutes are authorised."""

    id: str
    label: str
    per: Per = Per.MEETING
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRoute:
    """The team that distributes the minutes of a child."""

    to: str
    agency: str = "social_care"  # whom the team belongs to
    role: str = "distribution_team"  # what its seat is
    when: Condition | None = None
    needs: tuple[str, ...] = ()  # convening fields that must be answered
    after_task: str | None = None
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesData:
    made_by: str = "note_taker"
    authorised_by: str = "chair"
    recorded_on_case_system: bool = True
    check_before_recorded: Gate = Gate.NONE
    authorise_tick: str = ""
    case_system_order: tuple[str, ...] = ()  # keys of the minutes' sections, as the case system's form has them
    tasks: tuple[CaseSystemTask, ...] = ()
    routes: tuple[MinutesRoute, ...] = ()
    guidance: str = ""
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """After the meeting: where its words and its grounds come from."""

    guidance: str = ""
    challenge_src: Src = ()
    escalation_src: Src = ()
    escalation_link: str = ""
    escalation_contacts: tuple[str, ...] = ()  # work e-mail addresses; told when somebody escalates
    stages: tuple[EscalationStage, ...] = ()
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStage:
    """One stage of the local escalation protocol: who settles it, and within which time."""

    id: str
    label: str
    limit: int
    unit: str  # as a clock's
    src: Src = ()
