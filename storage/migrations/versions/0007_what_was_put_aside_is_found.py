"""What was put aside is counted and listed by an index of its own, however many rows were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    where = sa.text("state = 'dead'")
    op.create_index("ix_outbox_dead", "outbox", ["due_at"], sqlite_where=where, postgresql_where=where)
