"""Runs the migrations on the connection that `storage.upgrading` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # both databases undo a change of tables with the rest of a transaction
    render_as_batch=True,  # SQLite changes a table by copying it
)
context.run_migrations()
