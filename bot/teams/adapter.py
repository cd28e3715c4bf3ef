"""The SDK's own extension point: turns JSON into one turn, and what a turn sends into calls of our connector."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, ConversationReference, ResourceResponse

from bot.teams import reading
from bot.teams.activities import RAW, Activities, answer_of
from bot.teams.connector import Connector
from bot.teams.inbound import ChannelHandler
from bot.teams.reading import Json


class Adapter(BotAdapter):
    """Runs a turn for each activity and sends through our own client; nothing else of the SDK is used."""

    def __init__(self, *, handler: ChannelHandler, connector: Connector, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._activities = Activities(handler, now)
        self._connector = connector

    async def turn(self, activity: Json) -> Json | None:
        """Handles one activity and returns the body of the answer, which only an invoke has."""
        context = TurnContext(self, sdk_activity(activity))
        context.turn_state[RAW] = activity
        await self.run_pipeline(context, self._activities.on_turn)
        return answer_of(context)

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Sends each activity to the chat of this turn; traces and answers to invokes do not leave the house."""
        chat = reading.chat(context.turn_state[RAW])
        sent = []
        for activity in activities:
            leaves = activity.type not in {"trace", "invokeResponse"}
            identity = await self._connector.send(chat, activity.serialize()) if leaves else None
            sent.append(ResourceResponse(id=identity))
        return sent

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replaces a message that the bot sent to the chat of this turn."""
        chat = reading.chat(context.turn_state[RAW])
        await self._connector.update(chat, activity.id, activity.serialize())
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Deletes a message that the bot sent to the chat of this turn."""
        await self._connector.delete(reading.chat(context.turn_state[RAW]), reference.activity_id)


def sdk_activity(activity: Json) -> Any:
    """The SDK's Activity with the fields that routing and replying need; any other shape of them is survived."""
    text, mapping = reading.text, reading.mapping
    conversation = mapping(activity.get("conversation"))
    return Activity(
        type=text(activity.get("type")),
        id=text(activity.get("id")),
        name=text(activity.get("name")),
        action=text(activity.get("action")),
        channel_id=text(activity.get("channelId")),
        service_url=text(activity.get("serviceUrl")),
        locale=text(activity.get("locale")),
        text=text(activity.get("text")),
        value=activity.get("value"),
        channel_data=activity.get("channelData"),
        reply_to_id=text(activity.get("replyToId")),
        from_property=_account(activity.get("from")),
        recipient=_account(activity.get("recipient")),
        conversation=ConversationAccount(
            id=text(conversation.get("id")),
            conversation_type=text(conversation.get("conversationType")),
            tenant_id=text(conversation.get("tenantId")),
        ),
    )


def _account(value: object) -> Any:
    account, text = reading.mapping(value), reading.text
    return ChannelAccount(
        id=text(account.get("id")), name=text(account.get("name")), aad_object_id=text(account.get("aadObjectId"))
    )
