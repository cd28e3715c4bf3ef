"""The minutes themselves by e-mail: only to the domains that the deployment names, each seat its own copy."""

from __future__ import annotations

import pytest

from dialogs.issued import minutes_document
from documents.places import places_of
from documents.text import text_of
from meeting import machine
from meeting.after.marking import MarkLines
from meeting.model import WITHHELD, Entry, Meeting
from meeting.procedure import Procedure
from meeting.standing import SYSTEM
from meeting.telling.delivery import ENCLOSED
from tests.ledger.conftest import At
from tests.ledger.minuting import act, authorise, panel
from tests.ledger.world import World
from tests.unit.documents.readers import shown

pytestmark = pytest.mark.pango


async def withheld_from_the_police(world: World) -> str:
    """Let the chair keep one person's introduction from the police; returns them."""
    store, now = world.stage.service.store, world.stage.clock.now()
    (found,) = await store.meetings()
    meeting, procedure = await store.record.read(found)
    document = minutes_document(meeting, procedure, now)
    whole = text_of(document)
    places = [p for section in document.sections for p in places_of(section) if 12 < len(p.text) < 60]
    place = next(p for p in places if p.section == "ROLLCALL" and whole.count(p.text) == 1)

    def decide(meeting: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        command = MarkLines(mark=WITHHELD, on={place.key: ("police",)})
        return machine.decide(meeting, command, by=meeting.chair or SYSTEM, procedure=procedure, now=now)

    await store.record.commit(found, decide, now=now)
    return place.text


async def test_an_agencys_secure_domain_gets_its_own_copy_and_nobody_else_does(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The police's letter holds their authorised PDF; all others get a link, and so do they where it is refused."""
    monkeypatch.setenv("CHAIRSIDE_MINUTES_DOMAINS", '["POLICE.example", "nhs.example"]')
    async with at("CLOSED") as world:
        box, police = world.stage.post, world.police.email or ""
        kept_back = await withheld_from_the_police(world)
        box.refusals[world.visitor.email or ""] = "550 5.7.1 too large"
        before = len(box.letters)
        await authorise(world)
        await panel(world, world.chair)
        await act(world, world.chair, "Send to all who wait")
        assert {one["To"] for one in box.letters[before:]} == {police, world.midwife.email}
        letter = box.to(police)[-1]
        (paper,) = letter.iter_attachments()
        assert paper.get_content_type() == "application/pdf"
        assert paper.get_filename() == "sm-77-authorised-minutes.pdf"
        words = shown(paper.get_content()).replace(" ", "")
        assert "Fictional:arehearsal" in words
        assert "Authorisedby" in words
        assert kept_back in await world.minutes(world.chair)
        assert kept_back.replace(" ", "") not in words
        body = letter.get_body(("plain",)).get_content()
        assert "/seat/" in body
        assert not [name for name in ("Ada", "Brook") if name in body + letter["Subject"]]
        told = await panel(world, world.chair)
        assert ENCLOSED in told
        assert "link sent by Teams" in told

        store = world.stage.service.store
        (found,) = await store.meetings()
        meeting, _ = await store.record.read(found)
        ways = {str(d.seat): d.how for d in meeting.deliveries if d.kind == "minutes"}
        assert (ways["police"], ways["visitor"], ways["school"]) == (ENCLOSED, "Teams", "Teams")
        printer = world.stage.service.maker.printer
        assert printer.running
    assert not printer.running, "the process that prints goes on after the service has ended"
