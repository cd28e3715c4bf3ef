"""The Bot Connector: what the bot calls to write into chats, with the answers and refusals of the real one."""

import json

from aiohttp import web

from rehearsal.teams.exchange import Exchange
from rehearsal.teams.house import utf16_bytes
from rehearsal.teams.model import CARD_TYPE, ChatRecord, Json, Message, PersonKind
from rehearsal.teams.refusals import REFUSALS, Refusal, bad_argument
from rehearsal.teams.screens import Screens


class Refused(Exception):
    """The connector says no; carries the answer."""

    def __init__(self, refusal: Refusal | str) -> None:
        self.refusal = REFUSALS[refusal] if isinstance(refusal, str) else refusal
        super().__init__(f"{self.refusal.status} {self.refusal.body}")


class Connector:
    """Conversations and their activities."""

    def __init__(self, exchange: Exchange, screens: Screens) -> None:
        self.exchange = exchange
        self.screens = screens

    def routes(self, prefix: str) -> list[web.RouteDef]:
        """The endpoints below the service URL."""
        chats = f"{prefix}/v3/conversations"
        return [
            web.post(chats, self.create),
            web.post(f"{chats}/{{chat}}/activities", self.post),
            web.post(f"{chats}/{{chat}}/activities/{{activity}}", self.post),
            web.put(f"{chats}/{{chat}}/activities/{{activity}}", self.put),
            web.delete(f"{chats}/{{chat}}/activities/{{activity}}", self.delete),
        ]

    async def create(self, request: web.Request) -> web.Response:
        """Open or find a 1:1 chat; groups cannot be created."""
        body = await _json(request)
        tenant = body.get("tenantId") or body.get("tenantID") or _at(body, "channelData", "tenant", "id")
        members = body.get("members")
        one = isinstance(members, list) and len(members) == 1 and isinstance(members[0], dict)
        if body.get("isGroup") or not one or tenant != self.exchange.state.tenant:
            raise Refused("400-badsyntax")
        person = self.exchange.state.people.get(str(_first(members).get("id")))
        if person is None:
            raise Refused("400-badsyntax")
        if person.kind is PersonKind.ANONYMOUS:
            raise Refused("400-anonymous")
        if not person.personal_app:
            raise Refused("403-roster")
        return web.json_response({"id": self.exchange.personal_chat(person.mri).id}, status=201)

    async def post(self, request: web.Request) -> web.Response:
        """A new message; text and a card in one activity are split, and then nobody learns an id."""
        chat = self._writable(request)
        activity = await self._activity(request)
        if activity.get("type") == "typing":
            return web.json_response({"id": self.exchange.new_message_id()}, status=201)
        texts, cards = _contents(activity)
        if not texts and not cards:
            raise Refused(bad_argument("An activity needs text or an attachment."))
        self._judge(chat, activity)
        messages = [self._message(chat, activity, text=text) for text in texts]
        messages += [self._message(chat, activity, card=card) for card in cards]
        mentioned = _mentioned(activity)
        for message in messages:
            chat.messages.append(message)
            self.screens.posted(chat, message, mentioned, notify=message is messages[0])
        if len(messages) > 1:
            return web.Response(status=202)
        return web.json_response({"id": messages[0].id}, status=201)

    async def put(self, request: web.Request) -> web.Response:
        """The whole message anew; copies of the old card are gone."""
        chat = self._writable(request)
        message = self._own(chat, request)
        activity = await self._activity(request)
        self._judge(chat, activity)
        texts, cards = _contents(activity)
        message.text = texts[0] if texts else ""
        message.card = cards[0] if cards else None
        self.screens.edited(chat, message)
        return web.json_response({"id": message.id})

    async def delete(self, request: web.Request) -> web.Response:
        """The message disappears; a second time there is nothing to delete."""
        chat = self._writable(request)
        self.screens.deleted(chat, self._own(chat, request))
        return web.Response(status=200)

    def reachable(self, request: web.Request) -> ChatRecord:
        """The chat of this call, where the bot is in it. Raises Refused otherwise."""
        chat = self.exchange.state.chats.get(request.match_info["chat"])
        if chat is None:
            raise Refused("404-conversation")
        if not chat.bot_present:
            raise Refused("403-roster")
        return chat

    def _writable(self, request: web.Request) -> ChatRecord:
        chat = self.reachable(request)
        if chat.bot_blocked:
            raise Refused("403-writes-blocked")
        return chat

    def _own(self, chat: ChatRecord, request: web.Request) -> Message:
        message = chat.find(request.match_info["activity"])
        if message is None:
            raise Refused("404-activity")
        if message.deleted or message.sender != self.exchange.account.mri:
            raise Refused("403-unknown")
        return message

    async def _activity(self, request: web.Request) -> Json:
        activity = await _json(request)
        if utf16_bytes(activity) > self.exchange.settings.message_bytes_utf16:
            raise Refused("413")
        return activity

    def _judge(self, chat: ChatRecord, activity: Json) -> None:
        where = f"{activity.get('summary') or 'message'} in {chat.title}"
        texts, cards = _contents(activity)
        if len(cards) > 1:
            self.exchange.violate("several-cards", f"{len(cards)} cards in one activity", where)
        for entity in activity.get("entities") or ():
            if entity.get("type") == "mention" and not any(entity.get("text", "") in text for text in texts):
                self.exchange.violate("mention", f"{entity.get('text')!r} is not in the text: it is dropped", where)
        if activity.get("text") and not activity.get("entities") and activity.get("textFormat") != "plain":
            self.exchange.violate("markdown", "a sentence without textFormat plain is read as markdown", where)
        for card in cards:
            reason = self.exchange.judge(card, where)
            if reason:
                raise Refused(bad_argument(f"Invalid Adaptive Card. {reason}"))

    def _message(self, chat: ChatRecord, activity: Json, *, text: str = "", card: Json | None = None) -> Message:
        return Message(
            id=self.exchange.new_message_id(),
            sender=self.exchange.account.mri,
            posted_at=self.exchange.now(),
            text=text,
            card=card,
            summary=str(activity.get("summary") or ""),
        )


async def _json(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise Refused("400-badsyntax") from None
    if not isinstance(body, dict):
        raise Refused("400-badsyntax")
    return body


def _first(members: object) -> Json:
    return members[0] if isinstance(members, list) else {}


def _at(body: Json, *names: str) -> object:
    found: object = body
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _contents(activity: Json) -> tuple[list[str], list[Json]]:
    cards = [each.get("content") for each in activity.get("attachments") or () if each.get("contentType") == CARD_TYPE]
    return [activity["text"]] if activity.get("text") else [], [each for each in cards if each is not None]


def _mentioned(activity: Json) -> frozenset[str]:
    entities = list(activity.get("entities") or ())
    for card in _contents(activity)[1]:
        inside = _at(card, "msteams", "entities")
        entities += inside if isinstance(inside, list) else []
    return frozenset(str(_at(each, "mentioned", "id")) for each in entities if each.get("type") == "mention")
