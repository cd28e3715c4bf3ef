"""The meeting as its entries tell it: who sits where, which step is open, what has been answered. Pure values.

Everything is imported from here; the parts are its chapters, and `meeting` puts them together:

- words, people, answers: ids and what an answer is; seats, people and children; what stands in which slot.
- steps, actions, minutes: what turns, questions, views and decisions leave; the action list; the minutes' life.
- invitations, follow_up: what went out before, and what follows after.
"""

from meeting.model.actions import Action, ActionNote, ActionState, Demand, Origin, Told
from meeting.model.answers import CONVENED, TERMS, Agreed, Answer, Debt, Override, Slot
from meeting.model.follow_up import (
    Carried,
    Challenge,
    Development,
    Escalation,
    Held,
    Link,
    Reading,
    Update,
    UpdateRequest,
)
from meeting.model.invitations import Delivery, Invitation, ReplyKind
from meeting.model.meeting import Entry, Meeting, Status, StepVisit
from meeting.model.minutes import (
    SHAREABLE,
    WITHHELD,
    Authorisation,
    Change,
    Confirmed,
    Correction,
    Minutes,
    Receipt,
    Sending,
    TeamTask,
)
from meeting.model.people import (
    TELEPHONE,
    Assurance,
    Child,
    Codes,
    Contact,
    Local,
    Person,
    Route,
    Seat,
    ShutOut,
    Standing,
    Stay,
)
from meeting.model.steps import Decision, Floor, Note, Permission, Question, Turn, View, Views
from meeting.model.words import NO_ANSWERS, NONE, UNKNOWN, Answers, ChildId, How, MeetingId, PersonId, SeatId, StepId

__all__ = [
    "CONVENED",
    "NONE",
    "NO_ANSWERS",
    "SHAREABLE",
    "TELEPHONE",
    "TERMS",
    "UNKNOWN",
    "WITHHELD",
    "Action",
    "ActionNote",
    "ActionState",
    "Agreed",
    "Answer",
    "Answers",
    "Assurance",
    "Authorisation",
    "Carried",
    "Challenge",
    "Change",
    "Child",
    "ChildId",
    "Codes",
    "Confirmed",
    "Contact",
    "Correction",
    "Debt",
    "Decision",
    "Delivery",
    "Demand",
    "Development",
    "Entry",
    "Escalation",
    "Floor",
    "Held",
    "How",
    "Invitation",
    "Link",
    "Local",
    "Meeting",
    "MeetingId",
    "Minutes",
    "Note",
    "Origin",
    "Override",
    "Permission",
    "Person",
    "PersonId",
    "Question",
    "Reading",
    "Receipt",
    "ReplyKind",
    "Route",
    "Seat",
    "SeatId",
    "Sending",
    "ShutOut",
    "Slot",
    "Standing",
    "Status",
    "Stay",
    "StepId",
    "StepVisit",
    "TeamTask",
    "Told",
    "Turn",
    "Update",
    "UpdateRequest",
    "View",
    "Views",
]
