"""A new meeting's first row: its own key, its procedure kept whole, the start of its chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting.model import MeetingId
from meeting.procedure import Procedure
from procedures.stored import content_hash, dump
from storage.chain import Start
from storage.sealing import Seal, fresh_key
from storage.staging import Staged
from storage.states import Folded, Kit, blank
from storage.times import micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a new meeting's record begins with."""

    reference: str
    procedure: Procedure


def opened(kit: Kit, meeting_id: MeetingId, opening: Opening, now: datetime) -> tuple[Folded, Staged]:
    """Return the blank meeting and the rows that open its record."""
    content = dump(opening.procedure)
    procedure_hash, key = content_hash(content), fresh_key()
    wrapped_by, wrapped = kit.keyring.wrap(key, meeting_id)
    start = Start(meeting=meeting_id, reference=opening.reference, procedure=procedure_hash, created=micros(now))
    mac = kit.chain.genesis(start)
    state = Folded(
        meeting=blank(meeting_id, opening.reference, opening.procedure, procedure_hash),
        procedure=opening.procedure,
        sequence=0,
        mac=mac,
        head=kit.chain.head(meeting_id, 0, mac),
        seal=Seal(key),
        keys=frozenset(),
    )
    row: dict[str, object] = {
        "id": meeting_id,
        "reference": opening.reference,
        "status": state.meeting.status.value,
        "chat": "",
        "starts": None,
        "sequence": 0,
        "procedure": procedure_hash,
        "wrapped": wrapped,
        "wrapped_by": wrapped_by,
        "created": start.created,
        "head": state.head,
        "erased": None,
    }
    return state, Staged(procedures=[{"hash": procedure_hash, "content": content, "reviewed": None}], meetings=[row])
