"""What the bot may ask about people and meetings; the shapes differ by how Teams knows somebody."""

import base64
import json
from binascii import Error as NotBase64

from aiohttp import web

from rehearsal.teams.activities import details, join_url, user_role
from rehearsal.teams.connector import Connector, Refused
from rehearsal.teams.exchange import Exchange
from rehearsal.teams.model import ChatRecord, Identity, Json, PersonKind

_SMALLEST, _LARGEST = 50, 500


def member(person: Identity, domain: str) -> Json:
    """One entry of a roster in the tenant of this domain: anonymous people have no id or mail, some members no name."""
    shown: Json = {"id": person.mri}
    if not person.sparse_roster:
        shown["name"] = person.name
    if person.kind is PersonKind.IN_TENANT:
        given, _, surname = person.name.rpartition(" ")
        shown |= {"givenName": given or surname, "surname": surname}
    if person.email and person.kind is not PersonKind.ANONYMOUS:
        shown |= {"email": person.email, "userPrincipalName": _principal(person, domain)}
    if person.aad_object_id:
        shown["objectId"] = person.aad_object_id
        if not person.sparse_roster:
            shown["aadObjectId"] = person.aad_object_id
    return {**shown, "tenantId": person.tenant, "userRole": user_role(person)}


def _principal(person: Identity, domain: str) -> str:
    if person.kind is PersonKind.GUEST:
        return f"{str(person.email).replace('@', '_')}#EXT#@{domain}"
    return str(person.email)


def page_token(skip: int) -> str:
    """Where the next page begins, in the form in which Teams writes it."""
    text = base64.urlsafe_b64encode(json.dumps({"skip": skip, "v": 1}, separators=(",", ":")).encode()).decode()
    return f"{text.rstrip('=')}{text.count('=')}"


def _skip(token: str) -> int:
    try:
        return int(json.loads(base64.urlsafe_b64decode(token[:-1] + "=" * int(token[-1])))["skip"])
    except (ValueError, KeyError, IndexError, NotBase64):
        raise Refused("400-badsyntax") from None


class Rosters:
    """Members of chats, and meetings with their participants."""

    def __init__(self, exchange: Exchange, connector: Connector) -> None:
        self.exchange = exchange
        self.connector = connector

    def routes(self, prefix: str) -> list[web.RouteDef]:
        """The endpoints below the service URL."""
        chat, meeting = f"{prefix}/v3/conversations/{{chat}}", f"{prefix}/v1/meetings/{{meeting}}"
        return [
            web.get(f"{chat}/members", self.members),
            web.get(f"{chat}/members/{{member}}", self.one_member),
            web.get(f"{chat}/pagedmembers", self.paged_members),
            web.get(meeting, self.meeting),
            web.get(f"{meeting}/participants/{{member}}", self.participant),
        ]

    async def members(self, request: web.Request) -> web.Response:
        """Everybody at once."""
        return web.json_response(self._listed(self.connector.reachable(request)))

    async def one_member(self, request: web.Request) -> web.Response:
        """One member, by their id or their Entra id."""
        chat = self.connector.reachable(request)
        return web.json_response(self._entry(self._member(chat, request)))

    async def paged_members(self, request: web.Request) -> web.Response:
        """A page of 50 to 500 members, shorter where the settings say so; the last has no continuation token."""
        listed = self._listed(self.connector.reachable(request))
        asked = request.query.get("pageSize", "")
        size = min(max(int(asked) if asked.isdecimal() else _SMALLEST, _SMALLEST), _LARGEST)
        size = min(size, self.exchange.settings.page_cap or size)
        token = request.query.get("continuationToken")
        start = _skip(token) if token else 0
        more = {"continuationToken": page_token(start + size)} if start + size < len(listed) else {}
        return web.json_response({**more, "members": listed[start : start + size]})

    async def meeting(self, request: web.Request) -> web.Response:
        """The details of a meeting; its organizer has no name."""
        chat = self._meeting_chat(request)
        meeting = details(chat)
        organizer = self.exchange.who(meeting.organizer)
        resource = f"1*{organizer.aad_object_id}*0**{chat.id}"
        body = {
            "details": {
                "id": meeting.id,
                "msGraphResourceId": base64.b64encode(resource.encode()).decode(),
                "scheduledStartTime": f"{meeting.scheduled_start:%Y-%m-%dT%H:%M:%SZ}",
                "scheduledEndTime": f"{meeting.scheduled_end:%Y-%m-%dT%H:%M:%SZ}",
                "joinUrl": join_url(self.exchange, chat),
                "title": chat.title,
                "type": "Scheduled",
            },
            "conversation": {"isGroup": True, "conversationType": "groupChat", "id": chat.id},
            "organizer": {
                "id": organizer.mri,
                "aadObjectId": organizer.aad_object_id,
                "objectId": organizer.aad_object_id,
                "tenantId": organizer.tenant,
            },
        }
        return web.json_response(body)

    async def participant(self, request: web.Request) -> web.Response:
        """One participant with their role in the meeting and whether they are in it now."""
        chat = self._meeting_chat(request)
        if request.query.get("tenantId") != self.exchange.state.tenant:
            raise Refused("400-badsyntax")
        person, meeting = self._member(chat, request), details(chat)
        role = meeting.roles.get(person.mri, "Presenter")
        body = {
            "user": self._entry(person),
            "meeting": {"role": role, "inMeeting": person.mri in meeting.inside},
            "conversation": {"id": chat.id, "conversationType": "groupChat", "isGroup": True},
        }
        return web.json_response(body)

    def _listed(self, chat: ChatRecord) -> list[Json]:
        return [self._entry(self.exchange.who(mri)) for mri in chat.members]

    def _entry(self, person: Identity) -> Json:
        return member(person, self.exchange.state.domain)

    def _member(self, chat: ChatRecord, request: web.Request) -> Identity:
        wanted = request.match_info["member"]
        for person in map(self.exchange.who, chat.members):
            if wanted in (person.mri, person.aad_object_id):
                return person
        raise Refused("404-member")

    def _meeting_chat(self, request: web.Request) -> ChatRecord:
        wanted = request.match_info["meeting"]
        for chat in self.exchange.state.chats.values():
            if chat.meeting and chat.meeting.id == wanted:
                if not chat.bot_present:
                    raise Refused("403-roster")
                return chat
        raise Refused("404-conversation")
