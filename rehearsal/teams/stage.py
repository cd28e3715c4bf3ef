"""The parts of this Teams that people and chats work with, and the waiting until all is quiet."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rehearsal.teams.delivery import Delivery
from rehearsal.teams.exchange import Exchange
from rehearsal.teams.screens import Screens

_ROUNDS = 1000


class NeverQuiet(RuntimeError):
    """The bot and this Teams kept answering each other without an end."""


@dataclass(kw_only=True, slots=True)
class Stage:
    """Shared by all persons and chats of one service."""

    exchange: Exchange
    delivery: Delivery
    screens: Screens
    outbox_idle: Callable[[], Awaitable[object]] | None = None

    async def settle(self) -> None:
        """Wait until no client fetches a card and the bot's outbox rests. Raises NeverQuiet after a thousand rounds."""
        for _ in range(_ROUNDS):
            before = self.exchange.traffic
            await self.screens.settled()
            if self.outbox_idle is not None:
                await self.outbox_idle()
            await self.screens.settled()
            if self.exchange.traffic == before:
                return
        raise NeverQuiet(f"still talking after {_ROUNDS} rounds")
