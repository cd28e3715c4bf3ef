"""Carries activities to the bot, repeats what got no answer, and reads what comes back."""

import asyncio
import json

import aiohttp

from rehearsal.teams.activities import long_stamp
from rehearsal.teams.answers import UNREACHABLE, Answer, AnswerKind, BotReply, read
from rehearsal.teams.exchange import Exchange
from rehearsal.teams.faults import Faults
from rehearsal.teams.journal import Delivered
from rehearsal.teams.keys import Keys
from rehearsal.teams.model import Json


class NotConnected(RuntimeError):
    """Nobody said where the bot listens: call `connect` first."""


class Delivery:
    """The way from Teams to the bot."""

    def __init__(self, exchange: Exchange, keys: Keys, faults: Faults) -> None:
        self.exchange = exchange
        self.keys = keys
        self.faults = faults
        self.bot_url = ""
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def event(self, activity: Json) -> BotReply | None:
        """Deliver an activity that wants no answer but acceptance; None where the bot did not take it."""
        if self.faults.take("lost"):
            self._note(activity, 0)
            return None
        if self.faults.take("duplicates"):
            first, second = await asyncio.gather(self._once(activity), self._once(activity))
            return first or second
        return await self._once(activity)

    async def invoke(self, activity: Json) -> Answer:
        """Deliver a press or a refresh; unanswered it is repeated with the same id, and later with a new one."""
        for attempt in (1, 2, 3):
            if attempt == 3:
                await asyncio.sleep(self.exchange.settings.repeat_delay)
                activity = self.renewed(activity)
            reply = await self.event(activity)
            if reply is not None and not self.faults.take("dropped_answers"):
                return self._read(reply, activity, attempt)
        return Answer(kind=AnswerKind.UNANSWERED, value=UNREACHABLE, attempts=3, activity=activity)

    def renewed(self, activity: Json) -> Json:
        """The same act once more, as something new: another id, another time."""
        now = long_stamp(self.exchange.now())
        return {**activity, "id": self.exchange.new_event_id(), "timestamp": now}

    def _read(self, reply: BotReply, activity: Json, attempts: int) -> Answer:
        answer = read(reply, activity, attempts)
        where = f"answer to {activity['value']['action'].get('verb', '')}"
        if answer.kind is AnswerKind.CARD:
            refused = self.exchange.judge(answer.card, where)
            if refused:
                error = {"code": "card", "message": refused}
                return Answer(kind=AnswerKind.ERROR, value=error, http_status=200, attempts=attempts, activity=activity)
        elif isinstance(answer.value, dict) and answer.value.get("code") == "unreadable" and reply.status == 200:
            self.exchange.violate("unreadable-answer", reply.body[:200], where)
        return answer

    async def _once(self, activity: Json) -> BotReply | None:
        try:
            reply = await self.post(activity)
        except (TimeoutError, aiohttp.ClientError):
            self._note(activity, 0)
            return None
        return reply

    async def post(
        self, activity: Json, *, token: str | None = None, headers: dict[str, str] | None = None
    ) -> BotReply:
        """One HTTP call to the bot, by default with a valid token.

        Raises aiohttp.ClientError and TimeoutError where no answer came, NotConnected where no bot is known.
        """
        if self._session is None or not self.bot_url:
            raise NotConnected("no bot is connected to this Teams")
        limit = "invoke_timeout" if activity.get("type") == "invoke" else "event_timeout"
        timeout = aiohttp.ClientTimeout(total=getattr(self.exchange.settings, limit))
        signed = self.keys.activity_token(self.exchange.service_url) if token is None else token
        sent = {
            "Content-Type": "application/json; charset=utf-8",
            "MS-CV": self.exchange.guid("cv", str(self.exchange.traffic))[:22],
            "User-Agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)",
            **({"Authorization": f"Bearer {signed}"} if signed else {}),
            **(headers or {}),
        }
        self.exchange.traffic += 1
        async with self._session.post(
            self.bot_url, data=json.dumps(activity).encode(), headers=sent, timeout=timeout, allow_redirects=False
        ) as response:
            reply = BotReply(status=response.status, body=await response.text(), headers=dict(response.headers))
        self._note(activity, reply.status)
        return reply

    def _note(self, activity: Json, status: int) -> None:
        kind = str(activity.get("name") or activity.get("type"))
        if status >= 500:
            self.exchange.violate("server-error", f"HTTP {status}", f"answer to {kind}")
        chat = str((activity.get("conversation") or {}).get("id", ""))
        person = self.exchange.name(str((activity.get("from") or {}).get("id", "")))
        entry = Delivered(
            at=self.exchange.now(),
            chat=chat,
            kind=kind,
            activity=str(activity.get("id", "")),
            person=person,
            status=status,
        )
        self.exchange.journal.write(entry)
