"""The rules of a strategy meeting, pure: commands in, entries out; no clock, no I/O, standard library only.

Where what lives (a step's kind has the same stem in `dialogs/` and `cards/`; what people see of it is in `screens/`):

- The two functions and what they stand on: machine, registry, model, procedure, values, known, refusals.
- Who may do what: access, standing, duties, guests.
- The agenda and its gates: agenda, chairing, gates, conditions, flags, pausing, straight, waiting, handover, closing.
- Before the meeting: convening, amending, preparing, suggesting, routes, mailboxes, invitations, inviting.
- The door: admission, arriving, knocking, call, telephone, quorum, roll_call, right_meeting, relationships.
- What is recorded: statement, record, fields, slots, family, wording.
- Agencies in turn, and questions: turns, floor, questions.
- Views and decision: views, view_round, view_events, decision, outcomes, agreement, safeguards, challengeable.
- Actions: actions, action_list, agreeing, asked, required, follow_on, follow_up.
- Time: clocks, moments, deadlines, latest, reminding, working_days.
- What has to be told: notices, telling, telling_later, telling_minutes, alerts, chasing, silence, delivery.
- The minutes: minutes, minutes_kept, preflight, marking, correcting, case_system, distributing, retention.
- After the meeting: reconvening, escalating, updates, asking_again.
"""
