"""The head and foot that personal cards share, and the sentences for what was refused."""

from __future__ import annotations

from collections.abc import Mapping

from cards import door_words, minutes_words
from cards.kit import Element, box, button, buttons, heading, rich, run, text, text_input, unfold
from cards.short import together
from meeting.procedure import Gate
from meeting.screens.frame import Frame

DEFAULT = "default, not from this procedure"
URGENT = "Urgent protective action and the section 47 duty do not wait for this."

SENTENCES: Mapping[str, str] = {
    **minutes_words.SENTENCES,
    **door_words.SENTENCES,
    "chair_only": "Only the chair can do this.",
    "chair_or_note_taker": "Only the chair or the note-taker can do this.",
    "not_admitted": "You are not admitted to this meeting yet; the chair or note-taker will let you in.",
    "kept_to_owner": "Somebody else fills in this form. Hand it to your own seat first, or let the note-taker write.",
    "not_your_form": "This form belongs to somebody else; the chair can hand it to you.",
    "not_your_action": "This action belongs to somebody else.",
    "not_your_turn": "It is not your turn; the chair announces the order.",
    "not_here": "Join the meeting first; only those present take part.",
    "not_your_report": "An agency's report is for that agency and the chair. Write: report.",
    "not_addressed": "This question is for somebody else.",
    "system_only": "This cannot be done from a card.",
    "wrong_meeting": "You said this is not your meeting. Open your part to take that back.",
    "accept": "Accept the confidentiality statement first.",
    "acknowledge": "Acknowledge the opening statement first.",
    "introduce": "Introduce yourself first.",
    "right_meeting": "First confirm that this is your meeting.",
    "not_invited": "You have no invitation to this meeting. The chair or note-taker can give you a seat.",
    "over": "This meeting is over; nothing was changed.",
    "paused": "The meeting is paused. Resume it to go on.",
    "not_running": "The meeting is not running.",
    "already_started": "The meeting has started already.",
    "moved_on": "The meeting has moved on to: {0}.",
    "nobody_speaks": "Nobody has the floor now. Begin that agency's turn on your card first.",
    "nothing_said": "Write what was said behind the agency's name.",
    "another_speaks": "It is not that agency's turn: {0} has the floor.",
    "turn_over": "This turn has ended. What you typed is kept below.",
    "views_shown": "The views have been shown and can no longer be changed.",
    "first_step": "This is the first step.",
    "no_turns_ahead": "The agencies' turns do not lie ahead; use Next.",
    "step_required": "{0} cannot be skipped in this procedure.",
    "reason_needed": "Please give a reason.",
    "seat_needed": "Choose a seat first, or let them observe.",
    "no_such_part": "That form is not part of this step.",
    "convened_already": "This meeting is called already.",
    "one_for_each": "Say it once for each child.",
    "no_such_step": "This procedure has no such step.",
    "not_open": "The meeting has not come to {0} yet.",
    "not_started": "The meeting has not started yet.",
    "decided_quorate": "The decision was made while everybody was here; it stands.",
    "text_needed": "Please write what it is about.",
    "no_chair": "Nobody has taken the chair's seat yet.",
    "no_children": "Say which children the meeting is about.",
    "no_seats": "Invite at least one agency.",
    "no_such_seat": "There is no such seat: {0}.",
    "no_such_action": "There is no such action.",
    "no_such_row": "That line is no longer there.",
    "no_such_debt": "This was written up already.",
    "all_delivered": "Everything could be delivered: nothing is left to send again.",
    "no_such_choice": "Choose one of the answers offered.",
    "no_such_subject": "That child is not part of this.",
    "nobody": "That person is not here.",
    "no_start": "Say first when the meeting begins.",
    "start_past": "The day on which this meeting begins has passed. Set another time first.",
    "no_clock_time": "Give the time in hours and minutes, such as 15:30.",
    "nobody_to_invite": "Everybody who can be reached has been invited. Telephone the others.",
    "move_instead": "Invitations are out. Use: Another time.",
    "seat_taken": "Somebody sits there, or leads the meeting. It cannot be taken back.",
    "needs_buttons": "Whoever chairs or takes notes must be able to press; a telephone alone is not enough.",
    "chair_stays": "Hand the chair over first.",
    "converted_already": "This is recorded as a professionals meeting already.",
    "not_converted": "This is a strategy meeting already.",
    "quorate": "Every core agency is here: nothing to convert.",
    "not_quorate": f"Still missing: {{0}}. {URGENT}",
    "no_conversion": "This procedure does not turn into a professionals meeting.",
    "none_not_allowed": "{0} needs at least one line.",
    "rows_there": "Remove the lines of {0} first.",
    "wrong_step": "That is not open now.",
    "all_spoken": "Everybody has spoken.",
    "answered_already": "This was answered already.",
    "never_invited": f"Not asked yet: {{all}}. Ask aloud, tick it. {URGENT}",
    "shown_already": "The views are shown already.",
    "nothing_decided": "Nothing has been decided yet.",
    "forbidden": "This meeting cannot decide that. Allowed: {1}.",
    "past": "That time has passed.",
    "action_over": "This action is over; the chair can send it back.",
    "no_time_asked": "No more time was asked for.",
    "not_reported": "Its owner has not reported it yet.",
    "escalated_already": "This challenge was taken to the protocol already.",
    "last_stage": "This is the protocol's last stage.",
    "not_closed": "The meeting is not closed yet.",
    "not_paused": "The meeting is not paused.",
    "chair_not_silent": "The chair has not been silent for {0} minutes while waited for.",
    "no_stand_in": "The named deputy, else a manager of {0}, can take the chair.",
    "core_sees_all": "Social care, health and police see every child.",
    "seat_exists": "That agency has this seat already.",
    "fields": "Some answers need another look.",
    "unknown_verb": "This button is not known here. Nothing was changed.",
    "forged": "This card cannot be used. Open your part again.",
    "too_long": "That text is too long to store. Please shorten it.",
    "stale": "This card is out of date. What you typed is kept below.",
    "not_understood": "I did not understand that. Type: help.",
}

