"""What can go wrong with the Bot Connector, by what the sender should do about it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.teams.reading import mapping, text

#: Statuses that Teams asks to retry; no other is.
RETRIED = frozenset({412, 429, 502, 503, 504})
#: Seconds until another try where nobody named a time.
LATER_SECONDS = 30.0
_BLOCKED = frozenset({"MessageWritesBlocked", "ConversationBlockedByUser"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The connector's answer to one request."""

    status: int
    body: Mapping[str, Any]
    #: What the header Retry-After asks for, in seconds.
    retry_after: float | None = None


class ConnectorFailure(Exception):
    """Nothing was sent, as far as is known."""


class TryLater(ConnectorFailure):
    """It may work in `after` seconds: the limits, the server or the network stood in the way."""

    def __init__(self, after: float) -> None:
        super().__init__(f"try again in {after:g} seconds")
        self.after = after


class ChatGone(ConnectorFailure):
    """The bot is not in this chat (any more), or the chat does not exist: wait for the next installation."""


class PersonBlocked(ConnectorFailure):
    """The person blocked or removed the bot: reach them another way."""


class Refused413(ConnectorFailure):
    """The message is too big; a smaller one may pass."""


class Rejected(ConnectorFailure):
    """Final: the connector will not take this request, however often it comes."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class MessageGone(Rejected):
    """The message to update or delete does not exist (any more)."""


def failure(reply: Reply) -> ConnectorFailure:
    """The error that an unsuccessful answer stands for."""
    status, code = reply.status, code_of(reply.body)
    if status in RETRIED or status >= 500 or status == 408:
        return TryLater(LATER_SECONDS if reply.retry_after is None else reply.retry_after)
    if status == 403 and code == "BotNotInConversationRoster":
        return ChatGone(code)
    if status == 403 and code in _BLOCKED:
        return PersonBlocked(code)
    if status == 404 and code == "ConversationNotFound":
        return ChatGone(code)
    if status == 404 and code == "ActivityNotFoundInConversation":
        return MessageGone(status, code)
    if status == 413:
        return Refused413(code)
    return Rejected(status, code)  # a 403 ServiceError among them: it says nothing about membership


def code_of(body: Mapping[str, Any]) -> str:
    """The error's code, which may stand in JSON inside a string; only plain letters of it, as it goes into logs."""
    code = text(mapping(body.get("error")).get("code"))
    if code is None and (message := text(body.get("message"))) is not None:
        try:
            code = text(mapping(json.loads(message)).get("subCode"))
        except (ValueError, RecursionError):
            code = None
    return re.sub(r"[^A-Za-z0-9]", "", code or "Unknown")[:60]
