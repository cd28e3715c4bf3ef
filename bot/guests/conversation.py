"""One person in a browser, in one meeting: the port `web.port.Conversation`, kept by the engine of Teams people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.guests.rendered import Rendered, fetched
from bot.guests.screens import Screens
from cards.times import moment
from dialogs.asking import Show
from dialogs.engine import Engine
from dialogs.places import Guest, Place
from dialogs.talk import Talk
from meeting.before.naming import title_of
from meeting.door.admission import barred
from web.panel import Panel
from web.port import Answer, AnswerKind, Look, Phase, Press, Unknown

STATEMENT = "statement"  # the message that holds the confidentiality statement
VIEW = "admission.statement"
PASSED_ON = "Thank you. Whoever you named is asked now; there is nothing more for you to do here."
NOT_THIS = "That button belongs to another meeting."


class GuestConversation:
    """Made for one request; what is kept stands in the record and on the screen."""

    def __init__(
        self,
        guest: Guest,
        *,
        screens: Screens,
        engine: Engine,
        talk: Talk,
        now: Callable[[], datetime],
        fictional: bool = False,
    ) -> None:
        self._guest, self._screens, self._engine = guest, screens, engine
        self._talk, self._now, self._fictional = talk, now, fictional
        self._meeting, self._person = guest.meeting.id, guest.session.person

    @property
    def speaks(self) -> bool:
        """Whoever has accepted the statement may write to the bot, as in a 1:1 chat."""
        return self._guest.place in (Place.OPEN, Place.PAPERS)

    async def look(self, *, after: int = 0) -> Look:
        """Return what this person sees now."""
        match self._guest.place:
            case Place.WAITING:
                self._screens.of(self._meeting, self._person).keep_only(frozenset())
                return self._shut(Phase.WAITING, self._digits())
            case Place.STATEMENT:
                return await self._to_accept(after)
            case _:
                screen = await self._screens.sync(self._meeting, self._person)
        held = [h.message for h in screen.held.values() if h.message.mark > after]
        return replace(
            self._shut(Phase.OPEN, self._ended()),
            mark=screen.mark,
            messages=tuple(sorted(held, key=lambda m: m.at)),
            gone=tuple(key for key, mark in screen.gone.items() if mark > after),
            panel=self._panel(),
        )

    async def changed(self, *, after: int) -> None:
        """Wait for the next commit; the page then asks anew who this is."""
        if self._screens.of(self._meeting, self._person).mark <= after:
            await self._screens.wait()

    async def press(self, press: Press) -> Answer:
        """Carry out a press: only on a message that stands on this screen, only with a ticket of this meeting."""
        screen = self._screens.of(self._meeting, self._person)
        if press.message not in screen.held or self._guest.place is Place.WAITING:
            raise Unknown
        if self._engine.meeting_of(press.data) != self._meeting:
            return Answer(kind=AnswerKind.ERROR, text=NOT_THIS)
        answered = await self._engine.press(self._person, press.verb, press.data)
        if answered.card is None:
            return Answer(kind=AnswerKind.ERROR if answered.refused else AnswerKind.MESSAGE, text=answered.text)
        self._guest = await self._screens.newest(self._guest)
        if self._guest.place is Place.OUT:
            return Answer(kind=AnswerKind.MESSAGE, text=PASSED_ON)
        if press.message in screen.held and press.message != STATEMENT:
            screen.show(press.message, answered.card)
        return Answer(kind=AnswerKind.CARD)

    async def refresh(self, message: str) -> Answer:
        """Fetch this person's card of a message again."""
        screen = self._screens.of(self._meeting, self._person)
        held = screen.held.get(message)
        if held is None:
            raise Unknown
        card = await fetched(self._engine, self._person, held.refresh) if held.refresh is not None else None
        if card is not None:
            screen.show(message, card)
        return Answer(kind=AnswerKind.CARD)

    async def say(self, text: str) -> None:
        """Say something to the bot, and show what it says back; nobody else sees either."""
        screen = self._screens.of(self._meeting, self._person)
        screen.say(text, None, self._name, self._now())
        said = await self._talk.hear(self._person, self._meeting, text, private=True)
        screen.say(said.text, said.card, "Chairside", self._now())
        self._screens.wake()

    def _shut(self, phase: Phase, banner: str) -> Look:
        """Return the head of the page, and nothing below it."""
        meeting, procedure = self._guest.meeting, self._guest.procedure
        seat, screen = meeting.seat_of(self._person), self._screens.of(meeting.id, self._person)
        return Look(
            epoch=screen.epoch,
            mark=screen.mark,
            title=f"{meeting.reference} · {title_of(meeting, procedure)}",
            who=self._name,
            role=seat.label if seat else "",
            banner=banner,
            fictional=self._fictional,
            phase=phase,
        )

    async def _to_accept(self, after: int) -> Look:
        """Return the confidentiality statement, the only thing to be seen until it is accepted."""
        screen = self._screens.of(self._meeting, self._person)
        async with screen.lock:
            if STATEMENT not in screen.held:
                card = await self._engine.show(self._person, self._meeting, Show(view=VIEW))
                stated = Rendered(line="Confidentiality", card=card, refresh=None, form=True)
                screen.put(STATEMENT, stated, (), self._now(), board=False)
        message = screen.held[STATEMENT].message
        shut = self._shut(Phase.OPEN, "Please read this first.")
        return replace(shut, mark=screen.mark, messages=(message,) if message.mark > after else ())

    def _panel(self) -> Panel:
        """Return the panel; the actions' words only for whoever may see content."""
        meeting, procedure, person = self._guest.meeting, self._guest.procedure, self._guest.person
        panel = self._screens.panels.of(meeting, procedure, person=self._person, now=self._now())
        hidden = person is None or barred(meeting, procedure, person) is not None
        return replace(panel, actions=()) if hidden else panel

    def _digits(self) -> str:
        person = self._guest.person
        digits = " ".join(person.digits) if person else ""
        return f"Read these digits aloud to the chair: {digits}. The chair lets you in." if digits else "Please wait."

    def _ended(self) -> str:
        if self._guest.place is not Place.PAPERS:
            return ""
        until = moment(self._guest.session.until)
        return f"The meeting has ended. Your papers and your actions stay open here until {until}."

    @property
    def _name(self) -> str:
        person = self._guest.person
        return person.name if person else ""
