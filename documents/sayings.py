"""The words that minutes use for what the rules hold as ids: how an answer came, which event starts a clock."""

from __future__ import annotations

import re

from meeting.model import Assurance, How

DEFAULT = "default, not from this procedure"
NOT_RECORDED = "Not recorded"
NOT_REACHED = "The meeting did not reach this step."

HOW = {
    How.TYPED: "",
    How.PREPARED: "prepared before the meeting, not confirmed in it",
    How.CONFIRMED: "prepared and confirmed",
    How.HEARD: "heard aloud",
    How.SAID_ALOUD: "said aloud, to write up",
    How.WRITTEN_UP: "said aloud, written up",
    How.ON_BEHALF: "on behalf",
    How.NOTHING_HELD: "nothing held",
    How.NO_ANSWER: "invited, no answer",
    How.LATER: "left open",
}

ASSURANCE = {
    Assurance.SIGNED_IN: "signed in",
    Assurance.GUEST_CODE: "guest, came with a code",
    Assurance.VOUCHED: "known by voice, vouched for",
    Assurance.ANONYMOUS: "anonymous",
}

EVENTS = {
    "concern_received": "concern received",
    "immediate_action": "one agency acted alone",
    "decision": "the decision",
    "meeting_end": "the end of the meeting",
    "closing": "the end of the meeting",
    "minutes_authorised": "the minutes are authorised",
    "challenge": "a challenge",
    "update_request": "a request for an update",
    "invitation_sent": "the invitation",
    "referral_received": "referral received",
}

FICTIONAL = "Fictional: a rehearsal. No child, family or professional in it exists."
CONFIDENTIAL = (
    "These minutes are confidential. They are for the people named as attending, and for those with whom the chair "
    "agrees that they are shared. They must not be copied or passed on without the chair's permission."
)


_HINT = re.compile(r", or (?:“[^”]*”|\"[^\"]*\")$| \((?:may be|or) [^()]*\)$")


def without_hint(label: str) -> str:
    """Return what an answer stands under: its question, without the hint at how to answer that its form gives.

    A hint is what ends a label after a comma, as in `Name, or "unborn baby of …"`, or in brackets, as in `Outcome (may
    be "not concluded")` and `Time (or to be arranged)`.
    """
    return _HINT.sub("", label)


def listed(items: tuple[str, ...] | list[str]) -> str:
    """Return the items as one text, as in "health, police"."""
    return ", ".join(items)


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLANE_ENDS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTER = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]")


def printable(text: str) -> str:
    """Return the text without characters that no format can show, or that turn the reading direction around."""
    return _NO_CHARACTER.sub("\ufffd", _CONTROL.sub("", _BREAK.sub("\n", text))).strip()
