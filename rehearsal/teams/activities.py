"""The activities that Teams sends to a bot, field by field as documented and as recorded in public tests."""

import base64
from datetime import datetime
from html import escape
from urllib.parse import quote

from rehearsal.teams.exchange import Exchange
from rehearsal.teams.model import ChatRecord, Identity, Json, MeetingDetails
from rehearsal.teams.words import LONDON

_LOCALE: Json = {"locale": "en-GB", "country": "GB"}
_CLIENT: Json = {**_LOCALE, "platform": "Windows", "timezone": "Europe/London", "type": "clientInfo"}


def long_stamp(moment: datetime) -> str:
    """UTC with seven digits after the second, as most activities have it."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}0Z"


def _local_stamp(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    zone = local.strftime("%z")
    return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond:06d}0{zone[:3]}:{zone[3:]}"


def sender(person: Identity, *, name: bool = True) -> Json:
    """The `from` of an activity; many events leave the name out, and anonymous people have no Entra id."""
    shown = {"id": person.mri, **({"name": person.name} if name else {})}
    return shown if person.aad_object_id is None else {**shown, "aadObjectId": person.aad_object_id}


def conversation(chat: ChatRecord, tenant: str) -> Json:
    """The `conversation` of an activity."""
    if chat.personal:
        return {"conversationType": "personal", "tenantId": tenant, "id": chat.id}
    return {"isGroup": True, "conversationType": "groupChat", "tenantId": tenant, "id": chat.id}


def _envelope(exchange: Exchange, chat: ChatRecord, by: Json, *, kind: str, id_: str) -> Json:
    return {
        "type": kind,
        "timestamp": long_stamp(exchange.now()),
        "id": id_,
        "channelId": "msteams",
        "serviceUrl": exchange.service_url,
        "from": by,
        "conversation": conversation(chat, exchange.state.tenant),
        "recipient": {"id": exchange.account.mri, "name": exchange.account.name},
    }


def _channel_data(exchange: Exchange, chat: ChatRecord, **more: object) -> Json:
    meeting = {"meeting": {"id": chat.meeting.id}} if chat.meeting else {}
    return {"tenant": {"id": exchange.state.tenant}, **more, **meeting}


def _by_hand(exchange: Exchange) -> Json:
    local = _local_stamp(exchange.now())
    return {"localTimestamp": local, "localTimezone": "Europe/London", "locale": "en-GB"}


def _legacy(exchange: Exchange, message_id: str) -> Json:
    return {"replyToId": f"1:1{exchange.guid('legacy', message_id).replace('-', '')}"}


def installation(exchange: Exchange, chat: ChatRecord, by: Identity, action: str) -> Json:
    """An installationUpdate: `add`, `remove`, `add-upgrade` or `remove-upgrade`; who did it has no name."""
    by_person = sender(by, name=False)
    activity = _envelope(exchange, chat, by_person, kind="installationUpdate", id_=exchange.new_event_id())
    source = {} if action.startswith("remove") else {"source": {"name": "message"}}
    return {
        "action": action,
        **activity,
        "entities": [{"locale": "en-GB", "type": "clientInfo"}],
        "channelData": _channel_data(exchange, chat, **source),
        "locale": "en-GB",
    }


def membership(exchange: Exchange, chat: ChatRecord, by: Identity, *, change: str, members: list[Json]) -> Json:
    """A conversationUpdate with `membersAdded` or `membersRemoved`; the members have no names."""
    by_person = sender(by, name=False)
    activity = _envelope(exchange, chat, by_person, kind="conversationUpdate", id_=exchange.new_event_id())
    source = {} if chat.personal else {"source": None}
    return {change: members, **activity, "channelData": _channel_data(exchange, chat, **source)}


def _event(exchange: Exchange, chat: ChatRecord, name: str, value: Json) -> Json:
    meeting = details(chat)
    organizer = {**sender(exchange.who(meeting.organizer)), "name": ""}
    activity = _envelope(exchange, chat, organizer, kind="event", id_=exchange.new_message_id())
    return {
        "name": f"application/vnd.microsoft.{name}",
        **activity,
        "entities": [{**_LOCALE, "type": "clientInfo"}],
        "channelData": _channel_data(exchange, chat, source=None),
        "value": value,
        "locale": "en-GB",
    }


def details(chat: ChatRecord) -> MeetingDetails:
    """The meeting of this chat. Raises ValueError for a chat without one."""
    if chat.meeting is None:
        raise ValueError(f"{chat.title} is no meeting chat")
    return chat.meeting


def meeting_id(conversation_id: str) -> str:
    """The id of the meeting that this chat belongs to."""
    return base64.b64encode(f"0#{conversation_id}#0".encode()).decode()


def join_url(exchange: Exchange, chat: ChatRecord) -> str:
    """The link by which people enter the meeting."""
    organizer = exchange.who(details(chat).organizer)
    context = f'{{"Tid":"{exchange.state.tenant}","Oid":"{organizer.aad_object_id}"}}'
    return f"https://teams.microsoft.com/l/meetup-join/{quote(chat.id, safe='')}/0?context={quote(context, safe='')}"


def meeting_turned(exchange: Exchange, chat: ChatRecord, *, started: bool) -> Json:
    """A meetingStart or meetingEnd; the keys of `value` are PascalCase."""
    value = {
        "MeetingType": "Scheduled",
        "Title": chat.title,
        "Id": details(chat).id,
        "JoinUrl": join_url(exchange, chat),
        "StartTime" if started else "EndTime": long_stamp(exchange.now()),
    }
    return _event(exchange, chat, "meetingStart" if started else "meetingEnd", value)


def participant(exchange: Exchange, chat: ChatRecord, person: Identity, *, joined: bool) -> Json:
    """A meetingParticipantJoin or meetingParticipantLeave; sent in the organizer's name."""
    role = details(chat).roles.get(person.mri, "Presenter")
    user = {**sender(person), "tenantId": person.tenant, "userRole": user_role(person)}
    value = {"members": [{"user": user, "meeting": {"inMeeting": joined, "role": role}}]}
    return _event(exchange, chat, "meetingParticipantJoin" if joined else "meetingParticipantLeave", value)


