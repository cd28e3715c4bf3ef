"""A bot just big enough to be spoken to: it keeps what it got and answers as the test says."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web

from rehearsal.teams import TeamsService

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"


def card(*body: Json, refresh: list[str] | None = None, actions: list[Json] | None = None) -> Json:
    """An Adaptive Card that the house allows."""
    made: Json = {"type": "AdaptiveCard", "version": "1.5", "body": list(body)}
    if refresh is not None:
        made["refresh"] = {"action": {"type": "Action.Execute", "verb": "my.part", "data": {}}, "userIds": refresh}
    if actions is not None:
        made["actions"] = actions
    return made


def text(words: str, **more: object) -> Json:
    return {"type": "TextBlock", "text": words, "wrap": True, **more}


def execute(title: str, verb: str = "do", **more: object) -> Json:
    return {"type": "Action.Execute", "title": title, "verb": verb, **more}


def shows(content: Json) -> Json:
    return {"statusCode": 200, "type": CARD, "value": content}


def says(words: str) -> Json:
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words}


class EchoBot:
    """Answers each invoke with `answer(activity)`, and calls the connector when told to."""

    def __init__(self, teams: TeamsService) -> None:
        self.teams = teams
        self.got: list[Json] = []
        self.tokens: list[str] = []
        self.answer: Callable[[Json], Any] = lambda activity: shows(card(text("Your own card")))
        self._app = web.Application()
        self._app.router.add_post("/api/messages", self._messages)
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=0.1)
        self._token = ""

    async def start(self) -> None:
        self.session = aiohttp.ClientSession()
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.teams.connect(f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/messages")
        await self.sign_in()

    async def stop(self) -> None:
        await self.session.close()
        await self._runner.cleanup()

    async def sign_in(self) -> int:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.teams.account.app_id,
            "client_secret": self.teams.account.password,
            "scope": "https://api.botframework.com/.default",
        }
        async with self.session.post(self.teams.token_url, data=form) as response:
            self._token = (await response.json())["access_token"]
            return response.status

    async def _messages(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.got.append(activity)
        self.tokens.append(request.headers.get("Authorization", ""))
        if activity["type"] != "invoke":
            return web.Response()
        answer = self.answer(activity)
        if hasattr(answer, "__await__"):
            answer = await answer
        return answer if isinstance(answer, web.Response) else web.json_response(answer)

    async def call(self, method: str, path: str, body: object = None, **more: Any) -> tuple[int, Any, Any]:
        """Status, JSON body (None where empty) and headers."""
        headers = {"Authorization": f"Bearer {self._token}"}
        url = self.teams.service_url + path
        async with self.session.request(method, url, json=body, headers=headers, **more) as response:
            raw = await response.read()
            return response.status, await response.json() if raw else None, response.headers

    async def post(self, chat: Any, content: Json | str, **more: object) -> str:
        """Post a text or a card and return the message's id."""
        status, body, _ = await self.call(
            "POST", f"v3/conversations/{quote(chat.id)}/activities", wrap(content, **more)
        )
        assert status == 201, body
        return str(body["id"])

    async def edit(self, chat: Any, message: str, content: Json) -> None:
        path = f"v3/conversations/{quote(chat.id)}/activities/{message}"
        status, body, _ = await self.call("PUT", path, wrap(content))
        assert (status, body) == (200, {"id": message})

    def invokes(self, trigger: str = "manual") -> list[Json]:
        return [each for each in self.got if each["type"] == "invoke" and each["value"]["trigger"] == trigger]

    def kinds(self) -> list[str]:
        return [each.get("name") or each["type"] for each in self.got]


def wrap(content: Json | str, **more: object) -> Json:
    """An activity of the bot around a text or a card."""
    if isinstance(content, str):
        return {"type": "message", "text": content, "textFormat": "plain", **more}
    return {"type": "message", "attachments": [{"contentType": CARD, "content": content}], **more}
