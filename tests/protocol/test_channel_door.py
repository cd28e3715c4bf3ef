"""The door itself: what is no activity, whose tenant is not served, and what goes wrong behind it."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.teams.inbound import Answer, Press
from tests.protocol.channel_world import TENANT, Channel, open_channel, payload, token

FOREIGN = "94093d28-1a8e-4cd4-85a2-229b1ba6bfbe"


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    async with open_channel() as opened:
        yield opened


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"null", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"{}{}", 400),
        (b'{"a": NaN}', 400),
        (b'{"a": -Infinity}', 400),
        (b'{"a": 1e999}', 400),
        (b'{"a": ' + b"9" * 5000 + b"}", 400),
        (b'{"a": "\xff\xfe"}', 400),
        (b"\xef\xbb\xbf{}", 400),
        (b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}", 400),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", 400),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, 400),
        (b'{"a": "' + b"x" * 262_144 + b'"}', 413),
    ],
)
async def test_a_body_that_is_no_activity(channel: Channel, body: bytes, status: int):
    """Broken, deep, huge or strange bodies are the sender's fault and are told so: 400 or 413, never 500."""
    assert (await channel.post(body))[0] == status


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", " "])
async def test_another_content_type_is_refused(channel: Channel, kind: str):
    """Only JSON is read."""
    assert (await channel.post(payload("inbound-message-personal"), Content_Type=kind))[0] == 415


@pytest.mark.parametrize("kind", ["application/json", "application/json;+charset=utf-8", "Application/JSON; x=y"])
async def test_json_is_known_however_it_is_written(channel: Channel, kind: str):
    """Teams' own ways to write the content type are understood."""
    assert (await channel.post(payload("inbound-message-personal"), Content_Type=kind))[0] == 200


async def test_a_compressed_body_is_refused(channel: Channel):
    """Nothing is unpacked for a stranger."""
    body = gzip.compress(json.dumps(payload("inbound-message-personal")).encode())
    assert (await channel.post(body, Content_Encoding="gzip"))[0] == 415


async def test_a_body_without_end_is_cut_off(channel: Channel):
    """A body of unknown length is read no further than the limit."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 16_384
            await asyncio.sleep(0)

    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token()}"}
    async with channel.teams.post(channel.url, data=endless(), headers=headers) as response:
        assert response.status == 413


@pytest.mark.parametrize("missing", ["type", "conversation", "from"])
async def test_an_activity_without_what_is_needed(channel: Channel, missing: str):
    """A message without kind, chat or author is refused as the sender's fault."""
    activity = payload("inbound-message-personal")
    del activity[missing]
    assert (await channel.post(activity))[0] == 400


@pytest.mark.parametrize(
    ("told", "also_told"), [(FOREIGN, FOREIGN), (None, FOREIGN), (None, None), (TENANT, FOREIGN), (FOREIGN, TENANT)]
)
async def test_a_tenant_that_is_not_served(channel: Channel, told: str | None, also_told: str | None):
    """Another tenant, no tenant, or two that contradict each other: turned away, though the token is genuine."""
    activity = payload("inbound-invoke-action-manual")
    activity["channelData"]["tenant"]["id"], activity["conversation"]["tenantId"] = told, also_told
    assert (await channel.post(activity))[0] == 403
    assert channel.handler.heard == []


@pytest.mark.parametrize(
    "service_url",
    [
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.evil.example/emea/",
        "https://evil.example/emea/",
        "https://169.254.169.254/metadata/",
        "http://127.0.0.1:8080/emea/",
        "https://x@smba.trafficmanager.net/emea/",
    ],
)
async def test_a_service_url_off_the_list(channel: Channel, service_url: str):
    """Answers go to the Bot Connector only, even if a genuine token claimed another place."""
    activity = payload("inbound-message-personal") | {"serviceUrl": service_url}
    assert (await channel.post(activity, bearer=token(serviceurl=service_url)))[0] == 403
    assert channel.handler.heard == []


async def test_halves_of_an_emoji_are_mended(channel: Channel):
    """A text that a client cut in the middle of an emoji arrives, in characters that every store takes."""
    await channel.post(payload("inbound-message-personal") | {"text": "fine \ud83d and\0 well"})
    (said,) = channel.handler.messages
    assert said.text == "fine \ufffd and well"


@pytest.mark.parametrize("strange", [None, 7, "text", [], {}, {"id": None}, {"id": 7}, [{"id": "a"}]])
@pytest.mark.parametrize("name", ["from", "recipient", "conversation", "channelData", "entities", "value", "action"])
@pytest.mark.parametrize("shape", ["invoke-action-manual", "message-mention-meeting-chat", "event-participantJoin"])
async def test_fields_of_another_type_never_bring_a_500(channel: Channel, shape: str, name: str, strange: Any):
    """Whatever type a field has, the answer is 200 or 4xx."""
    status, _ = await channel.post(payload(f"inbound-{shape}") | {name: strange})
    assert status in {200, 400, 403}


async def test_an_error_behind_the_door_is_told_with_a_reference_only(channel: Channel):
    """What goes wrong behind the door is logged by ids; the person gets a reference, and nobody gets the words."""

    def fail(press: Press) -> Answer:
        raise ValueError(f"{press.sender.name} said {press.data['reason']}")

    channel.handler.answer = fail
    with capture_logs() as logs:
        status, body = await channel.post(payload("inbound-invoke-action-manual"))
    (line,) = [log for log in logs if log["event"] == "teams.turn_failed"]
    assert (status, body["statusCode"], body["value"]["code"]) == (200, 500, "Unexpected")
    assert line["reference"] in body["value"]["message"]
    assert line["activity"] == "f:fc168d3b-b3a6-477d-97fa-89b4d07427cf"
    for words in ("Tom", "Ellery", "Costs"):
        assert words not in json.dumps([logs, body], default=str)


async def test_nothing_that_was_said_is_logged(channel: Channel):
    """No name and no word of any activity reaches the log, refused or not."""
    with capture_logs() as logs:
        for bearer in (token(), "garbage"):
            for name in ("invoke-action-manual", "message-mention-meeting-chat", "event-participantJoin"):
                await channel.post(payload(f"inbound-{name}"), bearer=bearer)
    for words in ("Tom", "Priya", "Spring fair", "Costs", "status", "garbage"):
        assert words not in json.dumps([{k: v for k, v in log.items() if k != "status"} for log in logs], default=str)


async def test_one_person_cannot_press_without_end(channel: Channel):
    """Twenty presses at once are handled, more are asked to wait; others and refreshes are not held up."""
    press = payload("inbound-invoke-action-manual")
    codes = [(await channel.post(press))[1]["statusCode"] for _ in range(22)]
    assert codes == [200] * 20 + [400] * 2
    assert (await channel.post(payload("inbound-invoke-action-refresh")))[1]["statusCode"] == 200
    channel.clock.seconds += 1
    assert (await channel.post(press))[1]["statusCode"] == 200


async def test_other_methods_are_not_served(channel: Channel):
    """The door takes POST only."""
    async with channel.teams.get(channel.url) as response:
        assert response.status == 405
