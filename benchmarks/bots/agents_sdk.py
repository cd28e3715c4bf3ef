"""microsoft-agents-hosting-aiohttp as shipped, answering an empty invoke; runs in an environment of its own."""

import sys

from aiohttp import web
from microsoft_agents.activity import InvokeResponse
from microsoft_agents.authentication.msal import MsalConnectionManager
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler, TurnContext
from microsoft_agents.hosting.core.authorization import AnonymousTokenProvider, _entra_issuers

APP_ID = "fc865704-d823-4b47-a185-ebf57358af35"
TENANT = "605d4375-d112-4920-954d-41e97bd8df1b"


class Fetched(AnonymousTokenProvider):
    """The bot's own token, fetched long ago: what is measured is a turn, not the sign-in."""

    async def get_access_token(self, *_: object, **__: object) -> str:
        """Return it at once."""
        return "fetched-long-ago"


class Warm(MsalConnectionManager):
    """Connections that hold such a token."""

    def get_token_provider(self, *_: object, **__: object) -> Fetched:
        """Return its provider, whatever is asked for."""
        return Fetched()

    get_connection = get_default_connection = get_token_provider_from_activity = get_token_provider


class Empty(ActivityHandler):
    """Answers every invoke with nothing."""

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """Return an empty answer with status 200."""
        return InvokeResponse(status=200, body={})


def main(port: int, keys: str) -> None:
    """Serve until stopped; only the address of the keys is the benchmark's own."""
    _entra_issuers.BOTFRAMEWORK_JWKS_URIS["https://api.botframework.com"] = f"{keys}/keys"
    settings = {"CLIENTID": APP_ID, "CLIENTSECRET": "not-so-secret", "TENANTID": TENANT, "AUTHTYPE": "ClientSecret"}
    connections = Warm(CONNECTIONS={"SERVICE_CONNECTION": {"SETTINGS": settings}})
    adapter = CloudAdapter(connection_manager=connections)
    bot = Empty()

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app["agent_configuration"] = connections.get_default_connection_configuration()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
