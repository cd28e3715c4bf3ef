"""What went round the table: turns, questions and views, each under the name of whoever spoke."""

from __future__ import annotations

from documents.answers import HOW_HEADER, facts, how_told
from documents.model import Block, Fact, Fields, Lines, Paragraph, Section, Table, Tone, trimmed
from documents.sayings import DEFAULT, HOW, listed, without_hint
from documents.source import Source
from documents.spread import spread
from meeting.flags import CONTRIBUTION
from meeting.ids import sentence, spoken
from meeting.model import Answers, Floor, How, PersonId, Question, Seat, SeatId, Slot, Standing, View, Views
from meeting.procedure import FieldSpec, Per, Step, TurnsData, ViewsData
from meeting.steps import turns as turn_rules

ON_BEHALF_OF = "on_behalf_of"  # the key of the question whose information somebody shares
Inside = tuple[tuple[Block, ...], tuple[Section, ...]]


def turns(source: Source, step: Step, data: TurnsData) -> Inside:
    """Return each seat's information under its own heading, in the order of the turns (SAN-8.2)."""
    floor = source.meeting.floors.get(step.id)
    given = tuple(SeatId(s.subject) for s in source.meeting.answers if s.step == step.id and s.part == CONTRIBUTION)
    order = tuple(dict.fromkeys((*(floor.order if floor else ()), *given)))
    sections = tuple(_turn(source, step, data, source.meeting.seats[s]) for s in order if s in source.meeting.seats)
    blocks: list[Block] = []
    if floor and floor.order:
        default = "" if data.order_src else f" ({DEFAULT})"
        caption = f"Order announced{default}"
        blocks.append(Lines(items=tuple(source.seat(s) for s in floor.order), caption=caption, ordered=True))
    return tuple(blocks), sections


def _turn(source: Source, step: Step, data: TurnsData, seat: Seat) -> Section:
    who = listed(source.meeting.names_on(seat.id))
    heading = f"{seat.label}: {who}" if who else seat.label
    slot = Slot(step=step.id, part=CONTRIBUTION, subject=seat.id)
    answer = source.meeting.answers.get(slot)
    blocks: list[Block] = []
    if seat.supplied:
        blocks.append(Paragraph(text="Information handed in stands under “Information supplied”.", tone=Tone.ASIDE))
    if answer is None:
        blocks.append(Paragraph(text=_without(source, step, seat), tone=Tone.NOTICE))
    elif answer.how is How.PREPARED:
        blocks.append(Paragraph(text="Prepared something and did not give it in this meeting.", tone=Tone.NOTICE))
    else:
        told = how_told(source, answer)
        found = facts(source, _asked(source, step, data, seat), slot)
        if answer.how in (How.NOTHING_HELD, How.NO_ANSWER):
            found = [f for f in found if f.value not in ("Nothing held", "Invited, no answer")]
        found = _whose(source, _asked(source, step, data, seat), seat, answer.answers, found)
        if found:
            blocks.append(Fields(facts=tuple(found), how=told))
        else:
            blocks.append(Paragraph(text=told or HOW[answer.how], tone=Tone.NOTICE))
    return Section(heading=heading, blocks=tuple(blocks))


def _whose(source: Source, asked: tuple[FieldSpec, ...], seat: Seat, answers: Answers, found: list[Fact]) -> list[Fact]:
    """Return what was told, with the agency whose information it is where another shares it (LCS-5.3)."""
    spec = next((f for f in asked if f.key == ON_BEHALF_OF), None)
    agency = answers.get(ON_BEHALF_OF, "")
    if spec is None or not agency or agency == seat.agency:
        return found
    name = next((s.label for s in source.meeting.seats.values() if s.agency == agency), sentence(spoken(agency)))
    whose = Fact(label="Whose information", value=f"{name} (shared by {spoken(seat.agency)})")
    return [whose, *(f for f in found if f.label != without_hint(spec.label))]


def _without(source: Source, step: Step, seat: Seat) -> str:
    floor = source.meeting.floors.get(step.id, Floor())
    if floor.live and floor.live.seat == seat.id:
        return "Is speaking now; nothing is recorded yet."
    return "Had its turn; nothing was recorded." if seat.id in floor.done else "Has not been heard."


def _asked(source: Source, step: Step, data: TurnsData, seat: Seat) -> tuple[FieldSpec, ...]:
    """Return what this seat was asked, and any other prompt that it answered nevertheless."""
    asked = turn_rules.questions_for(source.meeting, source.procedure, step, seat)
    keys = {f.key for f in asked}
    answer = source.meeting.answer(step.id, CONTRIBUTION, seat.id)
    given = answer.answers if answer else {}
    more: dict[str, FieldSpec] = {}
    for prompts in data.prompts:
        more |= {f.key: f for f in prompts.fields if f.key in given and f.key not in keys and f.key not in more}
    return (*asked, *more.values())