DONE: Mapping[str, str] = {
    **minutes_words.DONE,
    "finished": "Recorded. Thank you.",
    "kept": "This page is kept. Go on below.",
    "order_set": "The order is announced.",
    "heard": "Recorded as heard aloud.",
    "view_given": "Your view is recorded. Nobody sees it until the views are shown.",
    "views_shown": "The views are shown to everybody.",
    "asked_aloud": "Recorded as asked aloud.",
    "silent": "Recorded: invited, gave no view.",
    "question_asked": "Your question is on everybody's screen.",
    "question_kept": "Your question is kept for the questions, after the turns.",
    "answered": "The answer is on everybody's screen.",
    "admitted": "Let in.",
    "removed": "Removed from the meeting.",
    "shut_out": "Shut out. The record says so.",
    "apologies": "Apologies recorded.",
    "seat_added": "The agency has a seat.",
    "action_agreed": "On the list.",
    "accepted": "Accepted. It is yours.",
    "seen": "Noted. The next reminder comes when it is due.",
    "told_action": "Recorded. Thank you.",
    "told_all": "Everybody who attended is told.",
    "sent_again": "It is sent again. Whoever is still not reached shows here.",
    "update_asked": "The chair is asked, and reminded until there is an answer.",
    "developed": "The chair is told, and asked to consider reconvening.",
    "escalated": "It is with the escalation protocol. Decision and actions still stand.",
    "called": "The further meeting is called; open actions stand on its list now.",
    "read_back": "Recorded as read back.",
    "decided": "The decision is recorded.",
    "dissent": "Your differing view is recorded by name.",
    "urgent": "It is on the list, and the chair is alerted.",
    "challenged": "Your challenge is before the chair.",
    "asked_to_share": "Your request is before the chair.",
    "noted": "Noted for the minutes.",
    "handed": "Handed over.",
    "written_up": "Written up.",
    "answered_invitation": "Thank you. The chair sees your answer.",
    "drafted": "The draft is kept. Nothing has been sent.",
    "invited": "The invitations are on their way.",
    "moved_invitations": "Moved. Everybody invited is told and answers again.",
    "cancelled": "The meeting is cancelled.",
    "convened": "The meeting is called.",
    "saved": "Recorded.",
    "said_aloud": "Recorded as said aloud; to be written up before the minutes are authorised.",
    "confirmed": "Confirmed.",
    "acknowledged": "Acknowledged.",
    "posted": "A form for you is in the meeting's chat.",
    "more": "A little more is needed.",
    "started": "The meeting has started.",
    "moved": "On to the next step.",
}


