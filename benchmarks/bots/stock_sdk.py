"""botbuilder-integration-aiohttp as shipped, answering an empty invoke; runs in an environment of its own.

`patched` takes away its two known costs: the retry codes of each new client searched in a list, and the clients
that are made anew for every turn.
"""

import sys

from aiohttp import web
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

APP_ID = "fc865704-d823-4b47-a185-ebf57358af35"
TENANT = "605d4375-d112-4920-954d-41e97bd8df1b"


class Configuration:
    """Where this bot's keys and tokens come from: the benchmark's own Teams."""

    APP_ID = APP_ID
    APP_PASSWORD = "not-so-secret"  # noqa: S105  (invented)
    APP_TYPE = "SingleTenant"
    APP_TENANTID = TENANT
    TO_CHANNEL_FROM_BOT_LOGIN_URL = f"https://login.microsoftonline.com/{TENANT}"
    TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = "https://api.botframework.com"
    TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = "https://api.botframework.com"  # noqa: S105  (an issuer's name)
    OAUTH_URL = "https://api.botframework.com"

    def __init__(self, keys: str) -> None:
        self.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = f"{keys}/openid"
        self.TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = f"{keys}/openid"


class Empty(ActivityHandler):
    """Answers every invoke with nothing."""

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """Return an empty answer with status 200."""
        return InvokeResponse(status=200)


def patch() -> None:
    """Make the retry codes a frozenset, and keep the clients."""
    from botframework.connector.auth import _connector_factory_impl, _parameterized_bot_framework_authentication
    from msrest.universal_http.requests import ClientRetryPolicy

    ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)
    factory = _connector_factory_impl._ConnectorFactoryImpl
    login = _parameterized_bot_framework_authentication._ParameterizedBotFrameworkAuthentication
    connectors: dict[str, object] = {}
    tokens: list[object] = []
    create, user = factory.create, login.create_user_token_client

    async def connector(self, service_url, audience=None):
        if service_url not in connectors:
            connectors[service_url] = await create(self, service_url, audience)
        return connectors[service_url]

    async def client(self, identity):
        if not tokens:
            tokens.append(await user(self, identity))
        return tokens[0]

    factory.create, login.create_user_token_client = connector, client


def main(port: int, keys: str, *, patched: bool) -> None:
    """Serve until stopped."""
    if patched:
        patch()
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Configuration(keys)))
    bot = Empty()

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], patched="patched" in sys.argv[3:])
