"""The shared board, the chair's panel, the base cards that everybody sees, and short lines to the chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards import kit
from cards.convening import review_box
from cards.form_titles import FORMS
from cards.frame import DEFAULT, head, held_back, lacks_agency
from cards.kit import Card, Element
from cards.sentences import sentence
from cards.short import short
from cards.times import moment, read_aloud
from cards.told import TOLD, carried_lines
from meeting import ids
from meeting.model import Status
from meeting.screens.board import BoardScreen, PanelScreen, QuorumLine
from meeting.screens.duty import WaitScreen
from meeting.screens.frame import Frame

OPEN = "chairing.open"
AGAIN = " (again)"  # ends a sentence that a crash may have sent before
SHORT = 300  # characters of a challenge or a request on the panel; its form shows it whole
NAMED = 6  # seats that the board lists before it counts them
EACH = "What it asks of you opens for you alone."
ASIDE = ("silent", "warned", "wrong", "challenge", "permission")  # what only its person should read
WHY = {
    "not_admitted": "You are at the door. The chair or the note-taker will let you in.",
    "removed": "You were asked to leave this meeting.",
    "shut_out": "Your access to this meeting has ended.",
    "observer": "You are observing: you see the board, not what is said.",
    "not_there": "You were not in this meeting, and see nothing that was said. What is yours to do: write actions.",
    "wrong_meeting": "You said this is not your meeting. If that was a slip, take it back here.",
    "elsewhere": "Your part is on the newest card of this chat.",
    "doubled": "An interruption made this message come twice. Please use the newer one, further down.",
    "nothing": "Nothing is asked of you here.",
}


def quorum_text(quorum: QuorumLine) -> str:
    """Return "2 of 3, police missing"."""
    gone = ", ".join(ids.spoken(a) for a in quorum.missing)
    line = f"{quorum.here} of {quorum.of}{f', {gone} missing' if gone else ''}"
    roles = [ids.spoken(r) for r in quorum.roles]
    return f"{line}; not here: {', '.join(roles)}" if roles else line


def quorum_fact(quorum: QuorumLine) -> Element:
    """Return the line that says how far the quorum is, and whether its rule is the procedure's own."""
    return kit.fact("Quorum", quorum_text(quorum) + (f" ({DEFAULT})" if quorum.from_default else ""))


def board_card(board: BoardScreen) -> Card:
    """Return the shared board: nothing on it may be confidential."""
    body: list[Element] = [kit.heading(f"{board.reference} · {board.title}")]
    if board.status is Status.PREPARING:
        body.append(kit.text("Not started yet."))
    elif board.status is Status.RUNNING:
        body.append(kit.text(f"Step {board.number} of {board.count}: {board.step_label}", bold=True))
    else:
        resume = f" until {moment(board.resume_at)}" if board.resume_at else ""
        body.append(kit.text(f"The meeting is {board.status}{resume}.", bold=True))
    body.append(quorum_fact(board.quorum))
    body.extend(_floor(board))
    if board.at_door:
        body.append(kit.fact("At the door", str(board.at_door)))
    if board.actions:
        body.append(kit.fact("Actions so far", str(board.actions)))
    for what, end in board.due:
        body.append(kit.fact(what, f"by {moment(end)}"))
    return kit.card(body, open_button(), speak=f"{board.reference}: board of the meeting")


def _floor(board: BoardScreen) -> list[Element]:
    made = []
    if board.speaking:
        made.append(kit.fact("Speaking", board.speaking))
    if board.order:
        made.append(kit.fact("Order", " → ".join(board.order)))
    waited = board.waited_for if board.status is Status.RUNNING and board.waited_for != (board.speaking,) else ()
    if waited:
        several = f"{len(waited)} people; their names stand on the chair's card"
        made.append(kit.fact("Waiting for", several if len(waited) > NAMED else ", ".join(waited)))
    return made


