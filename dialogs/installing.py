"""The bot comes into a chat: it offers the meetings that somebody has convened, or to start one now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cards import kit
from cards.convening import convene_card, start_now
from cards.kit import Card
from cards.times import moment
from dialogs.engine import Engine
from dialogs.ports import Listed, Record
from meeting.model import MeetingId, PersonId, Status

OFFERED = 5  # meetings on one card: those whose time is nearest
OFFERS = ("convening.hold_here", "convening.start_now")  # the verbs that answer which meeting a chat holds


class Installing:
    """Makes the card that is posted when the bot comes into a chat."""

    def __init__(self, *, record: Record, engine: Engine, now: Callable[[], datetime]) -> None:
        self._record, self._engine, self._now = record, engine, now

    async def convene(self, person: PersonId, *, name: str, email: str) -> Card:
        """Return the card that calls a meeting to come, with the meetings that wait for this person above it."""
        procedures = self._engine.procedures.titles()
        card = convene_card(name, email, procedures, tuple(self._engine.pathways.areas.items()))
        rows: list[kit.Element] = []
        waiting = [m for m in await self._record.of_person(person) if m.status == Status.PREPARING]
        for listed in self._nearest(waiting):
            shown = kit.button("Invitations", "invitations.show", {"form": "table"}, free=True)
            row = kit.columns([kit.text(_named(listed))], [kit.buttons(shown)])
            rows.append(self._sealed(row, listed.id, person))
        rows.extend(kit.left_out(len(waiting) - OFFERED))
        made = self._sealed(card, MeetingId(""), person)
        return {**made, "body": [*rows, *made["body"]]}

    async def offer(self, person: PersonId, *, name: str, email: str, chat: str, private: bool) -> Card:
        """Return the offer for one person: their convened meetings, and to start one now; in 1:1, to convene one."""
        if private:
            return await self.convene(person, name=name, email=email)
        known = [*await self._record.of_person(person), *(await self._record.of_person(email) if email else ())]
        waiting = [m for m in dict.fromkeys(known) if m.status == Status.PREPARING and not m.chat]
        body, here = [kit.heading("Chairside")], {"chat": chat}
        if waiting:
            body.append(kit.text("Which of your meetings is held in this chat?"))
        for listed in self._nearest(waiting):
            hold = kit.button(
                "Hold it here",
                "convening.hold_here",
                {**here, "email": email, "who": person},
                style="positive",
                free=True,
            )
            row = kit.columns([kit.text(_named(listed))], [kit.buttons(hold)])
            body.append(self._sealed(row, listed.id, PersonId("")))  # whoever leads it may answer
        body.extend(kit.left_out(len(waiting) - OFFERED))
        procedures = self._engine.procedures.titles()
        form = self._sealed(start_now(chat, name, procedures), MeetingId(""), person)
        if waiting:
            body += [
                kit.buttons(kit.unfold("Start another meeting now", "start")),
                {**form, "id": "start", "isVisible": False},
            ]
        else:
            body.append(form)
        return kit.card(body, speak="Which meeting is held here?")

    def _nearest(self, waiting: Sequence[Listed]) -> list[Listed]:
        """Return the meetings that a card offers, the one that begins about now first."""
        now = self._now()
        return sorted(waiting, key=lambda m: abs(m.starts - now) if m.starts else timedelta.max)[:OFFERED]

    def _sealed(self, row: kit.Element, meeting: MeetingId, person: PersonId) -> kit.Element:
        return self._engine.seal(row, meeting, person, {})


def _named(listed: Listed) -> str:
    return f"{listed.reference}, {moment(listed.starts)}" if listed.starts else listed.reference
