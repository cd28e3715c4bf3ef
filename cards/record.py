"""Steps that ask for answers: the list of what is there and what is missing, the form of one part, right meeting."""

from __future__ import annotations

from cards import kit
from cards.frame import guidance, guidance_box, head, heard, held_back, move
from cards.guided import guided
from cards.kit import Card, Element
from cards.second_look import kept, warned
from cards.short import share, short
from meeting.screens.duty import DutyScreen
from meeting.screens.step import PartScreen, SlotLine, StepScreen
from meeting.steps.captions import caption
from meeting.steps.record import NEW_ROW

STATES = {
    "missing": ("To be answered", "attention"),
    "prepared": ("Prepared", "accent"),
    "answered": ("Recorded", "good"),
    "said aloud": ("To be written up", "warning"),
    "optional": ("If needed", ""),
    "none": ("None", "good"),
}
CONFIRMED = "All confirmed aloud"
MAX_ROW_BUTTONS = 18  # each carries a sealed ticket, and a card has its limit
MAX_LINES = 30  # lines of one card; more are counted, and stand in the minutes


def step_card(screen: StepScreen) -> Card:
    """Return a step with its parts: to fill in, to confirm, or to read."""
    frame = screen.frame
    body = head(frame)
    if screen.statement:
        body.append(kit.text(screen.statement))
    if screen.confirmed and not frame.closed:
        body.append(
            kit.text(f"Right meeting: {screen.confirmed[0]} of {screen.confirmed[1]} have confirmed", subtle=True)
        )
    body.extend(slot_lines(screen))
    body.extend(kit.text(text, subtle=True) for text in screen.minutes_lines)
    body.extend(agreements(screen))
    body.extend(_not_invited(screen))
    body.extend(held_back(frame))
    body.append(guidance_box(frame))
    return kit.card(body, *step_buttons(screen), speak=frame.step_label)


def agreements(screen: StepScreen) -> list[Element]:
    """Return what waits for an agency's agreement, with the press for whoever may give it or has heard it."""
    made: list[Element] = []
    for line in screen.sharing:
        told = f"agreed ({line.agreed})" if line.agreed else "not agreed yet"
        words = kit.text(f"{line.agency.capitalize()}, {line.label} {told}", colour="" if line.agreed else "warning")
        title = "We agree" if line.own else "Heard: they agree"
        args = {"step": line.slot.step, "part": line.slot.part, "subject": line.slot.subject}
        press = kit.buttons(kit.button(title, "record.allow", args, free=True))
        made.append(kit.columns([words], [press]) if line.may_agree else words)
    return made


def _not_invited(screen: StepScreen) -> list[Element]:
    """Return whom the answers of this step suggest, with the way to the invitations."""
    made: list[Element] = []
    for one in screen.suggested:
        line = kit.text(f"Suggested, nobody invited: {one.label} ({one.why})", colour="warning")
        opener = kit.button("Add a seat", "invitations.show", {"form": "seat"}, free=True)
        made.append(kit.columns([line], [kit.buttons(opener)]))
    return made


def slot_lines(screen: StepScreen) -> list[Element]:
    """Return what the step asks for, line by line."""
    shown, opened = screen.lines[:MAX_LINES], _opened(screen)
    most = share(sum(len(line.facts) for line in shown))
    made = [element for line in shown for element in _line(screen, line, most, button=line in opened)]
    return [*made, *kit.left_out(len(screen.lines) - MAX_LINES)]


def _opened(screen: StepScreen) -> tuple[SlotLine, ...]:
    """Return the lines with a button of their own: all, or on a long card the first that wait for an answer."""
    mine = tuple(line for line in screen.lines if screen.may_edit and line.state != "none")
    if len(mine) <= MAX_ROW_BUTTONS:
        return mine
    return tuple(line for line in mine if line.state in ("missing", "prepared"))[:MAX_ROW_BUTTONS]


def _line(screen: StepScreen, line: SlotLine, most: int, *, button: bool) -> list[Element]:
    word, colour = STATES[line.state]
    title = kit.rich(kit.run(line.label, bold=True), kit.run(f"  {word}", colour=colour, size="small"))
    facts = kit.facts((label, short(text, most)) for label, text in line.facts)
    if button:
        name = "Change" if line.facts else "Fill in"
        args = {"step": screen.frame.step, "part": line.part, "subject": line.subject, "visit": str(screen.frame.visit)}
        opener = kit.buttons(kit.button(name, "record.open", args, free=True))
        return [kit.columns([title], [opener]), *facts]
    return [title, *facts]


