"""Somebody of a case at their screen: presses what is visible, fills in what is asked by its label, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from rehearsal.inputs import KNOWN, SCALE, alike, came_back, matches, plain_for, plainest
from rehearsal.teams import AnswerKind, Chat, MovableClock, Person
from rehearsal.teams.view import Button, Field, Piece

NEWEST = 8  # cards that somebody looks at
OPTIONAL = re.compile(
    r"must leave|reason for going on|^order|same holds|same for|^for$|on behalf of|^if not: who can", re.IGNORECASE
)
PRESSES = 3  # of one button, at most, where no answer comes
MOST_FORMS = 60  # one after the other on one card
SAME = "The same holds for"  # ticked for every child of whom the case says nothing else


class Stuck(AssertionError):
    """A card came back with an error that the case has no answer to; the message shows the card."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What somebody had to do: presses, texts typed while the meeting ran, cards that asked something of them."""

    presses: int = 0
    texts: int = 0  # text fields typed into; one that comes back filled in is not typed again
    cards: set[str] = field(default_factory=set)
    largest: int = 0  # inputs on one card


@dataclass(slots=True, kw_only=True)
class Seen:
    """One card on somebody's screen."""

    message: str
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """Everything to be read."""
        return "\n".join(p.text for p in self.pieces)

    def buttons(self) -> list[Button]:
        """Everything to press."""
        return [p for p in self.pieces if isinstance(p, Button) and p.enabled]

    def titles(self) -> list[str]:
        """The titles of the buttons."""
        return [b.text for b in self.buttons()]

    def inputs(self) -> list[Field]:
        """Everything to fill in."""
        return [p for p in self.pieces if isinstance(p, Field)]


