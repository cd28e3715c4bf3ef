"""What has to be told because of an entry: ids and kinds, never content. Content is rendered when a notice is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from meeting.model import Meeting, SeatId

MAILTO = "mailto:"  # begins the `person` of a notice that goes to an address which has neither seat nor person


class NoticeKind(StrEnum):
    """The unprompted messages of a meeting; reminders join them with a later due time."""

    BOARD = "board"  # the shared board: one message per chat, edited in place
    STEP = "step"  # the step's own message: everybody's part of it; subject = visit number
    TURN = "turn"  # a turn's form, mentioning its person; subject = "STEP:turn number"
    FORM = "form"  # a form that one person asked for; subject = its name
    QUESTION = "question"  # a question on everybody's screen; subject = its id; edited when it is answered
    CLOSE = "close"  # an old step's, turn's or form's message is edited to a closed line; subject = its key
    ACTION_LIST = "action list"  # numbers, owner seats, due times and states; edited when they change
    DOOR = "door"  # somebody waits for admission; to chair and note-taker
    ALERT = "alert"  # a sentence without content that mentions one person; subject = "code:detail"
    SAID = "said"  # a sentence without content to everybody; subject = "code:detail"
    REMINDER = "reminder"  # something is due, or late; subject = "deadline|rung|due"
    DIGEST = "digest"  # what is open, to the chair of a closed meeting, each working morning
    OWN_ACTIONS = "own actions"  # what somebody has to do, once the meeting is closed or it is theirs
    FURTHER = "further"  # a further meeting was agreed: it is to be called; nobody is sent anything
    ESCALATION = "escalation"  # to the protocol's contact, by e-mail; subject = its id
    UPDATE = "update"  # a later decision or news waits to be read; subject = its id
    CODE = "code"  # a guest's code; to the address of the seat's invitation and nowhere else; subject = its number
    INVITATION = "invitation"  # to a seat; subject = how many went there before and with this one
    CHASE = "chase"  # the invitation once more, unanswered so far; subject = its number
    COVER = "cover"  # no message: nobody has answered, the next in the chain is asked; subject = its number
    GOES_ON = "goes on"  # to a seat: the meeting is adjourned until then; subject = that time
    CANCELLATION = "cancellation"  # to a seat: nobody needs to come; subject = "meeting" or "seat"
    DELAYED = "delayed"  # to the chair: letters wait for the mail server; which, is looked at when it is sent
    MINUTES = "minutes"  # something about the minutes, to one seat or person, 1:1; subject = "code:detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """One message to make sure of. `key` is unique in its meeting: the same key again changes nothing while it waits.

    `edits` names the key whose message is edited instead of posting another. `urgency`: 0 first. What goes to a seat or
    to a person in private finds its channel when it is sent, and may go before the meeting has a chat.
    """

    key: str
    kind: NoticeKind
    subject: str = ""
    person: str = ""  # empty: the meeting's chat
    private: bool = False  # in the person's 1:1 chat rather than by mention in the meeting's chat
    seat: SeatId | None = None  # whoever sits there (with `person`: that one alone), else whom it was invited by
    edits: str = ""
    due: datetime | None = None  # None: now
    urgency: int = 5
    again: bool = False  # a key that was already delivered is to be sent once more (boards and lists)
    every: float = 0.0  # seconds between two deliveries of this key, at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """A message that is no longer wanted, if it still waits."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """A message that was put aside as undeliverable is to be tried once more."""

    key: str


Notice = Send | Cancel | Retry


def step_message(meeting: Meeting, *, again: bool) -> Send:
    """Return the open step's message; `again` edits it, so that every screen is fetched anew."""
    key = f"step:{meeting.visit}"
    return Send(
        key=key, kind=NoticeKind.STEP, subject=str(meeting.visit), edits=key if again else "", again=again, urgency=1
    )
