"""Puts together what goes out: the one who sends, and the way to each seat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.linking import links_of
from bot.mail.postman import Postman
from bot.mail.settings import ready_to_mail
from bot.sending.dispatcher import Dispatcher
from bot.sending.doubled import Doubled
from bot.sending.enclosing import Enclosing, ready_to_enclose
from bot.sending.reaching import Courier
from bot.sending.sender import Sender
from bot.settings import Settings
from bot.teams.connector import Connector
from dialogs.engine import Engine
from documents.copies import Maker
from storage import Store


def dispatcher_of(
    store: Store, engine: Engine, courier: Courier, doubled: Doubled, now: Callable[[], datetime]
) -> Dispatcher:
    """Return what sends everything that falls due."""
    sender = Sender(
        record=store.record,
        outbox=store.outbox,
        directory=store.directory,
        engine=engine,
        courier=courier,
        doubled=doubled,
        now=now,
    )
    return Dispatcher(outbox=store.outbox, send=sender, now=now)


def courier_of(
    settings: Settings, store: Store, engine: Engine, connector: Connector, maker: Maker, now: Callable[[], datetime]
) -> Courier:
    """Return what reaches one seat: Teams 1:1, or letters, with the minutes in them where a domain may have them."""
    return Courier(
        directory=store.directory,
        connector=connector,
        engine=engine,
        postman=Postman(ready_to_mail(settings.mail()), now=now),
        links=links_of(settings),
        enclosing=Enclosing(domains=ready_to_enclose(settings.minutes_domains), maker=maker),
    )
