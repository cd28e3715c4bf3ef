"""The way to a calendar file: a link that soon ends, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import kit
from cards.frame import head
from cards.kit import Card, Element
from meeting.screens.calendars import CalendarScreen
from meeting.screens.frame import Frame

_OF = {"meeting": "The meeting, for your calendar", "actions": "Your due times, for your calendar"}


def calendar_card(screen: CalendarScreen) -> Card:
    """Return the link to the file; it says what a letter would say, and names nobody."""
    body = [*head(screen.frame), kit.text(_OF[screen.kept], bold=True, size="medium")]
    body.append(kit.text("Times, numbers and the reference only. The link works for 15 minutes.", subtle=True))
    args = {"kept": screen.kept, "seat": screen.seat}
    again = kit.button("New link", "calendars.offer", args, free=True)
    going = ("invitations.open", {"form": "mine", "seat": screen.seat})
    verb, where = going if screen.kept == "meeting" else ("follow_up.mine", {})
    back = kit.button("Back", verb, where, free=True)
    return kit.card(body, kit.link("Open the file", screen.link), again, back, speak="For your calendar")


def calendar_button(kept: str, seat: str = "") -> Element:
    """Return the button that makes the link."""
    return kit.button("For my calendar", "calendars.offer", {"kept": kept, "seat": seat}, free=True)


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Police")
_LINK = "https://chairside.example/seat/calendar/abc"

PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "calendars.link": lambda: calendar_card(CalendarScreen(frame=_FRAME, link=_LINK, kept="meeting", seat="police")),
}
