"""What a convener says of a case beside the procedure's own questions: of all the children, or of one alone."""

from __future__ import annotations

from collections.abc import Mapping

from meeting.model import Child, Meeting

OF_A_CHILD: Mapping[str, str] = {
    "unborn": "Unborn",
    "under_5": "Under 5",
    "school_age": "Of school age",
    "post_16": "16 or older",
    "in_hospital": "In hospital",
    "looked_after": "Looked after",
    "open_case": "Open case",
    "order_in_force": "A court order is in force",
    "other_authority": "Another authority is involved",
    "sexual_abuse": "Sexual abuse",
    "injury": "Injury, or a medical is likely",
}
_OF_THE_CASE: Mapping[str, str] = {
    "police_involved": "Police are investigating",
    "adult_needs": "A parent's mental health, substances, domestic abuse or learning disability",
    "position_of_trust": "Allegation against somebody who works with children",
    "school_holidays": "School holidays",
    "out_of_hours": "Out of hours",
}

#: By the names that pathways and conditions ask for.
CIRCUMSTANCES: Mapping[str, str] = {**OF_A_CHILD, **_OF_THE_CASE}


def said_of(meeting: Meeting, child: Child) -> frozenset[str]:
    """Return what is said to be true of one child: its own where it has some, with what is said of the whole case."""
    if child.circumstances is None:
        return meeting.circumstances
    return child.circumstances | (meeting.circumstances - OF_A_CHILD.keys())


def is_said(meeting: Meeting, name: str, subject: str = "") -> bool:
    """Tell whether a circumstance is true of a child, or (subject "") of the case or any of its children."""
    child = meeting.child(subject)
    children = (child,) if child is not None else tuple(meeting.children.values())
    return any(name in said_of(meeting, c) for c in children) if children else name in meeting.circumstances
