"""A Teams can be put away after one step and taken out for the next, elsewhere."""

import json

import pytest

from rehearsal.teams import Meeting, Settings, TeamsService
from rehearsal.teams.journal import Entry
from tests.rehearsal.echo_bot import EchoBot, card, execute, text

SETTINGS = Settings(rate_limits=None, repeat_delay=0)


async def played(teams, bot, meeting, tom, okafor):
    """A little of everything that a state can hold."""
    await meeting.start()
    await meeting.join(okafor)
    note = {"type": "Input.Text", "id": "note", "label": "Note"}
    await bot.post(meeting, card(note, refresh=[okafor.mri], actions=[execute("Send")]), summary="SM-7")
    await teams.settle()
    tom.type("Note", "half a thought")
    await tom.say(teams.personal_chat(tom), "help")
    await tom.press("Send", force=True)
    bot.answer = lambda activity: {
        "statusCode": 400,
        "type": "application/vnd.microsoft.error",
        "value": {"message": "No"},
    }
    await bot.post(meeting, card(note, actions=[execute("Send")]))
    tom.type("Note", "another")
    await tom.press("Send")


async def test_a_dump_is_plain_json_and_comes_back_the_same(teams, bot, meeting, tom, okafor):
    await played(teams, bot, meeting, tom, okafor)
    dump = json.loads(json.dumps(teams.dump()))
    again = TeamsService.load(dump, settings=SETTINGS)
    assert json.loads(json.dumps(again.dump())) == dump
    assert list(again.journal) == list[Entry](teams.journal)
    assert again.clock.now() == teams.clock.now()


async def test_life_goes_on_from_a_dump_on_another_port(teams, bot, meeting, tom, okafor):
    await played(teams, bot, meeting, tom, okafor)
    dump = teams.dump()
    async with TeamsService.load(dump, settings=SETTINGS) as again:
        other = EchoBot(again)
        await other.start()
        other.answer = lambda activity: {
            "statusCode": 200,
            "type": "application/vnd.microsoft.card.adaptive",
            "value": card(text("Taken")),
        }
        also_tom = again.named("Tom Ellery")
        assert "another" in also_tom.screen(in_=meeting)
        await also_tom.press("Send")
        assert also_tom.screen(in_=meeting) == "Taken"
        assert other.got[-1]["serviceUrl"] == again.service_url != teams.service_url
        assert other.got[-1]["value"]["action"]["data"] == {"note": "another"}
        assert "Taken" not in tom.screen(in_=meeting)
        (chat,) = [each for each in again.chats if isinstance(each, Meeting)]
        await chat.end()
        new = await other.post(chat, "new")
        assert new not in [each.id for each in meeting.messages]
        await other.stop()


async def test_the_dump_of_another_format_is_refused(teams):
    with pytest.raises(ValueError, match="format 99"):
        TeamsService.load({**teams.dump(), "format": 99})


async def test_two_services_of_one_seed_give_the_same_ids():
    first, second = TeamsService(), TeamsService()
    assert first.person("Amina Yusuf").mri == second.person("Amina Yusuf").mri
    assert first.person("Amina Yusuf").mri != TeamsService(seed="other").person("Amina Yusuf").mri


async def test_a_service_that_is_still_fetching_is_not_put_away(teams, bot, meeting, tom):
    await bot.post(meeting, card(text("x"), refresh=[tom.mri]))
    with pytest.raises(RuntimeError, match="settle first"):
        teams.dump()
    await teams.settle()
    assert teams.dump()
