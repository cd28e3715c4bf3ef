"""The record, the outbox and the keys, kept in SQLite or PostgreSQL."""
