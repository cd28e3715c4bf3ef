"""Who was invited, who came and when, who sent apologies, and what absent seats handed in."""

from __future__ import annotations

from documents.answers import facts
from documents.model import Block, Fields, Paragraph, Section, Table, Tone, trimmed
from documents.sayings import ASSURANCE, listed
from documents.source import Source
from meeting.before.amending import term_fields
from meeting.before.suggesting import absent
from meeting.ids import sentence, spoken
from meeting.model import TERMS, Person, Seat, Standing, Stay
from meeting.steps.roll_call import absence_words, asked_of_absence

_DOOR = {
    Standing.SEATED: "",
    Standing.OBSERVER: "observer",
    Standing.REMOVED: "was asked to leave",
    Standing.WAITING: "waited at the door",
}


def people(source: Source) -> Section:
    """Return invited, attended with times, apologies with reasons, and information supplied."""
    blocks = (*_invited(source), *_attended(source), *_apologies(source), *_absent(source), *_supplied(source))
    return Section(heading="Invited and attended", blocks=blocks, key="people")


def _invited(source: Source) -> tuple[Block, ...]:
    pathways = source.procedure.invitations.pathway_labels
    rows = []
    for seat in source.meeting.seats.values():
        via = pathways.get(seat.via, spoken(seat.via))
        instead = seat.in_place_of or seat.deputy_of
        deputy = f"deputy for {instead}" if instead else ""
        why = "; ".join(t for t in (seat.reason.rstrip("."), f"pathway: {via}" if via else "", deputy) if t)
        rows.append(
            (
                seat.label,
                sentence(spoken(seat.agency)),
                sentence(spoken(seat.role)),
                seat.name,
                _answer(source, seat),
                why,
            )
        )
    headers = ("Seat", "Agency", "Role", "Invited", "Answer", "Why, and by which pathway")
    table = Table(headers=headers, rows=tuple(rows), caption="Invited")
    terms = facts(source, term_fields(source.procedure), TERMS)
    said = (Fields(facts=tuple(terms), caption="How it could be joined"),) if terms else ()
    return (*((trimmed(table, "Answer", headers[-1]),) if rows else ()), *said)


def _answer(source: Source, seat: Seat) -> str:
    """Return what was answered to an invitation: how they join (LCS-2.1), and whether somebody said it for them."""
    held = source.meeting.invitations.get(seat.id)
    if held is None:
        return ""
    how = f", {held.mode}" if held.mode else ""
    return f"{held.reply}{how}{' (entered on their behalf)' if held.behalf else ''}"


def came(person: Person) -> bool:
    """Tell whether somebody was let in and was there at some time."""
    return person.standing in (Standing.SEATED, Standing.OBSERVER, Standing.REMOVED) and bool(person.stays)


def _attended(source: Source) -> tuple[Block, ...]:
    rows = []
    for person in source.meeting.people.values():
        if not came(person):
            continue
        seat = source.seat(person.seat) or _DOOR[person.standing]
        marks = [
            "by telephone" if person.by_telephone else "",
            ASSURANCE[person.assurance],
            _DOOR[person.standing] if seat != _DOOR[person.standing] else "",
        ]
        stays = tuple(_stay(source, s) for s in person.stays)
        told = listed([m for m in marks if m])
        rows.append((person.name, seat, listed([a for a, _ in stays]), listed([b for _, b in stays if b]), told))
    headers = ("Name", "Seat", "Joined", "Left", "How they are known")
    if not rows:
        return (Paragraph(text="Nobody is recorded as attending.", tone=Tone.NOTICE),)
    return (trimmed(Table(headers=headers, rows=tuple(rows), caption="Attended"), "Left"),)


def _stay(source: Source, stay: Stay) -> tuple[str, str]:
    """Return when somebody came and went; who was there before the start, or until the end, needs no time twice."""
    ended = source.meeting.ended
    until = source.at(stay.until) if stay.until else f"{source.at(ended)} (end)" if ended else ""
    return source.at(stay.since), until


def _filled(source: Source, seat: Seat) -> bool:
    return any(came(p) for p in source.meeting.people.values() if p.seat == seat.id)


def _apologies(source: Source) -> tuple[Block, ...]:
    """Return the absences with what the procedure asks of one (SAN-4.2)."""
    words, asks = absence_words(source.procedure), asked_of_absence(source.procedure)
    asked = [key for key in ("agency", "person", "reason", "information_supplied") if key in asks]
    rows = tuple(
        (s.label, *(_of_absence(s)[key] for key in asked)) for s in source.meeting.seats.values() if s.apologies
    )
    headers = ("Seat", *(words[key] for key in asked))
    return (Table(headers=headers, rows=rows, caption="Apologies"),) if rows else ()


def _of_absence(seat: Seat) -> dict[str, str]:
    return {
        "agency": sentence(spoken(seat.agency)),
        "person": seat.name or "not known",
        "reason": seat.apologies,
        "information_supplied": "yes" if seat.supplied else "no",
    }


def _absent(source: Source) -> tuple[Block, ...]:
    """Name the seats that stayed empty without apologies, once the meeting has begun."""
    if source.meeting.started is None:
        return ()
    empty = [s.label for s in source.meeting.seats.values() if not s.apologies and not _filled(source, s)]
    lines = [f"Did not attend, no apologies recorded: {listed(empty)}."] if empty else []
    lines += [f"Nobody came as {p.label.lower()}: {p.why}." for p in absent(source.meeting, source.procedure)]
    return tuple(Paragraph(text=line, tone=Tone.NOTICE) for line in lines)


def _supplied(source: Source) -> tuple[Block, ...]:
    rows = tuple((s.label, s.supplied) for s in source.meeting.seats.values() if s.supplied)
    headers = ("Seat", "Information")
    return (Table(headers=headers, rows=rows, caption="Information supplied"),) if rows else ()
