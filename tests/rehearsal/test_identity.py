"""Activities come signed as Teams signs them, and the keys roll over."""

import jwt
import pytest

from rehearsal.teams.keys import SigningKey


async def published(bot):
    async with bot.session.get(bot.teams.openid_url) as response:
        metadata = await response.json()
    async with bot.session.get(metadata["jwks_uri"]) as response:
        return metadata, (await response.json())["keys"]


def verified(token, keys, teams):
    kid = jwt.get_unverified_header(token)["kid"]
    (entry,) = [each for each in keys if each["kid"] == kid]
    return jwt.decode(
        token,
        jwt.PyJWK(entry),
        algorithms=["RS256"],
        audience=teams.account.app_id,
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )


async def test_an_activity_is_signed_by_a_published_endorsed_key(teams, bot, meeting, amina):
    await amina.say(meeting, "hi", mention_bot=True)
    metadata, keys = await published(bot)
    claims = verified(bot.tokens[-1].removeprefix("Bearer "), keys, teams)
    assert metadata["issuer"] == claims["iss"] == "https://api.botframework.com"
    assert claims["serviceurl"] == teams.service_url == bot.got[-1]["serviceUrl"]
    assert claims["exp"] - teams.clock.now().timestamp() == 3600
    assert keys[0]["endorsements"] == ["msteams"]
    assert set(keys[0]) == {"kty", "use", "kid", "x5t", "n", "e", "x5c", "endorsements"}


async def test_after_a_rollover_the_old_key_stays_published_if_kept(teams, bot, meeting, amina):
    _, before = await published(bot)
    teams.keys.roll_over()
    await amina.say(meeting, "hi", mention_bot=True)
    _, after = await published(bot)
    verified(bot.tokens[-1].removeprefix("Bearer "), after, teams)
    assert [each["kid"] for each in after][1:] == [before[0]["kid"]]
    teams.keys.roll_over(keep_old=False)
    assert len((await published(bot))[1]) == 1


async def test_a_forged_token_is_as_wrong_as_one_asks(teams, bot, meeting):
    claims = {"aud": "somebody else", "exp": None}
    token = teams.keys.forge(teams.service_url, claims=claims, key=SigningKey(), header={"kid": "unknown"})
    decoded = jwt.decode(token, options={"verify_signature": False})
    assert decoded["aud"] == "somebody else"
    assert "exp" not in decoded
    assert jwt.get_unverified_header(token)["kid"] == "unknown"
    await teams.deliver({"type": "message"}, token=token)
    assert bot.tokens[-1] == f"Bearer {token}"
    await teams.deliver({"type": "message"}, token="")
    assert bot.tokens[-1] == ""


async def test_the_key_set_can_be_down_or_slow(teams, bot):
    teams.faults.answer(503, path="/keys")
    async with bot.session.get(f"{teams.base_url}/v1/.well-known/keys") as response:
        assert response.status == 503
    held = teams.faults.hang(path="/keys")
    with pytest.raises(TimeoutError):
        await bot.session.get(f"{teams.base_url}/v1/.well-known/keys", timeout=_timeout(0.05))
    held.release()
    _, keys = await published(bot)
    assert keys


def _timeout(seconds):
    import aiohttp

    return aiohttp.ClientTimeout(total=seconds)