def step_buttons(screen: StepScreen) -> list[Element]:
    """Return what may be done with a step: move on, confirm, add a line."""
    frame = screen.frame
    args = {"step": frame.step, "visit": str(frame.visit)}
    made: list[Element] = []
    first = screen.may_edit and screen.prepared and not (screen.may_move and screen.confirms)
    if first:
        made.append(kit.button("Confirm what was prepared", "record.confirm", args, style="positive", free=True))
    if screen.may_move:
        onward = move(frame, screen.next_label, confirm=screen.confirms and screen.may_edit)
        made.append({**onward, "style": "default"} if first else onward)
    if screen.may_edit:
        for part, label, none in screen.tables:
            made.append(
                kit.button(f"Add: {label}", "record.open", {**args, "part": part, "subject": NEW_ROW}, free=True)
            )
            if none:
                made.append(kit.button(f"None: {label}", "record.none", {**args, "part": part}, free=True))
    if screen.confirmed and frame.scribe and screen.confirmed[0] < screen.confirmed[1]:
        made += heard(frame, CONFIRMED, "record.right_meeting", {"all": "yes"}, on=screen.heard_on)
    if screen.may_edit and len(screen.lines) > MAX_ROW_BUTTONS:
        made.append(kit.button("Another question", "record.choose", args, free=True))
    if screen.offers_urgent:
        made.append(kit.button("Urgent action", "chairing.form", {"form": "urgent"}, style="destructive", free=True))
    made.append(guidance(frame))
    return made


def choose_card(screen: StepScreen) -> Card:
    """Return the choice of one question of a step that has too many for a button each."""
    frame = screen.frame
    named = [
        (f"{line.part}|{line.subject}", f"{line.label} ({STATES[line.state][0].lower()})") for line in screen.lines
    ]
    body = [*head(frame), kit.choice_input("slot", "Which question", named, required=True, compact=True)]
    args = {"step": frame.step, "visit": str(frame.visit)}
    made = kit.button("Open it", "record.pick", args, style="positive")
    back = kit.button("Back to the step", "record.step", args, free=True)
    return guided(frame, body, made, back, speak="Which question")


def part_card(screen: PartScreen) -> Card:
    """Return the form of one part; what was typed stays when it comes back."""
    frame = screen.frame
    body = head(frame)
    title = caption(screen.part_label, screen.subject_label)
    if title != frame.step_label:
        body.append(kit.text(title, bold=True))
    if screen.from_preparation:
        body.append(kit.text("Prepared before the meeting; change what is not right.", subtle=True))
    body.extend(kit.facts(screen.told))
    body.extend(kit.page_of(screen.page, screen.pages))
    body.extend(warned(screen.warnings))
    for view in screen.fields:
        body.extend(kit.field(view, may_wait=screen.may_say_aloud))
    if screen.others and screen.page == screen.pages:
        body.append(kit.choice_input("also", "The same holds for", screen.others, screen.also, several=True))
    return guided(frame, body, *_part_buttons(screen), speak=title)


def _part_buttons(screen: PartScreen) -> list[Element]:
    frame = screen.frame
    args = {"step": frame.step, "part": screen.part, "subject": screen.subject, "visit": str(frame.visit)}
    args["page"] = str(screen.page)
    last = screen.page == screen.pages
    made = [kit.button("Save" if last else "Save and go on", "record.save", args, style="positive")]
    if last and screen.leads_on:
        made.append(kit.button("Save, next question", "record.save", {**args, "then": "next"}))
    made += kept(screen.warnings, "record.save", args)
    if screen.may_say_aloud:
        made.append(kit.button("Said aloud, note-taker to write up", "record.said_aloud", args, free=False))
    if screen.removable:
        made.append(kit.button("Remove this line", "record.remove", args, free=True))
    made.append(kit.button("Back to the step", "record.step", args, free=True))
    return made


def right_meeting_card(screen: DutyScreen) -> Card:
    """Return the child's details and the question whether this is the meeting that somebody came for."""
    body = head(screen.frame)
    body.append(kit.text(next(iter(screen.text), "This meeting is about:"), bold=True))
    for name, pairs in screen.children:
        body.append(kit.box([kit.text(name, bold=True), *kit.facts(pairs)]))
    yes = kit.button("Yes, this is my meeting", "record.right_meeting", {"right": "yes"}, style="positive")
    no = kit.button("No, I am in the wrong meeting", "record.right_meeting", {"right": "no"})
    aloud = heard(screen.frame, CONFIRMED, "record.right_meeting", {"all": "yes"}, on=screen.heard_on)
    made = [yes, no, *(aloud if screen.frame.scribe else [])]
    return guided(screen.frame, body, *made, speak="Is this your meeting?")
