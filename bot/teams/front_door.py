"""`POST /api/messages`: the one door for Teams, which answers bad input with 4xx and never with 500."""

import json
import secrets
import traceback
from pathlib import PurePath

import structlog
from aiohttp import web

from bot.teams.adapter import Adapter
from bot.teams.body import BadBody, read_activity
from bot.teams.gate import Gate, TurnedAway
from bot.teams.limits import Presses
from bot.teams.reading import Json, Unreadable, mapping, spoken_of, tenant, text
from bot.teams.signing_keys import KeysUnavailable
from bot.teams.tokens import TokenRefused, Tokens

log = structlog.get_logger(__name__)

_JSON = {"Content-Type": "application/json; charset=utf-8"}


class FrontDoor:
    def __init__(self, *, tokens: Tokens, gate: Gate, presses: Presses, adapter: Adapter) -> None:
        self._tokens = tokens
        self._gate = gate
        self._presses = presses
        self._adapter = adapter

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """The answer to one POST of Teams: 200 where it was handled or is no concern of ours, else 4xx."""
        try:
            activity = await read_activity(request)
            self._gate.admit(activity, await self._tokens.verify(request.headers.get("Authorization")))
        except (BadBody, TurnedAway) as error:
            return _refused(error.status, error.reason)
        except TokenRefused as error:
            return _refused(401, str(error))
        except KeysUnavailable:
            return _refused(503, "no_keys")
        if self._presses_too_fast(activity):
            return _answered(_error("TooManyRequests", "That was quicker than I can follow. Please try again."))
        return await self._handle(activity)

    def _presses_too_fast(self, activity: Json) -> bool:
        if activity.get("type") != "invoke" or mapping(activity.get("value")).get("trigger") == "automatic":
            return False
        person = text(mapping(activity.get("from")).get("id"))
        return person is not None and not self._presses.allow(f"{tenant(activity)}/{person}")

    async def _handle(self, activity: Json) -> web.Response:
        """Runs the turn; the one place where an unexpected error ends, with ids and a reference only."""
        try:
            return _answered(await self._adapter.turn(activity))
        except Unreadable as error:
            return _refused(400, str(error))
        except Exception as error:  # noqa: BLE001  # the boundary: whatever went wrong behind it, the door answers
            reference = secrets.token_hex(4)
            about = {"error": type(error).__name__, "where": _where(error), **spoken_of(activity)}
            log.error("teams.turn_failed", reference=reference, **about)  # noqa: TRY400  # its message may hold anything
        if activity.get("type") != "invoke":
            return web.Response(status=500)  # Teams may deliver it once more
        told = f"Something went wrong here. Please try again: nothing is recorded twice. Reference {reference}."
        return _answered(_error("Unexpected", told, status=500))


def _error(code: str, message: str, *, status: int = 400) -> Json:
    return {
        "statusCode": status,
        "type": "application/vnd.microsoft.error",
        "value": {"code": code, "message": message},
    }


def _answered(body: Json | None) -> web.Response:
    if body is None:
        return web.Response(status=200)
    return web.Response(body=json.dumps(body).encode(), headers=_JSON)


def _refused(status: int, reason: str) -> web.Response:
    log.info("teams.refused", status=status, reason=reason)
    return web.Response(status=status)


def _where(error: BaseException) -> list[str]:
    """The last places that the error passed through, without its message, which may hold anything."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames]
