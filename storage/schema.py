"""The tables. What a meeting says stands only in sealed columns; everything else is an id, a number, a kind or a time.

Times are whole microseconds since 1970 (see `storage.times`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    literal_column,
)

WAITING, SENDING, SENT, DEAD, DROPPED = "waiting", "sending", "sent", "dead", "dropped"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A procedure is published text: not confidential, kept whole for each meeting that ran under it.
procedures = Table(
    "procedures",
    metadata,
    Column("hash", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("reviewed", BigInteger),  # when a chair first said so, for every meeting under this text
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", String, primary_key=True),
    Column("reference", String, nullable=False, unique=True),
    Column("status", String, nullable=False, index=True),
    Column("chat", String, nullable=False, index=True),
    Column("starts", BigInteger),
    Column("sequence", Integer, nullable=False),
    Column("procedure", String, ForeignKey("procedures.hash"), nullable=False),
    Column("wrapped", LargeBinary),  # the meeting's own key, wrapped by the keyring; gone once it is erased
    Column("wrapped_by", String, nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("head", LargeBinary, nullable=False),  # MAC over the last entry's MAC and its number: finds a cut tail
    Column("erased", BigInteger),
)

entries = Table(
    "entries",
    metadata,
    Column("meeting", String, ForeignKey("meetings.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # who caused it and what happened
    Column("mac", LargeBinary, nullable=False),  # over this row and the MAC before it
)

people_index = Table(
    "people_index",
    metadata,
    Column("meeting", String, ForeignKey("meetings.id"), primary_key=True),
    Column("key", LargeBinary, primary_key=True, index=True),  # keyed HMAC of an identity, never the identity
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),  # in order of creation
    Column("meeting", String, ForeignKey("meetings.id"), nullable=False),
    Column("key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("person", String, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("target", String, nullable=False),  # where order is kept: "" the chat, or a person's own chat
    Column("edits", String, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("lease_until", BigInteger),
    Column("lease_owner", String, nullable=False),
    Column("fence", Integer, nullable=False),  # counts claims: an older lease cannot stamp
    Column("again_at", BigInteger),  # wanted once more while it was being sent
    Column("unwanted", Boolean, nullable=False),  # cancelled while it was being sent
    Column("repeat", Boolean, nullable=False),
    Column("error", String, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("sent_at", BigInteger),
    Column("seat", String, nullable=False, server_default=""),  # whoever sits there, wherever they are reached
    UniqueConstraint("meeting", "key"),
)
# The planner takes a partial index only where the query says the same words, so they are literals.
LITERAL: dict[str, ColumnElement[str]] = {
    state: literal_column(f"'{state}'") for state in (WAITING, SENDING, SENT, DEAD, DROPPED)
}
IS_WAITING = outbox.c.state == LITERAL[WAITING]
IS_SENDING = outbox.c.state == LITERAL[SENDING]
IS_DROPPED = outbox.c.state == LITERAL[DROPPED]
IS_DEAD = outbox.c.state == LITERAL[DEAD]
_order = (outbox.c.urgency, outbox.c.due_at, outbox.c.id)
Index("ix_outbox_order", *_order, sqlite_where=IS_WAITING, postgresql_where=IS_WAITING)
Index("ix_outbox_waiting", outbox.c.due_at, sqlite_where=IS_WAITING, postgresql_where=IS_WAITING)
Index("ix_outbox_sending", outbox.c.meeting, outbox.c.target, sqlite_where=IS_SENDING, postgresql_where=IS_SENDING)
Index("ix_outbox_dead", outbox.c.due_at, sqlite_where=IS_DEAD, postgresql_where=IS_DEAD)

messages = Table(
    "messages",
    metadata,
    Column("meeting", String, ForeignKey("meetings.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("chat", String, nullable=False),
    Column("activity", String, nullable=False),
    Column("doubled", Boolean, nullable=False, server_default=false()),  # a crash may have posted it before
    Column("older", String, nullable=False, server_default=""),  # the ids of such copies that somebody met, by spaces
)

receipts = Table(
    "receipts",
    metadata,
    Column("nonce", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("verb", String, primary_key=True),
    Column("meeting", String, ForeignKey("meetings.id"), nullable=False, index=True),
    Column("said", LargeBinary, nullable=False),  # sealed
    Column("at", BigInteger, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", LargeBinary, primary_key=True),  # SHA-256 of the browser's token; the token is 256 random bits
    Column("id", String, nullable=False, index=True),
    Column("meeting", String, ForeignKey("meetings.id"), nullable=False, index=True),
    Column("person", String, nullable=False),
    Column("seat", String, nullable=False),
    Column("way", String, nullable=False),
    Column("proved", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)

directory = Table(
    "directory",
    metadata,
    Column("address", String, primary_key=True),
    Column("service_url", String, nullable=False),
    Column("tenant", String, nullable=False),
    Column("personal_chat", String, nullable=False),
    Column("call", String, nullable=False, server_default=""),
)

# The chats that the bot was brought into, and what it owes them: addresses only.
installations = Table(
    "installations",
    metadata,
    Column("chat", String, primary_key=True),
    Column("brought_by", String, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("greeted", Boolean, nullable=False),
    Column("offer", String, nullable=False),  # the message that waits for an answer
)

known_as = Table(
    "known_as",
    metadata,
    Column("key", LargeBinary, primary_key=True),  # keyed HMAC of an identity, never the identity
    Column("address", String, nullable=False),
)
