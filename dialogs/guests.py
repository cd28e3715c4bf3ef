"""The guest's way in: a link, a proof of the invited address or of the voice, one seat, until the meeting ends."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs.engine import Forged
from dialogs.links import Codes, Handles
from dialogs.places import OVER, Guest, Place, place_of, web_address
from dialogs.ports import Committed, Record, Session, Sessions, Way
from meeting import machine
from meeting.door.admission import Arrive, Leave
from meeting.door.guests import MAX_TRIES, AskCode, NoteReading, TryCode, guest_id
from meeting.model import Assurance, Entry, Meeting, MeetingId, PersonId, Seat, Status
from meeting.procedure import Procedure
from meeting.refusals import Refused
from meeting.standing import SYSTEM
from meeting.telling.readers import owes

LIVES = timedelta(hours=12)  # of a session while its meeting runs
PAPERS_LIVE = timedelta(minutes=30)  # of one that was begun after the meeting ended
EARLY = timedelta(minutes=30)  # before the start, whoever has the page open is taken to be there
LONGEST_NAME = 80  # characters
KNOCKS, KNOCKS_IN = 5, timedelta(minutes=10)
OUTSIDE, SIGNED_IN_OUTSIDE = "outside Teams", "the council's, outside Teams"


class NoInvitation(Exception):
    """The link was not made here, or its meeting or seat is no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a link opens: one seat of one meeting."""

    meeting: Meeting
    procedure: Procedure
    seat: Seat


class GuestDoor:
    """Lets guests prove themselves, and says at each request where they stand; nothing of it is kept in memory."""

    def __init__(
        self,
        *,
        record: Record,
        sessions: Sessions,
        handles: Handles,
        codes: Codes,
        now: Callable[[], datetime],
    ) -> None:
        self._record, self._sessions, self._handles = record, sessions, handles
        self._codes, self._now = codes, now
        self.now = now

    async def invitation(self, handle: str) -> Invitation:
        """Return what a link stands for; raises NoInvitation."""
        try:
            meeting_id, seat_id = self._handles.open(handle)
            meeting, procedure = await self._record.read(meeting_id)
            return Invitation(meeting=meeting, procedure=procedure, seat=meeting.seats[seat_id])
        except (Forged, KeyError):
            raise NoInvitation from None

    async def send_code(self, handle: str) -> None:
        """Have a code sent to the invited address; raises NoInvitation, Refused."""
        invited = await self.invitation(handle)
        await self._do(invited.meeting.id, AskCode(seat=invited.seat.id))

    async def prove(self, handle: str, typed: str) -> str:
        """Return the token of a new session for whoever typed the right code; raises NoInvitation, Refused."""
        invited = await self.invitation(handle)
        seat, now, session_id = invited.seat, self._now(), secrets.token_hex(8)
        digits = "".join(c for c in typed if c.isdecimal() and c.isascii())
        rightly: list[bool] = []

        def commands(meeting: Meeting) -> tuple[object, ...]:
            known = meeting.codes.get(seat.id)
            number = known.number if known else 0
            right = self._codes.right(meeting.id, seat.id, number, digits)
            rightly[:] = [right]
            tried = TryCode(seat=seat.id, number=number, right=right)
            if not right or (meeting.status in OVER and not _reads_later(meeting, seat)):
                return (tried,)
            return tried, _arrival(meeting, seat, Assurance.GUEST_CODE, session_id, now)

        done = await self._commit(invited.meeting.id, commands)
        if not rightly[-1]:
            raise Refused("code_wrong" if done.meeting.codes[seat.id].tries < MAX_TRIES else "code_worn_out")
        lives = PAPERS_LIVE if done.meeting.status in OVER else LIVES
        session = Session(
            id=session_id,
            meeting=done.meeting.id,
            person=_owner(done.meeting, seat),
            seat=seat.id,
            way=Way.CODE,
            proved=now,
            until=now + lives,
        )
        return await self.begin(session)

    async def read_aloud(self, handle: str, name: str) -> str:
        """Return the token of a session that waits at the door with four digits; raises NoInvitation, Refused."""
        invited = await self.invitation(handle)
        seat, now, person = invited.seat, self._now(), guest_id(invited.meeting.id, invited.seat.id)
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name:
            raise Refused("name_needed")
        if invited.meeting.status in OVER:
            raise Refused("over")
        if await self._sessions.begun(invited.meeting.id, person, since=now - KNOCKS_IN) >= KNOCKS:
            raise Refused("code_wait")
        session = Session(
            id=secrets.token_hex(8),
            meeting=invited.meeting.id,
            person=person,
            seat=seat.id,
            way=Way.VOICE,
            proved=now,
            until=now + LIVES,
        )
        arrive = _arrival(invited.meeting, seat, Assurance.VOUCHED, session.id, now, name=name)
        done = await self._do(invited.meeting.id, arrive)
        if done.meeting.people[person].address != web_address(session.id):
            raise Refused("already_in")
        return await self.begin(session)

    async def sign_in(self, handle: str, person: PersonId) -> str:
        """Return the token of a session for whoever signed in, if this seat is theirs here; raises Refused."""
        invited, now, session_id = await self.invitation(handle), self._now(), secrets.token_hex(8)
        meeting, seat = invited.meeting, invited.seat
        somebody = meeting.people.get(person)
        if somebody is None and seat.aad == person:
            if meeting.status not in OVER or not _reads_later(meeting, seat):
                raise Refused("join_in_teams")
            await self._do(meeting.id, _absent(seat, person, session_id))
        elif somebody is None or somebody.seat != seat.id:
            raise Refused("not_your_seat")
        session = Session(
            id=session_id,
            meeting=meeting.id,
            person=person,
            seat=seat.id,
            way=Way.ENTRA,
            proved=now,
            until=now + (PAPERS_LIVE if meeting.status in OVER else LIVES),
        )
        return await self.begin(session)

    async def begin(self, session: Session) -> str:
        """Keep a session that was proved, and return its token: 256 random bits that only the browser holds."""
        token = secrets.token_urlsafe(32)
        await self._sessions.open(session, token)
        return token

    async def who(self, invited: Invitation, token: str) -> Guest | None:
        """Return who holds this token, if it belongs to this very seat of this very meeting."""
        session = await self._sessions.find(token, now=self._now()) if token else None
        if session is None or (session.meeting, session.seat) != (invited.meeting.id, invited.seat.id):
            return None
        place = place_of(invited.meeting, session)
        return Guest(session=session, meeting=invited.meeting, procedure=invited.procedure, place=place)

    async def come(self, guest: Guest) -> None:
        """Take somebody who opens their page to be in the meeting, once it is about to begin."""
        person, meeting = guest.person, guest.meeting
        if person is None or person.present or guest.place is Place.WAITING:
            return
        seat = meeting.seats[guest.session.seat]
        arrive = _arrival(meeting, seat, person.assurance, guest.session.id, self._now())
        if arrive.joined:
            await self._do(meeting.id, arrive)

    async def note_reading(self, guest: Guest, paper: str, way: str) -> None:
        """Write down who reads which paper, and how."""
        await self._do(guest.meeting.id, NoteReading(reader=guest.session.person, paper=paper, way=way))

    async def leave(self, guest: Guest) -> None:
        """Leave the meeting, and let this browser open nothing any more."""
        if guest.meeting.status not in OVER:
            await self._do(guest.meeting.id, Leave(person=guest.session.person))
        await self._sessions.end(guest.session)

    async def _do(self, meeting_id: MeetingId, *commands: object, by: PersonId = SYSTEM) -> Committed:
        return await self._commit(meeting_id, lambda _meeting: commands, by=by)

    async def _commit(
        self, meeting_id: MeetingId, choose: Callable[[Meeting], tuple[object, ...]], *, by: PersonId = SYSTEM
    ) -> Committed:
        def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
            return machine.decide_all(meeting, choose(meeting), by=by, procedure=procedure, now=self._now())

        return await self._record.commit(meeting_id, decide, now=self._now())


def _owner(meeting: Meeting, seat: Seat) -> PersonId:
    """Return who the holder of the invited mailbox is here: whoever sits there by it, else the seat's guest."""
    for person in meeting.occupants(seat.id):
        if person.assurance is Assurance.SIGNED_IN and person.email.casefold() == seat.email.casefold() != "":
            return person.id
    return guest_id(meeting.id, seat.id)


