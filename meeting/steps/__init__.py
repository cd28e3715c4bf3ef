"""The kinds of agenda step, one module each; the same stem has its verbs in `dialogs/` and its cards in `cards/`.

- statement, roll_call, record, turns, questions, views, decision, actions, closing.
- record stands on fields, slots, captions, family, considered (who is meant, and in scope) and wording.
- turns and questions stand on floor, turns on turn_events.
- views stand on view_round and view_events.
- decision stands on outcomes, agreement, safeguards, challengeable and required.
- sharing: what waits for an agency to agree to it.
- actions stand on action_list, agreeing, asked, suggestions and follow_on.
"""
