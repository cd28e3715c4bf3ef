"""Reminders of actions and duties, as their readers get them: on time, once at each rung, none after it is done."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import At
from tests.ledger.lifetime import agree, close, private, reminders, until


@pytest.mark.ledger("SAN-10.9")
async def test_an_action_is_followed_up_until_it_is_done(at: At) -> None:
    """One message at each rung: before, at and after the time, then the manager, then the chair; none after Done."""
    async with at("ACTIONS") as world:
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-01-06", "12:00")
        await agree(world, "Ask the school", "Sara Lund", "2027-01-06", "12:00")
        await close(world)
        await until(world, "2027-01-13T12:00")
        for p in ("visitor", "chair", "school", "deputy", "notes"):
            print("==", p)
            for when, text in private(world, getattr(world, p)):
                print(f"{when:%a %d %b %H:%M}", text.replace("\n", " | ")[:300])
        print(reminders(world, world.visitor, "Action 1"))
