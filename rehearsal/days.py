"""The days after a meeting: what falls due is sent in its time, owners see to their actions, the minutes go out.

One owner stays silent, so that a rehearsal shows who is told next; one agency challenges the decision; and what is
still open in the end is what a further meeting begins with.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from meeting.model import ActionState, Meeting
from rehearsal.absent import Absent
from rehearsal.actor import Actor, Seen, Stuck, Tally, positive
from rehearsal.hints import first_block
from rehearsal.owners import accepts, see_to
from rehearsal.passing import Passing
from rehearsal.play import Play
from rehearsal.roles import challenger, silent

DAY, LENGTH = timedelta(days=1), timedelta(days=7)
WORK = timedelta(minutes=80)  # until the first actions are done
WRITTEN_UP = "As it was said in the meeting, from the note-taker's own notes."
ANSWERED = "It was weighed on what was known then; the findings go to every agency today."
OUTCOME = "Spoke by telephone and found no agreement."
PUT = "Put it to the chair"
NEWS = "What we found after the meeting was not before it when it decided."
SETTLED = "Agreed between the managers: the plan is looked at again in the further meeting."


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What one seat's person does in the days after a meeting: not before `after` has passed since it closed."""

    after: timedelta
    seat: str
    act: Callable[[str], Awaitable[None]]
    ready: Callable[[Meeting], bool]  # whether it is still to be done, and can be


async def play_days(passing: Passing, play: Play) -> None:
    """Play the days after the meeting: the minutes are authorised and sent on the next one."""
    days = Days(passing=passing, silent=silent(play, {play.chair.seat, play.scribe}))
    closed = passing.stage.clock.now()
    absent = Absent(passing=passing, accepts=accepts, finishes=partial(see_to, passing))
    for due in sorted([*timetable(days, play), *_reports(days, play, closed)], key=lambda due: due.after):
        await passing.until(closed + due.after, days.answer if due.after > WORK else days.accept)
        await absent.by_letter()
        if due.ready(await play.meeting()):
            await due.act(due.seat)


def _reports(days: Days, play: Play, closed: datetime) -> Iterator[Due]:
    """Yield when the case has something reported; what it gives no time for is reported as soon as somebody looks."""

    async def looks(_: str) -> None:
        await days.answer()

    for at in sorted({one.at for one in play.stage.case.reports() if one.at > closed + WORK}):
        yield Due(after=at - closed, seat=play.chair.seat, act=looks, ready=lambda _: True)


def timetable(days: Days, play: Play) -> tuple[Due, ...]:
    """Return what is done in the days after, in order: minutes, a challenge that goes through the local protocol."""
    chair, scribe = play.chair.seat, play.scribe
    other = challenger(play, {chair, scribe} | days.silent)
    dues = (
        Due(after=WORK, seat=other, act=days.challenges, ready=lambda m: not m.challenges),
        Due(after=DAY, seat=chair, act=days.closes_actions, ready=_reported),
        Due(after=DAY, seat=chair, act=days.answers_challenge, ready=lambda m: any(not c.answer for c in m.challenges)),
        Due(after=DAY, seat=scribe, act=days.write_up, ready=lambda m: m.minutes.notes_recorded is None or _owes(m)),
        Due(after=DAY, seat=chair, act=days.authorise, ready=lambda m: m.minutes.authorised is None and not _owes(m)),
        Due(after=2 * DAY, seat=other, act=days.escalates, ready=lambda m: _answered(m) and not m.escalations),
        Due(after=2 * DAY, seat=chair, act=days.confirm, ready=lambda m: bool(m.minutes.sent)),
        Due(after=5 * DAY, seat=other, act=days.finds_no_agreement, ready=lambda m: _stands(m, moved=False)),
        Due(after=LENGTH, seat=chair, act=days.settles, ready=lambda m: _stands(m, moved=True)),
    )
    return tuple(due for due in dues if due.seat)


def _reported(meeting: Meeting) -> bool:
    return any(action.state is ActionState.DONE and action.closed is None for action in meeting.actions)


def _owes(meeting: Meeting) -> bool:
    return any(debt.written_up is None for debt in meeting.debts.values())


def _answered(meeting: Meeting) -> bool:
    return any(challenge.answer for challenge in meeting.challenges)


def _stands(meeting: Meeting, *, moved: bool) -> bool:
    return any(one.resolved is None and bool(one.moves) is moved for one in meeting.escalations)


