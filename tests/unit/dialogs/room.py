"""A meeting whose people press what they see: the real engine over a record in memory, no channel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.asking import Show
from dialogs.engine import Answered, Engine, Ticket
from dialogs.ports import Committed, Decide, Receipt
from meeting.machine import evolve
from meeting.model import Answer, Meeting, MeetingId, PersonId
from meeting.procedure import Procedure
from tests.unit.documents.played import Play


class OpenTickets:
    """Tickets that anybody could read: the real ones seal them."""

    def __init__(self) -> None:
        self.made = 0

    def seal(self, ticket: Ticket) -> str:
        return json.dumps([ticket.meeting, ticket.person, ticket.nonce, dict(ticket.args)])

    def open(self, text: str) -> Ticket:
        meeting, person, nonce, args = json.loads(text)
        return Ticket(meeting=meeting, person=person, nonce=nonce, args=args)

    def nonce(self) -> str:
        self.made += 1
        return f"n{self.made}"


class OneMeeting:
    """A record of one meeting, in memory."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.receipts: dict[str, Receipt] = {}

    async def commit(
        self, meeting_id: MeetingId, decide: Decide, *, now: datetime, receipt: Receipt | None = None
    ) -> Committed:
        play = self.play
        if receipt is not None and receipt.nonce in self.receipts:
            first = self.receipts[receipt.nonce]
            return Committed(meeting=play.meeting, procedure=play.procedure, entries=(), repeat=first)
        entries = tuple(decide(play.meeting, play.procedure))
        for entry in entries:
            play.meeting = evolve(play.meeting, entry)
        if receipt is not None:
            self.receipts[receipt.nonce] = receipt
        return Committed(meeting=play.meeting, procedure=play.procedure, entries=entries)

    async def read(self, meeting_id: MeetingId) -> tuple[Meeting, Procedure]:
        return self.play.meeting, self.play.procedure

    async def reviewed(self, procedure_hash: str) -> datetime | None:
        return self.play.meeting.reviewed


@dataclass(kw_only=True)
class Room:
    """People with one card each."""

    play: Play
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, Answered] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.engine = Engine(record=OneMeeting(self.play), tickets=OpenTickets(), now=lambda: self.play.now)  # type: ignore[arg-type]

    async def opens(self, person: str, view: str = "chairing.mine", /, **args: str) -> Room:
        """Let somebody open a message of the chat."""
        self.cards[person] = await self.engine.show(PersonId(person), MeetingId("m1"), Show(view=view, args=args))
        return self

    async def press(self, person: str, title: str, /, **inputs: str) -> Answered:
        """Press the button of this title on somebody's card; fails where it is not there, or a client would hold it."""
        card = self.cards[person]
        found = [b for b in each(card, "Action.Execute") if b["title"] == title]
        assert found, f"{person} sees no {title!r}, only {titles(card)}"
        button = found[0]
        given = {} if button.get("associatedInputs") == "none" else self._given(card, inputs)
        answer = await self.engine.press(PersonId(person), button["verb"], {**button["data"], **given})
        self.answers[person] = answer
        if answer.card is not None:
            self.cards[person] = answer.card
        return answer

    def _given(self, card: dict[str, Any], inputs: dict[str, str]) -> dict[str, str]:
        known = {i["id"]: i for i in inputs_of(card)}
        assert set(inputs) <= set(known), f"no input {set(inputs) - set(known)}, only {sorted(known)}"
        given = {key: inputs.get(key, i.get("value", "")) for key, i in known.items()}
        held = [i["label"] for key, i in known.items() if i.get("isRequired") and not given[key]]
        assert not held, f"a client holds this back: {held}"
        return {k: v for k, v in given.items() if v or known[k]["type"] == "Input.Text"}

    def text(self, person: str) -> str:
        """Return all the words of somebody's card."""
        return words(self.cards[person])


def each(node: object, kind: str = "") -> list[dict[str, Any]]:
    """Return every element of a card, or those of one type."""
    if isinstance(node, list):
        return [e for item in node for e in each(item, kind)]
    if not isinstance(node, dict):
        return []
    here = [node] if "type" in node and (not kind or node["type"] == kind) else []
    return here + [e for value in node.values() for e in each(value, kind)]


def titles(card: object) -> list[str]:
    """Return the titles of a card's buttons."""
    return [e["title"] for e in each(card) if e["type"].startswith("Action.") and e["title"] != "Refresh"]


def inputs_of(card: object) -> list[dict[str, Any]]:
    """Return a card's inputs."""
    return [e for e in each(card) if e["type"].startswith("Input.")]


def words(card: object) -> str:
    """Return what a card says, line by line."""
    lines: list[str] = []
    for element in each(card):
        if element["type"] == "TextBlock":
            lines.append(element["text"])
        elif element["type"] == "RichTextBlock":
            lines.append("".join(run["text"] for run in element["inlines"]))
        elif element["type"].startswith("Input."):
            lines.append(f"{element['label']} [{element.get('value', '')}]")
    return "\n".join(lines)


def everybody(play: Play) -> Sequence[str]:
    """Return the ids of everybody who came."""
    return tuple(play.meeting.people)


def answer_at(play: Play, step: str, part: str, subject: str = "") -> Answer:
    """Return what stands in a slot; fails where nothing does."""
    found = play.meeting.answer(step, part, subject)
    assert found is not None, (step, part, subject)
    return found
