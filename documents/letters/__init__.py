"""Letters: what goes out by e-mail. A reference, times, a link and how to answer; never a name, never content."""

from documents.letters.calendar import Appointment, cancel, described, publish, request, uid_of
from documents.letters.letter import Calendar, Letter, Method, letter

__all__ = [
    "Appointment",
    "Calendar",
    "Letter",
    "Method",
    "cancel",
    "described",
    "letter",
    "publish",
    "request",
    "uid_of",
]
