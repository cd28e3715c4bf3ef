"""The papers of a meeting for whoever is entitled to them: each reader's own copy, drawn when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from documents.action_list import actions
from documents.dates import plain_time
from documents.minutes import minutes_of
from documents.model import DRAFT, Document, Section, mapped
from documents.source import source_of
from meeting.admission import barred
from meeting.model import Meeting, Person, PersonId, SeatId, Standing, Status
from meeting.procedure import ActionsData, Procedure
from procedures.notices import notices


class PaperKind(StrEnum):
    """What can be read."""

    MINUTES = "minutes"
    ACTIONS = "actions"


LABELS = {PaperKind.MINUTES: "Draft minutes", PaperKind.ACTIONS: "Action list"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper that somebody may read."""

    kind: PaperKind
    label: str


class NotEntitled(LookupError):
    """This person may not read that paper, or there is none."""


def papers_for(meeting: Meeting, procedure: Procedure, person: PersonId) -> tuple[Paper, ...]:
    """Return what somebody may read: the draft for those who write it, the action list for whoever saw content."""
    somebody = meeting.people.get(person)
    if somebody is None or somebody.standing is not Standing.SEATED or meeting.started is None:
        return ()
    writes = person in (meeting.chair, meeting.note_taker)
    kinds = [PaperKind.MINUTES] if writes else []
    if meeting.actions and (writes or barred(meeting, procedure, somebody) is None):
        kinds.append(PaperKind.ACTIONS)
    return tuple(Paper(kind=kind, label=LABELS[kind]) for kind in kinds)


def paper(meeting: Meeting, procedure: Procedure, person: PersonId, kind: str, now: datetime) -> Document:
    """Return a reader's own copy, without what the chair restricted for their agency; raises NotEntitled."""
    if kind not in {one.kind.value for one in papers_for(meeting, procedure, person)}:
        raise NotEntitled(kind)
    seat = _reader_seat(meeting, meeting.people[person])
    if kind == PaperKind.MINUTES:
        told = notices(procedure, today=now.date())
        return minutes_of(meeting, procedure, now, told, reader_seat=seat)
    return _action_list(meeting, procedure, now, seat)


def _reader_seat(meeting: Meeting, person: Person) -> SeatId | None:
    """Return for whose eyes the copy is made; chair and note-taker see the whole."""
    return None if person.id in (meeting.chair, meeting.note_taker) else person.seat


def _action_list(meeting: Meeting, procedure: Procedure, now: datetime, seat: SeatId | None) -> Document:
    source = source_of(meeting, procedure, now, seat)
    steps = (s for s in procedure.agenda if isinstance(s.data, ActionsData))
    sections = tuple(
        Section(heading=step.label, blocks=actions(source, step, step.data))
        for step in steps
        if isinstance(step.data, ActionsData)
    )
    over = meeting.status is Status.CLOSED
    made = Document(
        title="Action list",
        reference=meeting.reference,
        status=DRAFT,
        banner=(f"As the list stood on {plain_time(now)}. Confidential.", *(() if over else ("The meeting goes on.",))),
        sections=sections,
    )
    return mapped(made, source.shown)
