"""A message to a seat finds its way when it is sent: Teams 1:1 where its person is met, else e-mail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.convening import convene_plan
from bot.tickets import SealedHandles
from dialogs.engine import Forged
from meeting import machine
from meeting.after.escalating import Escalated
from meeting.model import Delivery, Entry, Meeting, SeatId
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from meeting.steps.safeguards import ChallengeRaised
from meeting.telling.delivery import NoteFailure
from procedures.load import load
from procedures.pathways import load_pathways
from rehearsal.case import find_case
from rehearsal.postbox import Postbox
from rehearsal.stage import KEYRING, Stage, pathways_file, staged, with_identities
from storage import Keyring

PAGE = "http://127.0.0.1:"
BOARD = "board@partnership.example"
CHAIR = "helen.okafor@trust.example"
SAYS = "SM-2041: what I sent to Police could not be delivered. Please telephone them."


@asynccontextmanager
async def reached(folder: Path) -> AsyncIterator[tuple[Stage, Postbox]]:
    """The convened case with a mail server beside it; nobody has met the bot yet."""
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), folder) as stage:
        yield stage, stage.post


async def fail(stage: Stage, key: str) -> None:
    """Let something that was meant for the police be undeliverable: the chair's seat is told."""
    store = stage.service.store

    def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        command = NoteFailure(seat=SeatId("police"), key=key, kind="alert", why="no_address")
        return machine.decide(meeting, command, by=SYSTEM, procedure=procedure, now=stage.clock.now())

    await store.record.commit((await store.record.listed())[0].id, decide, now=stage.clock.now())
    await stage.settle()


async def told_to_the_chair(stage: Stage) -> list[Delivery]:
    """What the record says about messages to the chair's seat."""
    store = stage.service.store
    meeting, _ = await store.record.read((await store.record.listed())[0].id)
    return [d for d in meeting.deliveries if d.seat == "chair"]


async def test_whoever_never_met_the_bot_gets_a_letter_and_later_a_message(tmp_path: Path) -> None:
    """By e-mail with a link that opens this seat and no other; in Teams once they have installed the bot."""
    async with reached(tmp_path) as (stage, box):
        await fail(stage, "one")
        (letter,) = box.to(CHAIR)
        assert letter["Subject"] == "SM-2041: a message for you"
        plain = next(letter.iter_parts()).get_content()
        assert SAYS in plain
        address = next(line for line in plain.splitlines() if line.startswith(PAGE))
        handles = SealedHandles(Keyring.at(tmp_path / KEYRING).ticket_key)
        listed = (await stage.service.store.record.listed())[0]
        handle = address.partition("/seat/")[2]
        assert handles.open(handle) == (listed.id, "chair")
        with pytest.raises(Forged):
            handles.open(f"{handle[:-4]}AAAA")
        assert not [n for n in ("Isla", "Rowan", "Marsh", "Helen", "Tom") if n in letter.as_string()]

        await stage.chair.install_bot()
        await fail(stage, "two")
        assert len(box.letters) == 1
        assert any(SAYS in n.text for n in stage.chair.notifications)

        stage.chair.block_bot()
        await fail(stage, "three")
        assert len(box.to(CHAIR)) == 2
        assert [d.how for d in await told_to_the_chair(stage)] == ["e-mail", "Teams", "e-mail"]
        assert not stage.teams.violations


async def test_the_protocols_contact_is_told_whatever_domains_the_agencies_have(tmp_path: Path) -> None:
    """The procedure names the address: it belongs to no agency, and no agency's list of domains holds it back."""
    case = find_case("injured-infant")
    procedure = load(case.procedure)
    named = replace(procedure.follow_up, escalation_contacts=(BOARD,))
    rules = replace(procedure, follow_up=named)
    kept = pathways_file(case, tmp_path)
    assert kept is not None
    async with staged(case, rules, tmp_path, convene=False) as stage:
        store, people = stage.service.store, with_identities(case, stage.people)
        await convene_plan(store, people, rules, now=stage.clock.now, pathways=load_pathways(kept))
        challenge = ChallengeRaised(id="ch1", ground="", text="Health was not heard.")

        def decide(meeting: Meeting, _: Procedure) -> tuple[Entry, ...]:
            assert meeting.local.domains
            events = (challenge, Escalated(id="e1", challenge="ch1"))
            return tuple(
                Entry(sequence=meeting.sequence + n, at=stage.clock.now(), by=SYSTEM, event=event)
                for n, event in enumerate(events, start=1)
            )

        await stage.chair.install_bot()
        stage.post.at_data = "451 4.3.0 come again"
        await store.record.commit((await store.record.listed())[0].id, decide, now=stage.clock.now())
        for seconds in (1, 31, 31, 31, 601):  # the chair hears of a letter that waits, of one without a seat too
            stage.clock.advance(timedelta(seconds=seconds))
            stage.service.dispatcher.wake()
            await stage.settle()
        heard = [n.text for n in stage.chair.notifications if "mail server" in n.text]
        assert "1 letter waits" in heard[0]
        assert heard[0].endswith("Please telephone: the contact for escalations.")
        stage.post.at_data = ""
        stage.clock.advance(timedelta(seconds=901))
        stage.service.dispatcher.wake()
        await stage.settle()
        heard = [n.text for n in stage.chair.notifications if "mail server" in n.text]
        assert heard[1:] == ["SM-2041: no letter waits for the mail server any more."]
        (letter,) = stage.post.to(BOARD)
        assert "escalation" in letter["Subject"]
        assert "heard" not in letter.as_string()


async def test_a_mail_server_that_is_away_loses_nothing(tmp_path: Path) -> None:
    """Tried again until it is back, however often it was away; what it refuses for good is written down."""
    async with reached(tmp_path) as (stage, box):
        box.refusals[CHAIR] = "451 4.3.0 come again"
        await fail(stage, "one")
        for _ in range(14):
            stage.clock.advance(timedelta(minutes=16))
            stage.service.dispatcher.wake()
            await stage.settle()
        assert (box.letters, await told_to_the_chair(stage)) == ([], [])
        box.refusals.clear()
        stage.clock.advance(timedelta(minutes=16))
        stage.service.dispatcher.wake()
        await stage.settle()
        assert len(box.to(CHAIR)) == 1
        box.refusals[CHAIR] = "550 5.1.1 no such user"
        await fail(stage, "two")
        assert [(d.how, d.failed) for d in await told_to_the_chair(stage)] == [("e-mail", ""), ("", "address_refused")]
