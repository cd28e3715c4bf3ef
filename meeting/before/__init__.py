"""Before the meeting: it is called, the pathway suggests seats, people are invited, answer and prepare.

- convening and amending: what a meeting is called with, and how that changes until it starts.
- calling_off: it is not held after all. reviewing: that its procedure was reviewed here.
- subject: about whom it may be. timely: for when it may be called. naming: what it is called.
- suggesting, routes, mailboxes: whom the circumstances suggest, by which chain of cover, to which allowed address.
- inviting and invitations: what is asked of a seat, and what it answered. forwarding and passing: that somebody else is
  asked instead, and that whoever was asked before hears of it. consenting: who waits for the parents'
  consent. asked_of: what the procedure expects of a seat. briefing: what it confirms to have read.
- preparing: what a seat wrote beforehand.
"""
