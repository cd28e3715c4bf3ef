"""Somebody at a browser: one page of one seat, looked at by axe, and worked with the keyboard alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import ConsoleMessage, Page

from rehearsal.teams import Person

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 860}
#: What axe may find because of Microsoft's renderer, by rule, each with the upstream issue. Nothing is excused now.
EXCUSED: Mapping[str, str] = {}
MOST_STEPS = 400  # of the Tab key, once round the page and more

#: What is folded away is nobody's to see, nor axe's to judge: it is taken out meanwhile, or axe would weigh all of it.
AXE = """async (tags) => {
  const folded = [...document.querySelectorAll("details:not([open]) > :not(summary)")].map((each) => {
    const place = document.createComment("");
    each.replaceWith(place);
    return [place, each];
  });
  try {
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.map((each) => ({ id: each.id, html: each.nodes[0].html.slice(0, 160) }));
  } finally {
    for (const [place, each] of folded.reverse()) place.replaceWith(each);
  }
}"""
#: Where the keyboard has to go: a button or an input of one message, by the words that people see.
FIND = """({message, kind, words, beside}) => {
  const plain = (text) => text.replace(/\\s+/g, " ").trim();
  const item = document.querySelector(`[data-id="${message}"]`);
  const card = item?.querySelector(".card");
  if (!card) return null;
  if (item.tagName === "DETAILS" && !item.open) return item.closest(".earlier")?.open === false
    ? document.querySelector(".earlier > summary") : item.querySelector("summary");
  const near = (each) => {
    for (let at = each, depth = 0; at && at !== card; at = at.parentElement, depth++)
      if (beside && plain(at.textContent).includes(plain(beside))) return depth;
    return beside ? 999 : 0;
  };
  const label = (each) => plain(each.textContent).replace(/ \\*$/, "");
  let found = [];
  const buttons = () => [...card.querySelectorAll("button")].filter((each) => plain(each.textContent) === plain(words));
  if (kind === "button") found = buttons();
  else found = [...card.querySelectorAll("label, [role=radiogroup], [role=group]")].flatMap((each) => {
    if (each.matches("label")) return label(each) === plain(words) && each.control ? [each.control] : [];
    const own = document.getElementById(each.getAttribute("aria-labelledby") ?? "");
    return own && label(own) === plain(words) ? [each] : [];
  });
  found = found.filter((each) => each.offsetParent !== null);
  found.sort((a, b) => near(a) - near(b));
  return found[0] ?? null;
}"""


@dataclass(kw_only=True)
class Visitor:
    """One page."""

    page: Page
    axe: str
    faults: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note what the browser complains of: refused by the content policy, not found, thrown."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"thrown: {error}"))

    def beside(self, page: Page) -> Visitor:
        """The same person at another page that theirs has opened; its faults are told with theirs."""
        other = Visitor(page=page, axe=self.axe, faults=self.faults)
        other.listen()
        return other

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    async def open(self, address: str) -> None:
        """Go there and wait until the page shows what there is."""
        await self.page.goto(address)
        await self.page.wait_for_selector("[data-ready]")

    async def look(self, state: str) -> list[str]:
        """Return what axe finds on this state at both widths."""
        found = []
        for size in (NARROW, WIDE):
            found += await self.look_at(size, state)
        return found

    async def look_at(self, size: Mapping[str, int], state: str) -> list[str]:
        """Return what axe finds on this state at one width."""
        await self.page.set_viewport_size(size)  # type: ignore[arg-type]  # a mapping of two numbers
        return [f"{state} at {size['width']} px: {line}" for line in await self._axe()]

    async def _axe(self) -> list[str]:
        if not await self.page.evaluate("() => 'axe' in window"):
            await self.page.evaluate(self.axe)
        told: list[dict[str, Any]] = await self.page.evaluate(AXE, RULES)
        return [f"{each['id']}: {each['html']}" for each in told if each["id"] not in EXCUSED]

    # ---------------------------------------------------------------------------------------------- the keyboard

    async def reach(self, message: str, kind: str, words: str, beside: str | None = None) -> None:
        """Press Tab until the keyboard is there; a folded card on the way is opened with Enter."""
        wanted = {"message": message, "kind": kind, "words": words, "beside": beside}
        for _ in range(6):
            await self.tab_to(wanted)
            if not await self.page.evaluate("() => document.activeElement.matches('summary')"):
                return
            await self.page.keyboard.press("Enter")
        raise AssertionError(f"behind too many folds: {words}")

    async def tab_to(self, wanted: Mapping[str, str | None]) -> None:
        """Press Tab, or Shift and Tab where that is nearer, until the element is focused."""
        there = f"(wanted) => {{ const to = ({FIND})(wanted); const at = document.activeElement; "
        there += "return to === null ? null : to === at || to.contains(at) ? 0 : "
        there += (
            "(at === document.body || at.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_FOLLOWING) ? 1 : -1; }"
        )
        for _ in range(MOST_STEPS):
            way = await self.page.evaluate(there, dict(wanted))
            assert way is not None, f"not on the page: {wanted['words']!r}"
            if way == 0:
                return
            await self.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
        raise AssertionError(f"not reached with the Tab key: {wanted['words']!r}")

    async def write(self, text: str) -> None:
        """Type in the place of what stands there; a date and a time as a British keyboard has them."""
        kind = await self.page.evaluate("() => document.activeElement.type")
        if kind == "date":
            year, month, day = text.split("-")
            text = f"{day}{month}{year}"
        elif kind == "time":
            text = text.replace(":", "")
        else:
            await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def choose(self, titles: tuple[str, ...]) -> None:
        """Choose in the group or list that the keyboard is in, by arrows, space or letters."""
        tag = await self.page.evaluate("() => document.activeElement.tagName + (document.activeElement.type ?? '')")
        if tag.startswith("SELECT"):
            await self.page.keyboard.type(titles[0])
            return
        words = "() => document.activeElement.labels[0].textContent.replace(/\\s+/g, ' ').trim()"
        if tag == "INPUTradio":
            for _ in range(30):
                await self.page.keyboard.press("Space")
                if await self.page.evaluate(words) == titles[0]:
                    return
                await self.page.keyboard.press("ArrowDown")
            raise AssertionError(f"no arrow leads to {titles[0]!r}")
        left = set(titles)
        before = "() => { const own = [...document.activeElement.closest('[role=group]').querySelectorAll('input')];"
        for _ in range(await self.page.evaluate(before + "return own.indexOf(document.activeElement); }")):
            await self.page.keyboard.press("Shift+Tab")
        for _ in range(40):
            if await self.page.evaluate(words) in left:
                left.discard(await self.page.evaluate(words))
                if not await self.page.evaluate("() => document.activeElement.checked"):
                    await self.page.keyboard.press("Space")
            if not left:
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"not among the boxes: {left}")

    async def tick(self, *, on: bool) -> None:
        """Leave the box that the keyboard is on ticked, or not."""
        if await self.page.evaluate("() => document.activeElement.checked") is not on:
            await self.page.keyboard.press("Space")


class Typist:
    """A person of the play who reads their screen as ever, and acts on the page with the keyboard alone."""

    def __init__(self, person: Person, visitor: Visitor, caught_up: Callable[[Page], Awaitable[None]]) -> None:
        self._person, self._visitor, self._caught_up = person, visitor, caught_up
        self._meant: list[tuple[str, str, tuple[str, ...]]] = []
        self.presses = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._person, name)

    def type(self, label: str, text: str, **_: object) -> None:
        """Mean to type; it is done on the way to the button."""
        self._meant.append(("type", label, (text,)))

    def choose(self, label: str, *titles: str, **_: object) -> None:
        """Mean to choose."""
        self._meant.append(("choose", label, titles))

    def toggle(self, label: str, *, on: bool, **_: object) -> None:
        """Mean to tick, or to take the tick away."""
        self._meant.append(("toggle", label, ("on",) if on else ()))

    async def press(self, title: str, *, message: str, beside: str | None = None, **_: object) -> None:
        """Fill in what was meant and press Enter on the button, when the keyboard got there."""
        await self._caught_up(self._visitor.page)
        for kind, label, values in self._meant:
            await self._visitor.reach(message, "input", label)
            await self._do(kind, values)
        self._meant.clear()
        await self._visitor.reach(message, "button", title, beside)
        await self._visitor.page.keyboard.press("Enter")
        self.presses += 1
        await self._visitor.page.wait_for_function("() => !document.querySelector('.item[aria-busy]')")
        await self._caught_up(self._visitor.page)

    async def _do(self, kind: str, values: tuple[str, ...]) -> None:
        """Do what was meant where the keyboard is."""
        match kind:
            case "choose":
                await self._visitor.choose(values)
            case "toggle":
                await self._visitor.tick(on=bool(values))
            case _:
                await self._visitor.write(values[0])