@dataclass(slots=True, kw_only=True)
class Days:
    """What people do in the days after, each alone with the bot."""

    passing: Passing
    silent: frozenset[str] = frozenset()  # seats that do not answer

    async def write_up(self, scribe: str) -> None:
        """Let the note-taker write up what was said aloud, and say that the notes are written."""
        actor, seen = await self._minutes(scribe)
        while "Write up" in seen.titles():
            owed = first_block(seen, "Write up")
            await actor.press(seen, "Write up", beside=owed)
            form = actor.now_on(seen.message)
            said = self.passing.stage.case.said_aloud(owed + form.text) or WRITTEN_UP
            await actor.saying(dict.fromkeys((f.text for f in form.inputs()), said)).complete(form, primary=positive)
            actor, seen = await self._minutes(scribe)
        if "The notes are written" in seen.titles():
            await actor.press(seen, "The notes are written")

    async def authorise(self, chair: str) -> None:
        """Let the chair check and authorise the minutes, and send them to everybody."""
        actor, seen = await self._minutes(chair)
        if "Check the draft" in seen.titles():
            await actor.press(seen, "Check the draft")
            seen = actor.now_on(seen.message)
        if "Authorise" not in seen.titles():
            self.passing.shows(f"{actor.person.name} cannot authorise the minutes yet", seen.text)
            return
        await actor.press(seen, "Authorise")
        form = actor.now_on(seen.message)
        for item in form.inputs():
            if item.element["type"] == "Input.Toggle":
                actor.person.toggle(item.text, on=True, message=form.message)
        await actor.complete(form, primary=lambda s: "Authorise" if "Authorise" in s.titles() else None)
        seen = actor.now_on(seen.message)
        self.passing.shows(f"{actor.person.name} sees", next(x for x in seen.text.splitlines() if "Version" in x))
        if "Send to all who wait" in seen.titles():
            await actor.press(seen, "Send to all who wait")

    async def confirm(self, chair: str) -> None:
        """Let the chair confirm what is to be done in the case system, and that the minutes stand there."""
        actor, seen = await self._minutes(chair)
        while "Done" in seen.titles():
            await actor.press(seen, "Done", beside=first_block(seen, "Done"))
            if (form := actor.now_on(seen.message)).inputs():  # who there sends the minutes: the team as a whole
                await replace(actor, sparing=True).complete(form, primary=positive)
            actor, seen = await self._minutes(chair)
        if "Confirm" in seen.titles():
            await actor.press(seen, "Confirm")
            await actor.complete(actor.now_on(seen.message), primary=positive)

    async def challenges(self, seat: str) -> None:
        """Let somebody put a challenge to the chair, from their own panel."""
        actor, seen = await self.passing.says(seat, "panel")
        more = await self.passing.press(actor, seen, "More")
        await self.passing.press(actor, more, "Challenge")
        case = self.passing.stage.case
        lines = {"What you challenge, and why": case.afterwards("challenge", "why", plain=NEWS)}
        if decision := case.afterwards("challenge", "decision"):
            lines["Which decision"] = decision
        await self._fills(seat, PUT, lines)

    async def answers_challenge(self, chair: str) -> None:
        """Let the chair answer the challenge that waits."""
        actor, seen = await self.passing.says(chair, "panel")
        more = await self.passing.press(actor, seen, "More")
        await self.passing.press(actor, more, "Answer a challenge")
        answer = self.passing.stage.case.afterwards("challenge", "answer", plain=ANSWERED)
        await self._fills(chair, "Answer", {"Your answer": answer})

    async def _fills(self, seat: str, press: str, lines: Mapping[str, object]) -> None:
        """Fill in the form that came for somebody into the meeting's chat."""
        actor = self.passing.actors[seat]
        found = actor.find(press)
        if found is None:
            raise Stuck(f"{actor.person.name} gets no form with '{press}'\n{actor.person.screen()}")
        form, _ = found
        writer = replace(actor.saying(lines), tally=Tally())
        writer.fill(form)
        await writer.press(form, press)
        await self.passing.rest()

    async def closes_actions(self, chair: str) -> None:
        """Let the chair close what its owners report as done."""
        actor, seen = await self.passing.says(chair, "after")
        way = next((t for t in seen.titles() if t.startswith("Answer actions")), "")
        seen = await self.passing.press(actor, seen, way)
        while "Close it" in seen.titles():
            seen = await self.passing.press(actor, seen, "Close it", beside=first_block(seen, "Close it"))

    async def escalates(self, seat: str) -> None:
        """Let somebody take their challenge to the local protocol."""
        actor, seen = await self.passing.says(seat, "after")
        await self.passing.press(actor, seen, "Escalate")

    async def moves_on(self, seat: str, text: str, ends: str) -> None:
        """Let somebody say what a stage of the protocol came to."""
        actor, seen = await self.passing.says(seat, "after")
        form = await self.passing.press(actor, seen, "Next stage, or resolved")
        actor.person.type("What this stage came to", text, message=form.message)
        actor.person.choose("And now", ends, message=form.message)
        await self.passing.press(actor, form, "Record it")

    async def finds_no_agreement(self, seat: str) -> None:
        """Let somebody say that the stage at which their challenge stands found no agreement."""
        stage = self.passing.stage.case.afterwards("challenge", "stage", plain=OUTCOME)
        await self.moves_on(seat, stage, "On to the next stage")

    async def settles(self, seat: str) -> None:
        """Let somebody say that the challenge is settled."""
        settled = self.passing.stage.case.afterwards("challenge", "settled", plain=SETTLED)
        await self.moves_on(seat, settled, "It is resolved")

    async def _minutes(self, seat: str) -> tuple[Actor, Seen]:
        """Open the minutes' panel in somebody's 1:1 chat."""
        actor, seen = await self.passing.says(seat, "minutes")
        return actor, await self.passing.press(actor, seen, "Go on with the minutes")

    async def accept(self) -> None:
        """Let everybody take on what is theirs."""
        for actor in self._awake():
            await accepts(actor)

    async def answer(self, held: Collection[str] = ()) -> None:
        """Let everybody say that they have the minutes, and see to their own actions, but for the seats held."""
        for actor in self._awake(held):
            for copy in [s for s in actor.cards() if "I have them" in s.titles()]:
                await actor.press(copy, "I have them")
            await see_to(self.passing, actor, await accepts(actor))

    def _awake(self, held: Collection[str] = ()) -> Iterator[Actor]:
        return (self.passing.alone(seat) for seat in self.passing.actors if seat not in {*self.silent, *held})
