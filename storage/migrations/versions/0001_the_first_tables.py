"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


MEETINGS = (
    sa.Column("id", sa.String(), nullable=False),
    sa.Column("reference", sa.String(), nullable=False),
    sa.Column("status", sa.String(), nullable=False),
    sa.Column("chat", sa.String(), nullable=False),
    sa.Column("starts", sa.BigInteger()),
    sa.Column("sequence", sa.Integer(), nullable=False),
    sa.Column("procedure", sa.String(), nullable=False),
    sa.Column("wrapped", sa.LargeBinary()),
    sa.Column("wrapped_by", sa.String(), nullable=False),
    sa.Column("created", sa.BigInteger(), nullable=False),
    sa.Column("head", sa.LargeBinary(), nullable=False),
    sa.Column("erased", sa.BigInteger()),
)
ENTRIES = (
    sa.Column("meeting", sa.String(), nullable=False),
    sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("at", sa.BigInteger(), nullable=False),
    sa.Column("sealed", sa.LargeBinary(), nullable=False),
    sa.Column("mac", sa.LargeBinary(), nullable=False),
)
OUTBOX: tuple[sa.Column[Any], ...] = (
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
    sa.Column("meeting", sa.String(), nullable=False),
    sa.Column("key", sa.String(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("subject", sa.String(), nullable=False),
    sa.Column("person", sa.String(), nullable=False),
    sa.Column("private", sa.Boolean(), nullable=False),
    sa.Column("target", sa.String(), nullable=False),
    sa.Column("edits", sa.String(), nullable=False),
    sa.Column("due_at", sa.BigInteger(), nullable=False),
    sa.Column("urgency", sa.Integer(), nullable=False),
    sa.Column("attempts", sa.Integer(), nullable=False),
    sa.Column("state", sa.String(), nullable=False),
    sa.Column("lease_until", sa.BigInteger()),
    sa.Column("lease_owner", sa.String(), nullable=False),
    sa.Column("fence", sa.Integer(), nullable=False),
    sa.Column("again_at", sa.BigInteger()),
    sa.Column("unwanted", sa.Boolean(), nullable=False),
    sa.Column("repeat", sa.Boolean(), nullable=False),
    sa.Column("error", sa.String(), nullable=False),
    sa.Column("created", sa.BigInteger(), nullable=False),
    sa.Column("sent_at", sa.BigInteger()),
)
OUTBOX_INDEXES = (
    ("order", "waiting", ["urgency", "due_at", "id"]),
    ("waiting", "waiting", ["due_at"]),
    ("sending", "sending", ["meeting", "target"]),
)


def upgrade() -> None:
    """Make all tables of the first release."""
    _meetings()
    _outbox()
    _people()


def _meetings() -> None:
    op.create_table(
        "procedures",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_procedures"),
    )
    op.create_table(
        "meetings",
        *MEETINGS,
        sa.ForeignKeyConstraint(["procedure"], ["procedures.hash"], name="fk_meetings_procedure_procedures"),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
        sa.UniqueConstraint("reference", name="uq_meetings_reference"),
    )
    for column in ("chat", "status", "wrapped_by"):
        op.create_index(f"ix_meetings_{column}", "meetings", [column])
    op.create_table(
        "entries",
        *ENTRIES,
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_entries_meeting_meetings"),
        sa.PrimaryKeyConstraint("meeting", "sequence", name="pk_entries"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        *OUTBOX,
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_outbox_meeting_meetings"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("meeting", "key", name="uq_outbox_meeting_key"),
    )
    for name, state, columns in OUTBOX_INDEXES:
        where = sa.text(f"state = '{state}'")
        op.create_index(f"ix_outbox_{name}", "outbox", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "messages",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_messages_meeting_meetings"),
        sa.PrimaryKeyConstraint("meeting", "key", name="pk_messages"),
    )


def _people() -> None:
    op.create_table(
        "people_index",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_people_index_meeting_meetings"),
        sa.PrimaryKeyConstraint("meeting", "key", name="pk_people_index"),
    )
    op.create_index("ix_people_index_key", "people_index", ["key"])
    op.create_table(
        "receipts",
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_receipts_meeting_meetings"),
        sa.PrimaryKeyConstraint("nonce", "person", "verb", name="pk_receipts"),
    )
    op.create_index("ix_receipts_meeting", "receipts", ["meeting"])
    op.create_table(
        "directory",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("service_url", sa.String(), nullable=False),
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("personal_chat", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_directory"),
    )