def questions(source: Source) -> tuple[Block, ...]:
    """Return every question with who asked whom, and the answer."""
    rows = tuple(_question(source, number, q) for number, q in enumerate(source.meeting.questions, start=1))
    headers = ("Number", "Asked by", "Asked of", "Question", "Answer", "How answered")
    return (trimmed(Table(headers=headers, rows=rows, caption="Questions and answers"), headers[-1]),) if rows else ()


def _question(source: Source, number: int, question: Question) -> tuple[str, ...]:
    if question.open:
        answer, how = "Not answered", ""
    else:
        how = HOW[question.answered_how or How.TYPED]
        answer = question.answer or "To be written up"
        how = "; ".join(t for t in (how, f"answered by {source.name(question.answered_by)}") if t)
    asker = f"Meeting {question.before}" if question.before else source.name(question.asked_by)
    return (str(number), asker, question.to_label, question.text, answer, how)


def views(source: Source, step: Step, data: ViewsData) -> Inside:
    """Return each attendee's view by seat and name, with the reason; none is counted, no silence is a view."""
    round_ = source.meeting.views.get(step.id)
    if round_ is None:
        return (), ()
    if round_.revealed is None and not source.over:
        text = "The views are still being gathered; they are shown once the round is closed."
        return (Paragraph(text=text, tone=Tone.ASIDE),), ()
    subjects = {str(c.id): c.name for c in source.children()} if data.per is not Per.MEETING else {"": ""}
    subjects |= {v.subject: source.subject(v.subject) for v in round_.given if source.shows(v.subject)}
    note = Paragraph(text="Views are recorded by name. They are not counted, and no outcome follows from them.")
    ahead: list[Block] = [note, *_invited(source, round_)]
    if data.threshold and step.src and not data.threshold.src:
        ahead.append(Paragraph(text=f"The wording of the views: {DEFAULT}.", tone=Tone.ASIDE))
    parts = []
    for subject, label in subjects.items():
        blocks = _of_subject(source, data, round_, subject)
        if not label:
            ahead += blocks
        else:
            parts.append(Section(heading=label, blocks=blocks))
    return tuple(ahead), tuple(parts)


def _of_subject(source: Source, data: ViewsData, round_: Views, subject: str) -> tuple[Block, ...]:
    given = {v.person: v for v in round_.given if v.subject == subject}
    others = (p for p in (*round_.invited, *sorted(round_.silent)) if _asked_about(source, p, subject))
    asked = dict.fromkeys([*given, *others])
    rows = tuple(_view(source, data, person, given.get(person), silent=person in round_.silent) for person in asked)
    blocks: list[Block] = []
    headers = ["Seat", "Name", *(["View"] if data.threshold else []), *(["Scale"] if data.scale else [])]
    if rows:
        table = Table(headers=(*headers, "Reason", HOW_HEADER), rows=rows, caption="Views by name")
        blocks.append(trimmed(table, HOW_HEADER))
    if data.scale and any(v.scale is not None for v in given.values()):
        placed = tuple((source.shown(source.name(v.person)), v.scale) for v in given.values() if v.scale is not None)
        blocks.append(spread(data.scale, placed))
    return tuple(blocks)


def _asked_about(source: Source, person: PersonId, subject: str) -> bool:
    """Tell whether somebody was asked about this subject: not about a child whom their own seat may not see."""
    seat = source.meeting.came_for(person)
    return seat is None or subject not in seat.restricted


def _view(source: Source, data: ViewsData, person: PersonId, view: View | None, *, silent: bool) -> tuple[str, ...]:
    seat = source.meeting.came_for(person)
    label = source.seat(view.seat) if view and view.seat else seat.label if seat else ""
    without = data.silent if silent else "no view recorded"
    option = view.option if view else without
    scale = "" if view is None or view.scale is None else str(view.scale)
    if data.threshold is None and view is None:
        scale = without
    cells = [*([option] if data.threshold else []), *([scale] if data.scale else [])]
    return (label, source.name(person), *cells, view.reason if view else "", HOW[view.how] if view else "")


def _invited(source: Source, round_: Views) -> tuple[Block, ...]:
    """Return how everybody was invited, and name who was not; a missing view is never filled in (SAN-11.2)."""
    found: dict[str, list[str]] = {way: [] for way in round_.invited.values()}
    gave = {v.person for v in round_.given}
    for person in source.meeting.people.values():
        if person.id in round_.invited:
            found[round_.invited[person.id]].append(person.name)
        elif person.present and person.standing is Standing.SEATED and person.id not in gave:
            found.setdefault("not invited", []).append(person.name)
    told = tuple(Fact(label=sentence(way), value=listed(names)) for way, names in found.items() if names)
    return (Fields(facts=told, caption="Who was invited to give a view, and how"),) if told else ()
