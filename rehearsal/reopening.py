"""What Teams did not fetch because the service was away: people ask for their own part by hand; and who sees what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from rehearsal.actor import Actor, Seen
from rehearsal.teams import Chat

OPEN = "Open my part"
LOOKED_AT = 2  # cards of each screen
STEP = re.compile(r"· Step \d+ of \d+: ")  # on what the whole chat reads of the open step's message


@dataclass(slots=True, kw_only=True)
class Reopening:
    """Who has asked for which part; each is asked for once an edit, and once more where no answer came."""

    chat: Chat
    asked: set[tuple[str, str, int]] = field(default_factory=set)  # by seat, message and edit

    async def of_step(self, actors: Iterable[Actor]) -> bool:
        """Let everybody ask for their part of the open step; tells whether anybody had to.

        Whoever knows only that the step is open cannot know what it asks of them: the chair must not move on meanwhile.
        """
        return await self._asks((actor, [s for s in _shut(actor) if STEP.search(s.text)][:1]) for actor in actors)

    async def of_all(self, actors: Iterable[Actor]) -> bool:
        """Let everybody ask for one part that was left shut, whatever it is; tells whether anybody had to."""
        return await self._asks((actor, _shut(actor)) for actor in actors)

    async def _asks(self, shut: Iterable[tuple[Actor, list[Seen]]]) -> bool:
        edits, asked = {m.id: m.version for m in self.chat.messages}, False
        for actor, cards in shut:
            marks = {(actor.seat, seen.message, edits.get(seen.message, 0)): seen for seen in cards}
            mark = next((one for one in marks if one not in self.asked), None)
            if mark is not None:
                asked = True
                if await actor.press(marks[mark], OPEN):
                    self.asked.add(mark)
        return asked


def _shut(actor: Actor) -> list[Seen]:
    """Return the cards on which somebody reads what the whole chat reads, the newest first."""
    return [seen for seen in actor.cards() if seen.titles() == [OPEN]]


def before_everybody(actors: Iterable[Actor]) -> str:
    """Return the newest cards on each screen, told once for all who see the same: why nobody can go on."""
    seen: dict[str, list[str]] = {}
    for actor in actors:
        cards = [actor.person.screen(message=card.message) for card in islice(actor.cards(), LOOKED_AT)]
        seen.setdefault("\n---\n".join(cards), []).append(actor.person.name)
    return "\n".join(f"=== on the screen of {', '.join(names)}\n{cards}" for cards, names in seen.items())