def sentence(code: str, details: tuple[str, ...] = ()) -> str:
    """Return the sentence for a refusal; at most 25 words of our own."""
    template = SENTENCES.get(code, "That is not possible now.")
    padded = (*details, "", "")
    return template.format(*padded, all=", ".join(details))


def head(frame: Frame) -> list[Element]:
    """Return the lines that every personal card begins with."""
    place = f"{frame.reference} · {frame.title}"
    if frame.number:
        place += f" · step {frame.number} of {frame.count}"
    made = [{**rich(run(place, subtle=True, size="small")), "spacing": "none"}]
    if frame.step_label:
        made.append(heading(frame.step_label))
    if frame.from_default:
        made.append(text("Default step, not from this procedure", subtle=True, size="small"))
    if frame.paused:
        made.append(box([text("The meeting is paused.", bold=True)], style="warning"))
    if frame.done:
        made.append(text(DONE.get(frame.done, "Recorded."), bold=True, colour="good"))
    if frame.sentence and frame.sentence not in ("hard", "override", "keep"):
        made.append(box([text(sentence(frame.sentence, frame.details), bold=True)], style="warning"))
    return made


def held_back(frame: Frame, *, typed_reason: str = "") -> list[Element]:
    """Return what stands before the next step, and the way on: mend it, or give a reason where one may pass."""
    if frame.sentence not in ("hard", "override"):
        return []
    hard = frame.sentence == "hard"
    labels = together(o.label.replace("_", " ") for o in frame.obstacles if not hard or o.gate is Gate.HARD)
    quorum = any(o.code.startswith("quorum") or o.code in ("not_invited", "no_view_yet") for o in frame.obstacles)
    lines = [text("Still missing: " + "; ".join(labels[:6]) + ("; …" if len(labels) > 6 else ""), bold=True)]
    if quorum:
        lines.append(text(URGENT))
    if lacks_agency(frame):
        return [box(lines, style="attention"), buttons(*without_quorum())]
    if hard:
        return [box(lines, style="attention")]
    lines.append(text("Complete it, or give a reason, which goes into the minutes.", subtle=True))
    made = [box(lines, style="warning"), text_input("reason", "Reason for going on without", typed_reason, lines=False)]
    visit = {"visit": str(frame.visit)}
    on = [button("Go on with this reason", "chairing.next", visit)]
    if frame.turns_ahead:
        on.append(button(f"Go straight to: {frame.turns_ahead}", "chairing.straight", visit))
    return [*made, *({"type": "ActionSet", "actions": [one]} for one in on)]


def lacks_agency(frame: Frame) -> bool:
    """Tell whether the step is held back because a core agency is missing: the card then offers the ways on."""
    return frame.sentence == "hard" and any(o.code == "quorum" for o in frame.obstacles)


def without_quorum() -> list[Element]:
    """Return the two ways on for a meeting that lacks a core agency (SAN-1.4); the third is to wait."""
    return [
        button("Adjourn", "chairing.form", {"form": "adjourn"}, free=True),
        button("Professionals meeting", "chairing.form", {"form": "convert"}, free=True),
    ]


def move(frame: Frame, next_label: str, *, confirm: bool = False) -> Element:
    """Return the chair's button to the next step; with `confirm` what was prepared here is confirmed by it."""
    args = {"step": frame.step, "visit": str(frame.visit), **({"confirm": frame.step} if confirm else {})}
    title = f"Next: {next_label}" if next_label else "Close the meeting"
    return button(title, "chairing.next", args, style="positive", free=True)


def heard(frame: Frame, title: str, verb: str, args: Mapping[str, str], *, on: bool) -> list[Element]:
    """Return chair's and note-taker's press for what all said aloud; with `on` also one that goes on at once."""
    made = [button(title, verb, args, free=True)]
    if on:
        made.append(button(f"{title}, go on", verb, {**args, "visit": str(frame.visit)}, free=True))
    return made


def guidance(frame: Frame) -> Element:
    """Return the button that shows the step's guidance, without leaving the card."""
    return unfold("Guidance", "guidance")


def guidance_box(frame: Frame) -> Element:
    """Return the step's guidance, hidden until it is asked for."""
    return box([text(frame.guidance or "No guidance for this step.")], id="guidance", hidden=True)
