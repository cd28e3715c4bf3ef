"""A whole Teams as plain data, to be put away after one step and taken out for the next."""

from dataclasses import dataclass
from datetime import datetime

from rehearsal.teams.exchange import Exchange
from rehearsal.teams.journal import KINDS, Entry, Journal
from rehearsal.teams.model import BotAccount, Json, State
from rehearsal.teams.snapshot import plain, restored

_FORMAT = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What a dump holds."""

    now: datetime
    account: BotAccount
    state: State
    journal: Journal


def dumped(exchange: Exchange) -> Json:
    """The state of this Teams as dicts, lists, strings and numbers."""
    return {
        "format": _FORMAT,
        "now": exchange.now().isoformat(),
        "account": plain(exchange.account),
        "state": plain(exchange.state),
        "journal": [{"entry": type(each).__name__, "told": plain(each)} for each in exchange.journal],
    }


def opened(dump: Json) -> Saved:
    """What `dumped` was given, as new objects. Raises ValueError for a dump of another format."""
    if dump.get("format") != _FORMAT:
        raise ValueError(f"a dump of format {dump.get('format')!r}, this Teams reads {_FORMAT}")
    return Saved(
        now=datetime.fromisoformat(dump["now"]),
        account=restored(BotAccount, dump["account"]),
        state=restored(State, dump["state"]),
        journal=Journal([_entry(each) for each in dump["journal"]]),
    )


def _entry(saved: Json) -> Entry:
    return restored(KINDS[saved["entry"]], saved["told"])
