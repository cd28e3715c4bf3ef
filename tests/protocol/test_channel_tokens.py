"""Nobody but Teams comes in: forged tokens, changing keys, keys that cannot be fetched."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import jwt
import pytest
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.protocol.channel_world import (
    START,
    Channel,
    KeySource,
    claims,
    jwk,
    open_channel,
    payload,
    private_key,
    token,
)

NOW = int(START.timestamp())


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    async with open_channel() as opened:
        yield opened


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _signed(header: dict[str, Any], told: dict[str, Any] | None = None) -> str:
    """A token with any header, truly signed with the first key."""
    signing_input = f"{_part(header)}.{_part(told or claims())}"
    signature = jwt.get_algorithm_by_name("RS256").sign(signing_input.encode(), private_key())
    return f"{signing_input}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _by_public_key() -> str:
    """HS256 with the public key as the shared secret: the classic confusion."""
    pem = private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signing_input = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'first'})}.{_part(claims())}"
    mac = hmac.new(pem, signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _tampered() -> str:
    header, _, signature = token().split(".")
    return f"{header}.{_part(claims(aud='another'))}.{signature}"


FORGED: dict[str, Callable[[], str]] = {
    "no signature algorithm": lambda: f"{_part({'alg': 'none', 'kid': 'first'})}.{_part(claims())}.",
    "algorithm None": lambda: _signed({"alg": "None", "kid": "first"}),
    "signed with the public key": _by_public_key,
    "RS512": lambda: jwt.encode(claims(), private_key(), algorithm="RS512", headers={"kid": "first"}),
    "PS256": lambda: jwt.encode(claims(), private_key(), algorithm="PS256", headers={"kid": "first"}),
    "another app": lambda: token(aud="11111111-1111-1111-1111-111111111111"),
    "the bot's id with its prefix": lambda: token(aud="28:fc865704-d823-4b47-a185-ebf57358af35"),
    "a list of apps": lambda: token(aud=["fc865704-d823-4b47-a185-ebf57358af35"]),
    "no audience": lambda: token(aud=None),
    "an empty audience": lambda: token(aud=""),
    "another issuer": lambda: token(iss="https://sts.windows.net/605d4375-d112-4920-954d-41e97bd8df1b/"),
    "an issuer with a slash": lambda: token(iss="https://api.botframework.com/"),
    "no issuer": lambda: token(iss=None),
    "no expiry": lambda: token(exp=None),
    "expired": lambda: token(exp=NOW - 301),
    "an expiry in words": lambda: _signed({"alg": "RS256", "kid": "first"}, claims(exp="tomorrow")),
    "an expiry that is true": lambda: _signed({"alg": "RS256", "kid": "first"}, claims(exp=True)),
    "an endless expiry": lambda: _signed({"alg": "RS256", "kid": "first"}, claims(exp=float("inf"))),
    "not yet valid": lambda: token(nbf=NOW + 301),
    "a beginning in words": lambda: _signed({"alg": "RS256", "kid": "first"}, claims(nbf="now")),
    "another service URL": lambda: token(serviceurl="https://smba.trafficmanager.net/amer/"),
    "a service URL without its slash": lambda: token(serviceurl=claims()["serviceurl"].rstrip("/")),
    "no service URL": lambda: token(serviceurl=None),
    "the claim spelt otherwise": lambda: token(serviceurl=None, serviceUrl=claims()["serviceurl"]),
    "an unknown key": lambda: token("second"),
    "another key under a known name": lambda: token("second", kid="first"),
    "no key id": lambda: jwt.encode(claims(), private_key(), algorithm="RS256"),
    "a key id that is no string": lambda: _signed({"alg": "RS256", "kid": 1}),
    "a critical extension": lambda: _signed({"alg": "RS256", "kid": "first", "crit": ["exp2"], "exp2": 1}),
    "changed claims": _tampered,
    "cut short": lambda: token()[:-7],
    "without its signature": lambda: token().rpartition(".")[0],
    "an empty signature": lambda: token().rpartition(".")[0] + ".",
    "one part more": lambda: token() + ".e30",
    "garbage": lambda: "garbage",
    "garbage in three parts": lambda: "a.b.c",
    "deep JSON as header": lambda: base64.urlsafe_b64encode(b"[" * 3000).decode() + ".e30.e30",
    "claims that are a list": lambda: _signed({"alg": "RS256", "kid": "first"}, [1]),  # type: ignore[arg-type]
    "too long": lambda: "a" * 7000 + "." + token(),
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_token_is_refused(channel: Channel, name: str):
    """A token that Teams did not sign for this bot, this channel and this moment is refused, and nothing happens."""
    status, _ = await channel.post(payload("inbound-invoke-action-manual"), bearer=FORGED[name]())
    assert status in {401, 403}
    assert channel.handler.heard == []


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "bot-token", "Bearer\u00a0x"])
async def test_a_missing_token_is_refused(channel: Channel, header: str):
    """Without a bearer token nobody comes in."""
    status, _ = await channel.post(payload("inbound-message-personal"), Authorization=header)
    assert status == 401
    assert channel.handler.heard == []


@pytest.mark.parametrize("endorsements", [None, [], ["webchat"], "msteams", [["msteams"]]])
async def test_a_key_must_be_endorsed_for_teams(endorsements: Any):
    """A key that may not speak for Teams vouches for nothing."""
    source = KeySource(keys=[jwk(endorsements=endorsements), jwk("second")])
    async with open_channel(source) as channel:
        assert (await channel.post(payload("inbound-message-personal")))[0] == 401
        assert channel.handler.heard == []


@pytest.mark.parametrize("service_url", [None, "", 7, "https://smba.trafficmanager.net/amer/"])
async def test_the_service_url_must_be_the_claimed_one(channel: Channel, service_url: Any):
    """An activity without a service URL, or with another than the token claims, is refused."""
    status, _ = await channel.post(payload("inbound-message-personal") | {"serviceUrl": service_url})
    assert status == 401


@pytest.mark.parametrize(
    ("channel_id", "status"), [("webchat", 403), ("emulator", 401), (None, 401), (["msteams"], 401)]
)
async def test_only_teams_is_served(channel: Channel, channel_id: Any, status: int):
    """Another channel of the Bot Framework is refused, even where its key is genuine."""
    got, _ = await channel.post(payload("inbound-message-personal") | {"channelId": channel_id})
    assert got == status


async def test_clocks_may_differ_a_little(channel: Channel):
    """Five minutes of difference between two clocks keep nobody out."""
    for bearer in (token(exp=NOW - 299), token(nbf=NOW + 299)):
        assert (await channel.post(payload("inbound-message-personal"), bearer=bearer))[0] == 200


async def test_a_remembered_token_still_expires(channel: Channel):
    """A token that was verified is refused once its hour is over."""
    bearer = token()
    assert (await channel.post(payload("inbound-message-personal"), bearer=bearer))[0] == 200
    channel.clock.seconds = 3600 + 301
    assert (await channel.post(payload("inbound-message-personal"), bearer=bearer))[0] == 401


async def test_a_new_key_is_accepted_at_once(channel: Channel):
    """When Teams signs with a new key, the first call signed with it comes in."""
    assert (await channel.post(payload("inbound-message-personal")))[0] == 200
    channel.clock.seconds = 61
    channel.source.keys = [jwk("second")]
    assert (await channel.post(payload("inbound-message-personal"), bearer=token("second")))[0] == 200


async def test_a_key_that_teams_took_back_opens_nothing(channel: Channel):
    """A remembered token is refused as soon as its key has left Teams' list."""
    assert (await channel.post(payload("inbound-message-personal")))[0] == 200
    channel.clock.seconds = 61
    channel.source.keys = [jwk("second")]
    await channel.post(payload("inbound-message-personal"), bearer=token("second"))
    assert (await channel.post(payload("inbound-message-personal")))[0] == 401


