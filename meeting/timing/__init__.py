"""Time: which clocks run from which moment, in hours, days or working days, and which reminders follow from them.

- moments: when what a clock starts from, or stops at, happened. clocks and deadlines: what is due, and why.
- latest: the last date that is still in time. working_days: weekends, bank holidays, a council's own closed days.
- reminding: the reminders that one deadline brings, as the difference between two meetings.
"""
