"""What every card must keep: the official schema, labels, at most six inputs, its size, no markup from people."""

import json

from cards.kit import Card, sealed
from rehearsal.teams.schema import card_check
from tests.unit.dialogs.room import each, inputs_of

MOST_INPUTS = 6
MOST_BYTES = 28 * 1024
TICKET = "t" * 700  # a sealed ticket, generously


def faults_of(card: Card, *, is_sealed: bool = False) -> list[str]:
    """Return what is wrong with a card."""
    whole = card if is_sealed else sealed(card, lambda _args: TICKET)
    faults = [f"schema: {fault}" for fault in (card_check()(whole),) if fault]
    inputs = inputs_of(whole)
    faults += [f"{i['id']} has no label" for i in inputs if not i.get("label")]
    faults += [f"{i['id']} has no error message" for i in inputs if i.get("isRequired") and not i.get("errorMessage")]
    faults += [f"{i['id']} stands twice" for i in inputs if [j["id"] for j in inputs].count(i["id"]) > 1]
    if len(inputs) > MOST_INPUTS:
        faults.append(f"{len(inputs)} inputs")
    size = len(json.dumps(whole, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        faults.append(f"{size} bytes")
    return faults


def markup_of(card: Card) -> list[str]:
    """Return the texts of a card that a client reads markup in."""
    read = [e["text"] for e in each(card, "TextBlock")]
    return read + [str(f) for e in each(card, "FactSet") for f in e["facts"]]