def open_button(args: Mapping[str, str] | None = None) -> Element:
    """Return the button that shows somebody their own part."""
    return kit.button("Open my part", OPEN, args)


def base_card(
    reference: str, line: str, args: Mapping[str, str], *, people: Sequence[tuple[str, str]] = (), why: str = ""
) -> Card:
    """Return what the whole chat sees of a message whose content is personal: its line, and `why` it is there."""
    body: list[Element] = [kit.text(f"{reference} · {line}", bold=True)]
    if why:
        body.append(kit.text(why, subtle=True, size="small"))
    if people:
        body.append(kit.mention_line("", people, ", this is for you."))
    return kit.card(body, open_button(args), speak=f"{reference}: {line}", mentions=people)


def sent_again() -> Element:
    """Return the line of a message that a crash may have posted before."""
    return kit.text("Sent again after an interruption: it may be here twice.", subtle=True, size="small")


def panel_card(panel: PanelScreen) -> Card:
    """Return the chair's panel; it has no inputs, so that it may be redrawn at any time."""
    frame, board = panel.frame, panel.board
    body = head(frame)
    body.append(kit.fact("You are", frame.role_label or "an attendee"))
    body.append(quorum_fact(board.quorum))
    body.extend(_floor(board))
    body.append(_progress(panel))
    if panel.debts:
        body.append(kit.fact("To write up", f"{len(panel.debts)}: {'; '.join(panel.debts[:4])}"))
    if panel.demanded:
        body.append(kit.fact("Actions still asked for", "; ".join(panel.demanded[:4])))
    body.extend(kit.text(line, colour="warning") for line in panel.late)
    body.extend(kit.fact("Challenge to answer", short(text, SHORT)) for _, text in panel.challenges)
    body.extend(kit.fact("Asks to share", f"{name}: {short(what, SHORT)}") for _, name, what in panel.requests)
    if panel.undelivered:
        body.append(kit.fact("Could not be reached; please telephone", "; ".join(panel.undelivered[:6])))
        body.append(kit.buttons(kit.button("Send again", "chairing.send_again")))
    if panel.carried is not None:
        body.append(kit.box(carried_lines(panel.carried)))
    body.extend(review_box(panel.review, "panel"))
    body.extend(held_back(frame))
    return kit.card([*body, *_rows(panel)], speak="Your panel")


def _progress(panel: PanelScreen) -> Element:
    marks = {"done": "✓", "here": "▶", "ahead": "·", "skipped": "–", "missed": "–"}
    said = {"done": "done", "here": "now", "ahead": "to come", "skipped": "skipped", "missed": "not held"}
    lines: list[Element] = [
        kit.rich(
            kit.run(f"{marks[line.state]} {line.label}", bold=line.state == "here", subtle=line.state == "ahead"),
            kit.run(f"  ({said[line.state]})", subtle=True, size="small"),
        )
        for line in panel.agenda
    ]
    return kit.box(lines)


def _rows(panel: PanelScreen) -> list[Element]:
    """Return the moves, what anybody may ask for at any time, and the rest folded away."""
    frame = panel.frame
    made: list[Element] = []
    if frame.chairs and not frame.closed:
        made.append(kit.buttons(*_moves(panel, {"visit": str(frame.visit)})))
    if panel.minutes and frame.scribe:
        made.append(kit.buttons(kit.button("Draft minutes", "minutes.read")))
    if panel.board.status is Status.PREPARING:  # a child is kept from an agency before anybody is told a name
        return [*made, kit.buttons(_form("restrict"))] if frame.chairs and panel.may_restrict else made
    if frame.closed:
        made.append(kit.buttons(*_after()))
    more = _more(panel)
    unfold = [kit.unfold("More", "more")] if more else []
    question = [] if frame.closed else [_form("question")]
    made.append(kit.buttons(_form("urgent"), *question, *unfold))
    if more:
        rows = [kit.buttons(*more[i : i + 4]) for i in range(0, len(more), 4)]
        made.append(kit.box(rows, id="more", hidden=True))
    return made