@dataclass(slots=True, kw_only=True)
class Actor:
    """A person with what the case lets them say."""

    seat: str
    person: Person
    chat: Chat
    clock: MovableClock
    lines: Mapping[str, Any]
    children: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)
    sparing: bool = False  # leaves empty whatever need not be answered and the case does not answer

    def cards(self) -> Iterator[Seen]:
        """The newest cards of the chat, the newest first, looked at one by one."""
        for message, pieces in islice(self.person.pieces(self.chat), NEWEST):
            yield Seen(message=message, pieces=pieces)

    def find(self, title: str) -> tuple[Seen, Button] | None:
        """The newest card with a button whose title matches, if one is visible."""
        for seen in self.cards():
            for button in seen.buttons():
                if re.fullmatch(title, button.text):
                    return seen, button
        return None

    async def press(self, seen: Seen, title: str, *, beside: str | None = None) -> bool:
        """Press a button on this card, and once more where Teams cannot reach the bot; tells whether an answer came."""
        self.tally.presses += 1
        self.tally.cards.add(seen.message)
        for _ in range(PRESSES):
            answer = await self.person.press(title, in_=self.chat, message=seen.message, beside=beside, settle=True)
            lost = getattr(answer, "kind", None) is AnswerKind.UNANSWERED  # a guest's browser has no such answer
            if not lost or title not in self.now_on(seen.message).titles():
                return True
        return False

    def now_on(self, message: str) -> Seen:
        """The card that this message shows now."""
        return next(Seen(message=m, pieces=p) for m, p in self.person.pieces(self.chat, message=message))

    async def complete(self, seen: Seen, *, primary: Callable[[Seen], str | None]) -> None:
        """Fill in a form and press its main button until the card asks for nothing more."""
        before = ""
        for _ in range(MOST_FORMS):
            self.tally.largest = max(self.tally.largest, len(seen.inputs()))
            self.fill(seen)
            title = primary(seen)
            if title is None:
                return
            await self.press(seen, title)
            seen = self.now_on(seen.message)
            if not seen.inputs() or primary(seen) is None:
                return
            if seen.text == before:
                if keep := next((t for t in seen.titles() if t.startswith("Keep th")), ""):
                    await self.press(seen, keep)
                    return
                raise Stuck(
                    f"{self.person.name}: the card does not move on\n{self.person.screen(message=seen.message)}"
                )
            before = seen.text

    async def say_aloud(self, seen: Seen, button: str) -> None:
        """Say it aloud, page by page: what must be chosen is chosen, nothing is typed."""
        for _ in range(8):
            self.fill_choices(seen)
            await self.press(seen, button)
            seen = self.now_on(seen.message)
            if button not in seen.titles():
                return

    def line_for(self, seen: Seen, label: str) -> object:
        """What the case lets this person answer to a label, on the card of that title first; a view by its child."""
        titled = [t for t, lines in self.lines.items() if isinstance(lines, dict) and label in lines and t in seen.text]
        if titled:
            return self.lines[max(titled, key=len)][label]
        if (said := self.lines.get(label, alike(label, self.lines))) is not None:
            return said
        if "Your turn" in seen.text and label == next((f.text for f in seen.inputs() if _typed(f)), ""):
            return self.lines.get(KNOWN, alike(KNOWN, self.lines))
        if re.match(r"Outcome", label):
            return self.lines.get("outcomes")
        if label.endswith("y view"):
            return self._of_child("views", label)
        if SCALE.search(label):
            return self._of_child("scale", label)
        asks_reason = re.search(r"(^R|: r)eason$", label) and any(f.text.endswith("y view") for f in seen.inputs())
        return (self._of_child("reasons", label) or self.lines.get("reason")) if asks_reason else None

    def _of_child(self, key: str, label: str) -> object:
        """What the case says at this key for the child whose name stands in a label, else what it says first."""
        said = self.lines.get(key, [])
        return next((v for child, v in zip(self.children, said, strict=False) if child in label), (*said, None)[0])

    def _own_line(self, seen: Seen, child: str) -> bool:
        """Tell whether the case has lines of their own for this child on the card that is shown."""
        ends = (f": {child}", f" ({child})")
        return any(title.endswith(end) and title.removesuffix(end) in seen.text for title in self.lines for end in ends)

    def differs(self) -> bool:
        """Tell whether this person's view, or the reason for it, is not the same for every child."""
        return any(len(set(self.lines.get(key, []))) > 1 for key in ("views", "scale", "reasons"))

    def saying(self, lines: Mapping[str, Any]) -> Actor:
        """The same person with other lines first."""
        return replace(self, lines={**self.lines, **lines})

    def fill_choices(self, seen: Seen) -> None:
        """Choose and tick what must be, and type nothing."""
        for item in seen.inputs():
            if item.element["type"] == "Input.ChoiceSet":
                self._choose(seen, item, self.line_for(seen, item.text))
            elif item.element["type"] == "Input.Toggle":
                self._tick(seen, item, self.line_for(seen, item.text))

    def fill(self, seen: Seen) -> None:
        """Give every empty input an answer: the case's line for its label, else the plainest that it takes."""
        for item in seen.inputs():
            kind, label = item.element["type"], item.text
            said = self.line_for(seen, label)
            if kind == "Input.ChoiceSet":
                self._choose(seen, item, said)
            elif kind == "Input.Text" and (not item.element.get("value") or said is not None):
                self._type(seen, item, said)
            elif kind == "Input.Toggle":
                self._tick(seen, item, said)
            elif kind in ("Input.Date", "Input.Time"):
                self._time(seen, item, said)

    def _tick(self, seen: Seen, item: Field, said: object) -> None:
        """Tick what the case ticks, and what the card came back for."""
        asked = came_back(seen.text, item.text)
        if said is not None or asked:
            self.person.toggle(item.text, on=asked or str(said).lower() in ("true", "yes"), message=seen.message)

    def _time(self, seen: Seen, item: Field, said: object) -> None:
        """Type the case's date or time; noon tomorrow where one must be given."""
        tomorrow = (
            f"{self.clock.now() + timedelta(days=1):%Y-%m-%d}" if item.element["type"] == "Input.Date" else "12:00"
        )
        wanted = item.element.get("isRequired") or came_back(seen.text, item.text.rpartition(": ")[0])
        if said is not None or (wanted and not item.element.get("value")):
            self.person.type(item.text, tomorrow if said is None else str(said), message=seen.message)

    def _spares(self, item: Field) -> bool:
        return self.sparing and not item.element.get("isRequired")

    def _type(self, seen: Seen, item: Field, said: object) -> None:
        if said is None and (OPTIONAL.search(item.text) or self._spares(item)):
            return
        plain = plain_for(item)
        text = str(said) if said is not None else plain
        if text == item.element.get("value"):
            return
        self.tally.texts += 1
        self.person.type(item.text, text, message=seen.message)

    def _choose(self, seen: Seen, item: Field, said: object) -> None:
        offered = item.element["choices"]
        titles = [c["title"] for c in offered]
        if item.text == SAME and said is None:
            said = [t for t in titles if not self._own_line(seen, t)]
        if said == []:
            return
        if said is not None:
            wanted = [str(s) for s in said] if isinstance(said, list) else [str(said)]
            chosen = [t for w in wanted for t in titles if matches(t, w, offered)]
            if chosen:
                self.person.choose(item.text, *chosen, message=seen.message)
                return
        if item.element.get("value") or not titles or OPTIONAL.search(item.text) or self._spares(item):
            return
        if item.element.get("isMultiSelect") and not item.element.get("isRequired"):
            return
        self.person.choose(item.text, plainest(item.text, titles), message=seen.message)


def _typed(item: Field) -> bool:
    return bool(item.element["type"] == "Input.Text")


def positive(seen: Seen) -> str | None:
    """The title of a card's main button: the one that stands out."""
    return next((b.text for b in seen.buttons() if b.element.get("style") == "positive"), None)
