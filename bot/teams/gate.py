"""Who may come in: the activity and its token have to belong together, to Teams, and to a tenant that is served."""

from bot.teams.addresses import Addresses
from bot.teams.reading import Json, mapping, tenant, text
from bot.teams.tokens import Token

CHANNEL = "msteams"


class TurnedAway(Exception):
    """The door stays shut, with the HTTP status that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Gate:
    def __init__(self, *, tenants: frozenset[str], addresses: Addresses) -> None:
        self._tenants = frozenset(tenant.lower() for tenant in tenants)
        self._addresses = addresses

    def admit(self, activity: Json, token: Token) -> None:
        """Returns where the activity may be handled; raises `TurnedAway` with 400, 401 or 403."""
        service_url = text(activity.get("serviceUrl"))
        if text(activity.get("type")) is None or text(mapping(activity.get("conversation")).get("id")) is None:
            raise TurnedAway(400, "not_an_activity")
        if service_url is None or token.service_url != service_url:
            raise TurnedAway(401, "service_url_claim")
        channel = text(activity.get("channelId"))
        if channel is None or channel not in token.key.endorsements:
            raise TurnedAway(401, "endorsement")
        if channel != CHANNEL:
            raise TurnedAway(403, "channel")
        host = tenant(activity)
        if host is None or host.lower() not in self._tenants:
            raise TurnedAway(403, "tenant")
        if not self._addresses.allows(service_url):
            raise TurnedAway(403, "service_url")
