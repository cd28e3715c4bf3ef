"""The errors of the connector, shaped as in the Teams documentation and in public traces."""

import json
from dataclasses import dataclass, field

from rehearsal.teams.model import Json


@dataclass(frozen=True, slots=True)
class Refusal:
    """One error answer: status, body, further headers."""

    status: int
    body: Json | None
    headers: dict[str, str] = field(default_factory=dict)


def _error(status: int, code: str, message: str) -> Refusal:
    return Refusal(status, {"error": {"code": code, "message": message}})


_BLOCKED = {
    "subCode": "MessageWritesBlocked",
    "details": "Thread is blocked from message writes.",
    "errorCode": None,
    "errorSubCode": None,
}

REFUSALS: dict[str, Refusal] = {
    "400-badsyntax": _error(400, "BadSyntax", "Incorrect conversation creation parameters"),
    "400-anonymous": _error(400, "BadArgument", "Bot cannot create a conversation with an anonymous user"),
    "401": Refusal(401, {"message": "Authorization has been denied for this request."}),
    "403-roster": _error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster."),
    "403-unknown": _error(403, "ServiceError", "Unknown"),
    "403-writes-blocked": Refusal(
        403,
        {"errorCode": 209, "message": json.dumps(_BLOCKED, indent=2).replace("\n", "\r\n")},
        {"Cache-Control": "no-store, must-revalidate, no-cache", "Pragma": "no-cache"},
    ),
    "404-conversation": _error(404, "ConversationNotFound", "Conversation not found."),
    "404-activity": _error(404, "ActivityNotFoundInConversation", "Message does not exist in the thread."),
    "404-member": _error(404, "MemberNotFoundInConversation", "Member not found in conversation."),
    "412": _error(412, "PreconditionFailed", "Precondition failed, please try again."),
    "413": _error(413, "MessageSizeTooBig", "Message size too large."),
    "429": _error(429, "Throttled", "Too many requests."),
    "500": _error(500, "ServiceError", "Unknown"),
    "502": Refusal(502, None),
    "503": _error(503, "ServiceUnavailable", "Service unavailable."),
    "504": Refusal(504, None),
}


def bad_argument(message: str) -> Refusal:
    """Refuses an activity whose content Teams cannot take."""
    return _error(400, "BadArgument", message)


def throttled(retry_after: int | None) -> Refusal:
    """One call too many; the header may be absent."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Refusal(429, REFUSALS["429"].body, headers)
