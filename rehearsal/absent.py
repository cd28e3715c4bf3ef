"""Owners of an action who were not in the meeting: a letter asks them, and its link leads to their page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from rehearsal.actor import Actor, Seen, Stuck
from rehearsal.inviting import at_their_page
from rehearsal.passing import Passing

YOURS = "for you to do"  # in the subject of a letter to an owner
VISITS = 2  # one accepts, one finishes


@dataclass(slots=True, kw_only=True)
class Absent:
    """Lets each of them accept their action behind the letter's link, and finish it the next time."""

    passing: Passing
    accepts: Callable[[Actor], Awaitable[object]]
    finishes: Callable[[Actor, Seen], Awaitable[str]]
    visits: Counter[str] = field(default_factory=Counter)

    async def by_letter(self) -> None:
        """Let whoever was written to, and was never in the meeting, see to their action."""
        others = self.passing.stage.case.data.get("before", {}).get("others", ())
        written = {str(one["To"]) for one in self.passing.stage.post.letters if YOURS in str(one["Subject"])}
        for other in others:
            if other["email"] in written and self.visits[other["email"]] < VISITS:
                self.visits[other["email"]] += 1
                async with at_their_page(self.passing, other["email"], other["name"]) as actor:
                    await self._sees_to_it(actor, other["name"])
                await self.passing.rest()

    async def _sees_to_it(self, actor: Actor, name: str) -> None:
        acts, now = self.passing.transcript.acts, self.passing.stage.clock.now()
        acts(now, name, "opens the letter's link, types the code")
        seen = next((s for s in actor.cards() if "Your actions" in s.text), None)
        if seen is None:
            raise Stuck(f"{name} finds no action behind the letter's link\n{actor.person.screen()}")
        if "Accept" in seen.titles():
            await self.accepts(actor)
            acts(now, name, "presses “Accept”")
        elif "Report back" in seen.titles() and (said := await self.finishes(actor, seen)):
            acts(now, name, f"presses “Report back”, then “Send”: Done; {said}")
