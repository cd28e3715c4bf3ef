"""One test or more for each statement of the ledger, through the message interface."""