async def test_unknown_keys_cost_one_fetch_a_minute(channel: Channel):
    """However many unknown keys are tried, Teams is asked at most once a minute."""
    for _ in range(20):
        assert (await channel.post(payload("inbound-message-personal"), bearer=token("second")))[0] == 401
    assert channel.source.fetches == 1
    channel.clock.seconds = 61
    await channel.post(payload("inbound-message-personal"), bearer=token("second"))
    assert channel.source.fetches == 2


async def test_stale_keys_serve_while_the_source_is_down(channel: Channel):
    """When the keys cannot be fetched, the known ones go on working and unknown ones stay refused."""
    assert (await channel.post(payload("inbound-message-personal")))[0] == 200
    channel.source.status, channel.clock.seconds = 503, 86_400
    late = token(exp=NOW + 90_000)
    assert (await channel.post(payload("inbound-message-personal"), bearer=late))[0] == 200
    assert (await channel.post(payload("inbound-message-personal"), bearer=token("second", exp=NOW + 90_000)))[0] == 401


async def test_a_source_that_hangs_keeps_nobody_waiting(channel: Channel):
    """While Teams' keys are slow to come, everybody whose key is known is served."""
    await channel.post(payload("inbound-message-personal"))
    channel.source.answers.clear()
    channel.source.asked.clear()
    channel.clock.seconds = 61
    stranger = asyncio.create_task(channel.post(payload("inbound-message-personal"), bearer=token("second")))
    await channel.source.asked.wait()
    assert (await channel.post(payload("inbound-message-personal"), bearer=token(aud=None)))[0] == 401
    assert (await channel.post(payload("inbound-message-personal")))[0] == 200
    assert not stranger.done()
    channel.source.answers.set()
    assert (await stranger)[0] == 401


async def test_without_any_key_teams_is_asked_to_come_again():
    """Before the first key is known nobody is let in and nobody is called a forger: 503, and soon another try."""
    async with open_channel(KeySource(status=503)) as channel:
        assert (await channel.post(payload("inbound-message-personal")))[0] == 503
        channel.source.status, channel.clock.seconds = 200, 6
        assert (await channel.post(payload("inbound-message-personal")))[0] == 200


async def test_keys_grow_fresh_in_the_background(channel: Channel):
    """After six hours the keys are fetched again while calls go on being served."""
    await channel.post(payload("inbound-message-personal"))
    channel.clock.seconds = 6 * 3600 + 1
    for _ in range(3):
        assert (await channel.post(payload("inbound-message-personal"), bearer=token(exp=NOW + 90_000)))[0] == 200
    assert channel.source.fetches == 2


async def test_keys_from_elsewhere_are_not_taken():
    """Metadata that points to another host for its keys is not believed."""
    async with TestServer(KeySource().app(), host="localhost") as elsewhere:
        source = KeySource(keys_elsewhere=str(elsewhere.make_url("/keys")))
        async with open_channel(source) as channel:
            assert (await channel.post(payload("inbound-message-personal")))[0] == 503
