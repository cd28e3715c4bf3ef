"""Authorised minutes on their way: case-system tasks, recipients, sending, receipts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.kit import Card
from cards.minutes import minutes_card, pages_of
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import content, scribes_only, senders_only
from dialogs.issued import copy_for, note_reading
from dialogs.minuting import PANEL, draw_panel
from dialogs.paging import PageForm, lines_of
from dialogs.reading import answers_from
from meeting.after import case_system, distributing
from meeting.after.preflight import convened
from meeting.before.amending import own_fields
from meeting.model import NO_ANSWERS, Answers, SeatId
from meeting.procedure import FieldSpec, FieldType
from meeting.screens.asked import FieldView
from meeting.screens.frame import Look
from meeting.screens.minutes import minutes_screen
from meeting.screens.minuting import on_team
from meeting.screens.small import asks, offers, small


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForm(Form):
    task: str = ticket()
    subject: str = ticket()
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusForm(Form):
    child: str = ticket()
    which: str = ""
    answers: Answers = NO_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatForm(Form):
    seat: str = ticket()
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsForm(Form):
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceForm(Form):
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptForm(Form):
    yes: str = ticket("no")


@verb("minutes.task", form=TaskForm)
async def open_task(ask: Ask[TaskForm]) -> Reply:
    """Show who sends the minutes from there."""
    return Show(view="minutes.task", args={"task": ask.form.task, "subject": ask.form.subject})


@verb("minutes.confirm", form=TaskForm)
async def confirm(ask: Ask[TaskForm]) -> Reply:
    """Confirm what was done in the case system."""
    form = ask.form
    done = case_system.ConfirmTask(task=form.task, subject=form.subject, name=form.name, email=form.email)
    await ask.do(done)
    return Show(view=PANEL, done="saved")


@verb("minutes.status", form=StatusForm)
async def open_status(ask: Ask[StatusForm]) -> Reply:
    """Show the case status of a child."""
    return Show(view="minutes.status", args={"child": ask.form.child})


@verb("minutes.say_status", form=StatusForm)
async def say_status(ask: Ask[StatusForm]) -> Reply:
    """Keep the case status and the area of one child."""
    form, look = ask.form, await ask.look()
    said = {k: v for k, v in answers_from(own_fields(look.procedure), form.answers).items() if v}
    await ask.do(case_system.SayCaseStatus(child=form.child or form.which, answers=said))
    return Show(view=PANEL, done="saved")


@verb("minutes.recording", form=Form)
async def open_recording(ask: Ask[Form]) -> Reply:
    """Show the form that confirms the recording."""
    return Show(view="minutes.recording")


@verb("minutes.recorded", form=ReferenceForm)
async def recorded(ask: Ask[ReferenceForm]) -> Reply:
    """Confirm that the minutes are recorded on the case system."""
    await ask.do(case_system.ConfirmRecorded(reference=ask.form.reference))
    return Show(view=PANEL, done="saved")


@verb("minutes.choosing", form=Form)
async def open_choosing(ask: Ask[Form]) -> Reply:
    """Show who may receive the minutes."""
    return Show(view="minutes.choosing")


@verb("minutes.choose", form=SeatsForm)
async def choose(ask: Ask[SeatsForm]) -> Reply:
    """Keep who receives the minutes."""
    await ask.do(distributing.ChooseRecipients(seats=tuple(SeatId(s) for s in ask.form.seats)))
    return Show(view=PANEL, done="saved")


@verb("minutes.send", form=SeatForm)
async def send(ask: Ask[SeatForm]) -> Reply:
    """Send one seat its copy's link, or all who wait for theirs."""
    one = ask.form.seat
    await ask.decide(
        lambda meeting, _: (
            distributing.SendMinutes(seats=(SeatId(one),) if one else distributing.outstanding(meeting)),
        )
    )
    return Show(view=PANEL, done="sent")


@verb("minutes.otherwise", form=SeatForm)
async def open_otherwise(ask: Ask[SeatForm]) -> Reply:
    """Show the form for a copy that went another way."""
    return Show(view="minutes.otherwise", args={"seat": ask.form.seat})


@verb("minutes.mark_sent", form=SeatForm)
async def mark_sent(ask: Ask[SeatForm]) -> Reply:
    """Note how a copy went."""
    await ask.do(distributing.MarkSent(seat=SeatId(ask.form.seat), how=ask.form.how))
    return Show(view=PANEL, done="saved")


