"""Own actions and what to say of them, the chair's answers, and the deadline panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cards import kit
from cards.action_form import due_inputs
from cards.actions import standing
from cards.calendars import calendar_button
from cards.frame import DEFAULT, head
from cards.kit import Card, Element
from cards.second_look import kept, warned
from cards.short import share, short
from cards.times import LONDON, day, moment, spell
from meeting.model import Told
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.deadlines import DeadlineLine, DeadlinesScreen
from meeting.screens.follow_up import OpenQuestion, OwnAction, OwnScreen, ReportScreen
from meeting.screens.frame import Frame

MAX_OWN = 6
MAX_LINES = 14
_SOON = timedelta(hours=48)
STATE_COLOURS = {"overdue": "attention", "met late": "warning", "met": "good"}


def own_card(screen: OwnScreen) -> Card:
    """Return somebody's actions, each with its way to be answered."""
    body = [*head(screen.frame), kit.heading(screen.title)]
    if not screen.actions and screen.nothing:
        body.append(kit.text(screen.nothing))
    body.extend(kit.box(_question(one)) for one in screen.questions[:MAX_OWN])
    body.extend(kit.left_out(len(screen.questions) - MAX_OWN))
    for asked in screen.demanded[:MAX_OWN]:
        about = f" ({', '.join(asked.about)})" if asked.about else ""
        fill = kit.button("Fill in", "actions.open", {"origin": asked.key, "subjects": "|".join(asked.subjects)})
        body.append(kit.columns([kit.text(f"Asked for: {asked.label}{about}")], [kit.buttons(fill)]))
    body.extend(kit.left_out(len(screen.demanded) - MAX_OWN))
    room = share(len(screen.actions[:MAX_OWN]))
    body.extend(kit.box(action_box(one, room)) for one in screen.actions[:MAX_OWN])
    if len(screen.actions) > MAX_OWN:
        body.append(kit.text(f"And {len(screen.actions) - MAX_OWN} more, once these are answered.", subtle=True))
    made = [calendar_button("actions")] if screen.calendar else []
    return kit.card(body, *made, speak=screen.title)


def _question(one: OpenQuestion) -> list[Element]:
    """Return a question that was left open, with its answers as buttons."""
    about = f" ({one.about})" if one.about else ""
    args = {"step": one.step, "part": one.part, "subject": one.subject}
    made = [kit.button(c[:1].upper() + c[1:], "follow_up.answer", {**args, "value": c}) for c in one.choices]
    return [kit.text(f"Asked again: {one.label}{about}", bold=True), *kit.rows(made)]


def action_box(one: OwnAction, room: int) -> list[Element]:
    """Return one action: what, by when, what was said of it, and its buttons."""
    items = [kit.text(f"{one.number}. {short(one.what, room)}", bold=True)]
    stands = standing(one.state, one.due, late=one.late)
    items.append(kit.text(stands, colour="attention" if one.late else ""))
    if one.may_settle:
        items.append(kit.fact("Owner", one.owner))
    items.extend(kit.fact(told.capitalize(), short(text, room)) for told, text in one.log[:2] if text)
    if one.asked_until is not None:
        items.append(kit.fact("Asks for time until", moment(one.asked_until)))
    made = _settling(one) if one.may_settle else _reporting(one)
    return [*items, *(kit.rows(made) if made else [])]


def _reporting(one: OwnAction) -> list[Element]:
    number = {"number": str(one.number)}
    made = [kit.button("Accept", "follow_up.accept", number, style="positive")] if one.may_accept else []
    if one.may_report:
        made.append(kit.button("Report back", "follow_up.open", number, style="" if one.may_accept else "positive"))
    if one.may_mute:
        made.append(kit.button("No reminder before then", "follow_up.seen", number))
    return made


def _settling(one: OwnAction) -> list[Element]:
    def answer(title: str, told: Told, style: str = "") -> Element:
        return kit.button(title, "follow_up.settle", {"number": str(one.number), "told": told}, style=style)

    if one.asked_until is not None:
        return [answer("Grant", Told.GRANTED, "positive"), answer("Refuse", Told.REFUSED)]
    back = kit.button("Send it back", "follow_up.back", {"number": str(one.number)})
    return [*([] if one.open else [answer("Close it", Told.CLOSED, "positive")]), back]


def report_card(screen: ReportScreen) -> Card:
    """Return the form in which an owner says how an action is."""
    one = screen.action
    body = [*head(screen.frame), kit.text(f"{one.number}. {short(one.what, 600)}", bold=True)]
    body.append(kit.text(standing(one.state, one.due, late=one.late), subtle=True))
    body.extend(warned(screen.warnings))
    for view in screen.fields:
        if view.type is FieldType.DATETIME:
            body.extend(due_inputs(view, screen.times))
        elif view.id == "owner":
            body.append(kit.choice_input(view.id, view.label, view.choices, view.value, compact=True))
        else:
            body.extend(kit.field(view))
    number = {"number": str(one.number)}
    made = [kit.button("Send", "follow_up.report", number, style="positive")]
    made += kept(screen.warnings, "follow_up.report", number)
    return kit.card(body, *made, kit.button("Back", "follow_up.mine", {}, free=True), speak=f"Action {one.number}")


