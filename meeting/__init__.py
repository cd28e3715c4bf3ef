"""The rules of a strategy meeting, pure: commands in, entries out; no clock, no I/O, standard library only.

What everything stands on lies here: machine (the two functions), registry, model, procedure, values, known, refusals,
remembered, ids, circumstances, conditions and flags; and who may do what: access, standing, owning, duties, roles. The
rest by a meeting's life:

- `before/`: convening, pathways, invitations, preparation.
- `door/`: admission, the call, quorum, the right meeting.
- `running/`: the agenda and its gates, the chair's moves, waiting.
- `steps/`: one module per kind of agenda step, with the same stem in `dialogs/` and `cards/`.
- `after/`: minutes, distribution, further meetings, escalation.
- `timing/`: clocks, deadlines, working days. `telling/`: which entry has to be told to whom.
- `screens/`: what one person may see of it all; cards take screens, never meetings.
"""
