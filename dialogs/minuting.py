"""The minutes from draft to authority, and corrections afterwards: the panel and its forms."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cards.chairing import wait_card
from cards.kit import Card
from cards.minutes_lines import own_card
from cards.minuting import panel_card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.doors import chair_only, content
from dialogs.issued import fingerprint_of
from meeting.after import minutes as rules
from meeting.after.correcting import AnswerCorrection, AskCorrection
from meeting.after.preflight import checks
from meeting.procedure import FieldType, Gate
from meeting.refusals import HeldBack
from meeting.screens.duty import wait_screen
from meeting.screens.frame import Look
from meeting.screens.minuting import on_team, own_screen, panel_screen
from meeting.screens.small import asks, offers, small

PANEL = "minutes.panel"
_ANSWERS = (("yes", "It is right: an addendum"), ("no", "The minutes stay as they are"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonForm(Form):
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseForm(Form):
    version: str = ticket("0")
    digest: str = ticket()
    tick: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm(Form):
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm(Form):
    id: str = ticket()
    right: str = "yes"
    text: str = ""


@verb("minutes.panel", form=Form)
async def open_panel(ask: Ask[Form]) -> Reply:
    """Show how far the minutes are."""
    return Show(view=PANEL)


@verb("minutes.notes", form=Form)
async def notes_written(ask: Ask[Form]) -> Reply:
    """Say that the notes are written; the chair gets them to check."""
    await ask.do(rules.RecordNotes())
    return Show(view=PANEL, done="saved")


@verb("minutes.check", form=ReasonForm)
async def check(ask: Ask[ReasonForm]) -> Reply:
    """Begin the chair's check; what holds it back asks for a reason."""
    try:
        await ask.do(rules.BeginCheck(reason=ask.form.reason))
    except HeldBack:
        if ask.form.reason or ask.args.get("view") == "minutes.checking":
            raise
        return Show(view="minutes.checking")
    return Show(view=PANEL, done="saved")


@verb("minutes.authorising", form=Form)
async def open_authorising(ask: Ask[Form]) -> Reply:
    """Show what the chair stands by; a stand-in without the chair's leave is told whom to ask for it."""
    rules.require_authority((await ask.look()).meeting, ask.person)
    return Show(view="minutes.authorising")


@verb("minutes.authorise", form=AuthoriseForm)
async def authorise(ask: Ask[AuthoriseForm]) -> Reply:
    """Lock the version that was shown, under its fingerprint."""
    form = ask.form
    command = rules.Authorise(version=int(form.version), digest=form.digest, ticked=form.tick, reason=form.reason)
    await ask.do(command)
    return Show(view=PANEL, done="authorised")


@verb("minutes.delegate", form=Form)
async def delegate(ask: Ask[Form]) -> Reply:
    """Let whoever took the chair authorise."""
    await ask.do(rules.DelegateAuthority())
    return Show(view="minutes.mine", done="handed")


@verb("minutes.mine", form=Form)
async def open_mine(ask: Ask[Form]) -> Reply:
    """Show one's own copy."""
    return Show(view="minutes.mine")


@verb("minutes.correcting", form=Form)
async def open_correcting(ask: Ask[Form]) -> Reply:
    """Show the form that asks for a correction."""
    return Show(view="minutes.correcting")


@verb("minutes.correct", form=TextForm)
async def correct(ask: Ask[TextForm]) -> Reply:
    """Ask the chair to put something right."""
    await ask.do(AskCorrection(text=ask.form.text))
    return Show(view="minutes.mine", done="asked_to_correct")


@verb("minutes.answer", form=AnswerForm)
async def open_answer(ask: Ask[AnswerForm]) -> Reply:
    """Show the form that answers a request."""
    return Show(view="minutes.answering", args={"id": ask.form.id})


@verb("minutes.answer_it", form=AnswerForm)
async def answer(ask: Ask[AnswerForm]) -> Reply:
    """Answer a request for a correction."""
    form = ask.form
    await ask.do(AnswerCorrection(id=form.id, accepted=form.right == "yes", text=form.text))
    return Show(view=PANEL, done="saved")


@view("minutes.panel")
def draw_panel(look: Look) -> Card:
    """The panel, for chair, note-taker, the chair whose place was taken, and a team that sends the minutes."""
    screen = panel_screen(look)
    if look.scribe or screen.may_delegate or on_team(look):
        return panel_card(screen)
    return wait_card(wait_screen(look, "chair_or_note_taker"))


@view("minutes.checking")
@chair_only
def draw_checking(look: Look) -> Card:
    """Why the chair checks before the notes are finished."""
    reason = asks(look, "reason", "Reason for checking now, for the minutes")
    form = small(look, "Check before the notes are written", "Check now", "minutes.check", reason)
    return small_card(replace(form, note="The note-taker has not said yet that the notes are written."))


@view("minutes.authorising")
@chair_only
def draw_authorising(look: Look) -> Card:
    """What is authorised, what is missing, and the tick that the procedure asks for."""
    missing = checks(look.meeting, look.procedure)
    hard = [o for o in missing if o.gate is Gate.HARD]
    others = [o for o in missing if o.gate is Gate.OVERRIDE]
    fields = []
    if tick := look.procedure.minutes.authorise_tick:
        fields.append(asks(look, "tick", tick, FieldType.TICK))
    if others and not hard:
        fields.append(asks(look, "reason", "Reason for authorising without, for the minutes"))
    form = small(look, "Authorise the minutes", "Authorise", "minutes.authorise", *fields)
    version = look.meeting.minutes.version
    digest = fingerprint_of(look.meeting, look.procedure, look.now)
    facts = [("Version", str(version)), ("Fingerprint", digest[:16])]
    facts += [("Missing", o.label) for o in (*hard, *others)]
    nothing = "These must be written up first." if hard else ""
    args = {"version": str(version), "digest": digest}
    return small_card(replace(form, args=args, facts=tuple(facts), nothing=nothing))


@view("minutes.mine")
@content
def draw_mine(look: Look) -> Card:
    """One's own copy."""
    return own_card(own_screen(look))


@view("minutes.correcting")
@content
def draw_correcting(look: Look) -> Card:
    """What is not right."""
    what = asks(look, "text", "What is not right, and what would be")
    return small_card(small(look, "Ask for a correction", "Ask the chair", "minutes.correct", what))


@view("minutes.answering")
@chair_only
def draw_answering(look: Look) -> Card:
    """A request, and the chair's answer to it."""
    asked = next((c for c in look.meeting.minutes.corrections if c.id == look.args.get("id")), None)
    if asked is None or asked.answered is not None:
        return draw_panel(look)
    right = offers(look, "right", "Your answer", _ANSWERS)
    words = asks(look, "text", "In your words, for the minutes")
    form = small(look, "A request for a correction", "Answer", "minutes.answer_it", right, words)
    by = look.meeting.people.get(asked.by)
    facts = ((by.name if by else "Asked", asked.text),)
    return small_card(replace(form, args={"id": asked.id}, facts=facts))