@verb("minutes.received", form=ReceiptForm)
async def received(ask: Ask[ReceiptForm]) -> Reply:
    """Say whether one's copy has come."""
    await ask.do(distributing.SayReceived(received=ask.form.yes == "yes"))
    return Show(view="minutes.mine", done="saved")


@verb("minutes.read_mine", form=PageForm)
async def read_mine(ask: Ask[PageForm]) -> Reply:
    """Show a page of one's own copy; that it was opened stands in the record."""
    meeting, procedure = await ask.read(ask.meeting_id)
    copy_for(meeting, procedure, ask.now, ask.person)
    if ask.form.page == "1":
        await note_reading(ask.record, ask.meeting_id, ask.person, "card", ask.now)
    return Show(view="minutes.copy", args={"page": ask.form.page})


@view("minutes.copy")
@content
def draw_copy(look: Look) -> Card:
    """One page of one's own copy."""
    document = copy_for(look.meeting, look.procedure, look.now, look.person)
    pages = pages_of(lines_of(document))
    return minutes_card(minutes_screen(look, document.title, document.banner, pages), verb="minutes.read_mine")


@view("minutes.task")
@scribes_only
def draw_task(look: Look) -> Card:
    """Who there sends the minutes."""
    name = asks(look, "name", "Who there sends the minutes (empty: the team as a whole)", required=False)
    email = asks(look, "email", "Their work e-mail address", FieldType.CONTACT, required=False)
    form = small(look, "Done in the case system", "Confirm", "minutes.confirm", name, email)
    args = {"task": look.args.get("task", ""), "subject": look.args.get("subject", "")}
    return small_card(replace(form, args=args, note="They are asked to send the copies, and see no minutes here."))


@view("minutes.status")
@scribes_only
def draw_status(look: Look) -> Card:
    """The case status of one child, as the procedure asks it at convening."""
    child = look.args.get("child", "")
    known = look.meeting.child(child)
    offered = tuple((str(c.id), c.name or "Child without a name") for c in look.meeting.in_scope())
    fields = [] if known else [offers(look, "which", "Which child", offered)]
    fields += [_asked(look, spec, child) for spec in own_fields(look.procedure)]
    title = f"Case status: {known.name}" if known else "Case status of a child"
    form = small(look, title, "Save", "minutes.say_status", *fields)
    return small_card(replace(form, args={"child": child}))


def _asked(look: Look, spec: FieldSpec, child: str) -> FieldView:
    shown = asks(look, f"answers.{spec.key}", spec.label, spec.type, required=False)
    said = shown.value or (convened(look.meeting, child, spec.key) if child else "")
    return replace(shown, choices=tuple((c, c) for c in spec.choices), value=said)


@view("minutes.recording")
@scribes_only
def draw_recording(look: Look) -> Card:
    """The reference under which the minutes stand in the case system."""
    system = look.procedure.words.case_system
    reference = asks(look, "reference", f"Reference in {system}")
    return small_card(small(look, f"Recorded on {system}", "Confirm", "minutes.recorded", reference))


@view("minutes.choosing")
@scribes_only
def draw_choosing(look: Look) -> Card:
    """Everybody invited; those who attended are chosen already."""
    now = distributing.recipients(look.meeting)
    teams = look.meeting.minutes.team_seats
    offered = tuple((s.id, s.label) for s in look.meeting.seats.values() if s.id not in teams)
    seats = replace(offers(look, "seats", "Who receives the minutes", offered), type=FieldType.CHOICES)
    form = small(look, "Recipients", "Save", "minutes.choose", replace(seats, value=", ".join(now)))
    return small_card(form)


@view("minutes.otherwise")
@senders_only
def draw_otherwise(look: Look) -> Card:
    """How a copy went, for whoever sends the minutes."""
    seat = look.meeting.seats.get(SeatId(look.args.get("seat", "")))
    if seat is None or not (look.scribe or on_team(look)):
        return draw_panel(look)
    how = asks(look, "how", "How it was sent (secure e-mail, post, by hand)")
    form = small(look, f"Sent to {seat.label}", "Note it", "minutes.mark_sent", how)
    return small_card(replace(form, args={"seat": seat.id}))
