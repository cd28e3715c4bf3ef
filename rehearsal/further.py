"""The further meeting: called with its reason, everybody asked again, opened with what the first one left open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cards.times import LONDON
from meeting.procedure import Kind
from rehearsal.actor import Actor, Tally
from rehearsal.convening import plain, send
from rehearsal.hints import NEXT, asked, preferring, step_card
from rehearsal.inviting import Answers
from rehearsal.passing import Passing
from rehearsal.play import GO_ON, WITHOUT, Play
from rehearsal.stage import Stage

WHY = "An action of the first meeting is still open, and its plan is looked at again."
HEARD = "All heard aloud, go on"
AS_BEFORE = "As the minutes of the first meeting have it."
MOVE = timedelta(seconds=20)
AHEAD = timedelta(hours=2)


async def play_further(passing: Passing, play: Play) -> Play:
    """Call, hold and close the further meeting; returns how it was played."""
    chair = play.chair.seat
    since = len(passing.stage.post.letters)
    starts = await calls_further(passing, chair)
    answers = Answers(passing=passing, chair=chair, since=since)
    await answers.all()
    await passing.until(starts - timedelta(minutes=1), answers.all)
    return await _hold(passing, play)


async def calls_further(passing: Passing, chair: str) -> datetime:
    """Let whoever chairs call the further meeting and send its invitations; return when it begins."""
    starts = await _call(passing, chair)
    await send(passing, *(await passing.says(chair, "invitations")))
    return starts


async def _call(passing: Passing, chair: str) -> datetime:
    actor, seen = await passing.says(chair, "after")
    form = await passing.press(actor, seen, "Call a further meeting")
    starts = (passing.stage.clock.now() + AHEAD).replace(minute=0, second=0, microsecond=0)
    local = starts.astimezone(LONDON)
    lines = {
        "Why it is held": passing.stage.case.afterwards("further", "why", plain=WHY),
        "Or another time: date": f"{local:%Y-%m-%d}",
        "Or another time: time": f"{local:%H:%M}",
    }
    writer = actor.saying(lines)
    writer.sparing = True
    writer.fill(form)
    await passing.press(actor, form, "Call it")
    return starts


def in_own_chat(play: Play) -> tuple[Stage, dict[str, Actor]]:
    """Return the stage and everybody of the first meeting in a new chat, the further meeting's own."""
    stage, first = play.stage, play.chair.person
    others = [a.person for a in play.present() if a.person is not first]
    chat = stage.teams.meeting_chat("Further meeting", organizer=first, members=others)
    case = stage.case.further()
    actors = {
        seat: replace(actor.saying(case.lines.get(seat, {})), chat=chat, tally=Tally())
        for seat, actor in play.actors.items()
    }
    return replace(stage, chat=chat, case=case), actors


async def _hold(passing: Passing, play: Play) -> Play:
    """Hold the meeting in a chat of its own: the chair leads through what was left open, and closes."""
    stage, actors = in_own_chat(play)
    passing.transcript.chat, passing.transcript.apart = stage.chat.id, False

    async def beat() -> None:
        stage.clock.advance(MOVE)
        await passing.rest()

    again = Brief(
        stage=stage,
        actors=actors,
        scribe=play.scribe,
        scene=play.scene,
        beat=beat,
        quiet=play.quiet,
        without=AS_BEFORE,
    )
    await again.gather()
    await passing.rest()
    passing.shows(f"{play.chair.person.name} sees", _left_open(again.chair))
    await again.start()
    await again.run(until=next(s.id for s in stage.procedure.agenda if s.kind is Kind.VIEWS))
    again.short = False
    await again.run()
    await passing.rest()
    return again


def _left_open(chair: Actor) -> str:
    """Return what the panel says before the start: what this meeting continues, what was decided, what is asked for."""
    panel = chair.find("Start the meeting")
    lines = plain(panel[0]).splitlines() if panel else []
    return "\n".join(line for line in lines if not line.endswith("(to come)"))


@dataclass(slots=True, kw_only=True)
class Brief(Play):
    """A meeting on what is known: up to the views the chair goes on where the record lets them, with the reason why."""

    tried: set[str] = field(default_factory=set)  # cards on which the chair tried to go on
    short: bool = True

    async def go_on(self) -> bool:
        """Let the chair go on, or the others do what is missing; tells whether anybody did something."""
        if not self.short:
            return await Play.go_on(self)
        if step_card(self.chair) is None:
            return False
        return await leads_briefly(self, self.tried) or await self._others() or await self._chairs()


async def leads_briefly(play: Play, tried: set[str]) -> bool:
    """Let the chair go on where one press, or a reason, is enough; tells whether it was. `tried` are cards.

    Whoever is asked for something, their name at the roll call say, answers first.
    """
    seen = step_card(play.chair)
    titles = seen.titles() if seen is not None else []
    way = next((t for t in titles if NEXT.match(t)), "")
    if seen is None:
        return False
    if HEARD in titles:
        await play.chair.press(seen, HEARD)
    elif asked(actor for actor in play.present() if actor is not play.chair):
        return False
    elif GO_ON in titles:
        await play.chair.saying({WITHOUT: play.without}).complete(seen, primary=preferring(GO_ON))
    elif way and seen.text not in tried:
        tried.add(seen.text)
        await play.chair.press(seen, way)
    else:
        return False
    await play.stage.settle()
    return True
