"""An invitation and its answer; the convener's table of all of them; the preview of what is about to be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cards import kit
from cards.calendars import calendar_button
from cards.convening import review_box
from cards.frame import guidance, guidance_box, head
from cards.invitations_preview import ROOM, preview_card
from cards.invitations_rows import missing_rows, pathway_rows, row_of, tally
from cards.invitations_words import NEED
from cards.kit import Card, Element
from cards.times import clock, moment, spell
from meeting.before.invitations import MODES
from meeting.before.suggesting import Proposal
from meeting.model import ReplyKind
from meeting.screens.frame import Frame
from meeting.screens.invitations import HoldLine, InvitationScreen, InvitedLine, Joining, TableScreen
from meeting.screens.sending import PathwayLine, ToSend


def invitation_card(screen: InvitationScreen) -> Card:
    """Return one seat's invitation: when and where, what to bring, and the answer."""
    title = "The meeting is adjourned" if screen.adjourned else "You are invited"
    body = [*head(screen.frame), kit.text(f"{title}: {screen.label}", bold=True, size="medium")]
    body.extend(kit.facts(when_and_where(screen)))
    body.extend(_answered(screen))
    for line in screen.notes:
        body.append(kit.text(line, subtle=True))  # noqa: PERF401  (the body is a list of other elements too)
    if screen.over:
        return kit.card(body, speak="Your invitation")
    args = {"seat": screen.seat}
    if screen.joining.offered:
        body.append(kit.choice_input("mode", "How you will join", _modes(), screen.mode or "remote"))
    else:
        body.append(kit.text("This meeting is held in person; joining from elsewhere is not offered."))
    body.append(kit.time_input("leave", "Must leave at (same day)", _leaving(screen)))
    more = [kit.button("I cannot come", "invitations.open", {**args, "form": "decline"}, free=True)]
    more.append(kit.button("Pass it on", "invitations.open", {**args, "form": "forward"}, free=True))
    if screen.may_prepare:
        more.append(kit.button("Prepare", "invitations.open", {**args, "form": "prepare"}, free=True))
    body.append(kit.buttons(kit.button("I will come", "invitations.attend", args, style="positive")))
    if screen.calendar:
        more.append(calendar_button("meeting", screen.seat))
    body.extend(kit.rows(more))
    body.extend(_briefing(screen))
    return kit.card(body, speak="Your invitation")


def _leaving(screen: InvitationScreen) -> str:
    return clock(screen.must_leave_at) if screen.must_leave_at else ""


def when_and_where(screen: InvitationScreen) -> list[tuple[str, str]]:
    """Return the facts of an invitation."""
    when = moment(screen.starts) if screen.starts else "to be said"
    joining = (("Join", screen.joining.link), ("Dial in", screen.joining.dial_in))
    begins = "Goes on" if screen.adjourned else "When"
    return [(k, v) for k, v in ((begins, when), ("Where", screen.place), *joining) if v]


def _modes() -> list[tuple[str, str]]:
    return [(m, m[:1].upper() + m[1:]) for m in MODES]


def _answered(screen: InvitationScreen) -> list[Element]:
    told = {
        ReplyKind.NONE: "Please answer below.",
        ReplyKind.ATTENDING: f"You answered: attending{f', {screen.mode}' if screen.mode else ''}.",
        ReplyKind.APOLOGIES: "You answered: apologies.",
    }[screen.reply]
    made = (told, "What you prepared waits for your turn." if screen.prepared else "")
    return [kit.text(line, bold=True) for line in made if line]


def _briefing(screen: InvitationScreen) -> list[Element]:
    """Return the lines to be confirmed, one tick each (STY-5.1)."""
    if not screen.briefing:
        return kit.facts(screen.duties)
    open_ = [(str(n), line) for n, line, done in screen.briefing if not done]
    made: list[Element] = [kit.text("Before the meeting", bold=True), *kit.facts(screen.duties)]
    made += [kit.rich(kit.run("✓ ", colour="good"), kit.run(line)) for _, line, done in screen.briefing if done]
    made += kit.rows([kit.link("Read more", address) for address in screen.reading.values()])
    if open_:
        made.append(kit.choice_input("lines", "I confirm", open_, several=True))
        made.append(kit.buttons(kit.button("Confirm", "invitations.confirm", {"seat": screen.seat})))
    return made


