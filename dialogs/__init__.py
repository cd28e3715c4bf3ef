"""What a person may do: verbs, thin, one module for each kind of step, named as its rules and its cards are.

- How a press is carried out: asking (verbs and views), engine, verbs (registers them all), ports, doors, places.
- What forms share: forms, drafts, paging, reading, dues, matching.
- Typed words: talk. The bot in a chat: installing. One person over all meetings: across.
- Before: drafting and planning, calling, convening, invitations, inviting, links and guests.
- During: the kinds of step, and around them chairing, moves, handover, admission, earlier, safeguards.
- After: minutes, minuting, marking, keeping_back, issued, papers, own_page, distributing; follow_up, afterwards,
  reconvening.
"""
