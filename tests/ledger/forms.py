"""Filling in the forms of a step as the note-taker does, for the ledger tests."""

from __future__ import annotations

from rehearsal.teams.view import Field
from tests.ledger.world import Answers, World

BLANK = "Please answer this."
BACK = "Back to the step"


async def write(world: World, beside: str, answers: Answers) -> str:
    """The note-taker fills in one row, page by page; returns the card it ends on: the step, or a form with errors."""
    if BACK in world.newest(world.notes):
        await world.press(world.notes, BACK)
    return await whole(world, await world.fill_in(world.notes, beside, answers), answers)


async def add(world: World, table: str, row: Answers) -> str:
    """The note-taker adds a line to a table of the open step; returns the card it ends on."""
    if BACK in world.newest(world.notes):
        await world.press(world.notes, BACK)
    await world.press(world.notes, f"Add: {table}")
    return await whole(world, await world.submit(world.notes, row), row)


async def whole(world: World, card: str, answers: Answers) -> str:
    """Send a form again for as long as it asks for more, and once more where it only brought up new questions."""
    before = ""
    while BACK in card and "Keep the wording" not in card and card != before:
        before, card = card, await world.submit(world.notes, answers)
    return card


def choices(world: World, label: str) -> list[str]:
    """The titles that an input of the note-taker's newest card offers."""
    _, pieces = next(world.notes.pieces(world.stage.chat))
    field = next(p for p in pieces if isinstance(p, Field) and p.text == label)
    return [str(c["title"]) for c in field.element["choices"]]


def stands_at(world: World, label: str) -> bool:
    """The chair's newest card is that of this step."""
    return label in world.newest(world.chair).splitlines()[1]


def missing(world: World) -> str:
    """What the chair's newest card says is still missing."""
    return world.newest(world.chair).partition("Still missing: ")[2].partition("\n")[0]
