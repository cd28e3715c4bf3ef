"""What the ledger tests of the minutes share: everybody's own chat, where the minutes are read, amended and sent."""

from __future__ import annotations

from rehearsal.teams import Person
from rehearsal.teams.view import Button, Field
from tests.ledger.world import World

GO_ON = "Go on with the minutes"
REASON = "Reason for authorising without, for the minutes"


async def act(world: World, person: Person, title: str, *, beside: str | None = None, **inputs: str) -> str:
    """Fill inputs by the beginning of their label, press a button of the newest card in one's own chat; returns it."""
    chat = world.stage.teams.personal_chat(person)
    for label, value in inputs.items():
        pieces = next(person.pieces(chat))[1]
        field = next(p for p in pieces if isinstance(p, Field) and p.text.startswith(label.replace("_", " ")))
        if field.element["type"] == "Input.ChoiceSet":
            person.choose(field.text, *value.split("|"), in_=chat)
        elif field.element["type"] == "Input.Toggle":
            person.toggle(field.text, in_=chat)
        else:
            person.type(field.text, value, in_=chat)
    await person.press(title, in_=chat, beside=beside, settle=True)
    await world.settle()
    return person.screen(in_=chat)


def titles(world: World, person: Person) -> list[str]:
    """The buttons on the newest card of somebody's own chat."""
    chat = world.stage.teams.personal_chat(person)
    return [p.text for p in next(person.pieces(chat))[1] if isinstance(p, Button)]


def asked(world: World, person: Person) -> list[str]:
    """The labels of the inputs on the newest card of somebody's own chat."""
    chat = world.stage.teams.personal_chat(person)
    return [p.text for p in next(person.pieces(chat))[1] if isinstance(p, Field)]


async def panel(world: World, person: Person) -> str:
    """Open the minutes' panel in one's own chat."""
    await world.say(person, "minutes", private=True)
    return await act(world, person, GO_ON)


async def write_up(world: World) -> None:
    """The note-taker writes up whatever is owed."""
    for _ in range(60):
        card = await panel(world, world.notes)
        if "must be written up" not in card:
            return
        await act(world, world.notes, "Write up")
        await act(world, world.notes, "Write it up", What_was_said="Said in the meeting.")


async def authorise(world: World, reason: str = "Settled by telephone.", by: Person | None = None) -> str:
    """The chair, or who has the chair's leave, authorises; a reason passes what is missing and may be passed."""
    chair = by or world.chair
    await write_up(world)
    await panel(world, chair)
    if "Check the draft" in titles(world, chair):
        await act(world, chair, "Check the draft")
    card = await act(world, chair, "Authorise")
    inputs = {}
    if any(label.startswith("Reflects") for label in asked(world, chair)):
        inputs["Reflects"] = "true"
    if REASON in card:
        inputs[REASON.replace(" ", "_")] = reason
    return await act(world, chair, "Authorise", **inputs)
