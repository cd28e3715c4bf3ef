"""Our own client for the Bot Connector REST API: everything that the bot says to Teams leaves through here."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
import structlog
from yarl import URL

from bot.teams import roster
from bot.teams.addresses import Addresses, AddressRefused
from bot.teams.credentials import Credentials
from bot.teams.failures import LATER_SECONDS, MessageGone, Rejected, Reply, TryLater, code_of, failure
from bot.teams.inbound import Chat
from bot.teams.limits import Lane, Limits
from bot.teams.reading import Json, text
from bot.teams.retries import Patience, seconds
from bot.teams.timing import Timing
from web import untrusted

log = structlog.get_logger(__name__)

#: `sock_connect` alone: `connect` would count the wait for a free place in the pool as well.
_TIMEOUT = aiohttp.ClientTimeout(total=15, sock_connect=3)
_PAGE = 500
_PAGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    method: str
    url: URL
    tenant: str
    #: The conversation that is written to; nothing for a read.
    lane: Lane | None = None
    body: Mapping[str, Any] | None = None


class Connector:
    """Each method returns when Teams has answered, or raises a `ConnectorFailure` that says what to do next."""

    def __init__(
        self,
        *,
        app_id: str,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        addresses: Addresses,
        timing: Timing,
    ) -> None:
        self._bot = {"id": f"28:{app_id}"}
        self._session = session
        self._credentials = credentials
        self._addresses = addresses
        self._timing = timing
        self._limits = Limits(timing)

    async def send(self, chat: Chat, activity: Mapping[str, Any]) -> str | None:
        """Posts a message and returns its id, which Teams keeps back where it splits the message."""
        answer = await self._write("POST", chat, self._addressed(chat, activity), "activities")
        return text(answer.get("id"))

    async def update(self, chat: Chat, message_id: str, activity: Mapping[str, Any]) -> None:
        """Replaces the whole of a message of the bot; raises `MessageGone` where it was deleted."""
        body = self._addressed(chat, activity) | {"id": message_id}
        await self._write("PUT", chat, body, "activities", message_id)

    async def delete(self, chat: Chat, message_id: str) -> None:
        """Deletes a message of the bot; one that is gone already counts as deleted."""
        try:
            await self._write("DELETE", chat, None, "activities", message_id)
        except MessageGone:
            return

    async def create_personal_chat(self, member_id: str, tenant: str, service_url: str) -> str:
        """The id of the 1:1 chat with a person, the same each time; an anonymous person is `Rejected`."""
        body = {
            "isGroup": False,
            "bot": self._bot,
            "members": [{"id": member_id}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        url = self._url(service_url, "v3", "conversations")
        lane = self._limits.lane(f"create {tenant} {member_id}")
        answer = await self._request(_Call(method="POST", url=url, tenant=tenant, lane=lane, body=body))
        identity = text(answer.get("id"))
        if identity is None:
            raise TryLater(LATER_SECONDS)
        return identity

    async def members(self, chat: Chat) -> tuple[roster.Member, ...]:
        """Everybody in the chat but the bot, all pages."""
        found: list[roster.Member] = []
        query = {"pageSize": str(_PAGE)}
        for _ in range(_PAGES):
            page = await self._read(chat, query, "v3", "conversations", chat.id, "pagedmembers")
            found += roster.members(page, tenant=chat.tenant)
            token = text(page.get("continuationToken"))
            if token is None or token == query.get("continuationToken"):
                break
            query["continuationToken"] = token
        return tuple(found)

    async def meeting(self, chat: Chat, meeting_id: str) -> roster.MeetingDetails:
        """What Teams knows of the meeting (needs the permission OnlineMeeting.ReadBasic.Chat)."""
        body = await self._read(chat, {}, "v1", "meetings", meeting_id)
        return roster.meeting_details(body, meeting_id=meeting_id)

    async def participant(self, chat: Chat, meeting_id: str, person_id: str) -> roster.Participant:
        """A person's role in the running meeting and whether they are in it; by Entra id or by `29:…`."""
        parts = ("v1", "meetings", meeting_id, "participants", person_id)
        return roster.participant(await self._read(chat, {"tenantId": chat.tenant}, *parts), person_id=person_id)

    def _addressed(self, chat: Chat, activity: Mapping[str, Any]) -> Json:
        conversation = {"id": chat.id, "conversationType": chat.kind, "tenantId": chat.tenant}
        return {"type": "message", **activity, "from": self._bot, "conversation": conversation}

    async def _write(self, method: str, chat: Chat, body: Mapping[str, Any] | None, *parts: str) -> Mapping[str, Any]:
        url = self._url(chat.service_url, "v3", "conversations", chat.id, *parts)
        lane = self._limits.lane(chat.id)
        return await self._request(_Call(method=method, url=url, tenant=chat.tenant, lane=lane, body=body))

    async def _read(self, chat: Chat, query: Mapping[str, str], *parts: str) -> Mapping[str, Any]:
        return await self._request(
            _Call(method="GET", url=self._url(chat.service_url, *parts, **query), tenant=chat.tenant)
        )

    def _url(self, service_url: str, *parts: str, **query: str) -> URL:
        """The address of a resource; raises `Rejected` where it would leave the allow-list."""
        if any(part in {"", ".", ".."} for part in parts):
            raise Rejected(0, "AddressRefused")
        try:
            base = self._addresses.base(service_url)
            path = "/".join(quote(part, safe="") for part in parts)
            asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
            return self._addresses.admit(URL(f"{base}/{path}" + (f"?{asked}" if asked else ""), encoded=True))
        except AddressRefused as error:
            log.error("teams.address_refused")  # noqa: TRY400  # an address may hold anything: no trace of it
            raise Rejected(0, "AddressRefused") from error

    async def _request(self, call: _Call) -> Mapping[str, Any]:
        """The body of a successful answer, after as many tries as are worth it; one write at a time in a lane."""
        patience = Patience(self._timing)
        async with call.lane.turn if call.lane is not None else nullcontext():
            while True:
                reply = await self._once(call)
                if 200 <= reply.status < 300:
                    return reply.body
                wait = patience.wait(reply)
                log.warning(
                    "teams.not_taken", method=call.method, status=reply.status, code=code_of(reply.body), wait=wait
                )
                if wait is None:
                    raise failure(reply)
                await self._timing.sleep(wait)

    async def _once(self, call: _Call) -> Reply:
        token = await self._credentials.token()
        await self._limits.wait(tenant=call.tenant, lane=call.lane)
        try:
            reply = await self._exchange(call, token)
        except (aiohttp.ClientError, OSError) as error:
            log.warning("teams.not_reached", method=call.method, error=type(error).__name__)
            raise TryLater(LATER_SECONDS) from error
        finally:
            if call.lane is not None:
                self._limits.answered(call.lane)
        if reply.status == 401:
            self._credentials.forget(token)
        return reply

    async def _exchange(self, call: _Call, token: str) -> Reply:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        data = None if call.body is None else json.dumps(call.body).encode()
        async with self._session.request(
            call.method, call.url, data=data, headers=headers, timeout=_TIMEOUT, allow_redirects=False
        ) as response:
            answer = await response.read()
            retry_after = seconds(response.headers.get("Retry-After"))
            return Reply(status=response.status, body=_json(answer), retry_after=retry_after)


def _json(answer: bytes) -> Mapping[str, Any]:
    try:
        return untrusted.parse(answer) if answer else {}
    except untrusted.Unparsed:
        return {}
