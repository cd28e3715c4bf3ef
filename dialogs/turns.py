"""Giving the floor, and what the one who has it may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cards.kit import Card
from cards.speaking import speak_card
from cards.turns import choose_card, order_card, read_card, turns_card
from dialogs.asking import Ask, Form, Reply, Show, draw, ticket, verb, view
from dialogs.doors import admitted, content
from dialogs.matching import match_seats
from dialogs.reading import answers_from, by_question
from meeting.duties import barred
from meeting.model import NO_ANSWERS, Answers, Floor, How, Seat, SeatId
from meeting.procedure import FieldSpec, FieldType, Kind, Step
from meeting.refusals import Refused
from meeting.running import agenda
from meeting.screens.asked import paged
from meeting.screens.frame import Look, frame_for
from meeting.screens.turns import asked_now, speak_screen, turns_screen
from meeting.steps.floor import questions_for
from meeting.steps.turns import BeginTurn, FinishTurn, ReturnTurn, SetOrder, nothing_further


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatForm(Form):
    step: str = ticket()
    seat: str = ticket()
    turn: str = ticket("0")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenForm(Form):
    seat: str = ""
    step: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakForm(Form):
    answers: Answers = NO_ANSWERS
    step: str = ticket()
    seat: str = ticket()
    turn: str = ticket("0")
    page: str = ticket("1")
    keep: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm(Form):
    order: str = ""
    step: str = ticket()


@verb("turns.begin", form=SeatForm)
async def begin(ask: Ask[SeatForm]) -> Reply:
    """Give the floor to a seat."""
    await ask.do(BeginTurn(step=ask.form.step, seat=SeatId(ask.form.seat) if ask.form.seat else None))
    return Show(view="chairing.mine")


@verb("turns.choose", form=ChosenForm)
async def choose(ask: Ask[ChosenForm]) -> Reply:
    """Show who has spoken, to read one of them or to give the floor back."""
    return Show(view="turns.choose", args={"step": ask.form.step})


@verb("turns.give_back", form=ChosenForm)
async def give_back(ask: Ask[ChosenForm]) -> Reply:
    """Let a seat speak again."""
    await ask.do(ReturnTurn(step=ask.form.step, seat=SeatId(ask.form.seat)))
    return Show(view="chairing.mine")


@verb("turns.end", form=SeatForm)
async def end(ask: Ask[SeatForm]) -> Reply:
    """End a turn in which nothing was said; the next one begins."""
    await ask.do(_ended(ask.form, How.NO_ANSWER))
    return Show(view="chairing.mine", done="saved")


@verb("turns.open", form=SeatForm)
async def open_turn(ask: Ask[SeatForm]) -> Reply:
    """Show the live seat's form to chair or note-taker."""
    return Show(view="turns.turn", args={"step": ask.form.step, "turn": ask.form.turn})


@verb("turns.page_before", form=SpeakForm)
async def page_before(ask: Ask[SpeakForm]) -> Reply:
    """Show the page before; what was kept stands there."""
    return Show(view="turns.turn", args=_place(ask.form, int(ask.form.page) - 1))


@verb("turns.step", form=SeatForm)
async def back_to_round(ask: Ask[SeatForm]) -> Reply:
    """Show the round again."""
    return Show(view="chairing.mine")


@verb("turns.read", form=ChosenForm)
async def read(ask: Ask[ChosenForm]) -> Reply:
    """Show one contribution whole."""
    return Show(view="turns.read", args={"step": ask.form.step, "seat": ask.form.seat})


@verb("turns.finish", form=SpeakForm)
async def finish(ask: Ask[SpeakForm]) -> Reply:
    """Keep this page, or on the last one record what this seat knows; the next turn begins."""
    look = await ask.look()
    return await _give(ask, look, _told(look, ask.form.seat))


@verb("turns.said_aloud", form=SpeakForm)
async def said_aloud(ask: Ask[SpeakForm]) -> Reply:
    """End the turn with what was chosen; what was said is owed to the minutes."""
    return await _give(ask, await ask.look(), How.SAID_ALOUD)


@verb("turns.nothing_further", form=SpeakForm)
async def fill(ask: Ask[SpeakForm]) -> Reply:
    """Answer this page's blanks with "nothing further known" (SAN-10.11)."""
    look = await ask.look()
    return await _give(ask, look, _told(look, ask.form.seat), further=True)


@verb("turns.nothing_held", form=SpeakForm)
async def nothing_held(ask: Ask[SpeakForm]) -> Reply:
    """End the turn of a seat that holds no information."""
    await ask.do(_ended(ask.form, How.NOTHING_HELD))
    return Show(view="chairing.mine", done="finished")


@verb("turns.set_order", form=OrderForm)
async def set_order(ask: Ask[OrderForm]) -> Reply:
    """Announce the order that was typed."""
    look = await ask.look()
    await ask.do(SetOrder(step=ask.form.step, seats=match_seats(ask.form.order, look.meeting)))
    return Show(view="turns.order", done="order_set")


