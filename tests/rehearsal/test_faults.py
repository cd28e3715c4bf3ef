"""What goes wrong on demand, in both directions."""

import asyncio
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web

from rehearsal.teams import AnswerKind, Settings
from rehearsal.teams.journal import Delivered
from rehearsal.teams.refusals import REFUSALS
from tests.rehearsal.echo_bot import card, execute, shows, text, wrap


def activities(chat):
    return f"v3/conversations/{quote(chat.id)}/activities"


@pytest.mark.parametrize("name", sorted(REFUSALS))
async def test_the_next_call_gets_the_error_asked_for_and_the_one_after_goes_through(teams, bot, meeting, name):
    fault = teams.faults.answer(name, conversation=meeting.id)
    status, body, _ = await bot.call("POST", activities(meeting), wrap("hi"))
    assert (status, body) == (REFUSALS[name].status, REFUSALS[name].body)
    assert fault.met == 1
    await bot.post(meeting, "hi")


async def test_429_says_when_to_come_again_only_if_asked(teams, bot, meeting):
    teams.faults.answer(429)
    assert "Retry-After" not in (await bot.call("POST", activities(meeting), wrap("hi")))[2]
    teams.faults.answer(429, retry_after=7)
    assert (await bot.call("POST", activities(meeting), wrap("hi")))[2]["Retry-After"] == "7"


async def test_only_matching_calls_are_hit(teams, bot, meeting, tom):
    teams.faults.answer(502, method="PUT", times=2)
    teams.faults.answer(503, conversation=teams.personal_chat(tom).id)
    message = await bot.post(meeting, card(text("one")))
    for expected in (502, 502, 200):
        assert (await bot.call("PUT", f"{activities(meeting)}/{message}", wrap("two")))[0] == expected
    assert (await bot.call("POST", activities(teams.personal_chat(tom)), wrap("hi")))[0] == 503


async def test_a_reset_may_come_before_or_after_the_work_is_done(teams, bot, meeting, tom):
    for after, seen in ((False, 0), (True, 1)):
        teams.faults.reset(after=after)
        with pytest.raises(aiohttp.ClientError):
            await bot.post(meeting, "hi")
        assert len(tom.screens()) == seen


async def test_a_hanging_call_goes_on_when_released(teams, bot, meeting):
    held = teams.faults.hang()
    call = asyncio.create_task(bot.post(meeting, "hi"))
    await held.reached.wait()
    held.release()
    assert await call


async def test_a_delayed_call_goes_through_in_the_end(teams, bot, meeting):
    teams.faults.delay(0.01)
    assert await bot.post(meeting, "hi")


async def test_an_activity_can_be_delivered_twice(teams, bot, meeting, amina):
    teams.faults.duplicate_next()
    await amina.say(meeting, "hi", mention_bot=True)
    first, second = bot.got
    assert first == second


async def test_a_dropped_answer_is_asked_for_again_with_the_same_id(teams, bot, meeting, tom):
    await bot.post(meeting, card(text("Board"), actions=[execute("Go")]))
    teams.faults.drop_answers()
    answer = await tom.press("Go")
    assert (answer.kind, answer.attempts) == (AnswerKind.CARD, 2)
    first, again = bot.invokes()
    assert first == again


async def test_a_press_never_answered_is_sent_three_times_and_shown_as_unreachable(teams, bot, meeting, tom):
    await bot.post(meeting, card(text("Board"), actions=[execute("Go")]))
    teams.faults.drop_answers(3)
    answer = await tom.press("Go")
    assert (answer.kind, answer.attempts, answer.refused) == (AnswerKind.UNANSWERED, 3, True)
    ids = [each["id"] for each in bot.invokes()]
    assert ids[0] == ids[1] != ids[2]
    assert tom.notices[-1].text.startswith("Unable to reach app")
    assert tom.sees("Board")


async def test_a_lost_activity_never_reaches_the_bot(teams, bot, meeting, tom, amina):
    teams.faults.lose_next()
    await amina.say(meeting, "hi", mention_bot=True)
    assert bot.got == []
    assert teams.journal.of(Delivered)[-1].status == 0


class TestAnImpatientClient:
    @pytest.fixture
    def settings(self):
        return Settings(rate_limits=None, invoke_timeout=0.05, repeat_delay=0)

    async def test_a_bot_that_is_too_slow_is_asked_again(self, teams, bot, meeting, tom):
        async def answer(activity):
            if len(bot.invokes()) == 1:
                teams.exchange.settings = Settings.quick()  # the second may take its time
                await asyncio.Event().wait()  # for ever: the client hangs up
            return shows(card(text("Second try")))

        bot.answer = answer
        await bot.post(meeting, card(text("Board"), actions=[execute("Go")]))
        pressed = await tom.press("Go")
        assert (pressed.attempts, tom.screen()) == (2, "Second try")


@pytest.mark.parametrize(
    ("reply", "rules"),
    [
        ({"statusCode": 200}, ["unreadable-answer"]),
        ({}, ["unreadable-answer"]),
        (lambda: web.Response(status=500), ["server-error"]),
        (lambda: web.Response(status=401), []),
        (shows(card({"type": "TextBlock"})), ["schema"]),
    ],
)
async def test_a_bad_answer_is_an_error_to_the_person_and_noted(teams, bot, meeting, tom, reply, rules):
    bot.answer = lambda activity: reply() if callable(reply) else reply
    await bot.post(meeting, card(text("Board"), actions=[execute("Go")]))
    answer = await tom.press("Go")
    assert answer.kind is AnswerKind.ERROR
    assert tom.notices[-1].error
    assert tom.sees("Board")
    assert [each.rule for each in teams.violations] == rules
