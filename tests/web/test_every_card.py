"""Every card there is, drawn as the page draws it: axe finds nothing, and no card is wider than a telephone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from cards.gallery.previews import previews
from tests.web.visitor import NARROW, WIDE, Visitor
from web.files import add_files
from web.headers import strict_headers
from web.shell import document

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.chromium, pytest.mark.node]

HEADS = "<h1>Every card</h1><h2>My part</h2>"
PAGE = document(
    "Every card", f'<main>{HEADS}<div id="mine"></div></main>', scripts=("adaptivecards.js",), modules=("renderer.js",)
)
#: Draws the cards as items of "My part", each with its title.
DRAW = """async (cards) => {
  const { draw } = await import(document.querySelector("script[type=module]").src);
  const place = document.getElementById("mine");
  place.replaceChildren(...cards.map(([title, card]) => {
    const item = document.createElement("details");
    item.className = "item";
    item.open = true;
    const head = document.createElement("summary");
    head.textContent = title;
    const body = document.createElement("div");
    body.className = "card";
    body.append(draw(card, { drafts: new Map(), pressed: () => null }) ?? "not drawn");
    item.append(head, body);
    return item;
  }));
  return place.textContent.includes("not drawn");
}"""


@pytest_asyncio.fixture(loop_scope="module")
async def bare(node_modules: Path) -> AsyncIterator[str]:
    """The page's own files and policy, around nothing."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application(middlewares=[strict_headers])
    app.router.add_get("/", page)
    add_files(app)
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("/"))
    await server.close()


async def test_every_card_is_free_of_faults(browser: Browser, bare: str, node_modules: Path) -> None:
    """From the convene card to the own actions, whatever state a card can be in has a preview."""
    axe = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = await browser.new_context(locale="en-GB", reduced_motion="reduce")
    visitor = Visitor(page=await context.new_page(), axe=axe)
    visitor.listen()
    await visitor.page.goto(bare)
    cards = [(title, preview()) for title, preview in previews().items()]
    assert await visitor.page.evaluate(DRAW, cards) is False
    found = []
    for size, looks in ((NARROW, {"color_scheme": "dark"}), (WIDE, {"color_scheme": "light"})):
        await visitor.page.emulate_media(**looks)  # type: ignore[arg-type]  # one word of two
        found += await visitor.look_at(size, looks["color_scheme"])
        assert await visitor.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    await context.close()
    assert found + visitor.faults == []
