"""The minutes themselves in a letter: only where the deployment says that an agency's domain may have them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

import structlog

from bot.sending.letters import seat_letter
from bot.sending.messages import Moment
from bot.teams.settings import SettingsRefused
from dialogs.issued import minutes_document
from dialogs.links import Links
from documents.copies import Copy, Format, Maker
from documents.letters import Letter
from documents.pdf import NoPango
from documents.printing import NotPrinted
from meeting.telling.about_minutes import YOURS
from meeting.telling.notices import NoticeKind

log = structlog.get_logger(__name__)
LINES = (
    "The minutes are enclosed as a PDF.",
    "They are confidential and for your agency. Keep them as your agency keeps such papers.",
)


def ready_to_enclose(domains: Iterable[str]) -> frozenset[str]:
    """Return the domains that may have the document itself; raises SettingsRefused for what is no domain."""
    found = frozenset(d.strip().casefold() for d in domains)
    for one in found:
        if "." not in one.strip(".") or not all(c.isalnum() or c in ".-" for c in one):
            raise SettingsRefused(f"CHAIRSIDE_MINUTES_DOMAINS: '{one}' is no domain; one looks like police.example.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosing:
    """Writes letters with a seat's own copy in them, for `domains`: each stands for itself, not for those below it."""

    domains: frozenset[str]
    maker: Maker

    def may(self, at: Moment, mailbox: str) -> bool:
        """Tell whether a row says that a seat's minutes are ready, and its mailbox may have them."""
        ours = at.row.kind is NoticeKind.MINUTES and at.row.subject == YOURS and at.row.seat is not None
        return ours and mailbox.rpartition("@")[2].casefold() in self.domains

    async def letter(self, at: Moment, links: Links) -> Letter | None:
        """Return the letter with the seat's own copy of the authorised minutes; None where no PDF can be made.

        While an amended version waits for the chair's word there is none either: the letter has a link then.
        """
        if at.meeting.minutes.authorised is None:
            return None
        try:
            copy = await asyncio.to_thread(self._copy, at)
        except (NoPango, NotPrinted) as wrong:
            log.warning("minutes.not_enclosed", row=at.row.id, error=type(wrong).__name__)
            return None
        return replace(seat_letter(at, links, "the minutes", LINES), enclosed=copy)

    def _copy(self, at: Moment) -> Copy:
        document = minutes_document(at.meeting, at.procedure, at.now, at.row.seat)
        return self.maker.copy(document, Format.PDF)
