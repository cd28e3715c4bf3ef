"""What a person gets back for a press, and how the bot's HTTP answer is read."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from rehearsal.teams.model import CARD_TYPE, Json

MESSAGE_TYPE = "application/vnd.microsoft.activity.message"
ERROR_TYPE = "application/vnd.microsoft.error"
UNREACHABLE = "Unable to reach app. Please try again."
WENT_WRONG = "Something went wrong. Please try again."


class AnswerKind(StrEnum):
    """What the client does with it."""

    CARD = "card"
    MESSAGE = "message"
    ERROR = "error"
    ACCEPTED = "accepted"  # an Action.Submit was taken; it cannot be answered with a card
    UNANSWERED = "unanswered"  # no answer, also not to the repeats
    LOCAL = "local"  # unfolded, folded or shown on the screen; nothing was sent
    LINK = "link"  # an address was opened


@dataclass(frozen=True, kw_only=True, slots=True)
class BotReply:
    """The bot's HTTP answer to one activity."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the bot answered
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The outcome of a press; `activity` is what was sent last, `attempts` how often."""

    kind: AnswerKind
    value: object = None
    status: int = 0
    http_status: int = 0
    attempts: int = 0
    activity: Json = field(default_factory=dict)

    @property
    def card(self) -> Json:
        """The answered card. Raises ValueError where the answer is none."""
        if self.kind is not AnswerKind.CARD:
            raise ValueError(f"no card but {self.kind}: {self.text}")
        return cast(Json, self.value)

    @property
    def text(self) -> str:
        """The sentence of a message or an error; for a card its JSON."""
        if self.kind is AnswerKind.ERROR and isinstance(self.value, dict):
            return str(self.value.get("message", ""))
        return self.value if isinstance(self.value, str) else json.dumps(self.value, ensure_ascii=False)

    @property
    def refused(self) -> bool:
        """Whether the person was shown an error, or nothing came back."""
        return self.kind in (AnswerKind.ERROR, AnswerKind.UNANSWERED)


def read(reply: BotReply, activity: Json, attempts: int) -> Answer:
    """What a client makes of the bot's answer to an invoke; whatever it cannot read is an error to it."""
    body = reply.json
    kind, value, status = AnswerKind.ERROR, cast(object, {"code": "unreadable", "message": WENT_WRONG}), reply.status
    if reply.status == 200 and isinstance(body, dict):
        status = body.get("statusCode", 200)
        match body.get("type"), body.get("value"):
            case str(type_), dict(card) if type_ == CARD_TYPE:
                kind, value = AnswerKind.CARD, card
            case str(type_), str(text) if type_ == MESSAGE_TYPE and text:
                kind, value = AnswerKind.MESSAGE, text
            case str(type_), dict(error) if type_ == ERROR_TYPE:
                value = error
    return Answer(kind=kind, value=value, status=status, http_status=reply.status, attempts=attempts, activity=activity)
