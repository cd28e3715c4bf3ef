"""A partner's own page in a real browser: before, during and after a meeting with the keyboard alone; axe looks on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request, expect

from meeting.before.invitations import Invite
from meeting.model import Meeting, MeetingId
from rehearsal.stage import Stage
from tests.e2e.test_guest_seat import house
from tests.e2e.test_invitations import WHY, do
from tests.ledger.conftest import At
from tests.ledger.lifetime import agree, close, private
from tests.ledger.minuting import act, authorise, panel
from tests.ledger.world import World
from tests.web.guest import MOVING, Partner
from tests.web.visitor import Visitor

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium, pytest.mark.node]
PAUL = "paul@police.example"
PAPER = 700  # pixels: what a sheet of A4 takes, and more than one of the page's columns
Invited = Callable[..., Awaitable[Partner]]


@pytest_asyncio.fixture(loop_scope="module")
async def invited(browser: Browser, node_modules: Path) -> AsyncIterator[Invited]:
    """Opens a browser for a seat of a stage; what it complained of, or asked of other hosts, fails the test."""
    opened: list[Visitor] = []
    axe = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    async def invite(stage: Stage, meeting: MeetingId, mailbox: str, seat: str = "police") -> Partner:
        context = await browser.new_context(locale="en-GB", reduced_motion="reduce")
        visitor = Visitor(page=await context.new_page(), axe=axe)
        visitor.listen()
        own = f"http://127.0.0.1:{stage.service.port}/"

        def asked(request: Request) -> None:
            if not request.url.startswith((own, "data:")):
                visitor.faults.append(f"asked of another: {request.url}")

        visitor.page.on("request", asked)
        opened.append(visitor)
        return Partner(stage=stage, meeting=meeting, seat=seat, mailbox=mailbox, visitor=visitor)

    yield invite
    for visitor in opened:
        await visitor.page.context.close()
    gone = re.compile("INCOMPLETE_CHUNKED|CONNECTION_REFUSED")  # the stage ended before the page
    assert [fault for visitor in opened for fault in visitor.faults if not gone.search(fault)] == []


async def test_before_it_a_partner_proves_answers_and_prepares(tmp_path: Path, invited: Invited) -> None:
    """Link, refusal, code, statement, invitation, preparation, papers, leaving, digits: no page has a fault."""
    async with house(tmp_path) as home:
        await do(home.stage, Invite(reason=WHY))
        tom = await invited(home.stage, home.meeting, "tom.ellery@police.example")
        page = tom.page
        await page.goto(tom.link)
        found = await tom.look("the link")
        await tom.enter("Send me a code")
        found += await tom.look("the code")
        right = await tom.code()
        await tom.prove(f"{(int(right) + 1) % 1_000_000:06d}")
        await expect(page.get_by_role("alert")).to_contain_text("That is not the code")
        found += await tom.look("a refusal")
        await tom.prove(right)
        await page.wait_for_selector("[data-ready]")
        await expect(page.get_by_text("Please read this first.")).to_be_visible()
        found += await tom.look("the confidentiality statement")
        await tom.press("statement", "I accept")
        await tom.choose("invite:", "How you will join", "Phone")
        await tom.press("invite:", "I will come")
        await expect(page.get_by_text("You answered: attending, phone.")).to_be_visible()
        await tom.press("invite:", "Prepare")
        await tom.press("invite:", "Fill in")
        await tom.write("invite:", "Relevant and significant information", "Two calls since June.")
        await tom.press("invite:", "Keep it")
        await tom.press("invite:", "Change")
        kept = page.get_by_role("textbox", name="Relevant and significant information")
        await expect(kept).to_have_value("Two calls since June.")
        found += await tom.look("the preparation")
        await page.goto(f"{tom.link}/papers")
        found += await tom.look("no papers yet")
        await tom.enter("Back to the meeting and your actions")
        await page.goto(f"{tom.link}/leave")
        found += await tom.look("leaving")
        await tom.enter("Leave")
        found += await tom.look("left")
        george = await invited(home.stage, home.meeting, "", "housing")
        await george.page.goto(george.link)
        await george.tab("Your name")
        await george.page.keyboard.type("George Whitlock")
        await george.enter("Show me four digits")
        await expect(george.page.get_by_text("Read these digits aloud")).to_be_visible()
        found += await george.look("the digits")
        assert found == []


async def test_during_it_a_partner_takes_their_turn(at: At, invited: Invited) -> None:
    """Announced; words and keyboard stay through a change; what is missing says so at its field; nothing moves."""
    async with at("SHARE") as world:
        paul = await invited(world.stage, (await recorded(world.stage)).id, PAUL)
        page, live = paul.page, paul.page.get_by_role("status")
        await paul.come_in()
        await paul.press("statement", "I accept")
        await paul.card("step:9")
        await world.press(world.chair, "Begin: Police")
        await expect(live).to_contain_text("New: It is the turn of Police")
        await paul.write("turn:SHARE:1", "Relevant and significant information", "Seen on Mon")
        await world.say(world.chair, "hold")
        await world.say(world.chair, "resume")
        await expect(page.locator("header .step")).to_contain_text("Step 9 of")
        await page.keyboard.type("day")
        told = page.get_by_role("textbox", name="Relevant and significant information")
        await expect(told).to_be_focused()
        await expect(told).to_have_value("Seen on Monday")
        await overfull(page)
        await paul.press("turn:SHARE:1", "I have finished")
        await expect(page.locator("[data-id^='turn:'] :focus")).to_have_accessible_name(re.compile("answer this"))
        found = await paul.look("what was sent back")
        assert await page.evaluate(MOVING) == []
        await paul.choose("turn:SHARE:1", "Criminal investigation", "None")
        await paul.press("turn:SHARE:1", "Said aloud, note-taker to write up")
        meeting = await recorded(world.stage)
        assert [d for d in meeting.debts.values() if d.written_up is None]
        assert found == []


async def overfull(page: Page) -> None:
    """What is pasted beyond the end of a field is told; on paper the card has the whole width, and no buttons."""
    note = page.locator("[data-id='turn:SHARE:1'] .note")
    await page.keyboard.insert_text("\n" + "One more call. " * 300)
    await expect(note).to_have_text(re.compile("“Relevant and significant information” is full: it holds 4,000 char"))
    await page.keyboard.press("Control+A")
    await page.keyboard.type("Seen on Monday")
    await expect(note).to_be_hidden()
    await page.set_viewport_size({"width": 1280, "height": 860})
    await page.emulate_media(media="print")
    assert await page.locator(".mine").evaluate("one => one.clientWidth") > PAPER
    await expect(page.get_by_role("button", name="I have finished")).to_be_hidden()
    await page.emulate_media(media="screen")


async def test_during_it_a_partner_gives_their_view(at: At, invited: Invited) -> None:
    """Each child's answers by the arrows, the reason typed; nobody sees it before it is shown.

    Whom the chair then removes is told at once, and the page of their link says so; another's link says nothing.
    """
    async with at("VIEWS") as world:
        meeting = await recorded(world.stage)
        paul = await invited(world.stage, meeting.id, PAUL)
        await paul.come_in()
        await paul.press("statement", "I accept")
        await paul.press("step:11", "Give my view")
        await expect(paul.page.locator("[data-id^='step:11'] :focus")).to_have_attribute("type", "radio")
        found = await paul.look("a view without a choice")
        await paul.choose("step:11", "Both children: my view", "Met")
        await paul.write("step:11", "Both children: reason", "Bruises of different age.")
        await paul.press("step:11", "Give my view")
        given = [v for views in (await recorded(world.stage)).views.values() for v in views.given]
        assert {v.reason for v in given if v.person == world.police.aad_object_id} == {"Bruises of different age."}
        assert "Bruises" not in world.newest(world.school)
        found += await paul.look("a view that was given")
        await removed(world, "Paul Grant (Police)")
        again = paul.page.get_by_role("link", name="Come in again")
        await expect(again).to_be_visible()
        assert "Bruises" not in await paul.page.locator("body").inner_text()
        found += await paul.look("a page that has ended")
        await again.click()
        await expect(paul.page.get_by_text("The chair asked you to leave.")).to_be_visible()
        found += await paul.look("a guest who was removed")
        await paul.page.goto(f"{paul.link[:-6]}AAAAAA")
        await expect(paul.page.get_by_role("heading", name="This link does not work")).to_be_visible()
        found += await paul.look("a link that opens nothing")
        paul.visitor.faults.clear()  # the browser tells the 401 and the 404 as errors of its own
        assert found == []


async def removed(world: World, who: str) -> None:
    """The chair removes somebody, with the reason."""
    chair = world.chair
    await world.say(chair, "panel")
    await world.press(chair, "More")
    await world.press(chair, "Who is here")
    world.choose(chair, "Remove somebody", who)
    world.fill(chair, "Reason for removing them", "Not the voice I know")
    await world.press(chair, "Remove")
    await world.settle()


async def test_after_it_a_partner_answers_their_actions_and_reads(at: At, invited: Invited) -> None:
    """A fresh code; accepted and reported on as in Teams; their copy read, and said not to have come; all recorded.

    Who then leaves in one tab of a shared computer leaves nothing to read in the others.
    """
    async with at("ACTIONS") as world:
        await agree(world, "Take first accounts", "Paul Grant", "2027-02-24", "12:00")
        await close(world)
        await authorise(world)
        await panel(world, world.chair)
        await act(world, world.chair, "Send to all who wait")
        world.stage.clock.advance(timedelta(hours=1))
        meeting = await recorded(world.stage)
        paul = await invited(world.stage, meeting.id, PAUL)
        await paul.come_in()
        await paul.press("statement", "I accept")
        found = await paul.look("own actions")
        await paul.press("own:", "Accept")
        await paul.press("minutes:", "I have not received them")
        await expect(paul.page.locator('[data-id^="minutes:"]')).to_contain_text("not received")
        await paul.page.goto(f"{paul.link}/papers")
        found += await paul.look("papers")
        await paul.enter("Minutes: read")
        await expect(paul.page.get_by_role("heading", level=1)).to_be_visible()
        found += await paul.look("the minutes")
        meeting = await recorded(world.stage)
        assert [a.state for a in meeting.actions if a.what == "Take first accounts"] == ["accepted"]
        assert [(r.reader, r.paper) for r in meeting.readings][-1] == (world.police.aad_object_id, "minutes")
        await world.settle()
        assert any("Police has not received the minutes" in text for _, text in private(world, world.chair))
        await left_in_every_tab(paul)
        assert found == []


async def left_in_every_tab(paul: Partner) -> None:
    """The other tabs clear although the service tells them nothing by itself: the page as well as a paper."""
    room, paper = [await paul.page.context.new_page() for _ in range(2)]
    paul.visitor.beside(paper)
    await room.route("**/room/events*", lambda _: None)  # a stream on which nothing ever comes
    await room.goto(f"{paul.link}/room/")
    await expect(room.get_by_text("Take first accounts").first).to_be_attached()
    await paper.goto(f"{paul.link}/papers/minutes.html")
    await expect(paper.get_by_text("Take first accounts").first).to_be_attached()
    await paul.page.goto(f"{paul.link}/leave")
    await paul.enter("Leave")
    await expect(room.get_by_role("link", name="Come in again")).to_be_visible()
    await expect(paper.get_by_role("heading", level=1)).to_have_text(re.compile("^Your seat in "))
    for tab in (room, paper):
        assert not re.search("Take first accounts|Paul Grant", await tab.locator("body").text_content() or "")


async def recorded(stage: Stage) -> Meeting:
    """The meeting as the record has it."""
    record = stage.service.store.record
    return (await record.read((await record.in_chat(stage.chat.id))[0].id))[0]
