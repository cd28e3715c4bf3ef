"""A partner outside Teams at a real browser with the keyboard alone, from the link of their letter on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Page, expect

from bot.tickets import SealedHandles
from meeting.model import MeetingId, SeatId
from rehearsal.stage import KEYRING, Stage
from storage import Keyring
from tests.web.visitor import NARROW, WIDE, Visitor

#: Each state is looked at in each of these, so at both widths, and in every colour.
LOOKS = (
    (NARROW, {"color_scheme": "light"}),
    (WIDE, {"color_scheme": "dark"}),
    (NARROW, {"color_scheme": "light", "forced_colors": "active"}),
)
FOCUSED = "() => { const at = document.activeElement; return (at.labels?.[0] ?? at).textContent.trim(); }"
#: What still moves although the machine asks for stillness.
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  const lasts = `${style.transitionDuration},${style.animationDuration}`.split(",");
  return lasts.some((one) => parseFloat(one) > 0.01);
}).map((each) => each.className)"""


@dataclass(slots=True, kw_only=True)
class Partner:
    """One seat's invited person, their mailbox and their browser."""

    stage: Stage
    meeting: MeetingId
    seat: str
    mailbox: str
    visitor: Visitor

    @property
    def page(self) -> Page:
        """Their browser's page."""
        return self.visitor.page

    @property
    def link(self) -> str:
        """The link of their letter."""
        key = Keyring.at(self.stage.folder / KEYRING).ticket_key
        handle = SealedHandles(key).seal(self.meeting, SeatId(self.seat))
        return f"http://127.0.0.1:{self.stage.service.port}/seat/{handle}"

    async def tab(self, words: str) -> None:
        """Press Tab until a button, link or input of these words holds the keyboard."""
        for _ in range(30):
            await self.page.keyboard.press("Tab")
            if await self.page.evaluate(FOCUSED) == words:
                return
        raise AssertionError(f"not reached with the Tab key: {words!r}")

    async def enter(self, words: str) -> None:
        """Press Enter on it, and wait for the page that this leads to."""
        await self.tab(words)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def code(self) -> str:
        """The newest code in their mailbox."""
        await self.stage.settle()
        plain = next(self.stage.post.to(self.mailbox)[-1].iter_parts()).get_content()
        return str(re.findall(r"Your code: (\d{3} \d{3})", plain)[0]).replace(" ", "")

    async def come_in(self) -> None:
        """From the link to the meeting's page: a code is asked for and typed."""
        await self.page.goto(self.link)
        await self.enter("Send me a code")
        await self.prove(await self.code())
        await self.page.wait_for_selector("[data-ready]")

    async def prove(self, code: str) -> None:
        """Type a code where the keyboard stands, which is its field, and press Enter."""
        await expect(self.page.get_by_label("The six digits")).to_be_focused()
        await self.page.keyboard.type(code)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def press(self, message: str, words: str) -> None:
        """Press a button of the newest card whose message's key begins so, and wait until it is answered."""
        await self.visitor.reach(await self.card(message), "button", words)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_function("() => !document.querySelector('.item[aria-busy]')")

    async def write(self, message: str, label: str, text: str) -> None:
        """Type into an input of that card."""
        await self.visitor.reach(await self.card(message), "input", label)
        await self.visitor.write(text)

    async def choose(self, message: str, label: str, title: str) -> None:
        """Choose in an input of that card."""
        await self.visitor.reach(await self.card(message), "input", label)
        await self.visitor.choose((title,))

    async def card(self, message: str) -> str:
        """Return the whole key of that message, once it is on the page."""
        found = self.page.locator(f'[data-id^="{message}"]').first
        await expect(found).to_be_attached(timeout=15_000)
        return str(await found.get_attribute("data-id"))

    async def look(self, state: str) -> list[str]:
        """Return what axe finds, narrow and wide, in light, in dark and in the machine's own colours."""
        found = []
        for size, looks in LOOKS:
            await self.page.emulate_media(**{"forced_colors": "none", **looks})  # type: ignore[arg-type]
            found += await self.visitor.look_at(size, f"{state}, {' '.join(looks.values())}")
        return found
