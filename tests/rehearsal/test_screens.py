"""What people see: own copies, automatic refreshes, and what an edit does to them."""

from rehearsal.teams import AnswerKind, Meeting, Person, TeamsService
from rehearsal.teams.journal import Posted, Shown, TypingLost
from tests.rehearsal.echo_bot import EchoBot, card, execute, says, shows, text


async def test_listed_people_get_their_own_card_and_others_the_base_card(teams, bot: EchoBot, meeting, amina, tom):
    await bot.post(meeting, card(text("For all"), refresh=[tom.mri]))
    await teams.settle()
    assert tom.sees("Your own card")
    assert amina.screen() == "For all"
    (invoke,) = bot.invokes("automatic")
    assert invoke["from"]["id"] == tom.mri
    assert [each.person for each in teams.journal.of(Shown)] == ["Tom Ellery"]
    assert not teams.violations


async def test_a_pressed_button_sends_the_inputs_with_the_data_and_shows_the_answer(bot, meeting, tom, amina):
    bot.answer = lambda activity: shows(card(text("Recorded")))
    form = card(
        {"type": "Input.Text", "id": "known", "label": "What you know"},
        {"type": "Input.Toggle", "id": "aloud", "title": "Said aloud"},
        {"type": "Input.Toggle", "id": "more", "title": "More to come"},
        {
            "type": "Input.ChoiceSet",
            "id": "about",
            "label": "About",
            "isMultiSelect": True,
            "choices": [{"title": "Ada", "value": "a"}, {"title": "Ben", "value": "b"}],
        },
        {"type": "Input.Number", "id": "visits", "label": "Visits"},
        {"type": "Input.Text", "id": "rest", "label": "Anything else"},
        actions=[execute("I have finished", "turns.finish", data={"nonce": "n1", "known": "overwritten"})],
    )
    message = await bot.post(meeting, form)
    tom.type("What you know", "Seen on Monday")
    tom.toggle("Said aloud")
    tom.choose("About", "Ada", "Ben")
    tom.type("Visits", "3")
    answer = await tom.press("I have finished")
    assert answer.kind is AnswerKind.CARD
    assert tom.screen() == "Recorded"
    assert "Seen on Monday" not in amina.screen()
    (invoke,) = bot.invokes()
    assert invoke["replyToId"] == message
    assert invoke["value"] == {
        "trigger": "manual",
        "action": {
            "type": "Action.Execute",
            "title": "I have finished",
            "verb": "turns.finish",
            "data": {
                "nonce": "n1",
                "known": "Seen on Monday",
                "aloud": "true",
                "more": "false",
                "about": "a,b",
                "visits": "3",
                "rest": "",
            },
        },
    }


async def test_an_edit_takes_the_own_copy_and_the_typing_away_and_fetches_again(
    teams: TeamsService, bot: EchoBot, meeting: Meeting, tom: Person
):
    base = card(
        text("Base"),
        {"type": "Input.Text", "id": "note", "label": "Note"},
        refresh=[tom.mri],
    )
    bot.answer = lambda activity: shows(card({"type": "Input.Text", "id": "note", "label": "Note"}))
    message = await bot.post(meeting, base)
    await teams.settle()
    tom.type("Note", "half a thought")
    assert "half a thought" in tom.screen()
    await bot.edit(meeting, message, base)
    await teams.settle()
    assert "half a thought" not in tom.screen()
    assert len(bot.invokes("automatic")) == 2
    (lost,) = teams.journal.of(TypingLost)
    assert lost.inputs == {"note": "half a thought"}


async def test_an_answer_in_words_is_a_notice_and_leaves_the_card(bot, meeting, tom):
    bot.answer = lambda activity: says("Not your turn yet.")
    await bot.post(meeting, card(text("Board"), actions=[execute("Finish")]))
    answer = await tom.press("Finish")
    assert (answer.kind, answer.text) == (AnswerKind.MESSAGE, "Not your turn yet.")
    assert [each.text for each in tom.notices] == ["Not your turn yet."]
    assert tom.sees("Board")


async def test_an_error_answer_is_shown_as_an_error(bot, meeting, tom):
    error = {"code": "Closed", "message": "This is closed."}
    bot.answer = lambda activity: {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": error}
    await bot.post(meeting, card(text("Board"), actions=[execute("Finish")]))
    answer = await tom.press("Finish")
    assert (answer.kind, answer.status, answer.text) == (AnswerKind.ERROR, 400, "This is closed.")
    assert tom.notices[-1].error


async def test_a_card_that_a_slow_refresh_brings_after_an_edit_is_thrown_away(teams, bot, meeting, tom):
    held: list[object] = []

    async def answer(activity):
        if not held:
            held.append(activity)
            await bot.edit(meeting, activity["replyToId"], card(text("Edited")))
        return shows(card(text("Too late")))

    bot.answer = answer
    await bot.post(meeting, card(text("Base"), refresh=[tom.mri]))
    await teams.settle()
    assert tom.screen() == "Edited"


async def test_opening_the_chat_fetches_cards_older_than_a_minute(teams, bot, meeting, tom):
    from datetime import timedelta

    bot.answer = lambda activity: shows(card(text("Fresh"), refresh=[tom.mri]))
    await bot.post(meeting, card(text("Base"), refresh=[tom.mri]))
    await teams.settle()
    await tom.open(meeting)
    assert len(bot.invokes("automatic")) == 1
    teams.clock.advance(timedelta(minutes=2))
    await tom.open(meeting)
    assert len(bot.invokes("automatic")) == 2


async def test_the_telephone_shows_the_summary_and_never_the_own_card(teams, bot, meeting, tom, amina):
    mention = {"type": "mention", "text": "<at>Police</at>", "mentioned": {"id": tom.mri, "name": "Tom Ellery"}}
    content = {**card(text("<at>Police</at>, your turn"), refresh=[tom.mri]), "msteams": {"entities": [mention]}}
    await bot.post(meeting, content, summary="SM-7: your turn")
    await teams.settle()
    assert [(each.text, each.mentioned) for each in tom.notifications] == [("SM-7: your turn", True)]
    assert [each.mentioned for each in amina.notifications] == [False]
    assert amina.screen() == "Police, your turn"
    (posted,) = teams.journal.of(Posted, chat=meeting.id)
    assert posted.summary == "SM-7: your turn"
    assert not teams.violations


async def test_settling_waits_for_the_outbox_of_the_bot_too(teams, bot, meeting, tom):
    waiting = ["one", "two"]

    async def idle():
        if waiting:
            await bot.post(meeting, card(text(waiting.pop()), refresh=[tom.mri]))

    teams.outbox_idle = idle
    await teams.settle()
    assert len(bot.invokes("automatic")) == 2
