"""The test client for humans: finds by visible words, says what is there instead, refuses what a client refuses."""

import pytest

from rehearsal.teams import Ambiguous, AnswerKind, NotInChat, NotTypable, NotVisible, PressBlocked
from tests.rehearsal.echo_bot import card, execute, says, shows, text

NOTE = {"type": "Input.Text", "id": "note", "label": "Note"}


async def test_a_missing_button_names_the_buttons_there_are(bot, meeting, tom):
    await bot.post(meeting, card(text("Board"), actions=[execute("Open my part"), execute("Help")]))
    with pytest.raises(NotVisible, match=r"Tom Ellery sees no button 'Finish'; visible: 'Open my part', 'Help'"):
        await tom.press("Finish")


async def test_a_missing_input_and_a_missing_choice_name_what_there_is(bot, meeting, tom):
    choices = [{"title": "Met", "value": "m"}]
    await bot.post(meeting, card(NOTE, {"type": "Input.ChoiceSet", "id": "v", "label": "View", "choices": choices}))
    with pytest.raises(NotVisible, match=r"visible: 'Note', 'View'"):
        tom.type("Reason", "x")
    with pytest.raises(NotVisible, match="visible: 'Met'"):
        tom.choose("View", "Not met")


async def test_the_newest_message_that_shows_the_button_is_pressed_unless_another_is_named(bot, meeting, tom):
    first = await bot.post(meeting, card(text("One"), actions=[execute("Go", "go.one")]))
    await bot.post(meeting, card(text("Two"), actions=[execute("Go", "go.two")]))
    await bot.post(meeting, card(text("Three")))
    await tom.press("Go")
    await tom.press("Go", message=first)
    assert [each["value"]["action"]["verb"] for each in bot.invokes()] == ["go.two", "go.one"]


async def test_same_titles_in_rows_are_told_apart_by_what_stands_beside(bot, meeting, tom):
    rows = [
        {
            "type": "ColumnSet",
            "columns": [
                {"type": "Column", "items": [text(name)]},
                {
                    "type": "Column",
                    "items": [{"type": "ActionSet", "actions": [execute("Admit", data={"who": name})]}],
                },
            ],
        }
        for name in ("Ann", "Bob")
    ]
    bot.answer = lambda activity: says("done")
    await bot.post(meeting, card({"type": "Container", "items": rows}))
    with pytest.raises(Ambiguous, match="sees 2 times button 'Admit'"):
        await tom.press("Admit")
    await tom.press("Admit", beside="Bob")
    assert bot.invokes()[0]["value"]["action"]["data"] == {"who": "Bob"}
    assert tom.screen() == "Ann  <Admit>\nBob  <Admit>"


async def test_a_client_does_not_send_what_the_card_says_is_wrong_unless_forced(bot, meeting, tom):
    must = {**NOTE, "isRequired": True, "errorMessage": "Say why", "maxLength": 5, "regex": "^[a-z]+$"}
    await bot.post(meeting, card(must, actions=[execute("Send")]))
    for typed in (None, "toolong", "A1"):
        if typed:
            tom.type("Note", typed)
        with pytest.raises(PressBlocked, match="Note: Say why") as blocked:
            await tom.press("Send")
        assert [each.message for each in blocked.value.complaints] == ["Say why"]
    assert not bot.invokes()
    await tom.press("Send", force=True)
    assert bot.invokes()[0]["value"]["action"]["data"] == {"note": "A1"}


async def test_a_number_field_takes_numbers_and_a_greyed_out_button_no_press(bot, meeting, tom):
    number = {"type": "Input.Number", "id": "n", "label": "Count", "max": 3}
    await bot.post(meeting, card(number, actions=[execute("Send"), execute("Later", isEnabled=False)]))
    with pytest.raises(NotTypable):
        tom.type("Count", "three")
    tom.type("Count", "4")
    with pytest.raises(PressBlocked):
        await tom.press("Send")
    with pytest.raises(PressBlocked, match="greyed out"):
        await tom.press("Later")


async def test_a_folded_card_shows_its_inputs_only_when_unfolded_and_sends_those_around_it(bot, meeting, tom):
    inner = card({**NOTE, "id": "why", "label": "Why"}, actions=[execute("Object")])
    folded = {"type": "Action.ShowCard", "title": "I disagree", "card": inner}
    other = {"type": "Action.ShowCard", "title": "Other", "card": card({**NOTE, "id": "x", "label": "X"})}
    await bot.post(meeting, card(NOTE, actions=[folded, other]))
    with pytest.raises(NotVisible):
        tom.type("Why", "early")
    assert (await tom.press("I disagree")).kind is AnswerKind.LOCAL
    tom.type("Why", "not safe")
    tom.type("Note", "n")
    await tom.press("Object")
    assert bot.invokes()[0]["value"]["action"]["data"] == {"note": "n", "why": "not safe"}


