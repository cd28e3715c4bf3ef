"""How each kind of notice looks, as a message of Teams and as a letter: the one registry of everything unprompted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sending import delaying, inviting, letters, messages, minutes, reminders
from bot.sending.messages import Moment
from dialogs.engine import Engine
from dialogs.links import Links
from documents.letters import Letter
from meeting.model import Status
from meeting.telling.notices import NoticeKind

_PROMPTS = frozenset({NoticeKind.STEP, NoticeKind.TURN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A kind's two looks; each returns None where nobody needs the notice any more. One may be missing."""

    message: Callable[[Moment, Engine], Mapping[str, Any] | None] | None
    letter: Callable[[Moment, Links], Letter | None] | None = None


RENDERINGS: Mapping[NoticeKind, Rendering] = {
    NoticeKind.BOARD: Rendering(message=messages.board),
    NoticeKind.STEP: Rendering(message=messages.step),
    NoticeKind.TURN: Rendering(message=messages.turn),
    NoticeKind.FORM: Rendering(message=messages.form),
    NoticeKind.QUESTION: Rendering(message=messages.question),
    NoticeKind.CLOSE: Rendering(message=messages.close),
    NoticeKind.ACTION_LIST: Rendering(message=messages.action_list),
    NoticeKind.DOOR: Rendering(message=messages.door),
    NoticeKind.ALERT: Rendering(message=reminders.alert, letter=reminders.alert_letter),
    NoticeKind.SAID: Rendering(message=messages.said, letter=letters.said),
    NoticeKind.REMINDER: Rendering(message=reminders.reminder, letter=reminders.reminder_letter),
    NoticeKind.DIGEST: Rendering(message=reminders.reminder, letter=reminders.reminder_letter),
    NoticeKind.OWN_ACTIONS: Rendering(message=reminders.own_actions, letter=reminders.own_actions_letter),
    NoticeKind.FURTHER: Rendering(message=lambda _at, _engine: None),  # the dispatcher calls the meeting itself
    NoticeKind.ESCALATION: Rendering(message=reminders.escalation, letter=reminders.escalation_letter),
    NoticeKind.UPDATE: Rendering(message=reminders.update, letter=reminders.update_letter),
    NoticeKind.CODE: Rendering(message=None, letter=letters.code),
    NoticeKind.INVITATION: Rendering(message=inviting.message, letter=inviting.letter),
    NoticeKind.CHASE: Rendering(message=inviting.message, letter=inviting.letter),
    NoticeKind.GOES_ON: Rendering(message=inviting.adjourned, letter=inviting.adjourned_letter),
    NoticeKind.CANCELLATION: Rendering(message=inviting.cancellation, letter=inviting.cancelled),
    NoticeKind.DELAYED: Rendering(message=delaying.delayed, letter=delaying.delayed_letter),
    NoticeKind.MINUTES: Rendering(message=minutes.minutes, letter=minutes.minutes_letter),
}


def message_for(at: Moment, engine: Engine) -> Mapping[str, Any] | None:
    """Return the activity that a row sends, or None where nobody needs it any more."""
    if at.row.kind in _PROMPTS and at.meeting.status is not Status.RUNNING:
        return None  # a hold pauses every prompt; resuming sends it again
    draw = RENDERINGS[at.row.kind].message
    return draw(at, engine) if draw else None


def letter_for(at: Moment, links: Links) -> Letter | None:
    """Return the letter that a row sends where Teams does not reach, or None: see `has_letter`."""
    draw = RENDERINGS[at.row.kind].letter
    return draw(at, links) if draw else None


def has_message(kind: NoticeKind) -> bool:
    """Tell whether a kind of notice may go out in Teams at all; what does not goes to the invited address only."""
    return kind in RENDERINGS and RENDERINGS[kind].message is not None


def has_letter(kind: NoticeKind) -> bool:
    """Tell whether a kind of notice may go out by e-mail at all."""
    return RENDERINGS[kind].letter is not None