def deadlines_card(screen: DeadlinesScreen) -> Card:
    """Return the deadline panel: every limit with its event, its end and where it is written."""
    body = [*head(screen.frame), kit.heading("Deadlines")]
    if not screen.lines:
        body.append(kit.text("Nothing runs."))
    shown = screen.lines[screen.start : screen.start + MAX_LINES]
    for line in shown:
        body.extend(_deadline(line))
    rest = len(screen.lines) - screen.start - len(shown)
    more = {"start": str(screen.start + MAX_LINES)}
    made = [kit.button(f"{rest} more", "follow_up.deadlines", more)] if rest > 0 else []
    return kit.card(body, *made, speak="Deadlines")


def _deadline(line: DeadlineLine) -> list[Element]:
    end = day(line.due.astimezone(LONDON).date()) if line.by_day else moment(line.due)
    about = f" ({line.about})" if line.about else ""
    who = f", {line.who}" if line.who else ""
    state = kit.run(f"  {line.state}{_left(line)}", bold=True, colour=STATE_COLOURS.get(line.state, ""))
    source = ", ".join(line.source) or (f"{DEFAULT}: {line.basis}" if line.basis else DEFAULT)
    fixed = "; cannot be muted" if line.statutory else ""
    told = f"from {moment(line.since)}{who}; {source}{fixed}"
    return [
        {
            **kit.rich(kit.run(f"{short(line.what, 120)}{about}: ", bold=True), kit.run(end), state),
            "spacing": "medium",
        },
        {**kit.text(told, subtle=True, size="small"), "spacing": "none"},
    ]


def _left(line: DeadlineLine) -> str:
    """Return, within two days of a time of day, how long is left or how late it is by now."""
    if line.left is None or line.by_day or abs(line.left) >= _SOON:
        return ""
    return f": {spell(line.left)} left" if line.state == "running" else f" by {spell(-line.left)}"


_AT = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)
_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Police", closed=True)
_OWN = OwnAction(
    number=3,
    what="Visit the aunt and see both children on their own",
    owner="Alex Stone (Police)",
    due=_AT,
    state="open",
    late=False,
    log=(("progress", "Telephoned, nobody at home; again tomorrow morning"),),
    may_report=True,
    may_accept=True,
    may_mute=True,
)


def _preview_report() -> Card:
    ways = (("done", "Done"), ("progress", "In progress"), ("more time", "I need more time"))
    fields = (
        FieldView(id="told", label="How does it stand?", type=FieldType.CHOICE, required=True, choices=ways),
        FieldView(id="text", label="What was done, how far it is, or why", type=FieldType.TEXT, required=False),
        FieldView(id="due", label="More time: until when", type=FieldType.DATETIME, required=False),
        FieldView(
            id="owner",
            label="Hand over: to whom",
            type=FieldType.CHOICE,
            required=False,
            choices=(("Jo Hale", "Jo Hale (Health)"),),
        ),
    )
    times = ((_AT.isoformat(), f"In 3 working days ({moment(_AT)})"),)
    return report_card(ReportScreen(frame=_FRAME, action=_OWN, fields=fields, times=times))


def _preview_deadlines() -> Card:
    line = DeadlineLine(
        what="Child seen",
        about="Ada Brook",
        who="",
        since=_AT,
        due=_AT,
        by_day=False,
        state="overdue",
        source=("SAN-11.3c",),
        statutory=True,
        left=timedelta(hours=-2, minutes=-5),
    )
    days = replace(line, what="Minutes distributed", about="", by_day=True, state="running", statutory=False, left=None)
    known = replace(days, what="Latest date for a conference, if one follows", state="latest date", source=())
    action = replace(
        line, what="Action 3: Visit the aunt", about="", who="Alex Stone", state="met", action=3, left=None
    )
    agreed = replace(action, source=("agreed in the meeting",), statutory=False, left=None)
    return deadlines_card(DeadlinesScreen(frame=_FRAME, lines=(line, days, known, agreed)))


def _preview_own() -> Card:
    late = replace(_OWN, number=5, what="Send the chronology", late=True, may_accept=False, may_mute=False, log=())
    return own_card(OwnScreen(frame=_FRAME, title="Your actions", actions=(_OWN, late), nothing=""))


def _preview_answers() -> Card:
    asked = replace(_OWN, may_settle=True, asked_until=_AT, log=(("more time asked", "The aunt is away until Friday"),))
    done = replace(_OWN, may_settle=True, state="done", open=False, log=(("done", "Both seen on Tuesday, well"),))
    return own_card(OwnScreen(frame=_FRAME, title="For you to answer", actions=(asked, done), nothing=""))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "follow_up.own": _preview_own,
    "follow_up.answers": _preview_answers,
    "follow_up.report": _preview_report,
    "follow_up.deadlines": _preview_deadlines,
}
