"""Sentences for one person around actions and after the meeting: a number and a seat, never content."""

from __future__ import annotations

from collections.abc import Mapping

from cards import kit
from cards.kit import Element
from cards.short import short
from cards.times import moment
from meeting.model import Carried

AFTER: Mapping[str, str] = {
    "action_done": "action {0} is reported as done. Please close it, or send it back.",
    "action_more_time": "more time is asked for action {0}. Please answer.",
    "action_not_possible": "action {0} is not possible any more: circumstances changed. Please decide what follows.",
    "action_not_done": "action {0} was not done; a reason is given. Please decide what follows.",
    "action_handed_over": "action {0} was handed over to somebody else.",
    "action_more_time_granted": "you have more time for action {0}.",
    "action_more_time_refused": "there is no more time for action {0}; it stays due as it was.",
    "action_reopened": "action {0} was sent back to you.",
    "no_way": "I know no way to reach the owner of action {0}. Please tell them.",
    "update_asked": "somebody who attended asks for an update. Please answer.",
    "escalated": "a challenge was taken to the escalation protocol ({0}). Decision and actions still stand.",
    "escalation_moved": "escalation {0} went on to its next stage.",
    "escalation_resolved": "escalation {0} is resolved.",
    "development": "somebody reports a development. Please consider reconvening.",
    "asked_again": "a question was left open and is asked again. Open your panel: Answer actions.",
    "carried": "this further meeting is called, with what was left open. Please check it, then invite.",
}


def carried_lines(carried: Carried) -> list[Element]:
    """Return what an earlier meeting left to this one: its plan, its open questions, what changed since."""
    held = f", {moment(carried.held)}" if carried.held else ""
    made = [kit.text(f"Continues {carried.reference}{held}. Its open actions are on this meeting's list.", bold=True)]
    made += [kit.fact("Decided then", short(line, 200)) for line in carried.decided[:6]]
    made += [
        kit.fact(f"Open question to {to.replace('_', ' ')}", short(text, 200)) for to, text in carried.questions[:4]
    ]
    made += [kit.fact("Since then", short(line, 200)) for line in carried.developments[-3:]]
    return made
