"""The forms that can be asked for by name, from a panel or by typing: which view each one is."""

from __future__ import annotations

from collections.abc import Mapping

FORM_VIEWS: Mapping[str, str] = {
    "urgent": "safeguards.urgent",
    "challenge": "safeguards.challenge",
    "answer_challenge": "safeguards.answer_challenge",
    "share": "safeguards.share",
    "requests": "safeguards.requests",
    "note": "safeguards.note",
    "adjourn": "moves.adjourn",
    "convert": "moves.convert",
    "skip": "moves.skip",
    "cancel": "moves.cancel",
    "handover": "handover.handover",
    "note_taker": "handover.note_taker",
    "handform": "handover.handform",
    "restrict": "handover.restrict",
    "debts": "minutes.debts",
    "prepare": "convening.prepare",
    "question": "questions.ask",
    "order": "turns.order",
    "present": "admission.present",
    "apologies": "admission.apologies",
    "seat": "admission.seat",
    "earlier": "earlier.list",
    "begin": "chairing.panel",
    "ended": "chairing.panel",
    "relating": "roll_call.relating",
}
