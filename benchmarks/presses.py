"""The requests of a crowd: what Teams posts when somebody presses, with a ticket as the service seals it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.load import request_bytes
from benchmarks.meetings import Standing
from benchmarks.teams import APP_ID, TENANT, LittleTeams
from bot.tickets import SealedTickets
from cards.sentences import DONE
from dialogs.engine import Ticket, home_of
from meeting.model import Person
from rehearsal.stage import KEYRING
from storage.keyring import Keyring

BUILT = b'"application/vnd.microsoft.card.adaptive"'
GIVEN = DONE["view_given"].encode()  # what the card says that answers a view which was taken


def invoke(
    teams: LittleTeams, chat: str, person: Person, action: dict[str, object], trigger: str, number: int
) -> bytes:
    """Return the activity of one `adaptiveCard/action`, in the shape that Teams sends."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps(
        {
            "name": "adaptiveCard/action",
            "type": "invoke",
            "timestamp": now,
            "localTimestamp": now,
            "id": f"f:{number:08x}-0000-4000-8000-0000000000b1",
            "channelId": "msteams",
            "serviceUrl": teams.service_url,
            "from": {"id": person.address, "name": person.name, "aadObjectId": person.id},
            "conversation": {"isGroup": True, "conversationType": "groupChat", "tenantId": TENANT, "id": chat},
            "recipient": {"id": f"28:{APP_ID}", "name": "Chairside"},
            "entities": [{"locale": "en-GB", "country": "GB", "platform": "Web", "type": "clientInfo"}],
            "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}},
            "replyToId": "1700000000001",
            "value": {"action": action, "trigger": trigger},
            "locale": "en-GB",
            "localTimezone": "Europe/London",
        }
    ).encode()


class Presses:
    """Makes as many requests as a run needs, all different and all valid.

    One person never answers: once all views are in they are shown, and nobody can change theirs any more.
    """

    def __init__(self, teams: LittleTeams, at: Standing, url: str) -> None:
        self._teams, self._at, self._url = teams, at, url
        self._tickets = SealedTickets(Keyring.at(at.folder / KEYRING).ticket_key)
        self._numbers = itertools.count(1)
        self._token = teams.token()

    def answers(self, count: int) -> list[bytes]:
        """Return presses that each give a view, one person after the other, and change it with every round."""
        return [self._answer(person, number) for person, number in zip(self._everybody(), range(count), strict=False)]

    def refreshes(self, count: int) -> list[bytes]:
        """Return what clients send by themselves when a card has changed."""
        return [self._refresh(person) for person, _ in zip(self._everybody(), range(count), strict=False)]

    def _everybody(self) -> Iterator[Person]:
        return itertools.cycle(self._at.people[:-1])

    def _answer(self, person: Person, number: int) -> bytes:
        args = {
            "view": "chairing.mine",
            "at": "{}",
            "home": home_of("chairing.mine", {}),
            "step": self._at.step,
            "person": "",
            "page": "1",
            "each": "",
        }
        option = ("met", "not met")[number // (len(self._at.people) - 1) % 2]
        data = {"t": self._sealed(person, args), "option.*": option, "reason.*": f"What was seen on day {number}."}
        return self._request(person, {"type": "Action.Execute", "verb": "views.give", "data": data}, "manual")

    def _refresh(self, person: Person) -> bytes:
        data = {"t": self._sealed(person, {"home": home_of("chairing.mine", {})})}
        return self._request(person, {"type": "Action.Execute", "verb": "chairing.open", "data": data}, "automatic")

    def _sealed(self, person: Person, args: dict[str, str]) -> str:
        ticket = Ticket(meeting=self._at.id, person=person.id, nonce=self._tickets.nonce(), args=args)
        return self._tickets.seal(ticket)

    def _request(self, person: Person, action: dict[str, object], trigger: str) -> bytes:
        body = invoke(self._teams, self._at.chat, person, action, trigger, next(self._numbers))
        return request_bytes(self._url, body, self._token)


def is_card(body: bytes) -> bool:
    """Tell whether a press was answered with a card."""
    return BUILT in body


def is_taken(body: bytes) -> bool:
    """Tell whether a view was recorded, and not refused."""
    return GIVEN in body
