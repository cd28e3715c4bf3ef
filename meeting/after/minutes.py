"""The minutes from draft to authority: amended line by line, checked, authorised by the chair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting import flags
from meeting.after import preflight
from meeting.model import Authorisation, Change, Meeting, Override, PersonId, Status
from meeting.procedure import Gate
from meeting.refusals import FieldErrors, HeldBack, NotAllowed, Obstacle, Refused, Stale
from meeting.registry import Case, Events, decides, evolves

MOST = 8000  # characters of one line


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNotes:
    """The notes are written: the chair may check them (WMT-4.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginCheck:
    """Check the draft, or, with a reason, before the note-taker has finished (WMT-4.2)."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendLine:
    """Put another text in the place of a line, or, without a place, add a line to a section."""

    section: str
    after: str
    part: str = ""
    label: str = ""
    place: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorise:
    """Stand by one version of the minutes; `digest` is the fingerprint of what was read."""

    version: int
    digest: str
    ticked: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateAuthority:
    """Let whoever took the chair authorise the minutes in one's place (WMT-1.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesRecorded:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBegun:
    reason: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAmended:
    section: str
    part: str
    label: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesAuthorised:
    version: int
    digest: str
    reason: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityDelegated:
    person: PersonId


def require_closed(case: Case) -> None:
    """Raise Refused while the meeting runs: its minutes begin when it closes."""
    if case.meeting.status is not Status.CLOSED:
        raise Refused("minutes_later")


@decides(RecordNotes)
def record_notes(case: Case, command: RecordNotes) -> Events:
    """Note that the draft is written; the chair gets it to check."""
    require_closed(case)
    return () if case.meeting.minutes.notes_recorded else (NotesRecorded(),)


@decides(BeginCheck)
def begin_check(case: Case, command: BeginCheck) -> Events:
    """Begin the chair's check; before the notes are recorded only with a reason, where the procedure says so."""
    require_closed(case)
    if case.meeting.minutes.check_begun is not None:
        return ()
    waiting = [o for o in preflight.checks(case.meeting, case.procedure) if o.code == "not_recorded"]
    reason = _passed(waiting, command.reason)
    return (CheckBegun(reason=reason, missing=tuple(o.label for o in waiting)),)


@decides(AmendLine)
def amend(case: Case, command: AmendLine) -> Events:
    """Keep another text for a line; what stood there stays in the record, and the next version shows both."""
    require_closed(case)
    checking = case.by != case.meeting.note_taker and case.procedure.minutes.check_before_recorded is not Gate.NONE
    if checking and case.meeting.minutes.check_begun is None:
        raise Refused("check_first")
    after = command.after.strip()
    if not after:
        raise FieldErrors({"text": "required"})
    if len(after) > MOST:
        raise FieldErrors({"text": "shorter"})
    if after == command.before.strip():
        return ()
    return (
        LineAmended(
            section=command.section,
            part=command.part,
            label=command.label,
            place=command.place,
            before=command.before,
            after=after,
        ),
    )


@decides(Authorise)
def authorise(case: Case, command: Authorise) -> Events:
    """Lock a version under its fingerprint; open debts hold it back firmly, other gaps need a reason (WMT-4.3)."""
    require_closed(case)
    kept = case.meeting.minutes
    if kept.authorised is not None:
        raise Refused("authorised_already")
    if command.version != kept.version:
        raise Stale("minutes_moved_on")
    require_authority(case.meeting, case.by)
    if case.procedure.minutes.authorise_tick and not command.ticked:
        raise FieldErrors({"tick": "required"})
    missing = [o for o in preflight.checks(case.meeting, case.procedure) if o.gate in (Gate.HARD, Gate.OVERRIDE)]
    reason = _passed(missing, command.reason)
    labels = tuple(o.label for o in missing)
    return (MinutesAuthorised(version=command.version, digest=command.digest, reason=reason, missing=labels),)


def _passed(missing: list[Obstacle], reason: str) -> str:
    """Return the reason for going on without what is missing; raises HeldBack where there is none, or it is firm."""
    if any(o.gate is Gate.HARD for o in missing) or (missing and not reason.strip()):
        raise HeldBack(tuple(missing))
    return reason.strip() if missing else ""


def require_authority(meeting: Meeting, person: PersonId) -> None:
    """Raise NotAllowed for whoever took the chair, until its holder lets them authorise (WMT-1.1)."""
    if person == meeting.chair and meeting.stood_in and person not in meeting.minutes.delegates:
        raise NotAllowed("authority_not_delegated")


@decides(DelegateAuthority)
def delegate(case: Case, command: DelegateAuthority) -> Events:
    """Hand the authority over the minutes to whoever took the chair."""
    chair = case.meeting.chair
    if chair is None or not case.meeting.stood_in:
        raise Refused("nobody_stands_in")
    return (AuthorityDelegated(person=chair),)


def override(meeting: Meeting, missing: tuple[str, ...], reason: str, by: PersonId, at: datetime) -> Meeting:
    """Return the meeting with what was passed with a reason."""
    if not missing:
        return meeting
    passed = Override(step=flags.MINUTES, missing=missing, reason=reason, by=by, at=at)
    return replace(meeting, overrides=(*meeting.overrides, passed))


@evolves(NotesRecorded)
def _recorded(meeting: Meeting, event: NotesRecorded, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, minutes=replace(meeting.minutes, notes_recorded=at))


@evolves(CheckBegun)
def _check_begun(meeting: Meeting, event: CheckBegun, by: PersonId, at: datetime) -> Meeting:
    changed = replace(meeting, minutes=replace(meeting.minutes, check_begun=at))
    return override(changed, event.missing, event.reason, by, at)


@evolves(LineAmended)
def _amended(meeting: Meeting, event: LineAmended, by: PersonId, at: datetime) -> Meeting:
    change = Change(
        version=meeting.minutes.version + 1,
        section=event.section,
        part=event.part,
        label=event.label,
        place=event.place,
        before=event.before,
        after=event.after,
        by=by,
        at=at,
    )
    return replace(meeting, minutes=meeting.minutes.with_change(change))


@evolves(MinutesAuthorised)
def _authorised(meeting: Meeting, event: MinutesAuthorised, by: PersonId, at: datetime) -> Meeting:
    passed = override(meeting, event.missing, event.reason, by, at)
    word = Authorisation(
        version=event.version,
        digest=event.digest,
        by=by,
        at=at,
        meeting=meeting,
        reason=event.reason,
        missing=event.missing,
    )
    return replace(passed, minutes=replace(passed.minutes, authorised=word))


@evolves(AuthorityDelegated)
def _delegated(meeting: Meeting, event: AuthorityDelegated, by: PersonId, at: datetime) -> Meeting:
    return replace(meeting, minutes=replace(meeting.minutes, delegates=meeting.minutes.delegates | {event.person}))
