"""Minutes, and what follows the meeting, as written."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from procedures.schema.written import GateName, Key, SrcIds, StepId, Text, When, Written


class CaseSystemTask(Written):
    """Something the chair confirms in the case system after authorising."""

    id: Key
    label: Text
    per: Literal["meeting", "child"] = "meeting"
    src: SrcIds = []


class MinutesRoute(Written):
    """Who distributes the minutes."""

    to: Text
    agency: Key = Field(default="social_care", description="whom the team belongs to")
    role: Key = Field(default="distribution_team", description="what its seat is")
    when: When | None = None
    needs: list[Key] = []
    after_task: Key | None = None
    src: SrcIds = []


class MinutesEntry(Written):
    """From draft to distribution."""

    made_by: Key = "note_taker"
    authorised_by: Key = "chair"
    recorded_on_case_system: bool = True
    check_before_recorded: GateName = "none"
    authorise_tick: str = ""
    case_system_order: list[Key | StepId] = Field(
        default=[], description="the order of the case system's form, for pasting: step ids, or words such as people"
    )
    case_system_tasks: list[CaseSystemTask] = []
    routes: list[MinutesRoute] = []
    guidance: str = ""
    src: SrcIds = []


class ChallengeEntry(Written):
    """Grounds on which a decision may be challenged."""

    grounds: list[Text] = []
    src: SrcIds = []


class StageEntry(Written):
    """One stage of an escalation."""

    id: Key
    label: Text
    limit: int = Field(ge=1)
    unit: Literal["hours", "calendar_days", "working_days"]
    src: SrcIds = []


class EscalationEntry(Written):
    """Where a disagreement goes."""

    protocol: Text
    link: str = Field(default="", description="where the protocol can be read")
    contacts: list[Text] = Field(default=[], description="work e-mail addresses that are told of an escalation")
    stages: list[StageEntry] = Field(default=[], description="in order; each with its own time")
    src: SrcIds = []


class FollowUpEntry(Written):
    """After the meeting."""

    challenge: ChallengeEntry = ChallengeEntry()
    escalation: EscalationEntry | None = None
    guidance: str = ""
    src: SrcIds = []
