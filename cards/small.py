"""Small forms: a title, a few questions, one press; urgent action, challenge, moves and handing over look alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards import kit
from cards.action_form import due_inputs
from cards.frame import head
from cards.guided import guided
from cards.kit import Card, Element
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.frame import Frame
from meeting.screens.small import Request, RequestsScreen, SmallForm


def small_card(form: SmallForm) -> Card:
    """Return a small form."""
    body = [*head(form.frame), kit.text(form.title, bold=True, size="medium")]
    if form.note:
        body.append(kit.text(form.note, subtle=True))
    body.extend(kit.facts(form.facts))
    if form.nothing:
        return kit.card([*body, kit.text(form.nothing)], speak=form.title)
    for one in form.fields:
        body.extend(due_inputs(one, form.times) if one.type is FieldType.DATETIME and form.times else _input(one))
    press = kit.button(form.press, form.verb, form.args, style="destructive" if form.urgent else "positive")
    return guided(form.frame, body, press, *_back(form), speak=form.title)


def _back(form: SmallForm) -> list[Element]:
    """Return the way back from a form that took another card's place; one that is its own message is left lying."""
    family, frame = form.verb.partition(".")[0], form.frame
    if form.verb in ("invitations.decline", "forwarding.pass_on"):
        return [kit.button("Back", "invitations.open", {**form.args, "form": "mine"}, free=True)]
    if form.verb == "convening.keep":
        return [kit.button("Back", "invitations.open", {"form": "prepare"}, free=True)]
    if family in ("invitations", "drafting") or (form.verb == "moves.cancel" and not frame.visit):
        return [kit.button("Back", "invitations.show", {"form": "table"}, free=True)]
    if family == "minutes" and frame.scribe and frame.closed:
        return [kit.button("Back to the minutes", "minutes.panel", {}, free=True)]
    return []


def _input(view: FieldView) -> list[Element]:
    if view.type is not FieldType.CHOICE or len(view.choices) <= 6:
        return kit.field(view)
    made = kit.choice_input(view.id, view.label, view.choices, view.value, required=view.required, compact=True)
    return kit.with_error(view, [made])


def requests_card(screen: RequestsScreen) -> Card:
    """Return the requests to share, each with the chair's two answers."""
    body = [*head(screen.frame), kit.text("Requests to share", bold=True, size="medium")]
    if not screen.requests:
        body.append(kit.text("No request waits for an answer."))
    for one in screen.requests:
        yes = kit.button("Grant", "safeguards.answer_request", {"request": one.id, "granted": "yes"})
        no = kit.button("Refuse", "safeguards.answer_request", {"request": one.id, "granted": "no"})
        body.append(kit.box([kit.fact(one.name, one.what), kit.buttons(yes, no)]))
    return kit.card(body, speak="Requests to share")


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Police")
_PEOPLE = (("p1", "Jo Hale (Social worker)"), ("p2", "Alex Stone (Police)"))
_TIMES = (("t1", "In 2 hours (16:05)"), ("t2", "Today 17:00"), ("t3", "Tomorrow 12:00 (Thu)"))
_DUE = FieldView(id="due", label="By when (empty: within the hour)", type=FieldType.DATETIME, required=False)
_WHO = FieldView(id="owner", label="Who (empty: you)", type=FieldType.CHOICE, required=False, choices=_PEOPLE)
_WHAT = FieldView(id="what", label="What must happen now", type=FieldType.TEXT, required=True)
_WHY = FieldView(id="reason", label="Why", type=FieldType.TEXT, required=True, error="required")
_URGENT = SmallForm(
    frame=_FRAME,
    title="Urgent action",
    press="Raise it now",
    verb="safeguards.raise",
    fields=(_WHAT, _WHO, _DUE),
    note="In immediate danger call 999 first. The chair is alerted at once; nothing holds this back.",
    times=_TIMES,
    urgent=True,
)
_ADJOURN = replace(_URGENT, title="Adjourn the meeting", press="Adjourn", verb="moves.adjourn", urgent=False)
_RESUME = replace(_DUE, label="Resume at", required=True)
_HANDOVER = replace(
    _ADJOURN,
    title="Hand over the chair",
    press="Hand it over",
    verb="handover.give",
    fields=(replace(_WHO, label="Who", required=True),),
    note="",
)
_MAILBOX = FieldView(id="deputy_email", label="Their work e-mail", type=FieldType.TEXT, required=True)
_FORWARD = replace(
    _HANDOVER,
    title="Pass it on",
    press="Ask them",
    verb="forwarding.pass_on",
    fields=(replace(_MAILBOX, error="domain_not_allowed:police.example"), replace(_WHY, required=False, error="")),
    note="They are invited to this seat at once; you need not come.",
    facts=(("Seat", "Police, Alex Stone"),),
)
_REQUESTS = (Request(id="p1", name="Robin Marsh", what="The health plan, with the school nurse"),)

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "safeguards.urgent": lambda: small_card(_URGENT),
    "safeguards.requests": lambda: requests_card(RequestsScreen(frame=_FRAME, requests=_REQUESTS)),
    "moves.adjourn": lambda: small_card(replace(_ADJOURN, note="Everything stays as it is.", fields=(_RESUME, _WHY))),
    "handover.give": lambda: small_card(_HANDOVER),
    "forwarding.form": lambda: small_card(_FORWARD),
}
