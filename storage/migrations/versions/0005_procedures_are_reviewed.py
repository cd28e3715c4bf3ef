"""When somebody here said that a procedure was reviewed is kept beside its text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the time to the procedures."""
    op.add_column("procedures", sa.Column("reviewed", sa.BigInteger(), nullable=True))
