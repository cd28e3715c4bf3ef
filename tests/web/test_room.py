"""The rehearsal room in a real browser: forms that keep what was typed, errors at their field, cases, clock, looks."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from meeting.model import ReplyKind
from rehearsal.case import find_case
from rehearsal.room.room import Room
from tests.web.conftest import Visit

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium, pytest.mark.node]

MINE = "#mine"
CALLUM = "callum.reyes@nursery.example"


async def play_until(room: Room, step: str) -> None:
    """Let the script play everybody until a step has begun; from then on the police's seat is ours."""
    room.played.script.held = set()
    for _ in range(120):
        meeting = await room.played.meeting()
        moved = (meeting is not None and meeting[0].step == step) or await room.played.script.step()
        if meeting is not None and meeting[0].step == step:
            room.played.script.held = {"police"}
            return
        assert moved, f"nobody can go on before {step}: {room.played.script.trouble}"
    raise AssertionError(f"{step} never came")


async def test_an_answer_that_is_sent_back_says_so_at_its_field(served: tuple[str, Room], visit: Visit) -> None:
    """What the rules refuse stands above the field, is read with it, and the keyboard is there."""
    room, police = served[1], (await visit("seat/police/")).page
    await play_until(room, "ROLLCALL")
    form = police.locator(MINE)
    if await form.get_by_role("button", name="I have heard this").count():
        await form.get_by_role("button", name="I have heard this").click()
    contact = form.get_by_label("Contact")
    await contact.fill("nonsense")
    await form.get_by_role("button", name="Introduce me").click()
    await expect(contact).to_have_attribute("aria-invalid", "true")
    await expect(contact).to_be_focused()
    await expect(contact).to_have_accessible_description(
        "Contact details: A work e-mail address or a telephone number."
    )
    await expect(contact).to_have_value("nonsense")
    await expect(police.get_by_role("status").last).to_contain_text("Sent back")
    await contact.fill("tom.ellery@police.example")
    await form.get_by_role("button", name="Introduce me").click()
    await expect(contact).to_have_count(0)


async def test_a_form_keeps_what_was_typed(served: tuple[str, Room], visit: Visit) -> None:
    """Through a lost line and an edited board: the words, the place of the keyboard, and nothing is sent twice."""
    room, visitor = served[1], await visit("seat/police/")
    police = visitor.page
    await play_until(room, "SHARE")
    told = police.locator(MINE).get_by_role("textbox", name="Relevant and significant information")
    for _ in range(30):  # the referrer speaks before the police
        await room.played.script.step()
        held = await room.played.meeting()
        floor = held[0].floors.get("SHARE") if held else None
        if floor is not None and floor.live is not None and floor.live.seat == "police":
            break
    await told.click()
    await police.keyboard.type("Seen on Mon")
    await police.context.set_offline(offline=True)
    line = police.locator("header .line")
    await expect(line).to_have_text("Connection lost: trying again", timeout=15_000)
    await police.keyboard.type("day")
    chair = room.played.stage.chair
    await chair.press("Hold", in_=room.played.stage.chat, settle=True)
    await chair.press("Resume", in_=room.played.stage.chat, settle=True)
    await police.context.set_offline(offline=False)
    await expect(line).to_have_text("Connected", timeout=15_000)
    visitor.faults = [each for each in visitor.faults if "INTERNET_DISCONNECTED" not in each]
    await expect(told.first).to_be_focused()
    await expect(told.first).to_have_value("Seen on Monday")
    await police.keyboard.type(".")
    await finish(police)
    meeting = await room.played.meeting()
    assert meeting is not None
    assert [a for a in meeting[0].answers.values() if "Seen on Monday." in a.answers.values()]


