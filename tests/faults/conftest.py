"""What the ledger's tests share, shared here too: a meeting that stands at a step."""

from tests.ledger.conftest import at, snapshots

__all__ = ["at", "snapshots"]
