"""A process that holds a little meeting until it is killed: `python -m tests.faults.storage_victim URL KEYS POINT NTH`.

It tells on its output what it was told (`acknowledged N`), what left the house (`posted KEY`), and what it stamped.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from dialogs.ports import Receipt
from meeting.model import MeetingId
from storage import Keyring, Store
from storage.failpoints import At, Point
from tests.contract.little import NOON, Watch, little_store, opened, say, send

MEETING = MeetingId("m1")


def killer(point: str, nth: int) -> At:
    """Return a failpoint that kills this process when it comes to a point for the nth time."""
    left = nth

    def at(here: Point) -> None:
        nonlocal left
        if here == point:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    return at


def tell(line: str) -> None:
    """Print a line whole or not at all: another thread may be killing this process."""
    os.write(1, f"{line}\n".encode())


def press(number: int) -> Receipt:
    """Return the press that turn N answers."""
    return Receipt(nonce=f"press {number}", person="ann", verb="turns.finish", said=f"{number}")


async def hold(store: Store) -> None:
    """Take turns, and post what is due after each."""
    await opened(store)
    for number in range(1, 1000):
        await store.record.commit(MEETING, say(f"{number}", send(f"{number}")), now=NOON, receipt=press(number))
        tell(f"acknowledged {number}")
        for row in await store.outbox.claim(now=NOON, limit=5, lease_seconds=30):
            tell(f"posted {row.key}")
            await store.outbox.sent(row, now=NOON, activity=f"activity {row.key}", chat="c")
            tell(f"stamped {row.key}")


if __name__ == "__main__":
    url, keys, point, nth = sys.argv[1:]
    asyncio.run(hold(little_store(url, Keyring.at(Path(keys)), now=Watch(), at=killer(point, int(nth)))))
