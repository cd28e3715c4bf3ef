"""What this Teams says has the shape of the documented and recorded traffic, field by field."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from rehearsal.teams import PersonKind
from tests.rehearsal.echo_bot import card, execute, text, wrap

PAYLOADS = Path(__file__).parents[1] / "protocol" / "payloads"


def shape(value):
    """The structure: names of fields and kinds of values."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return type(value).__name__


def inbound(name):
    return shape(json.loads((PAYLOADS / f"inbound-{name}.json").read_text("utf-8")))


def response(name):
    return json.loads((PAYLOADS / f"response-{name}.json").read_text("utf-8"))


async def test_installing_in_a_meeting_chat(teams, bot, meeting, amina):
    await meeting.install_bot(amina)
    assert [shape(each) for each in bot.got] == [
        inbound("installationUpdate-add-groupchat"),
        inbound("conversationUpdate-bot-added"),
    ]
    assert bot.got[1]["membersAdded"] == [{"id": bot.got[1]["recipient"]["id"]}]


async def test_uninstalling(bot, meeting, amina):
    await meeting.remove_bot(amina)
    assert shape(bot.got[-1]) == inbound("installationUpdate-remove-groupchat")


async def test_installing_for_oneself(bot, tom):
    await tom.install_bot()
    assert shape(bot.got[0]) == inbound("installationUpdate-add-personal")
    assert bot.kinds() == ["installationUpdate", "conversationUpdate"]


async def test_people_come_and_go(teams, bot, meeting):
    two = [teams.person("Ines Albrecht"), teams.person("Sian Probert", PersonKind.GUEST)]
    await meeting.add(*two)
    await meeting.remove(two[0])
    assert [shape(each) for each in bot.got] == [
        inbound("conversationUpdate-user-added"),
        inbound("conversationUpdate-user-removed"),
    ]


async def test_the_meeting_runs(bot, meeting, tom):
    await meeting.start()
    await meeting.join(tom)
    await meeting.leave(tom)
    await meeting.end()
    assert [shape(each) for each in bot.got] == [
        inbound("event-meetingStart"),
        inbound("event-participantJoin"),
        inbound("event-participantLeave"),
        inbound("event-meetingEnd"),
    ]
    assert bot.got[0]["from"]["name"] == ""
    assert bot.got[0]["value"]["StartTime"].startswith("2026-04-20T08:00:00.")


async def test_messages_of_people(teams, bot, meeting, amina, tom):
    id_ = await amina.say(meeting, "status", mention_bot=True)
    await amina.edit(id_, "summary", mention_bot=True)
    await amina.delete(id_)
    await tom.say(teams.personal_chat(tom), "help")
    await tom.react(await bot.post(meeting, "hello"))
    assert [shape(each) for each in bot.got] == [
        inbound("message-mention-meeting-chat"),
        inbound("messageUpdate-edit"),
        inbound("messageDelete"),
        inbound("message-personal"),
        inbound("messageReaction-added"),
    ]


async def test_presses_and_refreshes(teams, bot, meeting, tom):
    fallback = {"type": "Action.Submit", "title": "Submit vote", "data": {"pollId": "p", "round": 2}}
    action = execute("Submit vote", "vote", id="v", data={"pollId": "p", "round": 2}, fallback=fallback)
    inputs = [{"type": "Input.Text", "id": name, "label": name} for name in ("choice", "reason")]
    confirmed = {"type": "Input.Toggle", "id": "confirmed", "title": "Sure"}
    await bot.post(meeting, card(*inputs, confirmed, actions=[action]))
    await tom.press("Submit vote")
    assert shape(bot.got[-1]) == inbound("invoke-action-manual")
    await bot.post(meeting, card(*inputs, actions=[action]))
    await tom.submit("Submit vote")
    assert shape(bot.got[-1]) == inbound("message-action-submit")
    content = card(text("x"), refresh=[tom.mri])
    content["refresh"]["action"]["data"] = {"pollId": "p"}
    await bot.post(meeting, content)
    await teams.settle()
    assert shape(bot.got[-1]) == inbound("invoke-action-refresh")


async def test_an_anonymous_person_has_no_entra_id_anywhere(bot, meeting, okafor):
    await meeting.join(okafor)
    await bot.post(meeting, card(text("x"), actions=[execute("Go")]))
    await okafor.press("Go")
    assert set(bot.got[-1]["from"]) == {"id", "name"}
    assert "aadObjectId" not in bot.got[1]["value"]["members"][0]["user"]


async def test_a_roster_of_every_kind_of_people(teams, bot, meeting, okafor):
    sparse = teams.person("Bo Ellery", sparse_roster=True)
    await meeting.remove(teams.named("Tom Ellery"))
    guest = teams.person("Sian Probert (Guest)", PersonKind.GUEST, email="s.probert@riverside.example")
    federated = teams.person("Callum Reyes", PersonKind.FEDERATED)
    await meeting.add(sparse, guest, federated, okafor)
    _, body, _ = await bot.call("GET", f"v3/conversations/{quote(meeting.id)}/pagedmembers?pageSize=100")
    documented = response("pagedmembers")["body"]["members"]
    assert [shape(each) for each in body["members"]] == [shape(each) for each in documented]
    assert [each["userRole"] for each in body["members"]] == [each["userRole"] for each in documented]
    assert body["members"][2]["userPrincipalName"] == documented[2]["userPrincipalName"]


async def test_a_meeting_and_its_participant(teams, bot, meeting, tom):
    path = f"v1/meetings/{quote(meeting.details.id, safe='')}"
    status, body, _ = await bot.call("GET", path)
    assert (status, shape(body)) == (200, shape(response("meeting-info")["body"]))
    await meeting.join(tom)
    for id_ in (tom.mri, tom.aad_object_id):
        _, body, _ = await bot.call("GET", f"{path}/participants/{id_}", params={"tenantId": teams.tenant})
        assert shape(body) == shape(response("meeting-participant")["body"])
        assert body["meeting"] == {"role": "Presenter", "inMeeting": True}


async def test_refusals_word_for_word():
    from rehearsal.teams.refusals import REFUSALS

    for name, refusal in REFUSALS.items():
        file = PAYLOADS / f"response-error-{name}.json"
        if file.exists():
            documented = json.loads(file.read_text("utf-8"))
            assert (refusal.status, refusal.body) == (documented["status"], documented["body"])


@pytest.mark.parametrize("name", ["send-text-mention", "send-card", "reply"])
async def test_what_a_bot_is_documented_to_send_is_taken(bot, meeting, name):
    sent = json.loads((PAYLOADS / f"outbound-{name}.json").read_text("utf-8"))
    path = f"v3/conversations/{quote(meeting.id)}/activities"
    status, body, _ = await bot.call("POST", path, sent["body"])
    assert (status, shape(body)) == (201, shape(response("send-201")["body"]))
    edited = await bot.call("PUT", f"{path}/{body['id']}", wrap("new"))
    assert edited[:2] == (200, {"id": body["id"]})
