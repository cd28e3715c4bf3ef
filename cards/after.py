"""Sentences for one person around actions and after the meeting: a number and a seat, never content."""

from __future__ import annotations

from collections.abc import Mapping

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
    "asked_again": "a question was left open and is asked again: {0}.",
    "reconvene": "a further meeting was agreed. Please call it.",
}
