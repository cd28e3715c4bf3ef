"""Every shape that Teams is known to send is accepted, and reaches the handler in our own words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.teams.inbound import (
    CardAnswer,
    ErrorAnswer,
    Installed,
    MeetingEnded,
    MeetingStarted,
    MembersChanged,
    ParticipantsJoined,
    ParticipantsLeft,
    Uninstalled,
)
from tests.protocol.channel_world import CHAT_ID, PAYLOADS, SERVICE_URL, TENANT, Channel, open_channel, payload

INBOUND = sorted(path.stem for path in PAYLOADS.glob("inbound-*.json") if "envelope" not in path.stem)
TOM = "8feecf2b-1f8f-4a1b-a5fa-01d881bcc254"
PRIYA = "9775ea88-e88d-4c8c-b02e-fec2c98c95a4"


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    async with open_channel() as opened:
        yield opened


@pytest.mark.parametrize("name", INBOUND)
async def test_every_known_shape_is_answered_with_200(channel: Channel, name: str):
    """Whatever Teams sends is taken with 200; an invoke, and nothing else, gets a body."""
    activity = payload(name)
    status, body = await channel.post(activity)
    assert status == 200
    assert (body is not None) == (activity["type"] == "invoke")


@pytest.mark.parametrize("name", ["messageReaction-added", "messageUpdate-edit", "messageDelete"])
async def test_what_is_no_answer_reaches_nobody(channel: Channel, name: str):
    """A reaction, an edit and a deletion are no input: never a view, never a turn."""
    await channel.post(payload(f"inbound-{name}"))
    assert channel.handler.heard == []


async def test_a_press_arrives_whole(channel: Channel):
    """A press tells who, where, which card, which verb and the merged data; it was a person's."""
    await channel.post(payload("inbound-invoke-action-manual"))
    (press,) = channel.handler.presses
    assert (press.sender.aad_object_id, press.sender.name, press.sender.tenant) == (TOM, "Tom Ellery", None)
    assert (press.chat.id, press.chat.kind, press.chat.tenant) == (CHAT_ID, "groupChat", TENANT)
    assert press.chat.service_url == SERVICE_URL
    assert press.chat.meeting_id is not None
    assert (press.verb, press.automatic, press.message_id) == ("vote.submit", False, "1776689415021")
    assert press.data == {
        "pollId": "p-17",
        "round": 2,
        "choice": "agree",
        "reason": "Costs are covered.",
        "confirmed": "true",
    }
    assert press.activity_id == "f:fc168d3b-b3a6-477d-97fa-89b4d07427cf"


async def test_a_refresh_is_known_as_automatic(channel: Channel):
    """A client that fetches its view is not taken for a person who pressed."""
    await channel.post(payload("inbound-invoke-action-refresh"))
    assert [press.automatic for press in channel.handler.presses] == [True]


@pytest.mark.parametrize("answer", ["card", "message", "error"])
async def test_answers_have_teams_own_shape(channel: Channel, answer: str):
    """A card, a notice and an error go back as Teams documents them, inside an HTTP 200."""
    wanted = payload(f"botanswer-invoke-{answer}")["body"]
    if answer == "card":
        channel.handler.answer = lambda _: CardAnswer(card=wanted["value"])
    if answer == "error":
        channel.handler.answer = lambda _: ErrorAnswer(**wanted["value"])
    assert await channel.post(payload("inbound-invoke-action-manual")) == (200, wanted)


async def test_a_mention_is_not_part_of_what_was_said(channel: Channel):
    """The mention of the bot and stray white space are taken off a message; its author is known."""
    await channel.post(payload("inbound-message-mention-meeting-chat"))
    (said,) = channel.handler.messages
    assert (said.text, said.value, said.sender.aad_object_id) == ("status", None, PRIYA)


async def test_a_message_in_private_is_known_as_private(channel: Channel):
    """A 1:1 message says so: content may be typed there only."""
    await channel.post(payload("inbound-message-personal"))
    (said,) = channel.handler.messages
    assert (said.text, said.chat.kind, said.chat.meeting_id) == ("help", "personal", None)


async def test_an_old_clients_button_arrives_as_a_message_with_a_value(channel: Channel):
    """Action.Submit, which old clients fall back to, keeps its data and the message of its card."""
    await channel.post(payload("inbound-message-action-submit"))
    (said,) = channel.handler.messages
    assert said.value == {"pollId": "p-17", "round": 2, "choice": "agree", "reason": ""}
    assert (said.text, said.message_id) == ("", "1776689415021")


