"""The connector takes and refuses what the real one does."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from rehearsal.teams import MovableClock, PersonKind, RateLimits, Settings
from rehearsal.teams.journal import Called
from tests.rehearsal.echo_bot import card, text, wrap


def activities(chat):
    return f"v3/conversations/{quote(chat.id)}/activities"


async def test_a_call_without_a_living_token_is_401(teams, bot, meeting):
    status, _, _ = await bot.call("POST", activities(meeting), wrap("hi"))
    assert status == 201
    teams.clock.advance(timedelta(minutes=61))
    status, body, _ = await bot.call("POST", activities(meeting), wrap("hi"))
    assert (status, "denied" in body["message"]) == (401, True)
    assert await bot.sign_in() == 200
    await bot.post(meeting, "hi again")
    teams.keys.revoke_all()
    assert (await bot.call("GET", f"v3/conversations/{quote(meeting.id)}/members"))[0] == 401


async def test_signing_in_needs_the_right_secret(teams, bot):
    form = {"grant_type": "client_credentials", "client_id": teams.account.app_id, "client_secret": "wrong"}
    async with bot.session.post(teams.token_url, data=form) as response:
        assert response.status == 401
        assert (await response.json())["error"] == "invalid_client"


async def test_creating_a_1_to_1_gives_the_same_id_each_time_in_both_spellings(teams, bot, tom):
    expected = teams.personal_chat(tom).id
    for spelling in ("tenantId", "tenantID"):
        body = {"isGroup": False, "members": [{"id": tom.mri}], spelling: teams.tenant}
        status, answer, _ = await bot.call("POST", "v3/conversations", body)
        assert (status, answer) == (201, {"id": expected})
    assert expected.startswith("a:1")
    assert len(expected) == 131


async def test_creating_is_refused_for_groups_strangers_and_people_who_cannot_have_the_app(teams, bot, tom, okafor):
    federated = teams.person("Callum Reyes", PersonKind.FEDERATED)

    async def create(*members, **more):
        body = {"members": [{"id": each} for each in members], "tenantId": teams.tenant, **more}
        status, answer, _ = await bot.call("POST", "v3/conversations", body)
        return status, answer["error"]["code"]

    assert await create(tom.mri, isGroup=True) == (400, "BadSyntax")
    assert await create(tom.mri, federated.mri) == (400, "BadSyntax")
    assert await create("29:nobody") == (400, "BadSyntax")
    assert await create(tom.mri, tenantId="other") == (400, "BadSyntax")
    assert await create(okafor.mri) == (400, "BadArgument")
    assert await create(federated.mri) == (403, "BotNotInConversationRoster")


async def test_a_chat_must_exist_have_the_bot_and_not_block_it(teams, bot, amina, tom, meeting):
    class Nowhere:
        id = "19:nowhere@thread.v2"

    assert (await bot.call("POST", activities(Nowhere), wrap("hi")))[0] == 404
    group = teams.group_chat("Elsewhere", [amina])
    status, body, _ = await bot.call("POST", activities(group), wrap("hi"))
    assert (status, body["error"]["code"]) == (403, "BotNotInConversationRoster")
    personal = teams.personal_chat(tom)
    tom.block_bot()
    status, body, _ = await bot.call("POST", activities(personal), wrap("hi"))
    assert (status, body["errorCode"]) == (403, 209)
    assert "MessageWritesBlocked" in body["message"]
    await meeting.remove_bot(amina)
    assert (await bot.call("POST", activities(meeting), wrap("hi")))[0] == 403


async def test_editing_and_deleting_only_what_is_there_and_ones_own(bot, meeting, amina):
    theirs = await amina.say(meeting, "mine")
    message = await bot.post(meeting, card(text("one")))

    async def tried(method, id_):
        body = wrap("new") if method == "PUT" else None
        status, answer, _ = await bot.call(method, f"{activities(meeting)}/{id_}", body)
        return status, (answer or {}).get("error", {}).get("code")

    assert await tried("PUT", "123") == (404, "ActivityNotFoundInConversation")
    assert await tried("PUT", theirs) == (403, "ServiceError")
    assert await tried("PUT", message) == (200, None)
    assert amina.screen() == "new"
    assert await tried("DELETE", message) == (200, None)
    assert await tried("DELETE", message) == (403, "ServiceError")
    assert await tried("PUT", message) == (403, "ServiceError")
    assert not amina.sees("new")


async def test_a_reply_to_an_invoke_is_a_message_like_any_other(bot, meeting, tom):
    status, body, _ = await bot.call("POST", f"{activities(meeting)}/f:479d4df6", wrap("a reply"))
    assert (status, tom.screen()) == (201, "a reply")
    assert body["id"].isdecimal()


async def test_text_and_card_in_one_activity_are_split_and_nobody_learns_an_id(bot, meeting, tom):
    status, body, _ = await bot.call("POST", activities(meeting), wrap(card(text("card")), text="words"))
    assert (status, body) == (202, None)
    assert tom.screens() == ["words", "card"]


async def test_too_big_a_message_is_413_and_counted_in_utf_16(teams, bot, meeting):
    status, body, _ = await bot.call("POST", activities(meeting), wrap("x" * 51_300))
    assert (status, body["error"]["code"]) == (413, "MessageSizeTooBig")
    status, _, _ = await bot.call("POST", activities(meeting), wrap("x" * 51_000))
    assert status == 201
    assert not teams.violations


async def test_a_card_over_the_house_limit_is_posted_and_noted(teams, bot, meeting):
    await bot.post(meeting, card(text("x" * 29_000)))
    assert [each.rule for each in teams.violations] == ["card-too-big"]


async def test_an_invalid_card_is_refused_and_noted(teams, bot, meeting, tom):
    status, body, _ = await bot.call("POST", activities(meeting), wrap(card({"type": "TextBlock"})))
    assert (status, body["error"]["code"]) == (400, "BadArgument")
    assert [each.rule for each in teams.violations] == ["schema"]
    assert tom.screens() == []


async def test_a_mention_in_text_must_stand_in_the_text(teams, bot, meeting, tom):
    mention = {"type": "mention", "text": "<at>Tom</at>", "mentioned": {"id": tom.mri}}
    await bot.post(meeting, "<at>Tom</at> please", entities=[mention])
    assert tom.notifications[-1].mentioned
    assert not teams.violations
    await bot.post(meeting, "Tom, please", entities=[mention])
    assert [each.rule for each in teams.violations] == ["mention"]


async def test_the_roster_comes_in_pages_whose_last_has_no_token(teams, bot, meeting):
    await meeting.add(*(teams.person(f"Person {n}") for n in range(60)))
    path = f"v3/conversations/{quote(meeting.id)}/pagedmembers"
    _, first, _ = await bot.call("GET", path, params={"pageSize": "10"})
    assert len(first["members"]) == 50
    _, last, _ = await bot.call("GET", path, params={"continuationToken": first["continuationToken"]})
    assert len(last["members"]) == 12
    assert "continuationToken" not in last
    _, whole, _ = await bot.call("GET", path, params={"pageSize": "9999"})
    assert len(whole["members"]) == 62


async def test_a_member_is_found_by_either_id(bot, meeting, tom):
    base = f"v3/conversations/{quote(meeting.id)}/members"
    for id_ in (tom.mri, tom.aad_object_id):
        _, body, _ = await bot.call("GET", f"{base}/{id_}")
        assert body["name"] == "Tom Ellery"
    assert (await bot.call("GET", f"{base}/29:nobody"))[0] == 404


async def test_broken_json_is_400(bot, meeting):
    assert (await bot.call("POST", activities(meeting), "just a string"))[0] == 400


class TestRateLimits:
    @pytest.fixture
    def settings(self):
        return Settings(rate_limits=RateLimits())

    async def test_the_eighth_message_in_a_second_is_429_and_the_clock_cures_it(self, teams, bot, meeting):
        codes = [(await bot.call("POST", activities(meeting), wrap("hi")))[0] for _ in range(7)]
        assert codes == [201] * 7
        status, body, headers = await bot.call("POST", activities(meeting), wrap("hi"))
        assert (status, body["error"]["code"], headers["Retry-After"]) == (429, "Throttled", "1")
        teams.clock.advance(timedelta(seconds=2))
        assert (await bot.call("POST", activities(meeting), wrap("hi")))[0] == 201
        assert teams.throttled == 1

    async def test_another_chat_is_not_slowed_down_but_the_tenant_has_its_own_limit(self, teams, bot, amina):
        chats = [teams.group_chat(f"Chat {n}", [amina]) for n in range(11)]
        for chat in chats:
            await chat.install_bot(amina)
        codes = [(await bot.call("POST", activities(chat), wrap("hi")))[0] for chat in chats for _ in range(5)]
        assert codes == [201] * 50 + [429] * 5

    async def test_sixty_in_half_a_minute(self, teams, bot, meeting):
        for _ in range(10):
            for _ in range(6):
                assert (await bot.call("POST", activities(meeting), wrap("hi")))[0] == 201
            teams.clock.advance(timedelta(seconds=2))
        status, _, headers = await bot.call("POST", activities(meeting), wrap("hi"))
        assert (status, headers["Retry-After"]) == (429, "10")


async def test_every_call_stands_in_the_journal(teams, bot, meeting):
    await bot.post(meeting, "hi")
    called = teams.journal.of(Called, chat=meeting.id)
    assert [(each.method, each.status) for each in called] == [("POST", 201)]


async def test_the_clock_needs_a_zone():
    from datetime import datetime

    with pytest.raises(ValueError, match="zone"):
        MovableClock(datetime(2026, 1, 1))  # noqa: DTZ001 - the fault under test