def _ended(form: SeatForm | SpeakForm, how: How) -> FinishTurn:
    return FinishTurn(step=form.step, seat=SeatId(form.seat), turn=int(form.turn or 0), answers=NO_ANSWERS, how=how)


def _own(look: Look, seat: str) -> bool:
    own = look.meeting.seat_of(look.person)
    return own is not None and own.id == seat


def _told(look: Look, seat: str) -> How:
    """Return how it is told: typed by the seat itself, heard by chair or note-taker, or read out for an absent one."""
    if _own(look, seat):
        return How.TYPED
    here = any(p.present for p in look.meeting.occupants(SeatId(seat)))
    return How.HEARD if here else How.ON_BEHALF


async def _give(ask: Ask[SpeakForm], look: Look, how: How, *, further: bool = False) -> Reply:
    """Keep a page where another must follow, else end the turn."""
    form = ask.form
    step, seat = _floor(look, form.step, form.seat)
    typed = answers_from(questions_for(look.meeting, look.procedure, step, seat), form.answers)
    asked, values = asked_now(look, step, seat, typed)
    pages = paged(asked)
    page = min(int(form.page or 1), len(pages))
    here = pages[page - 1]
    if further:
        shown = {f.key: values.get(f.key, "") for f in here}
        typed = {**typed, **nothing_further(here, shown)}
    rest = tuple(f for p in pages[page:] for f in p)
    follows = bool(rest) and (how is not How.SAID_ALOUD or _must_choose(rest, values))
    only = frozenset(f.key for f in here) if follows else None
    command = replace(_ended(form, how), answers=typed, keep=bool(form.keep), only=only)
    await ask.do(command)
    if follows:
        return Show(view="turns.turn", args=_place(form, page + 1), done="kept")
    return Show(view="chairing.mine", done="said_aloud" if how is How.SAID_ALOUD else "finished")


def _must_choose(rest: tuple[FieldSpec, ...], values: Mapping[str, str]) -> bool:
    """Tell whether something on a later page is chosen rather than told, and still open."""
    return any(f.required and f.type is not FieldType.TEXT and not values.get(f.key) for f in rest)


def _place(form: SpeakForm, page: int) -> dict[str, str]:
    return {"step": form.step, "turn": form.turn, "page": str(page)}


def _floor(look: Look, step_id: str, seat_id: str) -> tuple[Step, Seat]:
    seat = look.meeting.seats.get(SeatId(seat_id))
    if seat is None:
        raise Refused("no_such_seat", seat_id)
    return look.procedure.step(step_id), seat


@view("turns.step")
@content
def draw_round(look: Look) -> Card:
    """The round of turns, as this person sees it."""
    return turns_card(turns_screen(look, look.procedure.step(look.args["step"])))


@view("turns.turn")
def draw_turn(look: Look) -> Card:
    """The live seat's form, for whoever speaks and for chair and note-taker; everybody else sees the round."""
    floor = look.meeting.floors.get(look.args.get("step", ""), Floor())
    live = floor.live
    person = look.meeting.people.get(look.person)
    over = live is None or str(live.number) != look.args.get("turn")
    if live is None or over or person is None or barred(look.meeting, look.procedure, person):
        return draw("chairing.mine", replace(look, args={}))
    if not look.scribe and not _own(look, live.seat):
        return draw("chairing.mine", replace(look, args={}))
    step, seat = _floor(look, look.args["step"], live.seat)
    raw = by_question(look.typed)
    typed = answers_from(questions_for(look.meeting, look.procedure, step, seat), raw)
    return speak_card(speak_screen(look, step, seat, live.number, typed))


@view("turns.choose")
@content
def draw_choice(look: Look) -> Card:
    """Who has spoken."""
    return choose_card(turns_screen(look, look.procedure.step(look.args["step"])))


@view("turns.read")
@content
def draw_contribution(look: Look) -> Card:
    """One seat's contribution, whole."""
    screen = turns_screen(look, look.procedure.step(look.args["step"]))
    line = next((one for one in screen.lines if one.seat == look.args.get("seat")), None)
    if line is None:
        return draw("chairing.mine", replace(look, args={}))
    return read_card(screen.frame, line)


@view("turns.order")
@admitted
def draw_order(look: Look) -> Card:
    """The form for the order of turns, filled with the order that stands."""
    here = agenda.current(look.meeting, look.procedure) if look.meeting.step else None
    step = here if here is not None and here.kind is Kind.TURNS else agenda.first_of(look.procedure, Kind.TURNS)
    if step is None:
        return draw("chairing.mine", replace(look, args={}))
    floor = look.meeting.floors.get(step.id, Floor())
    labels = ", ".join(look.meeting.seats[s].label for s in floor.order)
    return order_card(frame_for(look), step.id, look.typed.get("order", labels), labels or "not announced yet")
