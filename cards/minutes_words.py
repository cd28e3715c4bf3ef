"""What is said about the minutes: why something is not possible, that it is done, and what a line is offered as."""

from __future__ import annotations

from collections.abc import Mapping

from cards.short import short
from meeting.model import SHAREABLE, WITHHELD

MARKS: Mapping[str, str] = {"": "Amend", SHAREABLE: "For the family", WITHHELD: "Withhold lines"}
FROM_WHOM = "From whom, the lines chosen now"
STAYS_WITHHELD = "A line that is withheld stays withheld from those whom it names. To change that, untick it first."
BOTH_KEPT = "What stands here now is kept; the next version shows both."

SENTENCES: Mapping[str, str] = {
    "minutes_later": "The minutes begin when the meeting closes.",
    "check_first": "Begin the check of the draft first.",
    "authorised_already": "The minutes are authorised already. Amend them, and authorise again.",
    "minutes_moved_on": "The minutes have changed since you opened this. Read them again.",
    "authority_not_delegated": "You stand in for the chair. Ask the chair to let you authorise the minutes.",
    "nobody_stands_in": "Nobody stands in for the chair.",
    "not_authorised_yet": "Nothing goes out before the chair has authorised the minutes.",
    "not_a_recipient": "The minutes do not go to that seat. The chair or note-taker chooses who receives them.",
    "distributors_only": "The chair, the note-taker or the team that was asked can send the minutes.",
    "not_sent_to_you": "No copy has been sent to you. Ask the chair.",
}

DONE: Mapping[str, str] = {
    "authorised": "Authorised. The version is locked.",
    "amended": "Kept, as a new version.",
    "sent": "On their way. The panel shows what became of each copy.",
    "asked_to_correct": "Your request is before the chair.",
}


def choosable(line: str, kept_from: str, mark: str) -> str:
    """Return a line of the minutes as it is offered to be marked, with whom it is kept from already."""
    if not kept_from:
        return short(line, 150)
    so = ", so not for the family" if mark == SHAREABLE else ""
    return f"{short(line, 150)} (withheld from {kept_from}{so})"
