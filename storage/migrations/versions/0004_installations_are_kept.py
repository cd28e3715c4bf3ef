"""The chats that the bot was brought into are kept, and each chat's call."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the call to the directory, and the table of installations."""
    op.add_column("directory", sa.Column("call", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "installations",
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("brought_by", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("greeted", sa.Boolean(), nullable=False),
        sa.Column("offer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_installations"),
    )
