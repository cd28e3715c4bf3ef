"""What the bot says leaves by our own client: rightly addressed, at Teams' pace, and to nobody else."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.teams.connector import Connector
from bot.teams.credentials import CredentialsRefused
from bot.teams.failures import ChatGone, MessageGone, PersonBlocked, Refused413, Rejected, TryLater
from bot.teams.inbound import Chat
from tests.protocol.channel_world import APP_ID, CHAT_ID, TENANT, Service, open_service, payload

TOM = "29:1sCmM11DOqgWsc_1ysil07BtvgjYyAVRB5m7-vHaLauC1UQ05w6bzIANrw9ZtuNHCY-fNfWVc-0gCMXUFDUruvQ"
MEETING = payload("response-meeting-info")["body"]["details"]["id"]
MESSAGE: dict[str, Any] = {"text": "3 agencies, 2 answers"}
THROTTLED, OK = payload("response-error-429"), payload("response-send-201")


def chat(service: Service, **changed: Any) -> Chat:
    return replace(Chat(id=CHAT_ID, kind="groupChat", tenant=TENANT, service_url=service.url), **changed)


def failing(status: int, body: Any = None, **headers: str) -> dict[str, Any]:
    return {"status": status, "headers": headers, "body": body}


async def outcome(connector: Connector, where: Chat) -> Exception | None:
    try:
        await connector.send(where, MESSAGE)
    except Exception as error:  # noqa: BLE001
        return error
    return None


async def test_a_card_is_posted_as_teams_wants_it():
    """A message goes to its conversation's address with the bot's token, and Teams' id for it comes back."""
    wanted = payload("outbound-send-card")
    async with open_service() as (connector, service):
        content = {name: wanted["body"][name] for name in ("attachments", "summary", "channelData")}
        assert await connector.send(chat(service), content) == "1776689415021"
        (taken,) = service.taken
        assert (taken.method, taken.path, taken.bearer) == ("POST", wanted["path"], "Bearer bot-token")
        assert {name: taken.body[name] for name in content} == content
        assert taken.body["type"] == "message"
        assert taken.body["from"]["id"] == f"28:{APP_ID}"
        assert taken.body["conversation"]["id"] == CHAT_ID


async def test_updating_and_deleting_address_the_message():
    """An update replaces the whole of one message, a deletion removes it."""
    async with open_service() as (connector, service):
        service.script = [payload("response-update-200"), failing(200)]
        await connector.update(chat(service), "1776689415021", MESSAGE)
        await connector.delete(chat(service), "1776689415021")
        update, delete = service.taken
        assert (update.method, update.path) == ("PUT", payload("outbound-update-card")["path"])
        assert update.body["id"] == "1776689415021"
        assert (delete.method, delete.path, delete.body) == ("DELETE", payload("outbound-delete")["path"], None)


async def test_a_message_without_id_is_still_sent():
    """Where Teams keeps the id back (202), the message counts as sent, without an id."""
    async with open_service() as (connector, service):
        service.script = [payload("response-send-202-no-id")]
        assert await connector.send(chat(service), MESSAGE) is None


async def test_a_personal_chat_is_opened():
    """Opening a 1:1 chat sends what Teams documents and returns the id of the chat."""
    async with open_service() as (connector, service):
        service.script = [payload("response-create-conversation-201")]
        wanted = payload("response-create-conversation-201")["body"]["id"]
        assert await connector.create_personal_chat(TOM, TENANT, service.url) == wanted
        assert service.taken[0].body == payload("outbound-create-conversation")["body"]


async def test_the_roster_is_read_to_its_last_page():
    """Every page is read; an Entra id is found under either name, and nobody vouches for an anonymous person."""
    async with open_service() as (connector, service):
        page = payload("response-pagedmembers")
        page["body"]["members"][1]["name"] = "\u202eTom Ellery"  # a name that would be read backwards
        service.script = [page, payload("response-pagedmembers-last")]
        people = await connector.members(chat(service))
        assert [bool(member.person.aad_object_id) for member in people] == [True, True, True, True, False, True]
        assert [member.anonymous for member in people] == [False, False, False, False, True, False]
        assert people[1].person.name == "Tom Ellery"
        assert people[3].person.tenant != TENANT
        assert service.taken[1].query["continuationToken"] == "eyJza2lwIjo1LCJ2IjoxfQ2"


