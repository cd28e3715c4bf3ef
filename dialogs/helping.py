"""What the word `help` says: the words one may type, and what there is to know of the procedure itself."""

from __future__ import annotations

from datetime import datetime

from cards.times import LONDON, day
from dialogs.ports import Record
from dialogs.words import HELP
from meeting.model import Meeting
from meeting.procedure import Procedure
from meeting.timing.working_days import local_day
from procedures.notices import companions, known_by, notices


async def help_for(record: Record, meeting: Meeting, procedure: Procedure, now: datetime) -> str:
    """Return the words, what the procedure is to be read with (CORE-2), and when its review was confirmed here."""
    lines = [HELP, f"Procedure: {', '.join(known_by(procedure))}."]
    lines += (*companions(procedure), *notices(procedure, today=local_day(now, procedure.working_days)))
    confirmed = await record.reviewed(meeting.procedure_hash)
    if confirmed is not None:
        lines.append(f"Its review was confirmed here on {day(confirmed.astimezone(LONDON).date())}.")
    return "\n\n".join(lines)
