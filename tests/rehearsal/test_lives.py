"""Comings and goings: installing for oneself, blocking, upgrades, late arrivals, refreshing by hand."""

from urllib.parse import quote

import pytest

from rehearsal.teams import AnswerKind, NotVisible, PersonKind, Settings, TeamsService
from rehearsal.teams.delivery import NotConnected
from rehearsal.teams.journal import Added, Joined
from tests.rehearsal.echo_bot import card, shows, text, wrap


async def posted(bot, chat):
    status, _, _ = await bot.call("POST", f"v3/conversations/{quote(chat.id)}/activities", wrap("hi"))
    return status


async def test_the_bot_writes_1_to_1_only_to_people_who_have_it(teams, bot):
    federated = teams.person("Callum Reyes", PersonKind.FEDERATED)
    guest = teams.person("Sian Probert", PersonKind.GUEST)
    assert await posted(bot, teams.personal_chat(guest)) == 201
    assert await posted(bot, teams.personal_chat(federated)) == 403
    await guest.remove_bot()
    assert await posted(bot, teams.personal_chat(guest)) == 403
    await guest.install_bot()
    assert await posted(bot, teams.personal_chat(guest)) == 201
    guest.block_bot()
    assert await posted(bot, teams.personal_chat(guest)) == 403
    guest.block_bot(blocked=False)
    assert await posted(bot, teams.personal_chat(guest)) == 201


async def test_an_upgrade_is_told_in_two_steps(bot, meeting, amina):
    await meeting.upgrade_bot(amina)
    assert [each["action"] for each in bot.got] == ["remove-upgrade", "add-upgrade"]


async def test_who_joins_by_the_link_is_added_to_the_chat_first(teams, bot, meeting, okafor):
    await meeting.join(okafor)
    await meeting.join(okafor)
    assert bot.kinds() == ["conversationUpdate", *["application/vnd.microsoft.meetingParticipantJoin"] * 2]
    assert len(teams.journal.of(Added)) == 1
    assert [each.person for each in teams.journal.of(Joined)] == ["Dr Okafor", "Dr Okafor"]
    assert meeting.details.inside == [okafor.mri]


async def test_without_the_bot_in_the_chat_nothing_is_told(teams, bot, amina, tom):
    quiet = teams.meeting_chat("Elsewhere", organizer=amina)
    await quiet.add(tom)
    await quiet.start()
    await tom.say(quiet, "hi", mention_bot=True)
    assert bot.got == []


async def test_a_card_is_refreshed_by_hand_from_its_menu(bot, meeting, tom, teams):
    bot.answer = lambda activity: shows(card(text("By hand")))
    await bot.post(meeting, card(text("Base"), refresh=[]))
    await teams.settle()
    assert tom.screen() == "Base"
    await tom.refresh()
    assert tom.screen() == "By hand"
    assert [each["value"]["trigger"] for each in bot.invokes()] == ["manual"]
    with pytest.raises(NotVisible):
        await tom.refresh()


async def test_a_plain_submit_button_sends_a_message(bot, meeting, tom):
    submit = {"type": "Action.Submit", "title": "Send", "data": {"nonce": "n"}}
    await bot.post(meeting, card(text("Old"), actions=[submit]))
    assert (await tom.press("Send")).kind is AnswerKind.ACCEPTED
    assert bot.got[-1]["value"] == {"nonce": "n"}


async def test_people_without_a_list_of_refreshers_all_fetch_and_the_house_is_told(teams, bot, meeting, tom, amina):
    content = card(text("Base"), refresh=[])
    del content["refresh"]["userIds"]
    await bot.post(meeting, content)
    await teams.settle()
    assert tom.screen() == amina.screen() == "Your own card"
    assert [each.rule for each in teams.violations] == ["refresh-for-nobody-named"]


async def test_nobody_can_speak_to_a_bot_that_is_not_connected():
    async with TeamsService(settings=Settings.quick()) as teams:
        amina = teams.person("Amina Yusuf")
        with pytest.raises(NotConnected):
            await amina.install_bot()
        assert teams.named("Amina Yusuf") is amina
        with pytest.raises(KeyError):
            teams.named("Nobody")
