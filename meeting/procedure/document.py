"""A procedure whole, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meeting.procedure.afterwards import FollowUp, MinutesData
from meeting.procedure.agenda import Step
from meeting.procedure.beginning import Convening, Invitations
from meeting.procedure.parts import Gate, Src
from meeting.procedure.timing import Clock, Hours, Ladder, Presence, WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Setter:
    """An answer that sets a flag: its place as "STEP.part.field", and the value it must have (None: any)."""

    place: str
    equals: str | None = None
    other_than: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    name: str
    scope: str  # meeting or child
    means: str
    set_by: tuple[Setter, ...] = ()  # empty: the rules themselves set it (meeting/flags.py)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who holds a role that a procedure names."""

    id: str
    agency: str = ""  # whom its holder comes from; "": from any
    anybody: bool = False  # whoever comes for that agency holds it
    speaks: bool = True  # False: holds no information of an agency, and so has no turn and no part in a quorum
    held_by: tuple[str, ...] = ()  # other roles whose holder holds this one as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    title: str
    edition: str = ""
    superseded: bool = False
    link: str = ""
    needs_link: bool = False  # named only where the deployment has set a link
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    meeting_name: str = "Strategy meeting"
    chair_role: str = "Chair"
    case_system: str = "the case system"
    professionals_meeting: str = "Professionals meeting"
    other_names: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()  # words in a relation that mark a parent or carer
    children: tuple[str, ...] = ()  # words in a relation that mark a child
    managers: tuple[str, ...] = ()  # words in a role that mark who manages others of their agency
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Words that free text is checked for; the author may keep them."""

    name: str = ""
    words: tuple[str, ...] = ()
    src: Src = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One authority's procedure with its defaults filled in; stored whole with each meeting that runs under it."""

    id: str
    title: str
    convening: Convening
    agenda: tuple[Step, ...]
    issuer: str = ""
    published: str = ""
    review: str = ""
    version: str = ""
    references: tuple[Reference, ...] = ()
    missing_parts: tuple[str, ...] = ()
    words: Words = field(default_factory=Words)
    roles: tuple[Role, ...] = ()
    purpose: tuple[str, ...] = ()
    language: Language = field(default_factory=Language)
    steps_may_vary: Gate = Gate.NONE  # OVERRIDE: steps may be skipped with a reason
    steps_fixed: tuple[str, ...] = ()
    chair_agency: str = ""  # whose people alone may chair; "": anybody's
    invitations: Invitations = field(default_factory=Invitations)
    restrict_child_never: tuple[str, ...] = ()  # agencies that no child may be restricted for
    minutes: MinutesData = field(default_factory=MinutesData)
    challenge_grounds: tuple[str, ...] = ()
    escalation_protocol: str = "local escalation protocol"
    clocks: tuple[Clock, ...] = ()
    flags: tuple[Flag, ...] = ()
    presence: Presence = field(default_factory=Presence)
    working_days: WorkingDays = field(default_factory=WorkingDays)
    reminders: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # clock id -> hours before
    reminder_days: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # clock id -> working days before
    ladder: Ladder = field(default_factory=Ladder)  # for actions, and clocks without times of their own
    statutory: tuple[str, ...] = ()  # clocks whose reminders cannot be muted
    hours: Hours = field(default_factory=Hours)
    follow_up: FollowUp = field(default_factory=FollowUp)
    admission_guidance: str = ""
    src: Src = ()
    purpose_src: Src = ()
    review_src: Src = ()
    steps_may_vary_src: Src = ()
    chair_agency_src: Src = ()
    missing_parts_src: Src = ()

    def step(self, step_id: str) -> Step:
        """Return the step of this id; raises KeyError."""
        for step in self.agenda:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def clock(self, clock_id: str) -> Clock | None:
        """Return the clock of this id, if the procedure has it."""
        return next((clock for clock in self.clocks if clock.id == clock_id), None)
