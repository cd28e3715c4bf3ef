"""One person's duties over all their meetings, in their 1:1 chat: what they have to do, and what a chair waits for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from cards import kit
from cards.calendars import calendar_button
from cards.evidence import evidence_card
from cards.follow_up import action_box
from cards.kit import Card, Element
from cards.reminders import reminder_lines
from cards.short import share
from cards.times import LONDON
from dialogs.engine import Engine
from dialogs.ports import Record
from meeting.after.evidence import Evidence, evidence, may_see
from meeting.ids import titled
from meeting.model import Meeting, PersonId, Standing, Status
from meeting.refusals import Refused
from meeting.screens.follow_up import own_screen
from meeting.screens.frame import Look
from meeting.screens.reminder import overdue_screen
from meeting.telling.chasing import overdue

MEETINGS = 40  # looked at, newest first
ROWS = 10  # actions or meetings of one card, which has its limit; the rest is counted
LINES = 4  # overdue things of one meeting, among several
NOTHING = "Nothing is yours to do in any meeting."
NOTHING_LATE = "Nothing is overdue in a meeting that you chair."


class Across:
    """Makes cards whose rows belong to several meetings, each sealed for its own."""

    def __init__(self, *, engine: Engine, record: Record, now: Callable[[], datetime]) -> None:
        self._engine, self._record, self._now = engine, record, now

    async def own(self, person: PersonId) -> Card:
        """Return what somebody has to do soonest, meeting by meeting, and how much more there is."""
        body: list[Element] = [kit.heading("Your actions")]
        open_ones = [(k, one) async for k in self._looks(person) for one in own_screen(k).actions if one.open]
        soonest = sorted(open_ones, key=lambda pair: pair[1].due)[:ROWS]
        room, by_meeting = share(len(soonest)), dict[str, list[Element]]()
        for look, one in soonest:
            lines = by_meeting.setdefault(look.meeting.id, [self._titled(look)])
            lines.append(self._sealed(kit.box(action_box(one, room)), look, "follow_up.own"))
        body.extend(line for lines in by_meeting.values() for line in lines)
        if len(open_ones) > ROWS:
            body.append(
                kit.text(f"And {len(open_ones) - ROWS} more, due later. They show as these are done.", subtle=True)
            )
        body += [] if open_ones else [kit.text(NOTHING)]
        return kit.card([*body, *await self._older(person)], speak="Your actions")

    def _titled(self, look: Look) -> Element:
        """Return the line above one meeting's actions, with the way to their calendar file."""
        title = kit.text(look.meeting.reference, bold=True)
        row = kit.columns([title], [kit.buttons(calendar_button("actions"))]) if look.calendar else title
        return self._sealed(row, look, "follow_up.own")

    async def overdue(self, person: PersonId) -> Card:
        """Return what is late in the meetings that somebody chairs: numbers and seats, with the way to each."""
        body: list[Element] = [kit.heading("Overdue")]
        late = [k async for k in self._looks(person) if k.chairs and overdue(k.meeting, k.procedure, k.now)]
        for look in late[:ROWS]:
            screen = overdue_screen(look.meeting, look.procedure, look.now)
            lines = [kit.text(line) for line in reminder_lines(screen, LINES)]
            press = kit.button("Deadlines", "follow_up.deadlines")
            box = kit.box([kit.text(look.meeting.reference, bold=True), *lines, kit.buttons(press)])
            body.append(self._sealed(box, look, "follow_up.deadlines"))
        if len(late) > ROWS:
            body.append(kit.text(f"And {len(late) - ROWS} more meetings, held earlier.", subtle=True))
        body += [] if late else [kit.text(NOTHING_LATE)]
        return kit.card([*body, *await self._older(person)], speak="Overdue")

    async def evidence(self, person: PersonId, named: str) -> Card:
        """Return an agency's figures, one's own unless another is named; raises Refused for another's (STY-5.2e)."""
        looks = [look async for look in self._looks(person) if look.meeting.started and not _cancelled(look)]
        seats = (look.meeting.seat_of(person) for look in looks)
        own = next((s.agency for s in seats if s is not None), "")
        agency = named.strip().casefold().replace(" ", "_") or own
        mine = [k for k in looks if may_see(k.meeting, person, agency) and _invited(k.meeting, agency)]
        if not mine:
            raise Refused("not_your_report")
        return evidence_card(titled(agency), [_figures(k, agency) for k in mine])

    async def _older(self, person: PersonId) -> list[Element]:
        """Return how many meetings were not looked at; nothing where all were."""
        rest = len(await self._record.of_person(person)) - MEETINGS
        told = f"Looked at: your newest {MEETINGS} meetings. {rest} older ones are not shown here."
        return [kit.text(told, subtle=True)] if rest > 0 else []

    async def _looks(self, person: PersonId) -> AsyncIterator[Look]:
        """Yield the meetings that somebody is let into, or invited to; of a cancelled one what they took on is left."""
        for listed in (await self._record.of_person(person))[:MEETINGS]:
            meeting, procedure = await self._record.read(listed.id)
            known = meeting.people.get(person)
            if known is None or known.standing is Standing.SEATED:
                calendar = self._engine.calendars
                yield Look(meeting=meeting, procedure=procedure, person=person, now=self._now(), calendar=calendar)

    def _sealed(self, row: Element, look: Look, view: str) -> Element:
        return self._engine.seal(row, look.meeting.id, look.person, {"view": view, "at": "{}"})


def _cancelled(look: Look) -> bool:
    return look.meeting.status is Status.CANCELLED


def _invited(meeting: Meeting, agency: str) -> bool:
    return any(s.agency == agency for s in meeting.seats.values())


def _figures(look: Look, agency: str) -> tuple[str, Evidence]:
    day = (look.meeting.started or look.now).astimezone(LONDON)
    return f"{look.meeting.reference}, {day:%-d %b %Y}", evidence(look.meeting, look.procedure, agency, look.now)
