"""What owners do with their actions in the days after: take them on, and say when they are done."""

from __future__ import annotations

from rehearsal.actor import Actor, Seen
from rehearsal.hints import blocks, first_block
from rehearsal.passing import Passing

DONE = "Done as agreed; the record of it is in our own system."


async def accepts(actor: Actor) -> Seen | None:
    """Let somebody take on what is theirs; returns the card of their actions, where there is one."""
    seen = next((s for s in actor.cards() if "Your actions" in s.text), None)
    while seen is not None and "Accept" in seen.titles():
        await actor.press(seen, "Accept", beside=first_block(seen, "Accept"))
        seen = actor.now_on(seen.message)
    return seen


async def see_to(passing: Passing, actor: Actor, seen: Seen | None) -> str:
    """Let somebody say of the first of their actions of which there is something to say that it is done; returns it."""
    said = _to_report(passing, seen) if seen is not None else None
    if seen is None or said is None:
        return ""
    action, words = said
    await actor.press(seen, "Report back", beside=action)
    form = actor.now_on(seen.message)
    actor.person.choose("How does it stand?", "Done", message=form.message)
    actor.person.type("What was done, how far it is, or why", words, message=form.message)
    await actor.press(actor.now_on(form.message), "Send")
    return words


def _to_report(passing: Passing, seen: Seen) -> tuple[str, str] | None:
    """Return an action that can be reported on now, as it is shown, and what is said of it."""
    for action in blocks(seen, "Report back"):
        told = passing.stage.case.reported(action)
        if told is None or told.at <= passing.stage.clock.now():
            return action, told.said if told else DONE
    return None
