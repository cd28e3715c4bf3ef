"""What a meeting costs in the hands of a chair without a note-taker, and with four brothers and sisters."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from meeting.model import How
from procedures.load import load
from rehearsal.budgets import exceeded
from rehearsal.case import Case, find_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of, rehearse_case
from rehearsal.stage import staged

NAMES = ("Isla Marsh", "Rowan Marsh", "Esme Marsh", "Toby Marsh")
MOST = 1.5  # times the presses of a meeting about one child


def alone() -> Case:
    """The injured infant, chaired without a note-taker or deputy; the chair says her summary aloud."""
    case = find_case("injured-infant")
    data: dict[str, Any] = deepcopy({k: v for k, v in case.data.items() if k not in ("note_taker", "deputy")})
    data["seats"] = [s for s in data["seats"] if s["id"] != "notes"]
    del data["answers"]["note_taker"]
    data["lines"]["chair"] = {**data["lines"].pop("notes"), **data["lines"]["chair"]}
    return replace(case, data={**data, "said": ["Chair's summary"]})


def siblings(number: int) -> Case:
    """The injured infant with so many children in the family, the younger ones prepared as the second is."""
    case = find_case("injured-infant")
    data: dict[str, Any] = deepcopy(dict(case.data))
    data["children"] = [{"id": f"c{n}", "name": name} for n, name in enumerate(NAMES[:number], start=1)]
    mine = {f"c{n}" for n in range(1, number + 1)}
    kept = {k: v for k, v in data["prepared"].items() if k[-2:] in mine or k[-3:-1] != ".c"}
    for n in range(3, number + 1):
        kept[f"IDENTITY.fields.c{n}"] = {**kept["IDENTITY.fields.c2"], "name": NAMES[n - 1]}
        kept[f"REASON.child_view.c{n}"] = kept["REASON.child_view.c2"]
    for lines in data["lines"].values():
        if "views" in lines:
            lines["views"] = (lines["views"] * 2)[:number]
    return replace(case, data={**data, "prepared": kept})


async def presses(case: Case, folder: Path) -> int:
    """How often chair and note-taker press in a whole meeting; everything is decided for every child."""
    async with staged(case, load(case.procedure), folder) as stage:
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"], quiet=case.data["quiet"])
        await play.whole()
        assert set((await play.meeting()).decisions) == {c["id"] for c in case.data["children"]}
        assert not stage.teams.violations
        return play.chair.tally.presses + play.actors[play.scribe].tally.presses


async def test_a_chair_alone_types_little(tmp_path: Path) -> None:
    """Every budget holds without a note-taker; what was said aloud is owed to the minutes."""
    outcome = await rehearse_case(alone(), load("san"), tmp_path, write=lambda _: None)
    assert outcome.ran_its_course
    assert "alone" in " ".join(b.what for b in outcome.budgets)
    assert exceeded(outcome.budgets) == ()
    assert outcome.meeting.debts
    assert any(s.step == "SUMMARY" and a.how is How.SAID_ALOUD for s, a in outcome.meeting.answers.items())


async def test_four_children_are_not_four_meetings(tmp_path: Path) -> None:
    """What holds for all is said once: chair and note-taker press at most half as much again as for one child."""
    folders = [tmp_path / "one", tmp_path / "four"]
    for folder in folders:
        folder.mkdir()
    one, four = [await presses(siblings(n), folder) for n, folder in zip((1, 4), folders, strict=True)]
    assert four <= MOST * one, (one, four)
