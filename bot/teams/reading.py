"""Reads Teams' JSON field by field into our own dataclasses; a field of the wrong type counts as missing."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.teams.inbound import Chat, ChatKind, Press, Said, Sender

Json = dict[str, Any]


class Unreadable(Exception):
    """The activity lacks something that no answer is possible without; the message names the field, never a value."""


def text(value: object) -> str | None:
    """The value where it is a string with something in it, else nothing."""
    return value if isinstance(value, str) and value else None


def mapping(value: object) -> Json:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sender(value: object) -> Sender | None:
    """The person in a `from`, a member or a `user`; nothing where there is no id."""
    person = mapping(value)
    identity = text(person.get("id"))
    if identity is None:
        return None
    return Sender(
        id=identity,
        aad_object_id=text(person.get("aadObjectId")) or text(person.get("objectId")),
        name=text(person.get("name")),
        tenant=text(person.get("tenantId")),
    )


def people(value: object) -> tuple[Sender, ...]:
    """Every person of a list that has an id."""
    if not isinstance(value, list):
        return ()
    return tuple(person for person in map(sender, value) if person is not None)


def tenant(activity: Json) -> str | None:
    """The tenant that hosts the chat; nothing where it is not told or where the activity contradicts itself."""
    told = text(mapping(mapping(activity.get("channelData")).get("tenant")).get("id"))
    also_told = text(mapping(activity.get("conversation")).get("tenantId"))
    if told and also_told and told.lower() != also_told.lower():
        return None
    return told or also_told


def chat(activity: Json) -> Chat:
    """The chat that the activity belongs to; raises `Unreadable` without conversation id, tenant or service URL."""
    conversation = mapping(activity.get("conversation"))
    identity, host, service_url = text(conversation.get("id")), tenant(activity), text(activity.get("serviceUrl"))
    if identity is None:
        raise Unreadable("conversation.id")
    if host is None:
        raise Unreadable("channelData.tenant.id")
    if service_url is None:
        raise Unreadable("serviceUrl")
    return Chat(
        id=identity,
        kind=_kind(conversation),
        tenant=host,
        service_url=service_url,
        meeting_id=text(mapping(mapping(activity.get("channelData")).get("meeting")).get("id")),
    )


def _kind(conversation: Json) -> ChatKind:
    match conversation.get("conversationType"):
        case "personal":
            return "personal"
        case "channel":
            return "channel"
        case "groupChat":
            return "groupChat"
        case _:  # an unnamed kind is taken for the less private one, unless only an `a:` chat can be meant
            return "personal" if str(conversation.get("id", "")).startswith("a:") else "groupChat"


def author(activity: Json) -> Sender:
    """Who pressed or said it; raises `Unreadable` where nobody is named."""
    person = sender(activity.get("from"))
    if person is None:
        raise Unreadable("from.id")
    return person


def press(activity: Json) -> Press:
    """An `adaptiveCard/action`; raises `Unreadable` where it is not an Action.Execute with a verb."""
    value = mapping(activity.get("value"))
    action = mapping(value.get("action"))
    verb, data = text(action.get("verb")), action.get("data")
    if action.get("type") != "Action.Execute":
        raise Unreadable("value.action.type")
    if verb is None:
        raise Unreadable("value.action.verb")
    if data is not None and not isinstance(data, dict):
        raise Unreadable("value.action.data")
    return Press(
        sender=author(activity),
        chat=chat(activity),
        verb=verb,
        data=data or {},
        automatic=value.get("trigger") == "automatic",
        message_id=text(activity.get("replyToId")),
        activity_id=text(activity.get("id")),
    )


def said(activity: Json) -> Said:
    """A message; raises `Unreadable` where nobody is named as its author."""
    value = activity.get("value")
    return Said(
        sender=author(activity),
        chat=chat(activity),
        text=without_mention(activity),
        value=value if isinstance(value, dict) else None,
        message_id=text(activity.get("replyToId")),
        activity_id=text(activity.get("id")),
    )


def without_mention(activity: Json) -> str:
    """The text without the mention of the bot, white space tidied; other people's mentions keep their names."""
    words = text(activity.get("text")) or ""
    bot = mapping(activity.get("recipient")).get("id")
    entities = activity.get("entities")
    for entity in entities if isinstance(entities, list) else ():
        mentioned = mapping(mapping(entity).get("mentioned"))
        if bot and mentioned.get("id") == bot:
            written = text(entity.get("text")) or f"<at>{mentioned.get('name')}</at>"
            words = words.replace(written, " ")
    words = re.sub(r"</?at\b[^<>]*>", "", words).replace("&nbsp;", " ")
    return "\n".join(" ".join(line.split()) for line in words.splitlines()).strip()


def about_the_bot(activity: Json, members: str) -> bool:
    """Whether the list `membersAdded` or `membersRemoved` names the bot itself."""
    bot = text(mapping(activity.get("recipient")).get("id"))
    return bot is not None and any(person.id == bot for person in people(activity.get(members)))


def others(activity: Json, members: str) -> tuple[Sender, ...]:
    """The people of that list, without the bot."""
    bot = mapping(activity.get("recipient")).get("id")
    return tuple(person for person in people(activity.get(members)) if person.id != bot)


def participants(activity: Json) -> tuple[Sender, ...]:
    """The people of a participant event (`value.members[].user`)."""
    members = mapping(activity.get("value")).get("members")
    return people([mapping(member).get("user") for member in members] if isinstance(members, list) else None)


def moment(activity: Json, field: str, *, now: datetime) -> datetime:
    """When it happened: `value.<field>`, else the activity's own time, else `now`; always aware and in UTC."""
    for told in (mapping(activity.get("value")).get(field), activity.get("timestamp")):
        try:
            at = datetime.fromisoformat(told) if isinstance(told, str) else None
            if at is not None and at.tzinfo is not None:
                return at.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return now


def spoken_of(activity: Mapping[str, Any]) -> dict[str, str]:
    """What a log line may hold about an activity: ids and kinds, never a name or a word of anybody's."""
    found = {
        "activity": text(activity.get("id")),
        "kind": text(activity.get("type")),
        "chat": text(mapping(activity.get("conversation")).get("id")),
    }
    return {name: value[:160] for name, value in found.items() if value is not None}
