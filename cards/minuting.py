"""The minutes' panel: how far they are, what holds them up, what is to be done next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from cards import kit
from cards.frame import DEFAULT, guidance, guidance_box, head
from cards.kit import Card, Element
from cards.minutes_lines import DELEGATE
from cards.own_page import page_button
from cards.short import share, short
from cards.times import moment
from meeting.model import SHAREABLE, WITHHELD, SeatId
from meeting.procedure import Gate
from meeting.refusals import Obstacle
from meeting.screens.frame import Frame
from meeting.screens.minuting import (
    CopyLine,
    CorrectionLine,
    MinutesPanel,
    TaskLine,
)
from meeting.steps.captions import lead

MAX_CHECKS, MAX_COPIES = 10, 20


def panel_card(screen: MinutesPanel) -> Card:
    """Return how far the minutes are and the next thing to do, first what holds them up."""
    body = [*head(screen.frame), kit.heading("Minutes"), *_state(screen)]
    body += _asked(screen)
    if screen.authorised is None:
        body += _checks(screen)
    else:
        body += [*_tasks(screen), *_copies(screen), *_recorded(screen)]
    body.append(guidance_box(screen.frame))
    return kit.card(body, *_next(screen), guidance(screen.frame), speak="Minutes")


def _state(screen: MinutesPanel) -> list[Element]:
    if screen.authorised is None:
        made = [kit.text(f"Draft, version {screen.version}", bold=True)]
    else:
        by = f"Version {screen.version}, authorised by {screen.authorised_by}, {moment(screen.authorised)}"
        made = [kit.text(by, bold=True, colour="good")]
    if screen.distributed is not None:
        made.append(kit.fact("Distributed", moment(screen.distributed)))
    elif screen.due is not None:
        made.append(
            kit.fact("To reach everybody by", f"{moment(screen.due)}{f' ({DEFAULT})' if screen.default else ''}")
        )
    return made


def _checks(screen: MinutesPanel) -> list[Element]:
    """Return what stands before authorising, each with the way to mend it."""
    if not screen.scribe:
        return []
    if not screen.checks:
        return [kit.text("Nothing is missing.", colour="good", bold=True)]
    items: list[Element] = [kit.text("Before they can be authorised", bold=True)]
    for one in screen.checks[:MAX_CHECKS]:
        words = kit.rich(kit.run(one.label), kit.run(_WAYS.get(one.code, ""), subtle=True, size="small"))
        way = _mend(one)
        items.append(kit.columns([words], [kit.buttons(way)]) if way else words)
    items.extend(kit.left_out(len(screen.checks) - MAX_CHECKS))
    hard = any(o.gate is Gate.HARD for o in screen.checks)
    return [kit.box(items, style="attention" if hard else "warning")]


_WAYS = {
    "debt": "  must be written up",
    "rationale": "  amend the decision's section",
    "undecided": "  a reason passes this",
    "action_owner": "  name a person",
    "action_due": "  give a date",
    "attendance": "  a reason passes this",
    "not_recorded": "  or go on with a reason",
    "route_needs": "  say it, or go on with a reason",
}


def _mend(one: Obstacle) -> Element | None:
    match one.code:
        case "debt":
            return kit.button("Write up", "minutes.write", {"debt": one.subject}, free=True)
        case "action_owner" | "action_due":
            return kit.button("Actions", "actions.read", {}, free=True)
        case "route_needs":
            return kit.button("Case status", "minutes.status", {"child": one.subject}, free=True)
        case _:
            return None


def _asked(screen: MinutesPanel) -> list[Element]:
    made = []
    for one in screen.asked[:5]:
        words = [kit.fact(f"{one.name} asks", short(one.text, share(len(screen.asked))))]
        answer = kit.button("Answer", "minutes.answer", {"id": one.id}, style="positive", free=True)
        made.append(kit.box([*words, kit.buttons(answer)], style="warning"))
    return made


def _tasks(screen: MinutesPanel) -> list[Element]:
    made: list[Element] = [kit.text(f"In {screen.case_system}", bold=True)] if screen.tasks else []
    for one in screen.tasks:
        if one.done is not None:
            made.append(kit.text(f"{one.label}: done {moment(one.done)}", colour="good"))
            continue
        args = {"task": one.task, "subject": one.subject}
        verb = "minutes.task" if one.begins_team else "minutes.confirm"
        made.append(kit.columns([kit.text(one.label)], [kit.buttons(kit.button("Done", verb, args, free=True))]))
    if screen.tasks and screen.routed:
        made.append(kit.buttons(kit.button("Case status of a child", "minutes.status", {"child": ""}, free=True)))
    return made


def _copies(screen: MinutesPanel) -> list[Element]:
    made: list[Element] = [kit.text("Copies", bold=True)]
    if not screen.copies:
        made.append(kit.text("Nobody is chosen to receive them.", colour="warning"))
    for one in screen.copies[:MAX_COPIES]:
        words = kit.rich(
            kit.run(f"{lead(one.label)} ", bold=True),
            kit.run(f"{one.state}{f', {moment(one.at)}' if one.at else ''}", colour="attention" if one.open else ""),
        )
        send = kit.button("Send", "minutes.send", {"seat": one.seat}, free=True)
        other = kit.button("Sent otherwise", "minutes.otherwise", {"seat": one.seat}, free=True)
        both = kit.box([words, kit.buttons(send, other)], style="default")  # they belong together for all readers
        made.append(both if one.open else words)
    return [kit.box(made)]


def _recorded(screen: MinutesPanel) -> list[Element]:
    if not screen.scribe or not screen.case_system:
        return []
    if screen.recorded:
        return [kit.fact(f"Recorded on {screen.case_system}", screen.recorded)]
    confirm = kit.button("Confirm", "minutes.recording", {}, free=True)
    return [kit.columns([kit.text(f"Recorded on {screen.case_system}?")], [kit.buttons(confirm)])]


def _next(screen: MinutesPanel) -> list[Element]:
    made: list[Element] = []
    if screen.may_delegate:
        made.append(kit.button(DELEGATE, "minutes.delegate", {}, style="positive", free=True))
    if not screen.scribe:
        return [*made, *_send_all(screen)]
    if screen.authorised is None:
        if screen.notes_wanted and not screen.chairs:
            made.append(kit.button("The notes are written", "minutes.notes", {}, style="positive", free=True))
        if screen.check_wanted:
            made.append(kit.button("Check the draft", "minutes.check", {}, style="positive", free=True))
        elif screen.may_authorise:
            made.append(kit.button("Authorise", "minutes.authorising", {}, style="positive", free=True))
    else:
        made += _send_all(screen)
        made.append(kit.button("Who receives them", "minutes.choosing", {}, free=True))
    made += [kit.button("Read", "minutes.read", {}, free=True), kit.button("Amend", "minutes.sections", {}, free=True)]
    made.append(kit.button("Versions", "minutes.versions", {}, free=True))
    made += [page_button("minutes.panel")] if screen.page else []
    if screen.chairs:
        made.append(kit.button("For the family", "minutes.sections", {"mark": SHAREABLE}, free=True))
        made.append(kit.button("Withhold lines", "minutes.sections", {"mark": WITHHELD}, free=True))
    return made


def _send_all(screen: MinutesPanel) -> list[Element]:
    waiting = any(one.open for one in screen.copies)
    return [kit.button("Send to all who wait", "minutes.send", {}, style="positive", free=True)] if waiting else []


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Chair", scribe=True, chairs=True)
_AT = datetime(2026, 12, 29, 10, 0, tzinfo=UTC)
_DRAFT = MinutesPanel(
    frame=_FRAME,
    version=3,
    authorised=None,
    authorised_by="",
    due=datetime(2026, 12, 30, 17, 0, tzinfo=UTC),
    default=False,
    distributed=None,
    checks=(
        Obstacle(code="debt", gate=Gate.HARD, label="To write up: information (Police)", subject="d1"),
        Obstacle(code="attendance", gate=Gate.OVERRIDE, label="Attendance of GP: neither came nor sent apologies"),
    ),
    case_system="Eclipse",
    scribe=True,
    chairs=True,
    may_authorise=True,
)
_OUT = replace(
    _DRAFT,
    authorised=_AT,
    authorised_by="Carys Hale",
    checks=(),
    tasks=(
        TaskLine(task="form", subject="", label="Form authorised in Eclipse", begins_team=False, done=_AT),
        TaskLine(task="work", subject="c1", label="Worklist reassigned to MASH PSS (Ada)", begins_team=True),
    ),
    copies=(
        CopyLine(seat=SeatId("p"), label="Police", state="link sent by Teams", at=_AT, open=False),
        CopyLine(seat=SeatId("s"), label="School", state="could not be delivered", at=_AT, open=True),
    ),
    asked=(CorrectionLine(id="co1", name="Sara Lund", text="My telephone number is not right."),),
    may_authorise=False,
)

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "minutes.panel, a draft": lambda: panel_card(_DRAFT),
    "minutes.panel, authorised": lambda: panel_card(_OUT),
}
