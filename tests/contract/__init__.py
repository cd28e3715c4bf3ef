"""One suite for each port, run against SQLite and PostgreSQL alike."""
