"""A start beside a database that is away."""

from types import SimpleNamespace
from typing import Any, cast

from bot.catching_up import CatchingUp
from bot.clock import Tick


async def away(*_: object) -> None:
    """Fail as a store does whose server is gone."""
    raise ConnectionError("Isla")


async def test_what_cannot_be_made_up_for_is_logged_and_ends_nothing(service_logs):
    """Whoever stops the service later is not told of it in place of an orderly end."""
    broken = cast(Any, SimpleNamespace(listed=away, catch_up=away, find=away))
    await CatchingUp(record=broken, directory=broken, arrivals=broken, offers=broken).run()
    logged = service_logs()
    assert [event for event in ("catching_up.offers", "catching_up.meetings") if event not in logged] == []
    assert "Isla" not in logged


async def test_a_tick_wakes_the_dispatcher_though_the_database_is_away():
    """It meets the same error and logs it; the next tick comes."""
    woken = []
    tick = Tick(outbox=cast(Any, SimpleNamespace(next_due=away)), wake=lambda: woken.append(1), daily=away)
    await tick._look()
    assert woken == [1]
