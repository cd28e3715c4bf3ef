"""What each form that may be asked for by name is called: on its button, and on its message, which the chat sees."""

from __future__ import annotations

from collections.abc import Mapping

FORMS: Mapping[str, str] = {
    "urgent": "Urgent action",
    "question": "Ask a question",
    "challenge": "Challenge",
    "share": "Ask permission to share",
    "prepare": "Prepare",
    "adjourn": "Adjourn",
    "convert": "Professionals meeting",
    "skip": "Skip this step",
    "handover": "Hand over the chair",
    "note_taker": "Name the note-taker",
    "present": "Who is here",
    "apologies": "Record apologies",
    "seat": "Add an agency",
    "order": "Order of turns",
    "debts": "Write up",
    "note": "Add a note",
    "answer_challenge": "Answer a challenge",
    "requests": "Answer a request to share",
    "cancel": "Cancel the meeting",
    "handform": "Hand this form to somebody",
    "earlier": "Complete earlier steps",
    "begin": "The call has begun: the chair's panel",
    "ended": "The call has ended: adjourn, or close the meeting",
    "restrict": "Keep a child from an agency",
    "relating": "My relationship to each child",
}

#: Whoever challenges, asks to share or keeps a child from an agency is not shown doing so before they have done it.
IN_CHAT: Mapping[str, str] = {
    **FORMS,
    **dict.fromkeys(("challenge", "answer_challenge", "share", "requests", "restrict"), "The form you asked for"),
}
