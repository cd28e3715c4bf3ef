"""Presses that are repeated, late, forged or somebody else's: a clear answer, and nothing changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from procedures.load import load
from rehearsal.case import find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import staged


@asynccontextmanager
async def begun(folder: Path, until: str = "OPENING") -> AsyncIterator[Play]:
    """A meeting that stands at a step."""
    case = find_case("injured-infant")
    async with staged(case, load(case.procedure), folder) as stage:
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        await play.open()
        await play.run(until=until)
        yield play
        assert not stage.teams.violations


def ticket(cards: list[dict[str, Any]], title: str) -> dict[str, Any]:
    """Return the data of a button on the newest card that has it."""

    def search(node: object) -> dict[str, Any] | None:
        if isinstance(node, list):
            return next((f for f in map(search, node) if f), None)
        if not isinstance(node, dict):
            return None
        if node.get("title") == title and "data" in node:
            return dict(node["data"])
        return next((f for f in map(search, node.values()) if f), None)

    return next(f for f in (search(card) for card in reversed(cards)) if f)


@pytest.mark.parametrize("new_id", [False, True])
async def test_a_repeated_press_changes_once(tmp_path: Path, new_id: bool) -> None:
    """Teams repeats a press with the same id or a new one: one entry, the same kind of answer."""
    async with begun(tmp_path) as play:
        police = play.actors["police"].person
        # A press that is not harmless by itself: taken twice it would post two forms.
        first = await police.press("Ask permission to share", in_=play.stage.chat, settle=True)
        before = (await play.meeting()).sequence
        again = await play.stage.teams.repeat(first, new_id=new_id)
        assert again.kind == first.kind
        assert (await play.meeting()).sequence == before


async def test_somebody_elses_button_does_nothing(tmp_path: Path) -> None:
    """A ticket drawn for the chair moves nothing in the hands of somebody else, nor of a client that refreshes."""
    async with begun(tmp_path) as play:
        stage = play.stage
        await play.chair.person.press("I have heard this", in_=stage.chat, settle=True)
        data = ticket(play.chair.person.cards(stage.chat), "Next: Introductions and apologies")
        before = (await play.meeting()).sequence
        police = play.actors["police"].person
        answer = await stage.teams.invoke_raw(police, stage.chat, verb="chairing.next", data=data)
        assert answer.refused
        fetched = await stage.teams.invoke_raw(
            play.chair.person, stage.chat, verb="chairing.next", data=data, trigger="automatic"
        )
        assert fetched.refused
        assert (await play.meeting()).sequence == before


@pytest.mark.parametrize("data", [{}, {"t": "x"}, {"t": 7}, {"t": "A" * 400, "reason": "x"}, {"t": {"a": []}}])
async def test_a_forged_ticket_does_nothing(tmp_path: Path, data: dict[str, object]) -> None:
    """What was not sealed here is refused in a sentence, never with an error of the server."""
    async with begun(tmp_path) as play:
        before = (await play.meeting()).sequence
        for verb in ("chairing.next", "record.save", "no.such_verb"):
            answer = await play.stage.teams.invoke_raw(play.chair.person, play.stage.chat, verb=verb, data=data)
            assert answer.refused
            assert answer.http_status == 200
        assert (await play.meeting()).sequence == before


async def test_an_unknown_verb_and_too_long_a_text_are_named(tmp_path: Path) -> None:
    """A genuine ticket with a verb that does not exist, or with an endless text, changes nothing."""
    async with begun(tmp_path) as play:
        stage, police = play.stage, play.actors["police"].person
        data = ticket(police.cards(stage.chat), "I have heard this")
        before = (await play.meeting()).sequence
        unknown = await stage.teams.invoke_raw(police, stage.chat, verb="statement.forget", data=data)
        endless = await stage.teams.invoke_raw(
            police, stage.chat, verb="statement.acknowledge", data={**data, "x": "y" * 9000}
        )
        assert "not known" in unknown.text
        assert "too long" in endless.text
        assert (await play.meeting()).sequence == before


async def test_a_late_turn_keeps_its_text(tmp_path: Path) -> None:
    """When the chair has ended a turn, the speaker's form is out of date: what was typed is offered back."""
    async with begun(tmp_path, until="SHARE") as play:
        stage = play.stage
        chair, police = play.chair.person, play.actors["police"].person
        await chair.press("Begin: Health: paediatrician", in_=stage.chat, settle=True)  # the referrer is first
        await chair.press("End turn (no answer)", in_=stage.chat, settle=True)
        data = ticket(police.cards(stage.chat), "I have finished")
        await chair.press("End turn (no answer)", in_=stage.chat, settle=True)
        late = {**data, "answers.information": "Seen at the address in July."}
        answer = await stage.teams.invoke_raw(police, stage.chat, verb="turns.finish", data=late)
        assert "Seen at the address in July." in str(answer.card)
        assert not any(a.answers.get("information") for a in (await play.meeting()).answers.values())
