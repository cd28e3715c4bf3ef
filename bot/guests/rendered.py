"""Rows of the outbox as one person's browser shows them: what Teams would show that person, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sending.messages import Moment
from bot.sending.rendering import has_message, message_for
from cards.kit import Card
from dialogs.engine import Engine
from dialogs.ports import Posted
from meeting.before.passing import is_former
from meeting.model import Meeting, PersonId, Standing
from meeting.telling.notices import NoticeKind

ASKING = frozenset({NoticeKind.STEP, NoticeKind.TURN, NoticeKind.FORM, NoticeKind.QUESTION, NoticeKind.DOOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One message: the line that a whole chat may read, this person's card, and how to fetch that again."""

    line: str
    card: Card | None
    refresh: Mapping[str, object] | None
    form: bool


def groups(posted: Iterable[Posted], meeting: Meeting, person: PersonId) -> dict[str, Posted]:
    """Return the row that each message shows now, by the message's key: its closing line once that was sent."""
    found: dict[str, Posted] = {}
    for one in posted:
        if not has_message(one.row.kind) or not _for(one, meeting, person):
            continue
        key = one.row.edits or one.row.key
        if one.row.kind is NoticeKind.CLOSE and key not in found:
            continue  # what is closed was never shown here
        found[key] = one
    return found


def _for(one: Posted, meeting: Meeting, person: PersonId) -> bool:
    """Tell whether a row is this person's: everybody's in the chat, or theirs by person or by seat.

    What whoever was asked to a seat before is told is for nobody who sits there now.
    """
    row, somebody = one.row, meeting.people.get(person)
    if is_former(row.subject):
        return False
    if row.seat is not None:
        meant = meeting.people.get(PersonId(row.person), somebody)
        return somebody is not None and somebody.seat == row.seat and (meant is None or meant.name == somebody.name)
    return row.person == person if row.person else not row.private


async def render(moment: Moment, person: PersonId, engine: Engine) -> Rendered | None:
    """Return a row as this person sees it, or None where nobody needs it any more."""
    activity, somebody = message_for(moment, engine), moment.meeting.people.get(person)
    if activity is None or somebody is None:
        return None
    card = next((a["content"] for a in activity.get("attachments", ())), None)
    line = plain_line(str(activity.get("summary", "")))
    mine = moment.row.kind is NoticeKind.STEP or somebody.address in tuple(_mentioned(activity, card))
    form = moment.row.kind in ASKING and mine and somebody.standing is Standing.SEATED
    if card is None:
        return Rendered(line=plain_line(str(activity.get("text", ""))) or line, card=None, refresh=None, form=False)
    fetch = card.get("refresh", {})
    refresh = fetch["action"]["data"] if somebody.address in fetch.get("userIds", ()) else None
    own = await fetched(engine, person, refresh) if refresh is not None else None
    return Rendered(line=line, card=own or card, refresh=refresh, form=form)


async def fetched(engine: Engine, person: PersonId, refresh: Mapping[str, object]) -> Card | None:
    """Return a person's own card of a message, as their client fetches it."""
    answered = await engine.press(person, "chairing.open", refresh, automatic=True)
    return answered.card


def _mentioned(activity: Mapping[str, Any], card: Card | None) -> Iterator[str]:
    entities = [*activity.get("entities", ()), *((card or {}).get("msteams", {}).get("entities", ()))]
    for entity in entities:
        yield str(entity["mentioned"]["id"])


def plain_line(text: str) -> str:
    """Return a line without the marks of a mention."""
    return text.replace("<at>", "").replace("</at>", "")


def digest(card: Card | None) -> str:
    """Return what is another when a card says something else; its tickets are fresh each time and do not count."""
    return hashlib.sha256(json.dumps(_without_tickets(card), sort_keys=True).encode()).hexdigest()


def _without_tickets(node: Any) -> Any:  # noqa: ANN401  # a card's JSON
    if isinstance(node, list):
        return [_without_tickets(item) for item in node]
    if isinstance(node, dict):
        return {key: _without_tickets(value) for key, value in node.items() if key != "t"}
    return node
