"""The door: who comes, who is let in to which seat, who is there, and whether that is enough.

- admission, knocking, arriving: asking for a seat, being let in, coming late, leaving, being removed.
- call, telephone, guests: the ways in (the meeting's call, a voice on the telephone, a link with a code).
- quorum and relationships: whether those present are enough; right_meeting comes before any content.
"""
