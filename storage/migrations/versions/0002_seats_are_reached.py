"""The outbox names a seat, and the directory knows people by their other names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the seat to the outbox, and the table of identities."""
    op.add_column("outbox", sa.Column("seat", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "known_as",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_known_as"),
    )