@pytest.mark.parametrize(
    ("name", "event", "kind"),
    [
        ("installationUpdate-add-groupchat", Installed, "groupChat"),
        ("installationUpdate-add-personal", Installed, "personal"),
        ("conversationUpdate-bot-added", Installed, "groupChat"),
        ("installationUpdate-remove-groupchat", Uninstalled, "groupChat"),
    ],
)
async def test_installation_is_noticed_either_way(channel: Channel, name: str, event: type, kind: str):
    """Teams tells of an installation in two ways; both are noticed, with whoever did it."""
    await channel.post(payload(f"inbound-{name}"))
    (happened,) = channel.handler.events
    assert isinstance(happened, event)
    assert isinstance(happened, Installed | Uninstalled)
    assert (happened.chat.kind, happened.upgrade) == (kind, False)
    assert happened.sender is not None


async def test_an_upgrade_is_told_apart(channel: Channel):
    """A new version of the app is no new installation."""
    await channel.post(payload("inbound-installationUpdate-add-groupchat") | {"action": "add-upgrade"})
    assert [event.upgrade for event in channel.handler.events if isinstance(event, Installed)] == [True]


async def test_members_who_come_and_go(channel: Channel):
    """People added to or removed from the chat are named by their Entra ids, although they come without a name."""
    await channel.post(payload("inbound-conversationUpdate-user-added"))
    await channel.post(payload("inbound-conversationUpdate-user-removed"))
    added, removed = channel.handler.events
    assert isinstance(added, MembersChanged)
    assert isinstance(removed, MembersChanged)
    assert [person.aad_object_id for person in added.added] == [TOM, "95100318-9f2d-499a-8277-9078e97ed6db"]
    assert [person.aad_object_id for person in removed.removed] == [TOM]


async def test_the_meeting_starts_and_ends(channel: Channel):
    """Start and end carry their true times, read from PascalCase keys with seven digits of a second."""
    await channel.post(payload("inbound-event-meetingStart"))
    await channel.post(payload("inbound-event-meetingEnd"))
    started, ended = channel.handler.events
    assert isinstance(started, MeetingStarted)
    assert isinstance(ended, MeetingEnded)
    assert started.at == datetime(2026, 4, 20, 13, 0, 3, 125225, tzinfo=UTC)
    assert ended.at == datetime(2026, 4, 20, 13, 58, 41, 438896, tzinfo=UTC)


async def test_people_join_and_leave(channel: Channel):
    """Joining and leaving is told by the event's name, even where Microsoft's own flag says otherwise."""
    leaves = payload("inbound-event-participantLeave")
    leaves["value"]["members"][0]["meeting"]["inMeeting"] = True
    await channel.post(payload("inbound-event-participantJoin"))
    await channel.post(leaves)
    joined, left = channel.handler.events
    assert isinstance(joined, ParticipantsJoined)
    assert isinstance(left, ParticipantsLeft)
    assert [(person.aad_object_id, person.tenant) for person in joined.people] == [(TOM, TENANT)]
    assert [person.aad_object_id for person in left.people] == [TOM]


async def test_events_without_channel_data(channel: Channel):
    """The recorded start event has no channelData at all: the tenant of the conversation stands in."""
    activity = payload("inbound-event-meetingStart")
    del activity["channelData"]
    assert (await channel.post(activity))[0] == 200
    assert [event.chat.meeting_id for event in channel.handler.events] == [None]


@pytest.mark.parametrize("kind", ["typing", "endOfConversation", "handoff", "somethingNew"])
async def test_unknown_kinds_are_let_go(channel: Channel, kind: str):
    """What this bot does not know is accepted and reaches nobody."""
    assert await channel.post(payload("inbound-message-personal") | {"type": kind}) == (200, None)
    assert channel.handler.heard == []


@pytest.mark.parametrize("name", ["task/fetch", "composeExtension/query", "signin/verifyState", "", None])
async def test_unknown_invokes_get_an_error_they_can_show(channel: Channel, name: str | None):
    """An invoke that this bot does not know is answered with an error inside a 200, never with 5xx."""
    status, body = await channel.post(payload("inbound-invoke-action-manual") | {"name": name})
    assert (status, body["statusCode"], body["value"]["code"]) == (200, 400, "NotSupported")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {"action": None},
        {"action": "press"},
        {"action": {"type": "Action.Submit", "verb": "a.b", "data": {}}},
        {"action": {"type": "Action.Execute", "data": {}}},
        {"action": {"type": "Action.Execute", "verb": 7}},
        {"action": {"type": "Action.Execute", "verb": "a.b", "data": "text"}},
    ],
)
async def test_malformed_presses_get_an_error_they_can_show(channel: Channel, value: Any):
    """A press without a verb or with data of another shape is answered, and reaches nobody."""
    status, body = await channel.post(payload("inbound-invoke-action-manual") | {"value": value})
    assert (status, body["statusCode"], body["value"]["code"]) == (200, 400, "BadRequest")
    assert channel.handler.heard == []
