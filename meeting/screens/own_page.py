"""The way from Teams to one's own page, where the papers are files."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meeting.screens.frame import Frame, Look, frame_for


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPageScreen:
    """One link, and the verb that leads back."""

    frame: Frame
    link: str
    back: str


def own_page_screen(look: Look) -> OwnPageScreen:
    """Return the link that a press has made."""
    frame = replace(frame_for(look), step_label="")
    return OwnPageScreen(frame=frame, link=look.args["link"], back=look.args["back"])
