"""From a row of the outbox to a message: due, claimed, still relevant, rendered, sent, stamped.

`dispatcher` claims rows that are due and stamps them after they were taken; `deeds` does what is no message. `doubled`
knows which copy of a message that a crash doubled is the live one. `reaching`
finds the channel of a seat. `rendering` is the registry of everything unprompted: how each kind looks as a message of
Teams (`messages`) and as a letter (`letters`); `inviting`, `reminders`, `minutes` and `delaying` hold
those of their subjects.
"""