async def test_an_address_that_another_tenant_tells_is_no_proof():
    """Whoever administers a tenant writes what they like into its accounts; a guest's account is the host's own."""
    page = payload("response-pagedmembers")
    del page["body"]["continuationToken"]
    page["body"]["members"][3] |= {"email": "tom.ellery@northmoor.example", "userPrincipalName": "x@evil.example"}
    async with open_service() as (connector, service):
        service.script = [page]
        people = {member.person.name: member.email for member in await connector.members(chat(service))}
        assert people["Sian Probert (Guest)"] == "s.probert@riverside.example"
        assert people["Tom Ellery"] == "tom.ellery@northmoor.example"
        assert people["Callum Reyes"] is None


async def test_the_meeting_and_a_participant_are_read():
    """Meeting details keep what the SDK's models lose; a participant's role and presence are told."""
    async with open_service() as (connector, service):
        service.script = [payload("response-meeting-info"), payload("response-meeting-participant")]
        details = await connector.meeting(chat(service), MEETING)
        person = await connector.participant(chat(service), MEETING, "8feecf2b-1f8f-4a1b-a5fa-01d881bcc254")
        assert (details.id, details.title) == (MEETING, "Spring fair planning")
        assert details.join_url is not None
        assert details.organizer is not None
        assert (person.role, person.in_meeting) == ("Presenter", True)
        assert [taken.path for taken in service.taken] == [
            payload(f"response-meeting-{name}")["request"].removeprefix("GET ") for name in ("info", "participant")
        ]


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_what_teams_asks_to_retry_is_retried(status: int):
    """412, 429, 502, 503 and 504 are tried again after a jittered wait that grows, four times in all."""
    async with open_service() as (connector, service):
        service.script = [failing(status), failing(status), OK]
        assert await connector.send(chat(service), MESSAGE) == "1776689415021"
        assert service.clock.slept == [1.0, 2.0]
        service.taken.clear()
        service.script = [failing(status)]
        assert isinstance(await outcome(connector, chat(service)), TryLater)
        assert len(service.taken) == 4


async def test_retry_after_is_honoured():
    """A 429 is repeated no sooner than Teams asks for."""
    async with open_service() as (connector, service):
        service.script = [THROTTLED, OK]
        await connector.send(chat(service), MESSAGE)
        assert service.taken[1].at - service.taken[0].at >= 5


async def test_a_long_wait_is_left_to_the_outbox():
    """A wait of minutes is not sat out: the caller learns how long to wait."""
    async with open_service() as (connector, service):
        service.script = [failing(429, **{"Retry-After": "120"})]
        error = await outcome(connector, chat(service))
        assert isinstance(error, TryLater)
        assert (error.after, len(service.taken)) == (120.0, 1)


@pytest.mark.parametrize(
    ("answer", "error", "tries"),
    [
        (payload("response-error-403-roster"), ChatGone, 1),
        (payload("response-error-403-writes-blocked"), PersonBlocked, 1),
        (payload("response-error-403-unknown"), Rejected, 1),
        (payload("response-error-404-conversation"), ChatGone, 2),
        (payload("response-error-404-activity"), MessageGone, 2),
        (payload("response-error-413"), Refused413, 1),
        (payload("response-error-400-badsyntax"), Rejected, 1),
        (payload("response-error-400-anonymous"), Rejected, 1),
        (failing(403, {"error": "text"}), Rejected, 1),
        (failing(400, ["text"]), Rejected, 1),
        (failing(500), TryLater, 1),
        (failing(501), TryLater, 1),
    ],
)
async def test_each_refusal_says_what_to_do_next(answer: dict[str, Any], error: type, tries: int):
    """Every documented refusal becomes the error that says whether the chat, the person or the message is at fault."""
    async with open_service() as (connector, service):
        service.script = [answer]
        raised = await outcome(connector, chat(service))
        assert type(raised) is error
        assert len(service.taken) == tries


