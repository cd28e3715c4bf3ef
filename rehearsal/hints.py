"""What a card asks of whoever looks at it, and which button answers: read from visible words only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from meeting.procedure import FieldSpec, FieldType
from rehearsal.actor import Actor, Seen, positive
from rehearsal.teams.view import Button

ASKED = re.compile("I have heard this|Introduce me|Yes, this is my meeting|Give my view|I have no question|Accept")
FILL = "Fill in"
LOOK = "Look again"
ALOUD = "Said aloud, note-taker to write up"
NEXT = re.compile(r"Next: .+|Close the meeting\Z")
STEP = re.compile(r"· step \d+ of \d+")


def asks(seen: Seen, title: str) -> bool:
    """Tell whether a button asks its person for something; a turn's form is for whoever has the turn."""
    if title in ("I have finished", "Save and go on"):
        return "Your turn" in seen.text
    return bool(ASKED.fullmatch(title))


def asked(actors: Iterable[Actor]) -> bool:
    """Tell whether a card asks one of them for something now."""
    return any(asks(seen, title) for actor in actors for seen in actor.cards() for title in seen.titles())


def preferring(title: str) -> Callable[[Seen], str | None]:
    """Press the button that was found, else the one that stands out."""
    return lambda seen: title if title in seen.titles() else positive(seen)


def speaking(seen: Seen) -> str | None:
    """The button that ends a turn, or its page."""
    titles = seen.titles()
    return next((t for t in ("I have finished", "Save and go on") if t in titles and "Nothing held" in titles), None)


def saving(seen: Seen) -> str | None:
    """The button that stores a form, or its page."""
    return next((t for t in ("Save, next question", "Save", "Save and go on", "Go on") if t in seen.titles()), None)


def said_of(action: Mapping[str, Any], fields: Iterable[FieldSpec]) -> dict[str, object]:
    """Return a case's action as answers to what this procedure asks of one: `owner`, `by`, `for`, else by key."""
    said: dict[str, object] = {"For": action["for"]} if "for" in action else {}
    for spec in fields:
        key = {FieldType.PERSON: "owner", FieldType.DATETIME: "by"}.get(spec.type, spec.key)
        if key in action:
            said[spec.label] = action[key]
    return said


def settled(row: Button) -> bool:
    """Tell whether the row of a button asks for nothing any more."""
    return any(re.search(r"If needed|Recorded|To be written up", text) for text in row.around)


def label_of(row: Button) -> str:
    """Return the words in whose row a button stands."""
    rows = (text.replace(row.text, "").strip() for text in row.around)
    return next((text for text in rows if text), "").splitlines()[0]


def step_card(actor: Actor) -> Seen | None:
    """Return the card of the open step as somebody sees it, not the panel."""
    return next((s for s in actor.cards() if STEP.search(s.text) and "Hold" not in s.titles()), None)


def still_missing(seen: Seen) -> str:
    """Return what a card says is missing before the next step or the close, where a reason is asked for it."""
    before_next = re.search(r"^Still missing: .*$", seen.text, re.MULTILINE)
    if before_next:
        return before_next.group()
    before_close = re.search(r"^Still open\n(.*?)\nReason for closing", seen.text, re.MULTILINE | re.DOTALL)
    lines = before_close.group(1).splitlines() if before_close else []
    told = [line.strip() for line in lines if line.strip() and line.strip() not in seen.titles()]
    return f"Still open: {'; '.join(told)}" if told else ""


async def looked_again(actor: Actor, seen: Seen) -> Seen:
    """Return a card as it is once its person has looked again at what others have mended, where it offers that."""
    if LOOK not in seen.titles():
        return seen
    await actor.press(seen, LOOK)
    return actor.now_on(seen.message)


def one_form(first: Seen) -> Callable[[Seen], str | None]:
    """The buttons that fill in the form which is shown now; what follows a decision is the next one's."""

    def button(seen: Seen) -> str | None:
        title = positive(seen)
        decided = seen.text != first.text and "The decision is recorded." in seen.text
        return None if title is None or NEXT.match(title) or decided else title

    return button


def blocks(seen: Seen, title: str) -> Iterator[str]:
    """Yield the words of the closest block around each button of this title that says more than its buttons."""
    titles = set(seen.titles())
    for button in seen.buttons():
        if button.text == title:
            yield next((block for block in button.around if set(block.splitlines()) - titles), "")


def first_block(seen: Seen, title: str) -> str:
    """Return the words around the first button of this title."""
    return next(blocks(seen, title))
