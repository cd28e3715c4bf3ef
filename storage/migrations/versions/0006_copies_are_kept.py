"""Of a message that a crash may have posted twice it is kept that it may, and which older copies were met."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both to the messages."""
    op.add_column("messages", sa.Column("doubled", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("messages", sa.Column("older", sa.String(), nullable=False, server_default=""))
