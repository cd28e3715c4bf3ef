"""The papers of a meeting for whoever is entitled to them: each reader's own copy, drawn when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dialogs.issued import copy_for, may_read
from documents.action_list import actions
from documents.dates import plain_time
from documents.kept_back import withheld
from documents.matched import matched
from documents.minutes import family_copy, versions_of
from documents.model import DRAFT, Document, Section, mapped
from documents.source import Source, source_of
from meeting.door.admission import barred
from meeting.model import Meeting, Person, PersonId, SeatId, Standing, Status
from meeting.procedure import ActionsData, Procedure


class PaperKind(StrEnum):
    """What can be read."""

    MINUTES = "minutes"
    ACTIONS = "actions"
    FAMILY = "family"
    VERSIONS = "versions"


LABELS = {
    PaperKind.MINUTES: "Minutes",
    PaperKind.ACTIONS: "Action list",
    PaperKind.FAMILY: "Copy for the family",
    PaperKind.VERSIONS: "Versions of the minutes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper that somebody may read."""

    kind: PaperKind
    label: str


class NotEntitled(LookupError):
    """This person may not read that paper, or there is none."""


def papers_for(meeting: Meeting, procedure: Procedure, person: PersonId) -> tuple[Paper, ...]:
    """Return what somebody may read: the minutes for those who write them and for whom they were sent, and actions."""
    somebody = meeting.people.get(person)
    if somebody is None or somebody.standing is not Standing.SEATED or meeting.started is None:
        return ()
    writes = person in (meeting.chair, meeting.note_taker)
    kinds = [PaperKind.MINUTES] if may_read(meeting, person) else []
    if meeting.actions and (writes or barred(meeting, procedure, somebody) is None):
        kinds.append(PaperKind.ACTIONS)
    if writes and meeting.minutes.marks:
        kinds.append(PaperKind.FAMILY)
    if writes and meeting.minutes.changes:
        kinds.append(PaperKind.VERSIONS)
    return tuple(Paper(kind=kind, label=_label(meeting, kind)) for kind in kinds)


def _label(meeting: Meeting, kind: PaperKind) -> str:
    """Return what a paper is called: whoever has several must know which of them is the family's."""
    draft = kind is PaperKind.MINUTES and meeting.minutes.authorised is None
    return "Draft minutes" if draft else LABELS[kind]


def paper(meeting: Meeting, procedure: Procedure, person: PersonId, kind: str, now: datetime) -> Document:
    """Return a reader's own copy, without what the chair restricted for their agency; raises NotEntitled."""
    if kind not in {one.kind.value for one in papers_for(meeting, procedure, person)}:
        raise NotEntitled(kind)
    seat = _reader_seat(meeting, meeting.people[person])
    if kind == PaperKind.MINUTES:
        return copy_for(meeting, procedure, now, person)
    if kind == PaperKind.FAMILY:
        return family_copy(meeting, procedure, now)
    if kind == PaperKind.VERSIONS:
        return versions_of(meeting, procedure, now)
    return _action_list(meeting, procedure, now, seat)


def _reader_seat(meeting: Meeting, person: Person) -> SeatId | None:
    """Return for whose eyes the copy is made; chair and note-taker see the whole."""
    return None if person.id in (meeting.chair, meeting.note_taker) else person.seat


def _action_list(meeting: Meeting, procedure: Procedure, now: datetime, seat: SeatId | None) -> Document:
    """Return the actions that a reader may see; a line of them that the minutes withhold is withheld here, too."""
    source = source_of(meeting, procedure, now, seat)
    made = _listed(source)
    known = matched(made, _listed(source_of(meeting, procedure, now, None))) if source.hidden else None
    over = meeting.status is Status.CLOSED
    banner = (f"As the list stood on {plain_time(now)}. Confidential.", *(() if over else ("The meeting goes on.",)))
    return mapped(replace(withheld(made, source, seat, known), banner=banner), source.shown)


def _listed(source: Source) -> Document:
    steps = ((s, s.data) for s in source.procedure.agenda if isinstance(s.data, ActionsData))
    sections = tuple(Section(heading=s.label, blocks=actions(source, s, data), key=s.id) for s, data in steps)
    return Document(title="Action list", reference=source.meeting.reference, status=DRAFT, sections=sections)
