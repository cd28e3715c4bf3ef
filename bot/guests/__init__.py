"""People outside Teams: the same rows of the outbox, the same cards and the same engine, in a browser."""