def table_card(screen: TableScreen) -> Card:
    """Return everybody who is asked to come, and the convener's next steps."""
    body = [*head(screen.frame), kit.text("Invitations", bold=True, size="medium")]
    when = moment(screen.starts) if screen.starts else "no time yet"
    body.extend(kit.facts([(k, v) for k, v in (("When", when), ("Where", screen.place)) if v]))
    body.extend(_clock(line) for line in screen.clocks)
    if blanks := (*screen.blanks, *screen.blank_terms):
        body.append(kit.text(f"Still to be answered: {'; '.join(blanks)}", colour="warning"))
    if told := tally(screen):
        body.append(kit.text(told, bold=True))
    rows = sorted(screen.rows, key=lambda row: NEED.index(row.state))
    body.extend(row_of(row) for row in rows[:ROOM])
    if any(row.state == "undelivered" for row in screen.rows):
        body.append(kit.buttons(kit.button("Send again", "invitations.send_again")))
    body.extend(pathway_rows(screen))
    body.extend(missing_rows(screen))
    body.extend(review_box(screen.review, "table"))
    send = kit.button("Preview and send", "invitations.show", {"form": "preview"}, style="positive", free=True)
    again = kit.button("Refresh", "invitations.show", {"form": "table"}, free=True)
    body.append(kit.buttons(*([send] if screen.to_send else []), again))
    ways = (("Answer for somebody", "behalf"), ("Add a seat", "seat"), ("Withdraw a seat", "withdraw"))
    body.extend(kit.rows([kit.button(t, "invitations.show", {"form": f}, free=True) for t, f in ways]))
    more = (
        ("Questions", "questions"),
        ("Who leads", "lead"),
        ("Another time", "move"),
        ("Cancel the meeting", "cancel"),
    )
    body.extend(kit.rows([kit.button(t, "invitations.show", {"form": f}, free=True) for t, f in more]))
    body.append(guidance_box(screen.frame))
    return kit.card(body, guidance(screen.frame), speak="Invitations")


def _clock(line: HoldLine) -> Element:
    """Return a clock with what is left of it; a late meeting is never held back (SAN-7.1)."""
    if line.due is None or line.left is None:
        return kit.text(f"{line.what} within {line.limit}: say when it began to run", colour="warning")
    until = f"{line.what} by {moment(line.due)} ({line.limit})"
    if line.left < timedelta(0):
        return kit.text(f"{until}: late by {spell(-line.left)}. Hold it all the same.", colour="attention", bold=True)
    near = line.left < timedelta(hours=2)
    return kit.text(f"{until}: {spell(line.left)} left", colour="warning" if near else "", bold=near)


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Police")
_AT = datetime(2026, 11, 25, 10, tzinfo=UTC)
_LINES = (
    "Bring all of your agency's relevant information",
    "Be clear on your role in decisions and what is expected of you",
)
_INVITATION = InvitationScreen(
    frame=_FRAME,
    seat="police",
    label="Police",
    starts=_AT,
    place="Teams",
    joining=Joining(link="https://teams.example/meet/sm-2026-0042", dial_in="020 7946 0182, code 4471"),
    briefing=tuple((n, line, n == 0) for n, line in enumerate(_LINES)),
    duties=(("At your turn", "Basis for any criminal investigation; Timing"), ("Afterwards", "see it through")),
    notes=("See the chair's written record; follow it up if it has not come within 5 working days",),
    reply=ReplyKind.NONE,
    mode="",
    must_leave_at=None,
    over=False,
    prepared=False,
    may_prepare=True,
    calendar=True,
    reading={1: "https://council.example/roles"},
)


def _seat(label: str, name: str, state: str) -> InvitedLine:
    return InvitedLine(seat=label, label=label, name=name, state=state, at=_AT, way="e-mail", number=1)


_OPEN = Proposal(
    role="service", label="Service: CAMHS", why="a health or care service is recorded", key="service: CAMHS"
)
_TABLE = TableScreen(
    frame=replace(_FRAME, role_label="Chair", chairs=True),
    starts=_AT,
    place="Teams",
    rows=(
        replace(_seat("Police", "Alex Stone", "attending"), detail="remote", prepared=True),
        replace(_seat("Health: health visitor", "Robin Marsh", "waiting"), asked=("Kim Dale",)),
        replace(_seat("School", "Pat Reed", "apologies"), detail="inspection today", behalf=True),
        _seat("Housing", "Sam Cole", "undelivered"),
    ),
    proposals=(_OPEN,),
    pathway=(
        PathwayLine(seat="midwife", label="Health: midwife", name="Safeguarding midwife", why="The child is unborn."),
        PathwayLine(seat="lado", label="LADO", name="Duty desk", why="An allegation.", left_out="Asked already"),
    ),
    clocks=(HoldLine(what="Meeting held", limit="24 hours", due=_AT, left=timedelta(hours=1, minutes=20)),),
    blanks=("Reasonable cause to suspect significant harm",),
    blank_terms=(),
    joining=Joining(link="https://teams.example/meet/sm-2026-0042"),
    to_send=(
        ToSend(label="Police", name="Alex Stone", mailbox="alex.stone@police.example", way="Teams"),
        ToSend(label="Probation", name="Lee Frost", mailbox="lee.frost@probation.example", way="e-mail"),
        ToSend(label="Housing", name="Sam Cole", mailbox="sam.cole@mail.example", way="domain_not_allowed"),
    ),
    unreachable=("GP",),
    outside=("Probation",),
    before_consent=("Probation",),
    core_waits=True,
    review=("This procedure was due for review in September 2024. You may go on.",),
)

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "invitations.mine": lambda: invitation_card(_INVITATION),
    "invitations.adjourned": lambda: invitation_card(
        replace(_INVITATION, adjourned=True, reply=ReplyKind.ATTENDING, mode="remote", briefing=(), notes=())
    ),
    "invitations.table": lambda: table_card(_TABLE),
    "invitations.preview": lambda: preview_card(_TABLE),
    "invitations.no_time": lambda: preview_card(replace(_TABLE, starts=None)),
}
