"""After the meeting: its minutes from draft to every recipient, and what follows from it.

- minutes, preflight, marking, correcting: drafting, versions, what blocks authorising, restricted lines.
- distributing, case_system, retention: who gets them, where they are recorded, how long they are kept.
- shutting: whose access the chair ends after the close.
- succeeding: who holds what the chair still has to do, once the chair cannot.
- evidence: what an agency can show of its part, in numbers.
- follow_up, reconvening, escalating, updates, asking_again: actions, further meetings, challenges, news to attendees.
"""
