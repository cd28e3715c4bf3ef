"""An introduction: one's own, or somebody's whom chair or note-taker heard; page by page where more is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards import kit
from cards.frame import guidance, guidance_box, head, heard
from cards.guided import guided
from cards.kit import Card, Element
from cards.second_look import kept, warned
from cards.times import for_inputs
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.duty import DutyScreen
from meeting.screens.frame import Frame


def duty_card(screen: DutyScreen) -> Card:
    """Return a page of one's own introduction; it shows the meeting's reference only, no child (SAN-4.1d)."""
    frame = screen.frame
    body = [*head(frame), *kit.page_of(screen.page, screen.pages), *warned(screen.warnings)]
    for view in screen.fields:
        body.extend(_question(view))
    args = {"step": frame.step}
    last = screen.page == screen.pages
    made = [kit.button("Introduce me" if last else "Go on", "roll_call.introduce", args, style="positive")]
    made += kept(screen.warnings, "roll_call.introduce", args)
    if frame.scribe:
        made += heard(frame, "All introduced aloud", "roll_call.all_heard", args, on=screen.heard_on)
    made.append(guidance(frame))
    return kit.card([*body, guidance_box(frame)], *made, speak="Please introduce yourself")


def _question(view: FieldView) -> list[Element]:
    """Return the input of one question; a time is one of today, so that six questions stay six inputs."""
    if view.type is FieldType.TEXT:  # a name or a post is one line
        return kit.field(view, lines=False)
    if view.type is not FieldType.DATETIME:
        return kit.field(view)
    clock = for_inputs(view.value).partition("T")[2]
    asked = kit.time_input(f"{view.id}.time", f"{view.label} (today)", clock, required=view.required)
    return kit.with_error(view, [asked])


def heard_card(screen: DutyScreen, person: str, name: str) -> Card:
    """Return somebody's introduction for chair or note-taker, who write what they hear; blanks are owed."""
    frame = screen.frame
    body = [
        *head(frame),
        kit.text(f"Introduction of {name}", bold=True, size="medium"),
        *kit.page_of(screen.page, screen.pages),
        *warned(screen.warnings),
    ]
    body.append(kit.text("What stays blank is written up later.", subtle=True))
    for view in screen.fields:
        body.extend(_question(replace(view, required=False)))
    args = {"step": frame.step, "person": person}
    last = screen.page == screen.pages
    made = [kit.button("Record as heard" if last else "Go on", "roll_call.write", args, style="positive")]
    made += kept(screen.warnings, "roll_call.write", args)
    made.append(kit.button("Back to the roll call", "roll_call.step", free=True))
    return guided(frame, body, *made, speak=f"Introduction of {name}")


_FRAME = Frame(
    reference="SM-2026-0042",
    title="Strategy meeting",
    step="ROLLCALL",
    step_label="Introductions and apologies",
    number=2,
    count=14,
    guidance="Full name, designation, contact, relationship to the child.",
    visit=2,
)
_QUESTIONS = (
    FieldView(id="answers.full_name", label="Full name", type=FieldType.TEXT, required=True, value="Alex Stone"),
    FieldView(id="answers.designation", label="Designation", type=FieldType.TEXT, required=True),
    FieldView(
        id="answers.agency",
        label="Agency",
        type=FieldType.AGENCY,
        required=True,
        choices=(("police", "Police"), ("health", "Health"), ("social_care", "Social care")),
        value="police",
    ),
    FieldView(
        id="answers.contact",
        label="Contact details",
        type=FieldType.CONTACT,
        required=True,
        value="n/a",
        error="contact",
    ),
    FieldView(id="answers.relationship", label="Relationship to the child", type=FieldType.TEXT, required=True),
    FieldView(id="answers.must_leave_at", label="Must leave at", type=FieldType.DATETIME, required=False),
)


def _duty(*, keep: bool = False, page: int = 1, pages: int = 1) -> DutyScreen:
    warnings = (("full_name", "single_word", "Alex"),) if keep else ()
    return DutyScreen(frame=_FRAME, duty="introduce", fields=_QUESTIONS, warnings=warnings, page=page, pages=pages)


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "roll call: introduce myself": lambda: duty_card(_duty()),
    "roll call: introduce myself, the first of two pages": lambda: duty_card(_duty(pages=2)),
    "roll call: a single word for a name": lambda: duty_card(_duty(keep=True)),
    "roll call: written for somebody": lambda: heard_card(_duty(), "p3", "Pat Reed"),
}
