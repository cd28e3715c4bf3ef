"""Sorts the SDK's turns by kind and hands them on in our own words."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.core.teams import TeamsActivityHandler

from bot.teams import reading
from bot.teams.inbound import (
    Answer,
    CardAnswer,
    ChannelHandler,
    ErrorAnswer,
    Happening,
    Installed,
    MeetingEnded,
    MeetingStarted,
    MembersChanged,
    NoticeAnswer,
    ParticipantsJoined,
    ParticipantsLeft,
    Uninstalled,
)
from bot.teams.outbound import CARD
from bot.teams.reading import Json, Unreadable

#: Where a turn carries the JSON it came as, and the answer to an invoke.
RAW = "chairside.raw"
ANSWER = "chairside.answer"


class Name(StrEnum):
    """The events of a meeting."""

    START = "application/vnd.microsoft.meetingStart"
    END = "application/vnd.microsoft.meetingEnd"
    JOIN = "application/vnd.microsoft.meetingParticipantJoin"
    LEAVE = "application/vnd.microsoft.meetingParticipantLeave"


def answer_body(answer: Answer) -> Json:
    """The answer as Teams wants it: inside an HTTP 200, with a status of its own."""
    match answer:
        case CardAnswer(card=card):
            return {"statusCode": 200, "type": CARD, "value": card}
        case NoticeAnswer(text=notice):
            return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": notice}
        case ErrorAnswer(code=code, message=message):
            value = {"code": code, "message": message}
            return {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": value}


class Activities(TeamsActivityHandler):
    """Everything is read from the JSON itself: the SDK's typed models lose fields that Teams sends."""

    def __init__(self, handler: ChannelHandler, now: Callable[[], datetime]) -> None:
        self._handler = handler
        self._now = now

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """Leaves the answer in the turn's state: the SDK would copy and serialise it twice."""
        turn_context.turn_state[ANSWER] = answer_body(await self._answer(turn_context.turn_state[RAW]))

    async def _answer(self, activity: Json) -> Answer:
        if activity.get("name") != "adaptiveCard/action":
            return ErrorAnswer(code="NotSupported", message="This bot does not know that command.")
        try:
            press = reading.press(activity)
        except Unreadable as error:
            return ErrorAnswer(code="BadRequest", message=f"The card did not say what to do ({error}).")
        return await self._handler.press(press)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A message of a person; what the bot itself wrote is left alone."""
        activity = turn_context.turn_state[RAW]
        said = reading.said(activity)
        if said.sender.id != reading.mapping(activity.get("recipient")).get("id"):
            await self._handler.said(said)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        activity = turn_context.turn_state[RAW]
        await self._installed(activity, upgrade=activity.get("action") == "add-upgrade")

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        activity = turn_context.turn_state[RAW]
        await self._uninstalled(activity, upgrade=activity.get("action") == "remove-upgrade")

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Members came or went; the bot among them means that it was installed or removed."""
        activity = turn_context.turn_state[RAW]
        if reading.about_the_bot(activity, "membersAdded"):
            await self._installed(activity, upgrade=False)
        if reading.about_the_bot(activity, "membersRemoved"):
            await self._uninstalled(activity, upgrade=False)
        added, removed = reading.others(activity, "membersAdded"), reading.others(activity, "membersRemoved")
        if added or removed:
            await self._handler.happened(MembersChanged(chat=reading.chat(activity), added=added, removed=removed))

    async def on_event_activity(self, turn_context: TurnContext) -> None:
        """The meeting started or ended, people came in or left; other events are no concern of ours."""
        event = self._meeting_event(turn_context.turn_state[RAW])
        if event is not None:
            await self._handler.happened(event)

    def _meeting_event(self, activity: Json) -> Happening | None:
        chat, now = reading.chat(activity), self._now()
        at, people = reading.moment(activity, "", now=now), reading.participants(activity)
        match str(activity.get("name")).strip():  # Microsoft's own example has a blank before the name
            case Name.START:
                return MeetingStarted(chat=chat, at=reading.moment(activity, "StartTime", now=now))
            case Name.END:
                return MeetingEnded(chat=chat, at=reading.moment(activity, "EndTime", now=now))
            case Name.JOIN if people:
                return ParticipantsJoined(chat=chat, people=people, at=at)
            case Name.LEAVE if people:
                return ParticipantsLeft(chat=chat, people=people, at=at)
            case _:
                return None

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        """An edited message changes nothing: the record holds what was said to it, when it was said."""

    async def on_message_delete_activity(self, turn_context: TurnContext) -> None:
        """A deleted message changes nothing either."""

    async def on_message_reaction_activity(self, turn_context: TurnContext) -> None:
        """A reaction is never an answer and never a view."""

    async def _installed(self, activity: Json, *, upgrade: bool) -> None:
        chat, person = reading.chat(activity), reading.sender(activity.get("from"))
        await self._handler.happened(Installed(chat=chat, sender=person, upgrade=upgrade))

    async def _uninstalled(self, activity: Json, *, upgrade: bool) -> None:
        chat, person = reading.chat(activity), reading.sender(activity.get("from"))
        await self._handler.happened(Uninstalled(chat=chat, sender=person, upgrade=upgrade))


def answer_of(turn_context: TurnContext) -> Json | None:
    """The answer that the turn left behind; nothing where it was no invoke."""
    left: Any = turn_context.turn_state.get(ANSWER)
    return left if isinstance(left, dict) else None
