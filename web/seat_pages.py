"""The plain pages around a guest's seat, as HTML: who is there, leaving. Every word is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cards.sentences import sentence
from cards.times import moment
from meeting.door.guests import CODE_LIVES, MAX_TRIES
from meeting.model import Meeting, SeatId, Status
from meeting.telling.readers import owes
from web.shell import document

HELP = "If nothing works, telephone the chair. They or the note-taker can record your answers for you."
AFTER = "If nothing works, telephone the chair: the meeting is over, and they can send you what is yours another way."
SLOW = "It may take a minute; look among unwanted mail, too. A new code makes the old one useless."


def page(title: str, *parts: str, problem: str = "", bar: str = "", modules: Sequence[str] = ()) -> str:
    """Return one plain page; a problem is read out first."""
    told = f'<p class="banner" role="alert">{escape(problem)}</p>' if problem else ""
    body = f'{bar}<main class="plain" id="mine" tabindex="-1">{told}<h1>{escape(title)}</h1>{"".join(parts)}</main>'
    return document(f"{title} · Chairside", body, modules=modules)


def text(words: str) -> str:
    """Return a paragraph."""
    return f"<p>{escape(words)}</p>"


def form(action: str, token: str, button: str, *inputs: str, main: bool = True) -> str:
    """Return a form with one button."""
    style = "button main" if main else "button"
    inside = "".join(inputs)
    return (
        f'<form class="ask" method="post" action="{escape(action)}" autocomplete="off">{token}{inside}'
        f'<button class="{style}">{escape(button)}</button></form>'
    )


def field(name: str, label: str, *, more: str = "") -> str:
    """Return a text field with its label."""
    return f'<p><label for="{name}">{escape(label)}</label><br><input id="{name}" name="{name}" required {more}></p>'


def link(address: str, words: str) -> str:
    """Return a paragraph with one link."""
    return f"<p>{anchor(address, words)}</p>"


def anchor(address: str, words: str) -> str:
    """Return a link."""
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def no_link() -> str:
    """Return what somebody sees whose link opens nothing."""
    return page("This link does not work", text("Open the newest letter from Chairside and use its link."), text(HELP))


def landing(meeting: Meeting, seat: SeatId, base: str, token: str, *, problem: str = "", accounts: bool = False) -> str:
    """Return the page of a seat's link for somebody who has not proved who they are: a reference and a time only."""
    parts = [text(_when(meeting)), text("Nobody is named here until we know who you are.")]
    over = meeting.status in (Status.CLOSED, Status.CANCELLED)
    if meeting.status is Status.CANCELLED and not owes(meeting, seat):
        return page(f"{meeting.reference}: cancelled", text("This meeting does not take place."), problem=problem)
    if meeting.seats[seat].email:
        parts += _by_code(meeting, seat, base, token)
    if accounts:
        parts += ["<h2>With your work account</h2>", text("If you take part in Teams, sign in as you do there.")]
        parts.append(link(f"{base}/sign-in", "Sign in"))
    if not over:
        parts += _by_voice(base, token)
    helps = AFTER if over else HELP
    return page(f"Your seat in {meeting.reference}", *parts, text(helps), problem=sentence(problem) if problem else "")


def _when(meeting: Meeting) -> str:
    if meeting.status is Status.CLOSED:
        return "The meeting has ended. With a code you can read its papers and answer your own actions."
    if meeting.status is Status.CANCELLED:
        return "The meeting was called off. With a code you can answer your own actions."
    begins = f"Time: {moment(meeting.called_for)}." if meeting.called_for else ""
    return begins or "The meeting begins as soon as people are there."


def _by_code(meeting: Meeting, seat: SeatId, base: str, token: str) -> list[str]:
    known = meeting.codes.get(seat)
    live = known is not None and not known.spent and known.tries < MAX_TRIES
    lives = f"It works for {CODE_LIVES.seconds // 60} minutes, once."
    if not live:
        words = f"We send six digits to the address that you were invited by. {lives}"
        return ["<h2>With a code</h2>", text(words), form(f"{base}/code", token, "Send me a code")]
    more = 'inputmode="numeric" autocomplete="one-time-code" maxlength="12" autofocus'
    return [
        "<h2>With a code</h2>",
        text(f"A code is on its way to the address that you were invited by. {lives}"),
        form(f"{base}/prove", token, "Go on", field("digits", "The six digits", more=more)),
        text(SLOW),
        form(f"{base}/code", token, "Send another code", main=False),
    ]


def _by_voice(base: str, token: str) -> list[str]:
    return [
        "<h2>When the letter does not come</h2>",
        text("Join the call by telephone. Read four digits aloud: the chair hears you and lets you in."),
        form(
            f"{base}/aloud", token, "Show me four digits", field("name", "Your name", more='maxlength="80"'), main=False
        ),
    ]


def leaving(base: str, token: str) -> str:
    """Return the question whether somebody really leaves."""
    return page(
        "Leave the meeting?",
        text("Your answers stay in the record. To come back you need a new code."),
        form(f"{base}/leave", token, "Leave"),
        link(f"{base}/room/", "Stay"),
    )


def left() -> str:
    """Return what somebody sees who has left; it has the other tabs ask whether they may still show theirs."""
    words = text("You can close this page. Your answers stay in the record.")
    return page("You have left", words, modules=("left.js",))


def removed() -> str:
    """Return what somebody sees whom the chair asked to leave."""
    return page("You are no longer in this meeting", text("The chair asked you to leave."), text(HELP))
