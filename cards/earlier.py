"""The steps that were passed over with a reason, to be completed while the meeting goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import kit
from cards.frame import head
from cards.kit import Card, Element
from meeting.screens.earlier import EarlierScreen, EarlierStep
from meeting.screens.frame import Frame


def earlier_card(screen: EarlierScreen) -> Card:
    """Return the earlier steps that lack answers, each with a way in."""
    body = [*head(screen.frame), kit.text("Complete earlier steps", bold=True, size="medium")]
    body.append(kit.text("The meeting stays where it is.", subtle=True))
    if not screen.steps:
        body.append(kit.text("Nothing is blank in the earlier steps."))
    body.extend(_line(one) for one in screen.steps)
    return kit.card(body, speak="Complete earlier steps")


def _line(one: EarlierStep) -> Element:
    blank = kit.run(f"  {one.blank} to be answered", colour="attention", size="small")
    opener = kit.buttons(kit.button("Open", "earlier.open", {"step": one.step}, free=True))
    return kit.columns([kit.rich(kit.run(one.label, bold=True), blank)], [opener])


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", chairs=True, scribe=True)
_STEPS = (
    EarlierStep(step="FAMILY", label="Family, genogram, parental responsibility", blank=1),
    EarlierStep(step="CONSENT", label="Consent", blank=2),
)

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "earlier steps": lambda: earlier_card(EarlierScreen(frame=_FRAME, steps=_STEPS)),
}
