"""Every kind of subject is carried through a whole meeting; a child kept from a school never reaches that school."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from dialogs.papers import paper, papers_for
from documents.copies import Format, Maker
from documents.minutes import minutes_of
from documents.text import text_of
from meeting.model import Meeting, PersonId
from procedures.load import load
from rehearsal.case import Case, find_case, read_case
from rehearsal.play import Play
from rehearsal.rehearsing import actors_of
from rehearsal.stage import Stage, staged
from rehearsal.teams import Person
from rehearsal.teams.answers import BotReply
from rehearsal.teams.connector import Connector
from rehearsal.teams.delivery import Delivery
from tests.ledger.minuting import act, authorise, panel
from tests.ledger.world import World

LEDGER = Path(__file__).parent.parent / "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A case, the seat of the school in it, and what that seat is never to read."""

    case: str
    seat: str = "school"
    kept: str = ""  # the child that the chair keeps from it
    canaries: tuple[str, ...] = ()
    subject_type: str = ""
    outcomes: int = 1  # different decisions: the same for all, or for all except some
    each: tuple[str, ...] = ()  # what the decision demands for every child
    once: tuple[str, ...] = ()  # and for the meeting as a whole


KINDS = {
    "a young person at risk of exploitation": Kind(case="followed-home", once=("Consider a Family Group Conference",)),
    "brothers and sisters": Kind(
        case="neglected-siblings",
        kept="Toby Rudd",
        canaries=("Toby",),
        outcomes=2,
        each=("Child seen and spoken to", "Usual accommodation visited", "Interim safety plan"),
        once=("Who shares what with whom, how and when", "Further next steps"),
    ),
    "an unborn child": Kind(
        case="unborn-baby",
        seat="nursery",
        kept="unborn baby of Leanne Hart",
        canaries=("baby of Leanne",),
        each=("Immediate or short-term safeguarding action",),
    ),
    "a peer group": Kind(case="wok", subject_type="peer_group", kept="Ben Lacey", canaries=("Ben", "Lacey", "Lee")),
    "young people and a context": Kind(
        case="car-park", kept="Molly Trent", canaries=("Molly", "Trent", "Sheila", "Station Road")
    ),
}


@dataclass(slots=True)
class Tap:
    """Every byte that the service sends: to whom in answer to a press, into which chat by itself."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    posts: list[tuple[str, str]] = field(default_factory=list)

    def open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Listen at both ends of the local Teams."""
        post, activity = Delivery.post, Connector._activity

        async def answered(this: Delivery, sent: dict[str, Any], **more: Any) -> BotReply:
            reply = await post(this, sent, **more)
            self.answers.append((str((sent.get("from") or {}).get("id")), reply.body))
            return reply

        async def written(this: Connector, request: web.Request) -> Any:
            self.posts.append((request.match_info["chat"], (await request.read()).decode()))
            return await activity(this, request)

        monkeypatch.setattr(Delivery, "post", answered)
        monkeypatch.setattr(Connector, "_activity", written)

    def reached(self, stage: Stage, person: Person) -> str:
        """Return all that reached somebody, in the meeting's chat, in their own, and by letter."""
        chats = {c.id for c in stage.teams.chats if person.mri in c.record.members}
        found = [body for who, body in self.answers if who == person.mri]
        found += [body for chat, body in self.posts if chat in chats]
        seat = next(s for s in stage.case.data["seats"] if s["name"] == person.name)
        found += [m.as_string() for m in stage.post.to(seat["email"])]
        return "\n".join(found)


def the_case(kind: Kind) -> Case:
    """The case of this kind, from the rehearsal or the ledger."""
    path = LEDGER / f"{kind.case}.yaml"
    case = read_case(path) if path.exists() else find_case(kind.case)
    rows = case.data.get("rows", {})
    if kind.subject_type:
        family = [
            *rows["Family member"],
            {"Name": "Ina Marr", "Of which child or children": "Cleo Marr", "Relation": "aunt"},
        ]
        data = {**case.data, "subject_type": kind.subject_type, "rows": {**rows, "Family member": family}}
        case = replace(case, data=data)
    return case