async def test_a_404_that_passes_is_forgiven():
    """A chat that is missing for a moment is tried once more before it counts as gone."""
    async with open_service() as (connector, service):
        service.script = [payload("response-error-404-conversation"), OK]
        assert await connector.send(chat(service), MESSAGE) == "1776689415021"
        assert service.clock.slept[0] >= 2


async def test_deleting_what_is_gone_succeeds():
    """A message that does not exist any more is deleted already."""
    async with open_service() as (connector, service):
        service.script = [payload("response-error-404-activity")]
        await connector.delete(chat(service), "1776689415021")


async def test_an_unreachable_connector_means_later():
    """A network that fails loses nothing: the outbox comes again."""
    async with open_service() as (connector, service):
        where = chat(service, service_url="http://127.0.0.1:1/emea/")
        assert isinstance(await outcome(connector, where), TryLater)


async def test_redirects_are_not_followed():
    """A redirect takes neither the message nor the token elsewhere."""
    async with open_service() as (connector, service), open_service() as (_, elsewhere):
        service.script = [failing(307, Location=elsewhere.url)]
        assert isinstance(await outcome(connector, chat(service)), Rejected)
        assert (len(service.taken), elsewhere.taken) == (1, [])


async def test_a_stored_address_is_checked_again():
    """An address that was tampered with in storage gets no request and no token."""
    async with open_service() as (connector, service), open_service(service_hosts=frozenset()) as (_, elsewhere):
        for address in (elsewhere.url.replace("http://", "http://x@"), elsewhere.url.replace("127.0.0.1", "127.1"), ""):
            assert isinstance(await outcome(connector, chat(service, service_url=address)), Rejected)
        assert isinstance(await outcome(connector, chat(service, id="..")), Rejected)
        assert (service.taken, elsewhere.taken, service.token_requests) == ([], [], [])


async def test_the_token_is_fetched_once_and_early():
    """One token serves everybody until shortly before it ends; twenty senders at once fetch one."""
    async with open_service() as (connector, service):
        where = [chat(service, id=f"19:{number}@thread.v2") for number in range(20)]
        await asyncio.gather(*(connector.send(one, MESSAGE) for one in where))
        assert len(service.token_requests) == 1
        assert service.token_requests[0] == {
            "path": f"/{TENANT}/oauth2/v2.0/token",
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": "not-so-secret",
            "scope": "https://api.botframework.com/.default",
        }
        service.clock.seconds += 3301
        await connector.send(where[0], MESSAGE)
        assert len(service.token_requests) == 2


async def test_a_token_that_is_not_taken_is_fetched_anew():
    """A 401 brings one new token; a second 401 is final."""
    async with open_service() as (connector, service):
        service.script = [failing(401), OK]
        await connector.send(chat(service), MESSAGE)
        assert len(service.token_requests) == 2
        service.script = [failing(401)]
        assert isinstance(await outcome(connector, chat(service)), Rejected)


async def test_a_directory_that_refuses_means_later():
    """An expired secret loses nothing, and a token that is still good goes on serving."""
    async with open_service() as (connector, service):
        service.token_answer = (401, {"error": "invalid_client", "error_codes": [7000222]})
        assert isinstance(await outcome(connector, chat(service)), CredentialsRefused)
        service.token_answer = (200, {"access_token": "bot-token", "expires_in": 3600})
        await connector.send(chat(service), MESSAGE)
        service.token_answer, service.clock.seconds = (500, {}), service.clock.seconds + 3400
        assert await outcome(connector, chat(service)) is None


async def test_writes_to_one_conversation_come_one_by_one():
    """Twenty writes to one chat never overlap and never pass 7 in a second, 8 in two; another chat does not wait."""
    async with open_service() as (connector, service):
        await asyncio.gather(*(connector.send(chat(service), MESSAGE) for _ in range(20)))
        moments = [taken.at for taken in service.taken]
        assert service.busiest == 1
        for count, seconds in ((7, 1.0), (8, 2.0)):
            assert all(later - earlier >= seconds for earlier, later in zip(moments, moments[count:], strict=False))
        before = len(service.clock.slept)
        await connector.send(chat(service, id="19:other@thread.v2"), MESSAGE)
        assert len(service.clock.slept) == before