def _reads_later(meeting: Meeting, seat: Seat) -> bool:
    """Tell whether a meeting that is over has something for a seat whose people never came: its minutes, an action."""
    given = any(a.owner_seat == seat.id for a in meeting.actions)
    closed = meeting.status is Status.CLOSED and (given or meeting.minutes.sending(seat.id) is not None)
    return closed or owes(meeting, seat.id)


def _absent(seat: Seat, person: PersonId, session_id: str) -> Arrive:
    """Return how somebody who stayed away, and has signed in now, becomes known: by the seat's own Entra id."""
    return Arrive(
        person=person,
        name=seat.name or seat.label,
        tenant=SIGNED_IN_OUTSIDE,
        assurance=Assurance.SIGNED_IN,
        address=web_address(session_id),
        email=seat.email,
    )


def _arrival(
    meeting: Meeting, seat: Seat, assurance: Assurance, session_id: str, now: datetime, *, name: str = ""
) -> Arrive:
    known = meeting.people.get(_owner(meeting, seat))
    begins = meeting.called_for
    soon = begins is not None and now >= begins - EARLY
    begun = meeting.status not in OVER and (meeting.started is not None or soon)
    if known is not None and known.assurance is Assurance.SIGNED_IN and assurance is not Assurance.VOUCHED:
        told = {k: getattr(known, k) for k in ("name", "tenant", "assurance", "address", "email")}
        return Arrive(person=known.id, joined=begun, **told)
    digits = f"{secrets.randbelow(10_000):04d}" if assurance is Assurance.VOUCHED and name else ""
    return Arrive(
        person=guest_id(meeting.id, seat.id),
        name=name or seat.name or seat.label,
        tenant=OUTSIDE,
        assurance=assurance,
        address=web_address(session_id),
        email=seat.email,
        joined=begun,
        seat=seat.id,
        digits=digits,
    )