@pytest.mark.parametrize("name", KINDS)
async def test_each_kind_of_subject_is_carried_to_its_minutes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each child has a decision and its own part of the minutes; the school reads nothing of the one kept from it."""
    kind, tap = KINDS[name], Tap()
    case = the_case(kind)
    tap.open(monkeypatch)
    async with staged(case, load(case.procedure), tmp_path) as stage:
        world, school = World(stage=stage), stage.people[kind.seat]
        play = Play(stage=stage, actors=actors_of(stage), scribe=case.data["note_taker"])
        await play.gather()
        if kind.kept:
            await keeps_from_the_school(world, kind.kept)
            assert "About: " in await world.say(school, "prepare", private=True)
        await play.start()
        await play.run()
        meeting = await play.meeting()
        children = {c.id: c.name for c in meeting.children.values()}
        assert {d.subject for d in meeting.decisions.values()} == set(children)
        assert len({d.outcomes for d in meeting.decisions.values()}) == kind.outcomes
        (views,) = meeting.views.values()
        whole = await world.minutes()
        for child in children.values():
            assert f"\n{child}\n" in whole
        drawn = text_of(minutes_of(meeting, stage.procedure, stage.clock.now()))
        demanded(kind, tap, drawn, set(children.values()))
        await sends_the_minutes(world)
        for word in ("minutes", "actions", "after", "deadlines", "help", "overdue"):
            await world.say(school, word, private=True)
            if word == "minutes":
                card = await act(world, school, "Read")
                while "Next page" in card:
                    card = await act(world, school, "Next page")
        got = tap.reached(stage, school) + papers(stage, await play.meeting(), school)
        shown = {name for name in children.values() if name != kind.kept}
        assert shown == {name for name in children.values() if name in got}
        asked = {p: {v.subject for v in views.given if v.seat == p} for p in ("police", kind.seat)}
        assert asked == {"police": set(children), kind.seat: {c for c, name in children.items() if name in shown}}
        for canary in kind.canaries:
            assert re.search(rf"(?<!\w){canary}(?!\w)", whole), canary
            assert not re.search(rf"(?<!\w){canary}(?!\w)", got), canary
        assert not stage.teams.violations, stage.teams.violations


def demanded(kind: Kind, tap: Tap, minutes: str, children: set[str]) -> None:
    """What the decision demands was asked for on a card, by child, and stands in the minutes with what met it."""
    cards = "\n".join(body for _, body in tap.answers)
    met = re.findall(r"Required: (.+)\n +For whom: (.+)\n +How it was met: (action (\d+)|recorded)\n", minutes)
    for label in (*kind.each, *kind.once):
        asked = set(re.findall(rf'"text": ?"{re.escape(label)}(?:: ([^"]+))?"', cards))
        assert asked, label
        wanted = children if label in kind.each else {"the meeting"}
        assert {whom for what, whom, *_ in met if what == label} == wanted
        for child in children if label in kind.each else ():
            assert any(child in names for names in asked), (label, child)
    for _, _, _, number in met:
        assert not number or f"Number: {number}\n" in minutes
    assert bool(met) == bool(kind.each or kind.once)


async def keeps_from_the_school(world: World, child: str) -> None:
    """Before anybody is told a name, the chair keeps one child from education."""
    await world.say(world.chair, "panel")
    await world.press(world.chair, "Keep a child from an agency")
    assert "Keep a child" not in world.shared()  # which agency it is kept from sits in that chat
    world.choose(world.chair, "Which child", child)
    world.choose(world.chair, "From which agency", "Education")
    await world.press(world.chair, "Keep it so")


async def sends_the_minutes(world: World) -> None:
    """The chair authorises and sends."""
    card = await panel(world, world.notes)
    if "The notes are written" in card:
        await act(world, world.notes, "The notes are written")
    await authorise(world)
    await panel(world, world.chair)
    await act(world, world.chair, "Send to all who wait")


def papers(stage: Stage, meeting: Meeting, reader: Person) -> str:
    """Return every paper that somebody may read, in every format, as text; a PDF is printed from the page."""
    person, procedure, now = PersonId(reader.aad_object_id or ""), stage.procedure, stage.clock.now()
    found = []
    for one in papers_for(meeting, procedure, person):
        document = paper(meeting, procedure, person, one.kind, now)
        made = (Maker().copy(document, f, kind=one.kind) for f in (Format.HTML, Format.WORD, Format.TEXT))
        found += [words_of(copy.content) for copy in made]
    assert found
    return "\n".join(found)


def words_of(content: bytes) -> str:
    """Return what a file holds, out of its archive where it is one."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")