async def test_hidden_elements_appear_when_toggled_for_that_person_only(bot, meeting, tom, amina):
    toggle = {"type": "Action.ToggleVisibility", "title": "Details", "targetElements": ["more"]}
    await bot.post(meeting, card(text("The details", id="more", isVisible=False), actions=[toggle]))
    assert not tom.sees("The details")
    await tom.press("Details")
    assert tom.sees("The details")
    assert not amina.sees("The details")
    await tom.press("Details")
    assert not tom.sees("The details")


async def test_a_whole_container_can_be_tapped_by_its_words(bot, meeting, tom):
    action = {"type": "Action.Execute", "verb": "open"}
    await bot.post(meeting, card({"type": "Container", "items": [text("Case 7")], "selectAction": action}))
    await tom.press("Case 7")
    assert bot.invokes()[0]["value"]["action"]["verb"] == "open"


async def test_a_link_is_opened_and_nothing_sent(bot, meeting, tom):
    link = {"type": "Action.OpenUrl", "title": "Pathway", "url": "https://example.org/p"}
    await bot.post(meeting, card(text("Read"), actions=[link]))
    answer = await tom.press("Pathway")
    assert (answer.kind, answer.value) == (AnswerKind.LINK, "https://example.org/p")
    assert not bot.invokes()


async def test_an_old_client_sends_the_fallback_as_a_message_with_a_value(bot, meeting, tom):
    fallback = {"type": "Action.Submit", "title": "Send", "data": {"nonce": "n"}}
    message = await bot.post(meeting, card(NOTE, actions=[execute("Send", data={"nonce": "n"}, fallback=fallback)]))
    tom.type("Note", "hello")
    assert (await tom.submit("Send")).kind is AnswerKind.ACCEPTED
    got = bot.got[-1]
    assert (got["type"], got["value"], got["replyToId"]) == ("message", {"nonce": "n", "note": "hello"}, message)
    assert "text" not in got
    with pytest.raises(NotVisible):
        await tom.submit("Nothing")


async def test_a_forged_verb_reaches_the_bot_as_that_person_would_send_it(teams, bot, meeting, tom):
    bot.answer = lambda activity: shows(card(text("no")))
    answer = await teams.invoke_raw(tom, meeting, verb="chair.decide", data={"nonce": "stolen"})
    assert answer.kind is AnswerKind.CARD
    (invoke,) = bot.invokes()
    assert invoke["from"]["aadObjectId"] == tom.aad_object_id
    assert invoke["value"]["action"] == {"type": "Action.Execute", "verb": "chair.decide", "data": {"nonce": "stolen"}}


async def test_a_press_is_repeated_word_for_word_or_with_a_new_id(teams, bot, meeting, tom):
    await bot.post(meeting, card(text("Board"), actions=[execute("Go")]))
    answer = await tom.press("Go")
    await teams.repeat(answer)
    await teams.repeat(answer, new_id=True)
    first, same, new = bot.invokes()
    assert first == same
    assert new["id"] != first["id"]
    assert new["value"] == first["value"]


async def test_the_screen_is_readable(bot, meeting, tom):
    await bot.post(
        meeting,
        card(
            text("**Roll call** at {{TIME(2026-07-01T09:00:00Z)}}"),
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "**as typed** [x](y)"}]},
            {"type": "FactSet", "facts": [{"title": "Present", "value": "2"}]},
            {**NOTE, "isRequired": True, "errorMessage": "Say"},
            {"type": "Input.Toggle", "id": "t", "title": "Aloud", "value": "true"},
            {
                "type": "Input.ChoiceSet",
                "id": "c",
                "label": "View",
                "value": "n",
                "choices": [{"title": "Met", "value": "m"}, {"title": "Not met", "value": "n"}],
            },
            actions=[execute("Here"), execute("Away")],
        ),
    )
    tom.type("Note", "hi")
    assert tom.screen().splitlines() == [
        "Roll call at 10:00",
        "**as typed** [x](y)",
        "Present: 2",
        "Note *: [hi]",
        "[x] Aloud",
        "View: ( ) Met  (x) Not met",
        "<Here>  <Away>",
    ]


async def test_who_left_the_chat_sees_nothing_of_it(bot, meeting, tom):
    await bot.post(meeting, "hello")
    assert tom.sees("hello")
    await meeting.remove(tom)
    assert tom.screens() == []
    with pytest.raises(NotInChat):
        await tom.say(meeting, "still there?")


async def test_in_a_group_the_bot_hears_only_mentions_and_in_a_1_to_1_everything(teams, bot, meeting, tom, amina):
    await amina.say(meeting, "among ourselves")
    assert bot.got == []
    id_ = await amina.say(meeting, "status", mention_bot=True)
    assert bot.got[-1]["text"] == "<at>Chairside</at> status\n"
    await amina.edit(id_, "summary", mention_bot=True)
    await amina.delete(id_)
    assert [(each["type"], each["id"]) for each in bot.got] == [
        ("message", id_),
        ("messageUpdate", id_),
        ("messageDelete", id_),
    ]
    await tom.install_bot()
    await tom.say(teams.personal_chat(tom), "help")
    assert bot.got[-1]["text"] == "help"
    assert tom.sees("among ourselves")
    assert not tom.sees("summary")
