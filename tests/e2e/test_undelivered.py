"""What could not be delivered: who can mend it hears of it, and sends it again, in Teams or by the command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from meeting.before.invitations import AnswerInvitation, Invite, Move, WithdrawSeat
from meeting.model import ReplyKind, SeatId
from meeting.telling.delivery import NoteFailure
from rehearsal.stage import Stage, settings_for
from rehearsal.teams import Person
from tests.e2e.test_invitations import HOUSING, NURSERY, POLICE, WHY, do, press, record, record_only
from tests.e2e.test_operating import run
from tests.e2e.test_reaching import SAYS, reached

GONE = "550 5.1.1 no such user"


async def health(stage: Stage) -> tuple[int, dict[str, object]]:
    """What the service says of itself to whoever asks."""
    address = f"http://127.0.0.1:{stage.service.port}/health"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.json()


async def typed(*words: str) -> str:
    """Type a command beside the running service."""
    return (await asyncio.to_thread(run, "outbox", *words))[1]


async def said(stage: Stage, person: Person, words: str) -> str:
    """Write to the bot, and read what it shows."""
    chat = stage.teams.personal_chat(person)
    await person.say(chat, words)
    await stage.settle()
    return person.screen(in_=chat)


async def later(stage: Stage, seconds: float) -> None:
    """Let time pass, and the service look at what is due."""
    stage.clock.advance(timedelta(seconds=seconds))
    stage.service.dispatcher.tick()
    await stage.settle()


async def test_what_could_not_be_delivered_is_told_listed_and_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chair reads whom to telephone and sends it again once it is mended; so does whoever keeps the service."""
    async with reached(tmp_path) as (stage, box):
        settings = settings_for(stage.teams, tmp_path)
        monkeypatch.setattr("bot.app.utc_now", stage.clock.now)
        monkeypatch.setenv("CHAIRSIDE_DATABASE", settings.database)
        monkeypatch.setenv("CHAIRSIDE_KEYRING", str(settings.keyring))
        chair = stage.people["chair"]
        await chair.install_bot()
        box.refusals[POLICE] = GONE
        await do(stage, Invite(reason=WHY))
        assert any(SAYS in n.text for n in chair.notifications)
        status, body = await health(stage)
        assert (status, body["ok"], body["put_aside"], body["due"]) == (200, True, 1, 0)
        (line,) = [one for one in (await typed("list")).splitlines() if "put aside" in one and "SM-2041" in one]
        assert "invitation  to police" in line
        assert "put aside: their mail server refuses the address" in line
        number = line.split()[0]
        assert "state: put aside: their mail server refuses the address" in await typed("show", number)

        chat = stage.teams.personal_chat(chair)
        why = "Police, Tom Ellery: could not be delivered: telephone (their mail server refuses the address)"
        assert why in await said(stage, chair, "invitations")
        assert "It is sent again." in "".join([await press(stage, chair, "Send again"), *chair.screens(chat)])
        assert why in await said(stage, chair, "invitations")
        assert len([n for n in chair.notifications if SAYS in n.text]) == 2

        assert "will be sent" in await typed("resend", number)
        await later(stage, 1)
        box.refusals.clear()  # before it is asked for: the service may look at any second
        assert f"{number}: will be sent" in await typed("resend", number)
        await later(stage, 1)
        assert len(box.to(POLICE)) == 1
        assert "delivered already" in await typed("resend", number)
        assert " sent" in next(one for one in (await typed("list", "SM-2041")).splitlines() if "to police" in one)
        told = str(await health(stage)) + await typed("list", "SM-2041")
        assert not [w for w in ("Isla", "Rowan", "Marsh", "Tom Ellery", "fracture", POLICE) if w in told]
        assert not stage.teams.violations


async def test_a_mail_server_that_keeps_somebody_waiting_keeps_nobody_else(tmp_path: Path) -> None:
    """While letters hang, what comes after them goes out in Teams; and each letter arrives once."""
    async with reached(tmp_path) as (stage, box):
        box.hold = asyncio.Event()
        chair, police = stage.people["chair"], stage.people["police"]
        for person in (chair, police):
            await person.install_bot()
        chat = stage.teams.personal_chat(police)
        await record_only(stage, Invite(reason=WHY))
        await until(lambda: any("invited" in text for text in police.screens(chat)))
        await record_only(stage, NoteFailure(seat=SeatId("police"), key="one", kind="alert", why="no_address"))
        await until(lambda: any(SAYS in n.text for n in chair.notifications))
        assert box.letters == []
        box.hold.set()
        await stage.settle()
        assert len(box.to(HOUSING)) == 1


def told(chair: Person) -> list[str]:
    """What the chair was notified of about letters that wait."""
    return [n.text for n in chair.notifications if "letter" in n.text and "mail server" in n.text]


def waits(seats: list[str]) -> str:
    """What the chair is told while a letter to each of these seats waits."""
    away = "the mail server does not take letters now. Please telephone"
    return f"SM-2041: {len(seats)} letters wait: {away}: {', '.join(seats)}."


async def test_the_chair_hears_once_that_letters_wait_and_once_that_none_does(tmp_path: Path) -> None:
    """After ten minutes, at once where the meeting is near: how many letters wait, and for whom."""
    async with reached(tmp_path) as (stage, box):
        chair, police = stage.people["chair"], stage.people["police"]
        for person in (chair, police):
            await person.install_bot()
        await do(stage, Move(starts=stage.clock.now() + timedelta(hours=5)))
        box.at_data = "451 4.3.0 come again"
        await do(stage, Invite(reason=WHY))
        asked = [s.label for s in (await record(stage)).seats.values() if s.id not in ("chair", "police")]
        for seconds in (31, 31, 31, 480):
            await later(stage, seconds)
        assert told(chair) == []
        await do(stage, AnswerInvitation(seat=SeatId("housing"), reply=ReplyKind.ATTENDING))  # by telephone
        await later(stage, 120)
        first = waits([label for label in asked if label != "Housing"])
        assert told(chair) == [first]
        await do(stage, WithdrawSeat(seat=SeatId("early_help"), reason="Not needed."))  # one letter more
        for _ in range(3):
            await later(stage, 901)
        assert (told(chair), box.letters) == ([first], [])
        box.at_data = ""
        await later(stage, 901)
        over = "SM-2041: no letter waits for the mail server any more."
        assert told(chair) == [first, over]
        assert len(box.to(NURSERY)) == 1

        box.at_data = "451 4.3.0 come again"
        await do(stage, Move(starts=stage.clock.now() + timedelta(hours=1)))
        for seconds in (31, 31, 31, 61):
            await later(stage, seconds)
        assert told(chair)[2:] == [waits([label for label in asked if label != "Early Help"])]
        await do(stage, WithdrawSeat(seat=SeatId("nursery"), reason="The child has left."))
        await later(stage, 901)
        assert "invite:nursery:2" not in {d.key for d in (await record(stage)).delayed}  # nobody needs it any more
        assert not [w for w in ("Isla", "Rowan", "Marsh", "Whitlock", POLICE) if w in str(told(chair))]
        box.at_data = ""
        await later(stage, 901)
        assert told(chair)[3:] == [over]
        assert (await record(stage)).delayed == ()
        assert not stage.teams.violations


async def until(seen: Callable[[], bool]) -> None:
    """Wait for something that happens while other things still hang."""
    async with asyncio.timeout(60):
        while not seen():  # noqa: ASYNC110  (nothing tells a test what a person sees)
            await asyncio.sleep(0.02)
