"""The meeting that a chat holds: one that was convened, or one called here and now; and preparing for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cards.convening import prepare_card
from cards.kit import Card
from cards.small import small_card
from dialogs import beginning
from dialogs.asking import Ask, Form, Reply, Show, SlotForm, Tell, ticket, verb, view
from dialogs.doors import admitted
from dialogs.drafts import place_of
from dialogs.held import open_in
from dialogs.reading import answers_from, by_question
from meeting.before.convening import Convene, LinkChat, Prepare
from meeting.door.quorum import rules
from meeting.ids import titled
from meeting.model import NO_ANSWERS, Answers, Local, Meeting, MeetingId, PersonId, Seat, SeatId, Slot
from meeting.procedure import Procedure
from meeting.refusals import NotAllowed
from meeting.roles import held, role_of
from meeting.screens.convening import asked_at, brought_up, prepare_form, prepare_pages, prepare_screen, slot_of, stands
from meeting.screens.frame import Look
from meeting.steps.record import NEW_ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class StartForm(Form):
    procedure: str = ""
    children: str = ""
    cause: str = ""
    referrer: str = ""
    note_taker: str = ""
    chat: str = ticket()
    name: str = ticket()
    only: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldHere(Form):
    chat: str = ticket()
    email: str = ticket()  # by the roster, of the one whom the offer was drawn for
    who: str = ticket()  # the one whom the offer was drawn for


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepForm(Form):
    answers: Answers = NO_ANSWERS
    at: str = ticket("{}")


@verb("convening.start_now", form=StartForm)
async def start_now(ask: Ask[StartForm]) -> Reply:
    """Call a meeting in this chat; whoever presses chairs it."""
    form = ask.form
    named = form.only or form.procedure
    if not form.chat or named not in ask.procedures.ids:
        return Tell(text="Choose the procedure, then press again.")
    names = beginning.names_in(form.children)
    if not names:
        return Tell(text="Name at least one child, one on each line.")
    if len(names) > beginning.MOST:
        return Tell(text=beginning.TOO_MANY)
    await _free(ask, form.chat, beginning.meeting_of(ask))
    procedure = ask.procedures.load(named)
    link = LinkChat(chat=form.chat)
    meeting = await beginning.call(ask, procedure, lambda given: (_convene(ask, procedure, given, names), link))
    return Show(view="chairing.panel", meeting=meeting, linked=True)


@verb("convening.hold_here", form=HoldHere)
async def hold_here(ask: Ask[HoldHere]) -> Reply:
    """Hold a convened meeting in this chat; only chair, deputy or note-taker may, and only while it holds none."""
    meeting, _ = await ask.read(ask.meeting_id)
    if not _leads(meeting, ask.person, ask.form.email if ask.person == ask.form.who else ""):
        raise NotAllowed("chair_or_note_taker")
    await _free(ask, ask.form.chat, ask.meeting_id)
    if meeting.chat not in ("", ask.form.chat):
        raise NotAllowed("held_elsewhere", meeting.reference)
    await ask.do(LinkChat(chat=ask.form.chat))
    return Show(view="chairing.panel", linked=True)


async def _free(ask: Ask[Any], chat: str, meeting: MeetingId) -> None:
    """Raise NotAllowed where a chat holds another meeting that is not over."""
    held = await open_in(ask.record, chat)
    if held is not None and held.id != meeting:
        raise NotAllowed("chat_taken", held.reference)


def _leads(meeting: Meeting, person: PersonId, email: str) -> bool:
    """Tell whether somebody is, or was invited to be, chair, deputy or note-taker."""
    leading = (meeting.chair_seat, meeting.deputy_seat, meeting.note_taker_seat)
    seats = [s for s in meeting.seats.values() if s.id in leading]
    invited = any(person == s.aad or email.lower() == s.email.lower() != "" for s in seats)
    return invited or person in (meeting.chair, meeting.note_taker)


@verb("convening.open", form=SlotForm)
async def open_place(ask: Ask[SlotForm]) -> Reply:
    """Show what may be prepared in one place."""
    form = ask.form
    return Show(view="convening.part", args={"step": form.step, "part": form.part, "subject": form.subject})


@verb("convening.keep", form=KeepForm)
async def keep(ask: Ask[KeepForm]) -> Reply:
    """Keep a page of what is prepared; then the next page, or the list."""
    place = place_of(ask.form.at)
    look = replace(await ask.look(), args=place)
    slot = slot_of(look)
    stood = stands(look, slot)
    values = {**stood, **answers_from(asked_at(look, slot), ask.form.answers)}
    done = await ask.do(Prepare(slot=slot, answers={k: v for k, v in values.items() if v}, keep=True))
    page = brought_up(look, slot, stood, values) or int(place.get("page") or 1) + 1
    if page > len(prepare_pages(look, slot, values)):
        return Show(view="convening.prepare", done="saved")
    rows = done.meeting.rows.get((slot.step, slot.part), ())
    subject = rows[-1] if slot.subject == NEW_ROW and rows else slot.subject
    return Show(view="convening.part", args={**place, "subject": subject, "page": str(page)}, done="saved")


@verb("convening.none", form=SlotForm)
async def none(ask: Ask[SlotForm]) -> Reply:
    """Keep that a table has no lines."""
    form = ask.form
    await ask.do(Prepare(slot=Slot(step=form.step, part=form.part), answers={}, none=True))
    return Show(view="convening.prepare", done="saved")


@view("convening.prepare")
@admitted
def draw_prepare(look: Look) -> Card:
    """What one person may prepare."""
    return prepare_card(prepare_screen(look))


@view("convening.part")
@admitted
def draw_part(look: Look) -> Card:
    """One page of what is prepared."""
    slot = slot_of(look)
    mine = {(line.slot.step, line.slot.part, line.slot.subject) for line in prepare_screen(look).lines}
    if (slot.step, slot.part, slot.subject) not in mine:
        return prepare_card(prepare_screen(look))
    raw = by_question(look.typed)
    return small_card(prepare_form(look, {**stands(look, slot), **answers_from(asked_at(look, slot), raw)}))


def _convene(ask: Ask[StartForm], procedure: Procedure, reference: str, names: tuple[str, ...]) -> Convene:
    form = ask.form
    asked = {f.key for f in procedure.convening.part.fields}
    given = {"cause": form.cause, "referrer": form.referrer, "note_taker": form.note_taker or form.name}
    given |= {"when": ask.now.isoformat()}
    return Convene(
        reference=reference,
        procedure_hash="",
        answers={k: v for k, v in given.items() if v and k in asked},
        children=beginning.children_of(names),
        seats=_seats(ask, procedure),
        chair_seat=SeatId("chair"),
        note_taker_seat=SeatId("notes") if form.note_taker else None,
        starts=ask.now,
        start_now=True,
        local=Local(marking=ask.pathways.local().marking),
    )


def _seats(ask: Ask[StartForm], procedure: Procedure) -> tuple[Seat, ...]:
    """Return the chair's seat, the note-taker's, and one for each whom the quorum needs, to admit people to."""
    form, quorum, called = ask.form, rules(procedure), procedure.convening
    agency, role = called.caller_agency, called.caller_role
    chair = Seat(id=SeatId("chair"), agency=agency, role=role, label="Chair", name=form.name, aad=ask.person)
    notes = Seat(id=SeatId("notes"), agency=agency, role="note_taker", label="Note-taker", name=form.note_taker)
    wanted = (r for r in quorum.roles or quorum.agencies if not held(procedure, r, chair))
    others = tuple(Seat(id=SeatId(r), agency=role_of(procedure, r).agency, role=r, label=titled(r)) for r in wanted)
    return (chair, *((notes,) if form.note_taker else ()), *others)
