"""Calling a meeting from a card, in 1:1: a draft at first, which sends nothing until somebody says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cards.kit import Card, error_text
from cards.small import small_card
from dialogs import beginning
from dialogs.asking import Ask, Form, Reply, Show, Tell, ticket, verb, view
from dialogs.dues import chosen_time
from dialogs.inviting import convener
from dialogs.planning import slug
from dialogs.reading import answers_from
from dialogs.telling_apart import next_child
from meeting.before.amending import Amend, calling_fields, term_fields
from meeting.before.convening import AddSeat, Convene
from meeting.before.mailboxes import allowed_mailbox
from meeting.before.routes import proposed
from meeting.before.timely import require_start
from meeting.model import NO_ANSWERS, Answers, Local, Meeting, Seat, SeatId
from meeting.procedure import Procedure
from meeting.refusals import FieldErrors
from meeting.screens import drafting as screens
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftForm(Form):
    procedure: str = ""
    children: str = ""
    starts: Answers = NO_ANSWERS
    join_link: str = ""
    area: str = ""
    name: str = ticket()
    email: str = ticket()
    only: str = ticket()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsForm(Form):
    answers: Answers = NO_ANSWERS
    circumstances: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    subject_type: str = ""
    page: str = ticket("0")


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutForm(Form):
    subject_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadForm(Form):
    chair: str = ""
    note_taker: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddForm(Form):
    agency: str = ""
    label: str = ""
    name: str = ""
    email: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeForm(Form):
    seat: str = ticket()


@verb("drafting.begin", form=DraftForm)
async def begin(ask: Ask[DraftForm]) -> Reply:
    """Write a draft down; nothing is sent."""
    form = ask.form
    named = form.only or form.procedure
    names = beginning.names_in(form.children)
    if named not in ask.procedures.ids or not names:
        return Tell(text="Choose the procedure and name at least one child, one on each line. Then press again.")
    if len(names) > beginning.MOST:
        return Tell(text=beginning.TOO_MANY)
    try:
        require_start(starts := chosen_time(form.starts, "starts"), ask.now)
    except FieldErrors as wrong:
        return Tell(text=f"When it begins: {error_text(wrong.errors['starts'])} Or leave it open. Then press again.")
    procedure = ask.procedures.load(named)
    meeting = await beginning.call(ask, procedure, lambda given: (_draft(ask, procedure, given, names, starts),))
    return Show(view="drafting.questions", meeting=meeting, done="drafted")


def _draft(
    ask: Ask[DraftForm], procedure: Procedure, reference: str, names: tuple[str, ...], starts: datetime | None
) -> Convene:
    form = ask.form
    asked = {f.key for f in procedure.convening.part.fields}
    given = {"when": starts.isoformat() if starts else "", "join_link": form.join_link}
    local = ask.pathways.local(form.area)
    chair = _chair(ask, procedure, local)
    return Convene(
        reference=reference,
        procedure_hash="",
        answers={k: v for k, v in given.items() if v and (k in asked or k == "join_link")},
        children=beginning.children_of(names),
        seats=(chair,),
        chair_seat=chair.id,
        starts=starts,
        place="Teams",
        draft=True,
        local=local,
    )


def _chair(ask: Ask[DraftForm], procedure: Procedure, local: Local) -> Seat:
    """Return the seat of whoever calls the meeting: they chair it until somebody else does."""
    form, agency = ask.form, procedure.convening.caller_agency
    email = allowed_mailbox(local, agency, form.email)
    return Seat(
        id=SeatId("chair"),
        agency=agency,
        role=procedure.convening.caller_role,
        label="Chair",
        name=form.name,
        email=email,
        aad=ask.person,
    )


@verb("drafting.open", form=Form)
async def open_questions(ask: Ask[Form]) -> Reply:
    """Open what convening asks and an urgent start has left open."""
    return Show(view="drafting.questions", args={"page": "1"})


@verb("drafting.answer", form=QuestionsForm)
async def answer(ask: Ask[QuestionsForm]) -> Reply:
    """Keep one page of what is known, and go on to the next."""
    look, page = await ask.look(), int(ask.form.page or 0)
    if page == 0:
        return await _of_all(ask, look)
    calling, terms = calling_fields(look.procedure), term_fields(look.procedure)
    given = ask.form.answers
    shown = frozenset(f.key for f in screens.page_of(look, page))
    done = await ask.do(Amend(answers=answers_from(calling, given), terms=answers_from(terms, given), asked=shown))
    after = Look(meeting=done.meeting, procedure=done.procedure, person=ask.person, now=ask.now)
    following = screens.page_after(look, after, page)
    if not following:
        return Show(view="chairing.mine" if after.meeting.started else "invitations.table", done="saved")
    return Show(view="drafting.questions", args={"page": str(following)}, done="saved")


async def _of_all(ask: Ask[QuestionsForm], look: Look) -> Reply:
    """Keep what is true of the children, and ask about those next who differ; the others are as all are."""
    form, children = ask.form, look.meeting.children
    alike = {c: None for c in children if c not in form.differ}
    said = frozenset(form.circumstances)
    await ask.do(Amend(circumstances=said, subject_type=form.subject_type, of_children=alike))
    return next_child([c for c in children if c in form.differ])


@verb("drafting.ask_about", form=AboutForm)
async def ask_about(ask: Ask[AboutForm]) -> Reply:
    """Ask whom a meeting is about that was started at once."""
    return Show(view="drafting.about")


@verb("drafting.about", form=AboutForm)
async def about(ask: Ask[AboutForm]) -> Reply:
    """Keep whom the meeting is about, and go back to the panel."""
    await ask.do(Amend(subject_type=ask.form.subject_type))
    return Show(view="chairing.panel", done="saved")


@verb("drafting.lead", form=LeadForm)
async def lead(ask: Ask[LeadForm]) -> Reply:
    """Say who chairs, who takes notes, and who chairs where the chair cannot."""
    form = ask.form
    chair, notes, deputy = (SeatId(s) if s else None for s in (form.chair, form.note_taker, form.deputy))
    await ask.do(Amend(chair=chair, note_taker=notes, deputy=deputy))
    return Show(view="invitations.table", done="saved")


@verb("drafting.seat", form=AddForm)
async def add_seat(ask: Ask[AddForm]) -> Reply:
    """Add one seat that no pathway proposes, with the reason."""
    form = ask.form
    blank = {k: "required" for k in ("agency", "label") if not getattr(form, k)}
    if blank:
        raise FieldErrors(blank)
    look = await ask.look()
    seat = Seat(
        id=SeatId(slug(form.label, look.meeting.seats)),
        agency=form.agency,
        role=form.agency,
        label=form.label,
        name=form.name,
        email=form.email,
        reason=form.reason,
    )
    await ask.do(AddSeat(seat=seat))
    return Show(view="invitations.table", done="seat_added")


@verb("drafting.take", form=TakeForm)
async def take(ask: Ask[TakeForm]) -> Reply:
    """Take over one seat that the local pathway proposes, or all of them but who was left out."""
    named = ask.form.seat

    def seats(meeting: Meeting, procedure: Procedure) -> tuple[object, ...]:
        wanted = (p for p in proposed(meeting, procedure) if (p.seat.id == named if named else not p.left_out))
        return tuple(AddSeat(seat=p.seat) for p in wanted)

    await ask.decide(seats)
    return Show(view="invitations.table", done="seat_added")


@view("drafting.questions")
@convener
def draw_questions(look: Look) -> Card:
    """A page of what convening asks."""
    return small_card(screens.questions_form(look))


@view("drafting.about")
@convener
def draw_about(look: Look) -> Card:
    """Whom the meeting is about."""
    return small_card(screens.about_form(look))


@view("drafting.lead")
@convener
def draw_lead(look: Look) -> Card:
    """Who chairs, who takes notes, who is the deputy."""
    return small_card(screens.lead_form(look))


@view("drafting.seat")
@convener
def draw_seat(look: Look) -> Card:
    """One more seat."""
    return small_card(screens.seat_form(look))
