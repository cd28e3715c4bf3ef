"""A paper in pieces for the case system's form: in its order, whole, each copied by the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from documents.model import Document, Fact, Fields, Paragraph, Section
from documents.text import blocks_of
from tests.web.visitor import Visitor
from web.files import add_files
from web.headers import strict_headers
from web.pasting import paste_page

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium, pytest.mark.node]
SAID = "She said:\n<b>no</b> & “never”."
PAPER = Document(
    title="Strategy meeting",
    reference="SM-1",
    status="authorised",
    banner=("Confidential.",),
    sections=(
        Section(heading="Decision", key="DECISION", blocks=(Paragraph(text=SAID),)),
        Section(heading="People", key="people", blocks=(Fields(facts=(Fact(label="Chair", value="Ann Vale"),)),)),
    ),
)


async def test_each_piece_is_copied_by_tab_and_enter(browser: Browser, node_modules: Path) -> None:
    """What the form asks first comes first; the clipboard holds the piece as it is, and that it does is said."""
    app = web.Application(middlewares=[strict_headers])
    add_files(app)

    async def page_of(_: web.Request) -> web.Response:
        text = paste_page(PAPER, ("people", "DECISION"), "/seat/x")
        return web.Response(text=text, content_type="text/html")

    app.router.add_get("/paste", page_of)
    axe = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    async with TestServer(app) as server:
        context = await browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        visitor = Visitor(page=await context.new_page(), axe=axe)
        visitor.listen()
        await visitor.page.goto(str(server.make_url("/paste")))
        assert await visitor.page.locator("h2").all_inner_texts() == ["The whole", "People", "Decision"]
        for heading, text in blocks_of(PAPER, ("people", "DECISION")):
            for _ in range(20):
                await visitor.page.keyboard.press("Tab")
                if await visitor.page.evaluate("document.activeElement.dataset.name") == heading:
                    break
            await visitor.page.keyboard.press("Enter")
            await visitor.page.wait_for_function("(n) => said.textContent.startsWith(n)", arg=f"{heading}: copied")
            assert await visitor.page.evaluate("navigator.clipboard.readText()") == text
        assert await visitor.look("to paste") == []
        assert visitor.faults == []
        await context.close()
