"""Browsers in which guests are let in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of sessions."""
    op.create_table(
        "sessions",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("proved", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_sessions_meeting_meetings"),
        sa.PrimaryKeyConstraint("hash", name="pk_sessions"),
    )
    for column in ("id", "meeting"):
        op.create_index(f"ix_sessions_{column}", "sessions", [column])