def _after() -> list[Element]:
    """Return what there is to see and to do once the meeting is closed."""
    shown = {
        "Your actions": "follow_up.mine",
        "Deadlines": "follow_up.deadlines",
        "After the meeting": "afterwards.open",
    }
    return [kit.button(title, verb) for title, verb in shown.items()]


def _more(panel: PanelScreen) -> list[Element]:
    """Return the rarer forms that this person may ask for now."""
    frame = panel.frame
    forms = ["challenge", "share", *(["relating"] if panel.may_relate and not frame.closed else [])]
    if frame.scribe:
        forms += (
            ["earlier"] * panel.earlier
            + ["present"] * (not frame.closed)
            + ["apologies", "seat", "note"]
            + ["debts"] * bool(panel.debts)
        )
    if frame.chairs:
        forms += ["answer_challenge"] * bool(panel.challenges) + ["requests"] * bool(panel.requests)
    if frame.chairs and not frame.closed:
        rare = ["restrict"] * panel.may_restrict + ["skip"] * panel.may_skip
        forms += ["adjourn", "handover", "note_taker", "handform", *rare]
    takes = panel.may_take_chair and not frame.closed and panel.board.status is Status.RUNNING
    chair = [kit.button("Take the chair", "chairing.take_chair")] if takes else []
    return [*(_form(f) for f in forms), *chair]


def _form(form: str) -> Element:
    return kit.button(FORMS[form], "chairing.form", {"form": form}, style="destructive" if form == "urgent" else "")


def _moves(panel: PanelScreen, visit: Mapping[str, str]) -> list[Element]:
    status = panel.board.status
    if status is Status.PREPARING:
        about = [kit.button("Who it is about", "drafting.ask_about", free=True)] if panel.may_say_kind else []
        return [kit.button("Start the meeting", "chairing.start", style="positive"), *about]
    if status in (Status.ON_HOLD, Status.ADJOURNED):
        return [kit.button("Resume", "chairing.resume", style="positive")]
    title = f"Next: {panel.next_label}" if panel.next_label else "Close the meeting"
    made = [kit.button(title, "chairing.next", visit, style="positive"), kit.button("Back", "chairing.back", visit)]
    made.append(kit.button("Hold", "chairing.hold"))
    if panel.may_convert and not lacks_agency(panel.frame):
        made.append(kit.button("Professionals meeting", "chairing.form", {"form": "convert"}))
    if panel.may_restore:
        made.append(kit.button("Strategy meeting again", "chairing.restore"))
    return made


def wait_card(screen: WaitScreen) -> Card:
    """Return the card of somebody who has nothing to do or to see here."""
    why = WHY.get(screen.why) or sentence(screen.why)
    back = kit.button("It is my meeting after all", "record.right_meeting", {"right": "yes"})
    slipped = [back] if screen.why == "wrong_meeting" else []
    return kit.card([*head(screen.frame), kit.text(why)], *slipped, speak=why)


def kept_card(frame: Frame, typed: Mapping[str, str]) -> Card:
    """Return what was typed into a form that has gone stale, to be copied."""
    body = [*head(frame), kit.text("You had typed:", bold=True)]
    body.extend(kit.text(read_aloud(value)) for value in typed.values() if value.strip())
    return kit.card(body, open_button(), speak="Your text was kept")


def closed_line(reference: str, line: str) -> Card:
    """Return what is left of a message that has served."""
    return kit.card([kit.text(f"{reference} · {line}", subtle=True)], speak=f"{reference}: {line}")


def spoken(code: str, reference: str, *details: str) -> str:
    """Return a sentence for the chat or a phone: reference, seat, number, time; never content."""
    return f"{reference}: {TOLD[code].format(*map(read_aloud, details), '', '')}"
