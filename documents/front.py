"""What stands first: what must still be written up, which meeting this was, why it was called, what it continues."""

from __future__ import annotations

from documents.answers import facts
from documents.dates import month, plain_time
from documents.model import Block, Fact, Fields, Lines, Paragraph, Section, Tone
from documents.sayings import DEFAULT, listed, without_hint
from documents.source import Source
from meeting.before.naming import title_of
from meeting.ids import spoken
from meeting.model import CONVENED, Debt, Status

_STATUS = {
    Status.PREPARING: "not started",
    Status.RUNNING: "still running",
    Status.ON_HOLD: "on hold",
    Status.ADJOURNED: "adjourned",
    Status.CLOSED: "closed",
    Status.CANCELLED: "cancelled",
}


def title(source: Source) -> str:
    """Return what the record is called: a professionals meeting from its conversion until it is restored (SAN-1.4)."""
    name, converted = title_of(source.meeting, source.procedure), source.meeting.converted
    return name if converted is None else f"{name} (converted at {plain_time(converted)})"


def debts(source: Source) -> Section | None:
    """Return what holds back authorisation: everything said aloud and not written up yet, oldest first."""
    waiting = [d for d in source.meeting.debts.values() if d.written_up is None and source.shows(d.slot.subject)]
    if not waiting:
        return None
    note = Paragraph(text="The minutes cannot be authorised before these are written up.", tone=Tone.NOTICE)
    items = tuple(_debt(source, d) for d in waiting)
    return Section(heading="To be written up before authorisation", blocks=(note, Lines(items=items)), key="debts")


def _debt(source: Source, debt: Debt) -> str:
    labels = {s.id: s.label for s in source.procedure.agenda}
    people = {str(p.id): p.name for p in source.meeting.people.values()}
    about = people.get(debt.slot.subject) or source.subject(debt.slot.subject)
    owner = source.seat(debt.seat)
    where = labels.get(debt.slot.step, "")
    named = [t for t in dict.fromkeys((where, about, owner)) if t and t not in debt.what]
    what = f"{debt.what} ({listed(named)})" if named else debt.what
    return f"{what}, open since {source.at(debt.opened)}"


def meeting(source: Source) -> Section:
    """Return when, where, who chaired, who took notes, about whom, and under which procedure."""
    held = source.meeting
    found = [
        ("Reference", held.reference),
        ("State", _STATUS[held.status]),
        ("Planned for", plain_time(held.starts) if held.starts else ""),
        ("Started", plain_time(held.started) if held.started else ""),
        ("Ended", plain_time(held.ended) if held.ended else ""),
        ("Resumes", plain_time(held.resume_at) if held.resume_at else ""),
        ("Place", held.place),
        (source.procedure.words.chair_role, _officer(source, held.chaired or held.chair, held.chair_seat)),
        ("Note-taker", _officer(source, held.note_taker, held.note_taker_seat)),
        ("Children discussed", listed([c.name or "Child without a name" for c in source.children()])),
        ("Considered and out of scope", listed(_out_of_scope(source))),
        ("Subject", _subject_type(source)),
        ("Follows the meeting", held.linked_from),
    ]
    if held.quorate_date:
        found.append(("Date of the quorate discussion", held.quorate_date))
    rows = tuple(Fact(label=label, value=text) for label, text in found if text)
    return Section(heading="The meeting", blocks=(Fields(facts=rows), *_procedure(source)), key="meeting")


def _officer(source: Source, person: str | None, seat: str | None) -> str:
    """Return who holds the office, or that nobody does yet."""
    known = next((p for p in source.meeting.people.values() if p.id == person), None)
    if known is None:
        label = source.seat(seat)
        return f"{label}, nobody has taken the seat" if label else "nobody"
    label = source.seat(known.seat)
    return f"{known.name} ({label})" if label else known.name


def _out_of_scope(source: Source) -> list[str]:
    return [c.name for c in source.meeting.children.values() if not c.in_scope and c.name and source.shows(c.id)]


def _subject_type(source: Source) -> str:
    known = {t.id: t.label for t in source.procedure.convening.subject_types}
    return known.get(source.meeting.subject_type, "")


def _procedure(source: Source) -> tuple[Block, ...]:
    rules = source.procedure
    found = [
        ("Procedure", rules.title),
        ("Purpose", "; ".join(rules.purpose)),
        ("Issued by", rules.issuer),
        ("Published", month(rules.published)),
        ("Version", rules.version),
        ("To be reviewed by", month(rules.review)),
        ("Fingerprint of the procedure used", source.meeting.procedure_hash[:12]),
    ]
    rows = tuple(Fact(label=label, value=text) for label, text in found if text)
    return (Fields(facts=rows, caption="Held under"),)


def convening(source: Source) -> Section | None:
    """Return why the meeting was called, by whom, and what else was said then (SAN-8.1, SAN-10.4L)."""
    part = source.procedure.convening.part
    specs = tuple(f for f in part.fields if f.key not in ("children", "when"))
    found = tuple(f for f in facts(source, specs, CONVENED) if f.label not in ("Children", "When", "Join link"))
    own = {without_hint(f.label) for f in specs if f.src}
    asked = listed([f.label for f in found if f.label not in own])
    marked = (Paragraph(text=f"{asked}: {DEFAULT}.", tone=Tone.ASIDE),) if asked else ()
    blocks = (Fields(facts=found), *marked)
    return Section(heading="Why it was called", blocks=blocks, key="convening") if found else None


def carried(source: Source) -> Section | None:
    """Return what an earlier meeting left open, as this one was called (STY-1.1f)."""
    before = source.meeting.carried
    if before is None:
        return None
    held = (Fact(label="Held", value=plain_time(before.held)),) if before.held else ()
    facts = [Fact(label="Continues", value=before.reference), *held]
    facts += [Fact(label="Decided then", value=line) for line in before.decided]
    facts += [Fact(label=f"Open question to {spoken(to)}", value=text) for to, text in before.questions]
    facts += [Fact(label="Since then", value=line) for line in before.developments]
    return Section(heading="The meeting before", blocks=(Fields(facts=tuple(facts)),), key="carried")
