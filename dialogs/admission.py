"""Opening the door, ticking who is here, noting apologies, adding an agency."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.admission import accept_card, apologies_card, crowd_card, door_card, present_card, seat_card
from cards.kit import Card
from dialogs.asking import Ask, Form, Reply, Show, draw, ticket, verb, view
from dialogs.doors import admitted
from dialogs.planning import slug
from documents.confidentiality import confidentiality_words
from meeting.before.convening import AddSeat
from meeting.door.admission import Admit, MarkPresent, Remove
from meeting.door.guests import AcceptStatement
from meeting.door.knocking import company
from meeting.door.telephone import HearCaller
from meeting.ids import titled
from meeting.model import NO_ANSWERS, Answers, PersonId, Seat, SeatId
from meeting.refusals import FieldErrors, Refused
from meeting.screens.admission import (
    OBSERVER,
    apologies_screen,
    crowd_screen,
    door_screen,
    person_at,
    seat_screen,
    waiting,
)
from meeting.screens.attending import present_screen
from meeting.screens.frame import Look, frame_for
from meeting.steps.roll_call import RecordApologies


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorForm(Form):
    seat: str = ""
    wish: str = ""
    person: str = ticket()
    digits: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdForm(Form):
    seats: Answers = NO_ANSWERS  # by person
    wish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRemoveForm(Form):
    reason: str = ""
    person: str = ""  # chosen on the list of who is here
    subject: str = ticket()  # whose door it is


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentForm(Form):
    here: tuple[str, ...] = ()
    was: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerForm(Form):
    caller: str = ""
    name: str = ""
    seat: str = ticket()  # at the roll call: whose row it is


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyForm(Form):
    seat: str = ""
    reason: str = ""
    information: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatForm(Form):
    agency: str = ""
    label: str = ""
    name: str = ""
    email: str = ""
    why: str = ""
    reason: str = ""


@verb("admission.admit", form=DoorForm)
async def admit(ask: Ask[DoorForm]) -> Reply:
    """Give somebody a seat."""
    if not ask.form.seat:
        raise Refused("seat_needed")
    person = PersonId(ask.form.person)
    await ask.do(Admit(person=person, seat=SeatId(ask.form.seat), turn_wish=ask.form.wish, digits=ask.form.digits))
    return Show(view="admission.door", args={"subject": person}, done="admitted")


@verb("admission.admit_all", form=CrowdForm)
async def admit_all(ask: Ask[CrowdForm]) -> Reply:
    """Give everybody at the door the place that was chosen for them."""
    there = {str(p.id): p.id for p in waiting((await ask.look()).meeting)}
    chosen = {there[p]: seat for p, seat in ask.form.seats.items() if seat and p in there}
    if not chosen:
        raise Refused("seat_needed")
    await ask.do(*(_place(person, seat, ask.form.wish) for person, seat in chosen.items()))
    return Show(view="admission.door", args={"subject": next(iter(chosen))}, done="admitted")


def _place(person: PersonId, chosen: str, wish: str) -> Admit:
    return Admit(person=person, seat=None if chosen == OBSERVER else SeatId(chosen), turn_wish=wish)


@verb("admission.alone", form=DoorForm)
async def alone(ask: Ask[DoorForm]) -> Reply:
    """Show one of those at the door, with every way to see to them."""
    return Show(view="admission.door", args={"subject": ask.form.person, "alone": "yes"})


@verb("admission.observe", form=DoorForm)
async def observe(ask: Ask[DoorForm]) -> Reply:
    """Let somebody observe the board."""
    await ask.do(Admit(person=PersonId(ask.form.person), seat=None, digits=ask.form.digits))
    return Show(view="admission.door", args={"subject": ask.form.person}, done="admitted")


@verb("admission.remove", form=DoorRemoveForm)
async def remove(ask: Ask[DoorRemoveForm]) -> Reply:
    """Send somebody away: whoever is at this door, or was chosen among those here, the latter with a reason."""
    form = ask.form
    if not form.subject and not form.person:
        raise Refused("nobody")
    if not form.subject and not form.reason:
        raise Refused("reason_needed")
    await ask.do(Remove(person=PersonId(form.subject or form.person), reason=form.reason))
    if form.subject:
        return Show(view="admission.door", args={"subject": form.subject}, done="removed")
    return Show(view="admission.present", done="removed")


@verb("admission.accept", form=Form)
async def accept(ask: Ask[Form]) -> Reply:
    """Accept the confidentiality statement."""
    await ask.do(AcceptStatement())
    return Show(view="chairing.mine")


@verb("admission.present", form=PresentForm)
async def present(ask: Ask[PresentForm]) -> Reply:
    """Note who came and who left since the form was drawn."""
    before, now = set(filter(None, ask.form.was.split(","))), set(ask.form.here)
    marks = [MarkPresent(person=PersonId(p), present=True) for p in sorted(now - before)]
    marks += [MarkPresent(person=PersonId(p), present=False) for p in sorted(before - now)]
    await ask.do(*marks)
    return Show(view="admission.present", done="saved")


@verb("admission.telephone", form=CallerForm)
async def telephone(ask: Ask[CallerForm]) -> Reply:
    """Note whom chair or note-taker hears on the telephone."""
    form = ask.form
    if not (form.seat or form.caller):
        raise FieldErrors({"caller": "required"})
    await ask.do(HearCaller(seat=SeatId(form.seat or form.caller), name=form.name))
    return Show(view="chairing.mine" if form.seat else "admission.present", done="saved")


@verb("admission.apologies", form=ApologyForm)
async def apologies(ask: Ask[ApologyForm]) -> Reply:
    """Note who cannot come, why, and what they sent."""
    form = ask.form
    await ask.do(RecordApologies(seat=SeatId(form.seat), reason=form.reason, information=form.information))
    return Show(view="admission.apologies", done="apologies")


@verb("admission.seat", form=SeatForm)
async def add_seat(ask: Ask[SeatForm]) -> Reply:
    """Give one more agency a seat, with the reason."""
    form = ask.form
    look = await ask.look()
    if not form.agency:
        raise FieldErrors({"agency": "required"})
    label = form.label or titled(form.agency)
    seat = Seat(
        id=SeatId(slug(label, look.meeting.seats)),
        agency=form.agency,
        role=form.agency,
        label=label,
        name=form.name,
        email=form.email,
        reason=form.reason or form.why,
    )
    await ask.do(AddSeat(seat=seat))
    return Show(view="admission.seat", done="seat_added")


def _scribe(look: Look) -> Card | None:
    """Return what somebody sees who is neither chair nor note-taker, or None."""
    return None if look.scribe else draw("chairing.mine", replace(look, args={}))


@view("admission.door")
@admitted
def draw_door(look: Look) -> Card:
    """Somebody at the door, or everybody who is, for chair and note-taker."""
    person = person_at(look)
    if person is None:
        return draw("chairing.mine", replace(look, args={}))
    there = waiting(look.meeting)
    left = company(look.meeting, person)
    if person.digits:
        return _scribe(look) or door_card(door_screen(look, person))
    if len(there) > 1 and (person in there or left) and not look.args.get("alone"):
        return _scribe(look) or crowd_card(crowd_screen(look))
    return _scribe(look) or door_card(door_screen(look, left[0] if left and person not in there else person))


@view("admission.statement")
def draw_statement(look: Look) -> Card:
    """What somebody outside Teams accepts; it holds no word of the meeting."""
    return accept_card(frame_for(look), confidentiality_words(look.procedure))


@view("admission.present")
@admitted
def draw_present(look: Look) -> Card:
    """Who is here."""
    return _scribe(look) or present_card(present_screen(look))


@view("admission.apologies")
@admitted
def draw_apologies(look: Look) -> Card:
    """The form of an apology."""
    return _scribe(look) or apologies_card(apologies_screen(look))


@view("admission.seat")
@admitted
def draw_seat(look: Look) -> Card:
    """The form of one more agency."""
    return _scribe(look) or seat_card(seat_screen(look))
