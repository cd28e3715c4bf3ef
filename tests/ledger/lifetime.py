"""What the ledger tests of the time after a meeting share: actions on the list, the clock, everybody's own chat."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from cards.times import LONDON
from rehearsal.teams import Person
from rehearsal.teams.journal import Posted
from rehearsal.teams.view import Field
from tests.ledger.world import World

_DIGEST = re.compile(r"\d+ things? (?:is|are) still open, ")


async def agree(world: World, what: str, owner: str, day: str, clock: str) -> None:
    """The note-taker puts an action on the list: a named person, a date (ISO) and a time."""
    await world.press(world.notes, "Add an action")
    label = next(x for x in world.labels(world.notes) if x.startswith("Named p"))
    world.fill(world.notes, "What", what)
    choices = world.offered(world.notes, label)
    world.choose(world.notes, label, next(t for t in choices if t.startswith(owner)))
    world.fill(world.notes, "Or another time: date", day)
    world.fill(world.notes, "Or another time: time", clock)
    await world.press(world.notes, "Save")


async def tell(world: World, person: Person, title: str, **inputs: str) -> str:
    """Press a button on somebody's newest card in their own chat, its inputs by label; returns the chat."""
    chat = world.own_chat(person)
    for label, value in inputs.items():
        name = label.replace("_", " ")
        pieces = next(person.pieces(chat))[1]
        field = next(p for p in pieces if isinstance(p, Field) and p.text.startswith(name))
        if field.element["type"] == "Input.ChoiceSet":
            person.choose(field.text, value, in_=chat)
        else:
            person.type(field.text, value, in_=chat)
    await person.press(title, in_=chat, settle=True)
    await world.settle()
    return "\n\n".join(reversed(person.screens(chat)))


async def close(world: World, *, reason: str = "Agreed with all.") -> None:
    """The chair goes on to the end and closes; what may be passed with a reason is passed."""
    for _ in range(12):
        titles = world.titles(world.chair)
        move = next((t for t in titles if re.match(r"Next: |Close the meeting", t)), None)
        if move is None:
            return
        await world.press(world.chair, move)
        for label in ("Reason for going on without", "Reason for closing without, for the minutes"):
            if label in world.labels(world.chair) and "Still" in world.newest(world.chair):
                world.fill(world.chair, label, reason)
        if "Go on with this reason" in world.titles(world.chair):
            await world.press(world.chair, "Go on with this reason")


async def until(world: World, text: str) -> None:
    """Move the clock to a local time (ISO), and let everything that is due until then happen as it comes."""
    end = datetime.fromisoformat(text).replace(tzinfo=LONDON)
    clock, outbox = world.stage.clock, world.stage.service.store.outbox
    for _ in range(400):
        due = await outbox.next_due()
        if due is None or due > end:
            break
        clock.advance(max(due - clock.now(), timedelta(0)))
        world.stage.service.dispatcher.wake()
        await world.settle()
    clock.advance(max(end - clock.now(), timedelta(0)))
    world.stage.service.dispatcher.wake()
    await world.settle()


def private(world: World, person: Person) -> list[tuple[datetime, str]]:
    """When and with what words the bot wrote to somebody's own chat by itself, in order."""
    posts = [e for e in world.stage.teams.journal if isinstance(e, Posted)]
    return [(e.at.astimezone(LONDON), e.text) for e in posts if e.chat in _own_chats(world, person)]


def reminders(world: World, person: Person, about: str) -> list[str]:
    """The local times at which somebody was reminded of something, as 'Thu 24 Dec 17:00'.

    Asked for a reminder, what a digest lists below it does not count.
    """
    told = [
        (at, _DIGEST.split(text)[0] if about.startswith("Reminder") else text) for at, text in private(world, person)
    ]
    return [f"{at:%a} {at.day} {at:%b %H:%M}" for at, text in told if re.search(about, text)]


def _own_chats(world: World, person: Person) -> set[str]:
    return {c.id for c in world.stage.teams.chats if c.record.personal and person.mri in c.record.members}
