"""Urgent action, challenge, permission to share, a note: what each asks, and what waits for the chair."""

from __future__ import annotations

from dataclasses import replace

from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.frame import Choice, Look, frame_for, people_choices
from meeting.screens.small import Request, RequestsScreen, SmallForm, asks, offers, small
from meeting.steps.challengeable import challengeable


def urgent_form(look: Look, times: tuple[Choice, ...]) -> SmallForm:
    """Return the form of an urgent action: only what is to be done must be said (STY-2.2)."""
    what = asks(look, "what", "What must happen now")
    who = offers(look, "owner", "Who (empty: you)", people_choices(look.meeting), required=False)
    due = asks(look, "due", "By when (empty: within the hour)", FieldType.DATETIME, required=False)
    form = small(look, "Urgent action", "Raise it now", "safeguards.raise", what, who, due)
    note = "In immediate danger call 999 first. The chair is alerted at once; nothing holds this back."
    return replace(form, note=note, times=times, urgent=True)


def challenge_form(look: Look) -> SmallForm:
    """Return the form of a challenge; where the procedure lists grounds, one of them is named."""
    grounds = look.procedure.challenge_grounds
    about = tuple((one, one) for one in challengeable(look.meeting, look.procedure))
    fields: tuple[FieldView, ...] = (
        offers(look, "about", "Which decision", about, required=False),
        asks(look, "text", "What you challenge, and why"),
    )
    if grounds:
        fields = (offers(look, "ground", "Ground", tuple((g, g) for g in grounds)), *fields)
    form = small(look, "Challenge", "Put it to the chair", "safeguards.put_challenge", *fields)
    return replace(form, note="It stands in the minutes under your name, with the chair's answer.")


def challenged(look: Look, challenge: str) -> str:
    """Return a challenge's words, or nothing where there is none of this id."""
    return next((c.text for c in look.meeting.challenges if c.id == challenge), "")


def answer_form(look: Look) -> SmallForm:
    """Return the chair's answer to the challenges that wait."""
    waiting = [c for c in look.meeting.challenges if c.answered_at is None]
    names = {c.id: f"{look.meeting.people[c.by].name}{f': {c.ground}' if c.ground else ''}" for c in waiting}
    fields: tuple[FieldView, ...] = (asks(look, "text", "Your answer"),)
    if len(waiting) > 1:
        fields = (offers(look, "challenge", "Which challenge", tuple(names.items())), *fields)
    form = small(look, "Answer a challenge", "Answer", "safeguards.answer", *fields)
    args = {"only": waiting[0].id} if len(waiting) == 1 else {}
    nothing = "" if waiting else "No challenge waits for an answer."
    return replace(form, facts=tuple((names[c.id], c.text) for c in waiting), args=args, nothing=nothing)


def share_form(look: Look) -> SmallForm:
    """Return the request to share what was said here (SAN-3.1)."""
    what = asks(look, "what", "What you want to share, and with whom")
    form = small(look, "Ask permission to share", "Ask the chair", "safeguards.ask_to_share", what)
    mine = [p for p in look.meeting.permissions if p.by == look.person]
    words = {None: "not answered yet", True: "granted", False: "refused"}
    return replace(form, facts=tuple((p.what, words[p.granted]) for p in mine))


def note_form(look: Look) -> SmallForm:
    """Return the form of a line for the minutes."""
    return small(look, "Note for the minutes", "Add it", "safeguards.add_note", asks(look, "text", "Note"))


def requests_screen(look: Look) -> RequestsScreen:
    """Return the requests to share that wait for the chair."""
    waiting = (p for p in look.meeting.permissions if p.granted is None)
    named = tuple(Request(id=p.id, name=look.meeting.people[p.by].name, what=p.what) for p in waiting)
    return RequestsScreen(frame=replace(frame_for(look), step_label=""), requests=named)