async def finish(police: Page) -> None:
    """End the turn: first without what is required, which the page itself sends back."""
    form = police.locator(MINE)
    await form.get_by_role("button", name="I have finished").first.click()
    await expect(form.get_by_text("Please answer this.").first).to_be_visible()
    await expect(form.get_by_role("textbox", name="Relevant and significant information").first).to_have_value(
        "Seen on Monday."
    )
    await form.get_by_role("radio", name="None").check()
    await form.get_by_role("button", name="I have finished").first.click()
    await expect(form.get_by_role("textbox", name="Basis")).to_be_focused()
    await expect(form.get_by_role("textbox", name="Basis")).to_have_accessible_description("Basis: Please answer this.")
    for label in ("Basis", "Processes others need to know about", "Timing", "Methods of evidence gathering"):
        await form.get_by_role("textbox", name=label).fill("none")
    await form.get_by_role("button", name="I have finished").first.click()
    await expect(form.get_by_role("textbox")).to_have_count(0)


@pytest.mark.pango
async def test_the_bar_moves_the_clock_and_shows_what_arrives(served: tuple[str, Room], visit: Visit) -> None:
    """One row; the script, the clock, the inbox, the minutes, another seat; every state is free of faults."""
    visitor = await visit("seat/worker/", color_scheme="dark")
    if not await served[1].played.begun():
        await play_until(served[1], "ROLLCALL")
    page = visitor.page
    bar = page.get_by_role("region", name="Rehearsal")
    await bar.locator(".fold > summary", has_text="Clock").click()
    found = await visitor.look("the clock")
    assert await bar.locator(".bar").evaluate("bar => new Set([...bar.children].map((at) => at.offsetTop)).size") == 1
    assert served[1].played.script.doing == "is paused"
    await expect(bar.locator(".doing")).to_have_text("Script is paused")
    async with page.expect_response(lambda answer: answer.request.method == "POST"):  # the field shows it before
        await bar.get_by_label("Pace").select_option("fast")
    await expect(bar.get_by_label("Pace")).to_have_value("fast")
    assert (served[1].played.script.pace, served[1].played.script.playing) == ("fast", False)
    before = served[1].played.stage.clock.now()
    await bar.get_by_role("button", name="+ 1 hour").click()
    await expect(bar.locator(".clock")).not_to_contain_text(f"{before:%H:%M}")
    assert (served[1].played.stage.clock.now() - before).total_seconds() >= 3600
    await page.keyboard.press("Escape")
    await bar.locator(".fold > summary", has_text="Inbox").click()
    await expect(bar.get_by_text("Step 1 of 16", exact=False).first).to_be_visible()
    found += await visitor.look("the inbox")
    await bar.locator(".fold > summary", has_text="Papers").click()
    found += await visitor.look("the papers' formats")
    async with page.context.expect_page() as opening:
        await bar.get_by_role("link", name="Read: Minutes of SM-2041, draft").click()
    minutes = await opening.value
    await expect(minutes.get_by_text("fictional", exact=False).first).to_be_visible()
    for words, start in (("Word", b"PK"), ("PDF", b"%PDF"), ("Plain text for the case system", b"STRATEGY")):
        copy = bar.get_by_role("link", name=f"{words}: Minutes of SM-2041, draft")
        kept = await page.request.get(served[0].rstrip("/") + str(await copy.get_attribute("href")))
        assert (await kept.body()).upper().startswith(start), words
    for words, start in (("Read", b"<!DOCTYPE"), ("Table", b"FROM,TO,TOPIC")):
        figures = bar.get_by_role("link", name=f"{words}: Report without names")
        kept = await page.request.get(served[0].rstrip("/") + str(await figures.get_attribute("href")))
        assert (await kept.body()).upper().lstrip(b"\xef\xbb\xbf").startswith(start), words
    await page.emulate_media(forced_colors="active", color_scheme="light")  # axe sees through them to dark's own
    found += await visitor.look("the machine's own colours")
    await page.emulate_media(forced_colors="none", color_scheme="dark")
    await page.get_by_label("Colours").select_option("contrast")
    found += await visitor.look("high contrast")
    await bar.locator(".fold > summary", has_text="Case").click()
    found += await visitor.look("this case")
    await bar.get_by_role("button", name="Tour").click()
    found += await visitor.look("the tour")
    await page.keyboard.press("Escape")
    await bar.get_by_label("You are").select_option("housing")
    await expect(page.locator("header .who")).to_contain_text("George Whitlock")
    assert found == []


