"""`make pictures`: the journey of a meeting in the rehearsal room, as pictures for the README and the how-tos.

`python -m tests.web.pictures` plays two cases by the script and looks over the shoulders of their people.
"""

from __future__ import annotations

import asyncio
import io
import sys
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from rehearsal.case import find_case
from rehearsal.room.opening import serving_room
from rehearsal.room.room import Room
from tests.conftest import find_chromium

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SIZE = {"width": 1200, "height": 760}
PHONE = {"width": 360, "height": 720}
COLOURS = 128  # of a picture, to keep it small
#: Name of the picture, case, seat, step at whose beginning it is taken; "end" is after closing.
SHOTS = (
    ("roll-call", "injured-infant", "police", "ROLLCALL"),
    ("turn", "injured-infant", "police", "SHARE"),
    ("panel", "injured-infant", "chair", "SHARE"),
    ("decision", "injured-infant", "chair", "DECISION"),
    ("actions", "injured-infant", "chair", "ACTIONS"),
    ("minutes", "injured-infant", "chair", "end"),
    ("views-with-scale", "car-park", "police", "VIEWS"),
)


async def main() -> None:
    """Draw every picture anew; raises SystemExit without Chromium."""
    program = find_chromium()
    if program is None:
        raise SystemExit("Chromium is missing: on Debian, sudo apt-get install chromium")
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:]
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        for case in dict.fromkeys(shot[1] for shot in SHOTS if not wanted or shot[0] in wanted):
            async with serving_room(find_case(case)) as (address, room):
                room.played.script.set_playing(playing=False)
                for name, of_case, seat, step in SHOTS:
                    if of_case == case and (not wanted or name in wanted):
                        await play_until(room, step, seat)
                        await take(browser, address, name, seat)
        await browser.close()


async def play_until(room: Room, step: str, seat: str) -> None:
    """Play everybody until the step has begun, then everybody but this seat until nobody else has something to do."""
    script = room.played.script
    for patient in (False, True):
        script.held = {seat} if patient else set()
        while True:
            meeting = await room.played.meeting()
            at = meeting[0].step if meeting and meeting[0].status != "closed" else "end"
            if (not patient and at == step) or not await script.move(patient=patient):
                break
    await asyncio.sleep(4)  # boards follow at most every three seconds
    await room.played.stage.settle()


async def take(browser: Browser, address: str, name: str, seat: str) -> None:
    """Take one picture, light; of the turn one as wide as a telephone too."""
    for suffix, size in (("", SIZE), *((("-phone", PHONE),) if name == "turn" else ())):
        context = await browser.new_context(viewport=size, locale="en-GB", reduced_motion="reduce")
        await context.add_init_script("sessionStorage.setItem('toured', 'yes')")
        page = await context.new_page()
        await page.goto(f"{address}minutes/SM-2041.html" if name == "minutes" else f"{address}seat/{seat}/")
        if name == "minutes":
            heading = page.get_by_role("heading", name="Family, genogram, parental responsibility")
            await heading.evaluate("heading => heading.scrollIntoView()")
        else:
            await page.wait_for_selector("[data-ready]")
            await page.wait_for_timeout(500)
        await keep(page, FOLDER / f"{name}{suffix}.png")
        await context.close()


async def keep(page: Page, file: Path) -> None:
    """Write the picture with few colours, so that it stays small."""
    with Image.open(io.BytesIO(await page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
