"""What the chat or one person is told in a sentence, during the meeting and after it: numbers and seats, no content."""

from __future__ import annotations

from collections.abc import Mapping

from cards import kit
from cards.kit import Element
from cards.short import short
from cards.times import moment
from meeting.model import Carried

TOLD: Mapping[str, str] = {
    "hello": "Chairside is here, at the chair's side. Type @Chairside help to see what you can ask.",
    "cancelled": "this meeting is cancelled.",
    "urgent": "urgent action {0} was raised. Open your part.",
    "yours": "urgent action {0} is yours. Open your part.",
    "handed": "the chair hands you a form. Open your part.",
    "challenge": "a challenge waits for your answer. Open your panel.",
    "allow": "something waits for your agency's agreement before it is shared. Open your part.",
    "wrong": "{0} says that this is not their meeting and may still be in the call. Please ask them to leave it, then "
    "remove them: your panel, More, Who is here.",
    "warned": "please look at what {0} answered at the roll call, on your card.",
    "permission": "somebody asks your permission to share what was said. Open your panel.",
    "chair": "{0} chairs now. To chair again, ask them to hand it over: their panel, under More.",
    "takes_over": "what the chair of this meeting still has to do is yours from now on. Open your panel.",
    "taken_over": "somebody else holds from now on what the chair still has to do. Nothing else changes for you.",
    "silent": "the chair has been silent for {0} minutes. If they have dropped out, you may take "
    "the chair: open your panel, then More.",
    "look": "please open your panel.",
    "turn": "{0}, it is your turn.",
    "apologies": "{0} sends apologies. Open the invitations to see why.",
    "unanswered": "{0} has not answered, and nobody is left to ask. Please telephone.",
    "undelivered": "what I sent to {0} could not be delivered. Please telephone them.",
    "delayed": "{0}: the mail server does not take letters now. Please telephone: {1}.",
    "none_waits": "no letter waits for the mail server any more.",
    "acted": "one agency had to act alone. Please hold this meeting by {0}, or as soon as possible after.",
    "leaving": "{0} must leave soon. Please take their turn and their view now.",
    "action_done": "action {0} is reported as done. Please close it, or send it back.",
    "action_more_time": "more time is asked for action {0}. Please answer.",
    "action_not_possible": "action {0} is not possible any more: circumstances changed. Please decide what follows.",
    "action_not_done": "action {0} was not done; a reason is given. Please decide what follows.",
    "action_handed_over": "action {0} was handed over to somebody else.",
    "action_more_time_granted": "you have more time for action {0}.",
    "action_more_time_refused": "there is no more time for action {0}; it stays due as it was.",
    "action_reopened": "action {0} was sent back to you.",
    "action_not_yours": "action {0} is not yours any more: nothing is left for you to do about it.",
    "done_for_you": "somebody else reported your action {0} as done: nothing is left for you to do about it. "
    "If that is wrong, please tell the chair.",
    "not_possible_for_you": "somebody else reported that your action {0} is not possible any more. "
    "If that is wrong, please tell the chair.",
    "said_for_you": "somebody else reported on your action {0}. It is still yours to do: your actions show what was "
    "said.",
    "no_way": "I know no way to reach the owner of {0}. Please tell them, or give it to somebody else: "
    "write list to me.",
    "left_to_seat": "the owner of {0} has no part any more; whoever else sits there was told. Please name who does it: "
    "write list to me.",
    "update_asked": "somebody who attended asks for an update. Please answer.",
    "escalated": "escalation {0}: a challenge was taken to the escalation protocol. Decision and actions still stand.",
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
    made += [kit.fact(f"Open question to {to}", short(text, 200)) for to, text in carried.questions[:4]]
    made += [kit.fact("Since then", short(line, 200)) for line in carried.developments[-3:]]
    return made