async def test_a_letter_in_the_inbox_opens_the_page_that_it_links_to(served: tuple[str, Room], visit: Visit) -> None:
    """Before the meeting the nursery has letters alone: link, code by the next letter, statement, the answer."""
    room = served[1]
    await room.begin(find_case("injured-infant"), early=True)
    room.played.script.set_playing(playing=False)
    visitor = await visit("seat/nursery/")
    page, bar = visitor.page, visitor.page.get_by_role("region", name="Rehearsal")
    await bar.locator(".fold > summary", has_text="Inbox").click()
    letter = bar.get_by_role("listitem").filter(has_text="by e-mail").first
    async with page.context.expect_page() as opening:
        await letter.get_by_role("link").click()
    mail = visitor.beside(await opening.value)
    await expect(mail.page.get_by_text(CALLUM)).to_be_visible()
    found = await mail.look("an e-mail")
    async with mail.page.expect_download() as keeping:
        await mail.page.get_by_role("link", name="Keep the calendar entry").click()
    entry = await asyncio.to_thread(Path(await (await keeping.value).path()).read_bytes)
    assert b"METHOD:REQUEST" in entry
    async with page.context.expect_page() as opening:
        await mail.page.locator(".letter a[href*='/seat/']").first.click()
    guest = visitor.beside(await opening.value)
    await guest.page.get_by_role("button", name="Send me a code").click()
    sent = bar.get_by_role("listitem").filter(has_text="your code").first
    await expect(sent).to_be_visible()
    async with page.context.expect_page() as opening:
        await sent.get_by_role("link").click()
    code = visitor.beside(await opening.value)
    digits = re.search(r"\d{3} \d{3}", await code.page.locator(".letter").inner_text())
    assert digits is not None
    await guest.page.get_by_label("The six digits").fill(digits[0])
    await guest.page.get_by_role("button", name="Go on").click()
    await guest.page.get_by_role("button", name="I accept").click()
    await guest.page.get_by_role("button", name="I will come").click()
    await expect(guest.page.get_by_text("You answered: attending")).to_be_visible()
    [listed] = await room.played.stage.service.store.record.listed()
    meeting, _ = await room.played.stage.service.store.record.read(listed.id)
    assert (
        meeting.invitations[next(s.id for s in meeting.seats.values() if s.email == CALLUM)].reply
        is ReplyKind.ATTENDING
    )
    assert found == []


async def test_a_case_of_ones_own_is_made_or_told_what_it_lacks(visit: Visit, served: tuple[str, Room]) -> None:
    """Other names everywhere; a file that cannot be played is named with its fault and given back."""
    visitor = await visit("seat/chair/")
    page = visitor.page
    await page.goto(served[0] + "cases")
    found = await visitor.look("the cases")
    await page.get_by_text("Write a whole case as YAML").click()
    await page.get_by_label("The case").fill("title: No case")
    await page.get_by_role("button", name="Rehearse it").click()
    await expect(page.get_by_role("alert")).to_contain_text("fictional: true")
    await expect(page.get_by_label("The case")).to_have_value("title: No case")
    found += await visitor.look("a refused case")
    visitor.faults.clear()  # the browser tells the 422 as an error of its own
    await page.get_by_label("Papers of").select_option("injured-infant")
    await page.get_by_label("Children, one a line").fill("Zadie Quill\nOtis Quill")
    await page.get_by_label("Who chairs").fill("Maya Orme")
    await page.get_by_role("button", name="Make this case").click()
    await expect(page.locator("header .who")).to_contain_text("Maya Orme", timeout=15_000)
    meeting = await served[1].played.meeting()
    assert meeting is not None
    assert [child.name for child in meeting[0].children.values()] == ["Zadie Quill", "Otis Quill"]
    assert found == []
