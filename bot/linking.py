"""The links that letters hand over, as this deployment seals them."""

from __future__ import annotations

from bot.codes import DerivedCodes
from bot.mail.settings import ready_to_link
from bot.settings import Settings
from bot.tickets import SealedHandles, SealedPasses
from dialogs.links import Links
from storage import Keyring


def links_of(settings: Settings) -> Links:
    """Return what letters hand over: the address of a seat's own page, and a guest's code."""
    keyring = Keyring.at(settings.keyring)
    return Links(
        public_url=ready_to_link(settings.public_url),
        handles=SealedHandles(keyring.ticket_key),
        passes=SealedPasses(keyring.ticket_key),
        codes=DerivedCodes(lambda: keyring.code_key),
        organiser=settings.smtp_from,
    )
