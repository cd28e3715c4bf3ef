"""The SDK's own way to send still works, and leads through our client."""

from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot.teams.activities import RAW
from bot.teams.adapter import Adapter, sdk_activity
from tests.protocol.channel_world import CHAT_ID, START, Recorder, open_service, payload


async def test_what_a_turn_sends_leaves_by_our_client():
    """A reply, an update and a deletion inside a turn reach the chat of that turn; a trace stays in the house."""
    async with open_service() as (connector, service):
        adapter = Adapter(handler=Recorder(), connector=connector, now=lambda: START)
        activity = payload("inbound-message-mention-meeting-chat") | {"serviceUrl": service.url}
        context = TurnContext(adapter, sdk_activity(activity))
        context.turn_state[RAW] = activity
        sent = await context.send_activity("3 agencies, 2 answers")
        await context.send_activity(Activity(type="trace", name="inside"))
        await context.update_activity(Activity(type="message", id=sent.id, text="3 agencies, 3 answers"))
        await context.delete_activity(sent.id)
        assert [(taken.method, (taken.body or {}).get("text")) for taken in service.taken] == [
            ("POST", "3 agencies, 2 answers"),
            ("PUT", "3 agencies, 3 answers"),
            ("DELETE", None),
        ]
        assert service.taken[0].body["conversation"]["id"] == CHAT_ID
        assert all(taken.path.endswith(f"/activities/{sent.id}") for taken in service.taken[1:])
