"""The way from Teams to the minutes as files: a link to one's own page, which asks who is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import kit
from cards.frame import head
from cards.kit import Card, Element
from meeting.screens.frame import Frame
from meeting.screens.own_page import OwnPageScreen

WHAT = "To read and print, as Word or PDF, or in pieces to paste into the case system."
WHO = "The page asks who you are: sign in with your work account, or type a code that it sends to your address."


def own_page_card(screen: OwnPageScreen) -> Card:
    """Return the link, what it leads to, and the way back; the link alone opens nothing."""
    body = [*head(screen.frame), kit.text("The minutes on your page", bold=True, size="medium")]
    body += [kit.text(WHAT), kit.text(WHO, subtle=True)]
    return kit.card(
        body, kit.link("Open my page", screen.link), kit.button("Back", screen.back, {}, free=True), speak="Your page"
    )


def page_button(back: str) -> Element:
    """Return the button that makes the link; `back` is the verb of the card that it stands on."""
    return kit.button("Word, PDF, print", "papers.offer", {"back": back}, free=True)


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Police")
_LINK = "https://chairside.example/seat/abc/papers"

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "papers.link": lambda: own_page_card(OwnPageScreen(frame=_FRAME, link=_LINK, back="minutes.mine")),
}