def user_role(person: Identity) -> str:
    """What a roster calls this person."""
    return person.kind if person.kind in ("guest", "anonymous") else "user"


def message(exchange: Exchange, chat: ChatRecord, by: Identity, *, text: str, mention: bool, id_: str) -> Json:
    """A person's message; nearly each comes with a text/html attachment, and a mention stays in the text."""
    bot = exchange.account
    html = escape(text)
    entities = [_CLIENT]
    if mention:
        mentioned = {"id": bot.mri, "name": bot.name}
        entities = [{"mentioned": mentioned, "text": f"<at>{bot.name}</at>", "type": "mention"}, _CLIENT]
        span = '<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">'
        text, html = f"<at>{bot.name}</at> {text}\n", f"{span}{escape(bot.name)}</span>&nbsp;{html}"
    return {
        "text": text,
        "textFormat": "plain",
        "attachments": [{"contentType": "text/html", "content": f"<p>{html}</p>"}],
        **_envelope(exchange, chat, sender(by), kind="message", id_=id_),
        "entities": entities,
        "channelData": _channel_data(exchange, chat),
        **_by_hand(exchange),
    }


def edited(original: Json, exchange: Exchange, chat: ChatRecord) -> Json:
    """A messageUpdate, made from what the message now would look like; it keeps the first id."""
    data = _channel_data(exchange, chat, eventType="editMessage")
    return {**original, "type": "messageUpdate", "channelData": data}


def deleted(exchange: Exchange, chat: ChatRecord, by: Identity, message_id: str) -> Json:
    """A messageDelete: the same id again, and no text."""
    return {
        **_envelope(exchange, chat, sender(by), kind="messageDelete", id_=message_id),
        "entities": [_CLIENT],
        "channelData": _channel_data(exchange, chat, eventType="softDeleteMessage"),
        **_by_hand(exchange),
    }


def reaction(exchange: Exchange, chat: ChatRecord, by: Identity, *, message_id: str, kind: str, added: bool) -> Json:
    """A messageReaction on a message of the bot; no name."""
    by_person = sender(by, name=False)
    return {
        "reactionsAdded" if added else "reactionsRemoved": [{"type": kind}],
        **_envelope(exchange, chat, by_person, kind="messageReaction", id_=exchange.new_event_id()),
        "channelData": _channel_data(exchange, chat, legacy=_legacy(exchange, message_id)),
        "replyToId": message_id,
    }


def invoke(exchange: Exchange, chat: ChatRecord, by: Identity, *, message_id: str, action: Json, trigger: str) -> Json:
    """An adaptiveCard/action: somebody pressed (`manual`) or a client fetched their card (`automatic`)."""
    answered = submit(exchange, chat, by, message_id=message_id, value={"action": action, "trigger": trigger})
    return {"name": "adaptiveCard/action", **answered, "type": "invoke"}


def submit(exchange: Exchange, chat: ChatRecord, by: Identity, *, message_id: str, value: object) -> Json:
    """What an old client sends for Action.Submit: a message with a value and no text."""
    data = _channel_data(exchange, chat, source={"name": "message"}, legacy=_legacy(exchange, message_id))
    return {
        "value": value,
        **_envelope(exchange, chat, sender(by), kind="message", id_=exchange.new_event_id()),
        "entities": [_CLIENT],
        "channelData": data,
        "replyToId": message_id,
        **_by_hand(exchange),
    }
