"""Letters over real SMTP: what is taken, what is tried again, what is final, and that no word of theirs can do harm."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.mail.postman import MailPutOff, MailRefused, Postman
from bot.mail.settings import MailSettings, is_mailbox, ready_to_link, ready_to_mail
from bot.teams.settings import SettingsRefused
from documents.letters import Calendar, Method, letter
from rehearsal.postbox import postbox
from tests.postbox import certificate

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TO = "tom.ellery@police.example"
LETTER = letter("SM-2041: come", ("Please come.",), facts=(("When", "Wed 25 Nov 2026, 10:00"),), closing=("Bye.",))


def postman(box, **more):
    """Return a postman for a server on this machine."""
    settings = {
        "host": "127.0.0.1",
        "port": box.port,
        "tls": "none",
        "sender": "chairside@council.example",
        "timeout": 20,
    }
    return Postman(ready_to_mail(MailSettings(**{**settings, **more})), now=lambda: NOON)


async def test_a_letter_arrives_in_plain_text_html_and_calendar():
    """Each part says the same; a repeat has the same Message-ID; no machine answers it."""
    calendar = Calendar(method=Method.REQUEST, content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    made = letter(
        "SM-2041: come",
        ("Please come.",),
        link="https://chairside.council.example/seat/x",
        link_text="Answer",
        calendar=calendar,
    )
    async with postbox() as box:
        for _ in range(2):
            await postman(box).send(made, TO, about="m1 invite 1")
    first, second = box.letters
    assert (first["Subject"], first["To"], first["From"]) == (
        "SM-2041: come",
        TO,
        "Chairside <chairside@council.example>",
    )
    assert first["Message-ID"] == second["Message-ID"] != ""
    assert first["Auto-Submitted"] == "auto-generated"
    plain, html, dates = first.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    for part in (plain, html):
        assert all(words in part.get_content() for words in ("Please come.", "Answer", "/seat/x"))
    assert (dates.get_content_type(), dates.get_param("method")) == ("text/calendar", "REQUEST")
    assert box.envelopes[0] == ("chairside@council.example", [TO])


@pytest.mark.parametrize("how", ["starttls", "tls"])
async def test_the_way_is_sealed_and_the_sign_in_goes_over_it(tmp_path, how):
    """With the server's certificate checked: an unknown authority is no server of ours."""
    context, authority = certificate(tmp_path)
    async with postbox(tls=context, implicit=how == "tls", password="invented") as box:
        sign_in = {"tls": how, "user": "chairside", "password": "invented"} if how == "starttls" else {"tls": how}
        await postman(box, **sign_in, authorities=authority).send(LETTER, TO, about="a")
        assert len(box.letters) == 1
        assert box.signed_in == (["chairside"] if how == "starttls" else [])
        with pytest.raises(MailPutOff):
            await postman(box, **sign_in).send(LETTER, TO, about="b")
        if how == "starttls":
            with pytest.raises(MailPutOff):
                await postman(box, **{**sign_in, "password": "old"}, authorities=authority).send(LETTER, TO, about="c")
        assert len(box.letters) == 1


@pytest.mark.parametrize("how", ["starttls", "tls"])
@pytest.mark.parametrize("wrong", [{"host": "127.0.0.2"}, {"ended": timedelta(days=1)}], ids=["another's", "ended"])
async def test_a_certificate_that_is_anothers_or_has_ended_gets_nothing(tmp_path, how, wrong):
    """Though the authority that made it is trusted."""
    context, authority = certificate(tmp_path, **wrong)
    async with postbox(tls=context, implicit=how == "tls") as box:
        with pytest.raises(MailPutOff):
            await postman(box, tls=how, authorities=authority).send(LETTER, TO, about="a")
        assert box.letters == []


async def test_a_server_without_the_seal_gets_nothing():
    """STARTTLS that is not offered is not done without."""
    async with postbox() as box:
        with pytest.raises(MailPutOff):
            await postman(box, tls="starttls").send(LETTER, TO, about="a")
        assert box.letters == []


@pytest.mark.parametrize(
    ("answer", "raised"),
    [("550 5.1.1 no such user", MailRefused), ("450 4.2.1 greylisted, come again", MailPutOff)],
)
async def test_only_a_final_refusal_is_final(answer, raised):
    """Of the address, and of the letter itself."""
    async with postbox() as box:
        box.refusals[TO] = answer
        with pytest.raises(raised):
            await postman(box).send(LETTER, TO, about="a")
        box.refusals.clear()
        box.at_data = answer
        with pytest.raises(raised):
            await postman(box).send(LETTER, TO, about="a")


@asynccontextmanager
async def silence():
    """A server that listens until the other side gives up, and never says a word; yields its port."""
    over = asyncio.Event()

    async def say_nothing(reader, writer):
        await reader.read()
        writer.close()
        await writer.wait_closed()
        over.set()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    await over.wait()
    server.close()


async def test_broken_and_missing_connections_put_a_letter_off():
    """A drop in the middle, a server that is away, one that says nothing: each is tried again later."""
    async with postbox() as box:
        box.drop = 1
        with pytest.raises(MailPutOff):
            await postman(box).send(LETTER, TO, about="a")
        await postman(box).send(LETTER, TO, about="a")
        assert len(box.letters) == 1
    with pytest.raises(MailPutOff):
        await postman(box).send(LETTER, TO, about="a")
    async with silence() as port:
        box.port = port
        with pytest.raises(MailPutOff):
            await postman(box, timeout=0.2).send(LETTER, TO, about="a")


PHASES = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "half", "whole")  # what the server has just been told


@asynccontextmanager
async def failing(phase, answer, *, harsh=False):
    """A server that, told this, gives this answer or, where that is "", breaks the line; yields its port, what it got.

    "half" is the first line of a letter, "whole" its last one: the server has it all and has not yet said so.
    """
    got, over = [], asyncio.Event()
    plain = {
        "connect": "220 hi",
        "EHLO": "250 hi",
        "MAIL": "250 ok",
        "RCPT": "250 ok",
        "DATA": "354 go on",
        "RSET": "250",
    }

    async def serve(reader, writer):
        told = "connect"
        while told != "QUIT":
            if told == phase and not answer:
                break
            said = answer if told.replace("HELO", "EHLO") == phase else plain.get(told, "")
            writer.write(f"{said}\r\n".encode() if said else b"")
            if not (line := (await reader.readline()).decode()):
                break
            got.append(line)
            reading = told == "half" or said.startswith("354")
            told = ("whole" if line == ".\r\n" else "half") if reading else line[:4].strip() or "QUIT"
        writer.transport.abort() if harsh else writer.close()

    async def serving(reader, writer):
        try:
            await serve(reader, writer)
        finally:
            over.set()

    server = await asyncio.start_server(serving, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1], got
    await over.wait()
    server.close()


@pytest.mark.parametrize("harsh", [True, False], ids=["reset", "closed"])
@pytest.mark.parametrize("phase", PHASES)
async def test_a_line_that_breaks_puts_a_letter_off_wherever_it_breaks(phase, harsh):
    """Nobody said no: it is no refusal, and the next try sends the letter whole, under the same Message-ID."""
    async with postbox() as box, failing(phase, "", harsh=harsh) as (port, got):
        whole, box.port = box.port, port
        with pytest.raises(MailPutOff):
            await postman(box, timeout=20).send(LETTER, TO, about="a")
        assert any(line.startswith("Subject: ") for line in got) == (phase in ("half", "whole"))
        box.port = whole
        await postman(box).send(LETTER, TO, about="a")
        (arrived,) = box.letters
        assert arrived["To"] == TO
        if phase == "whole":
            assert f"Message-ID: {arrived['Message-ID']}\r\n" in got


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "450 4.2.1 come again", "554 5.7.1 no"])
@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "half"])
async def test_only_what_is_said_of_the_letter_or_its_address_is_final(phase, answer):
    """A greeting or a sender that is refused is for the keeper to mend, and would hold for every letter."""
    final = answer.startswith("5") and phase in ("RCPT", "DATA", "whole")
    async with failing(phase, answer) as (port, _):
        settings = MailSettings(host="127.0.0.1", port=port, tls="none", sender="chairside@council.example", timeout=20)
        with pytest.raises(MailRefused if final else MailPutOff):
            await Postman(ready_to_mail(settings), now=lambda: NOON).send(LETTER, TO, about="a")


async def test_one_letter_finds_out_for_all_whether_the_server_is_back():
    """While it is away the others are put off at once, and nobody's messages wait for its silence."""
    now, knocks, knocked = [NOON], [], asyncio.Event()

    async def say_nothing(reader, writer):
        knocks.append(now[0])
        knocked.set()
        await reader.read()
        writer.close()

    async with postbox() as box:
        working, server = box.port, await asyncio.start_server(say_nothing, "127.0.0.1", 0)
        settings = MailSettings(
            host="127.0.0.1",
            port=server.sockets[0].getsockname()[1],
            tls="none",
            sender="chairside@council.example",
            timeout=0.2,
        )
        man = Postman(settings, now=lambda: now[0])
        for seconds, goes in ((0, True), (1, False), (29, False), (31, True), (32, False)):
            now[0] = NOON + timedelta(seconds=seconds)
            with pytest.raises(MailPutOff):
                await man.send(LETTER, TO, about="a")
            if goes:  # the server may be slower to hear it than the letter was to give up
                await knocked.wait()
                knocked.clear()
        assert knocks == [NOON, NOON + timedelta(seconds=31)]
        server.close()
        man._settings = replace(settings, port=working, timeout=20)
        now[0] = NOON + timedelta(seconds=70)
        for about in ("a", "b"):
            await man.send(LETTER, TO, about=about)
        assert len(box.letters) == 2


HOSTILE = [
    "\r\nBcc: all@police.example",
    "\n\nbody",
    "\u2028x",
    "\x85x",
    "\x0bx",
    "\x00x",
    "<script>x</script>",
    "\u202ex",
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_no_word_becomes_a_header_or_markup(words):
    """Breaks and control characters of every kind go; tags show as text (reliability target 21)."""
    made = letter(f"SM-2041: {words}", (words,), facts=((words, words),), closing=(words,))
    async with postbox() as box:
        await postman(box).send(made, TO, about=words)
    (got,) = box.letters
    assert got["Bcc"] is None
    assert set(got.keys()) == {
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    }
    plain, html = (part.get_content() for part in got.iter_parts())
    assert "<script>" not in html
    assert not set("\x00\x0b\x85\u2028\u202e") & set(plain + html + got["Subject"])


@pytest.mark.parametrize(
    "address",
    [
        "a@x.example, b@y.example",
        "a@x.example\r\nBcc: b@y.example",
        '"a b"@x.example',
        "Tom <a@x.example>",
        "a@x",
        "",
        "ä@x.example",
    ],
)
async def test_nothing_but_one_plain_address_is_written_to(address):
    """A comma adds no recipient."""
    assert not is_mailbox(address)
    async with postbox() as box:
        with pytest.raises(MailRefused):
            await postman(box).send(LETTER, address, about="a")
        assert box.letters == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "mail.council.example", "tls": "none"},
        {"host": "127.0.0.1", "sender": "nobody"},
        {"host": "127.0.0.1", "authorities": "missing.pem"},
    ],
)
def test_an_unsafe_server_is_refused_at_the_start(wrong, tmp_path):
    """In a sentence that names the setting."""
    if "authorities" in wrong:
        wrong = {**wrong, "authorities": tmp_path / "missing.pem"}
    with pytest.raises(SettingsRefused, match=r"CHAIRSIDE_SMTP_TLS|CHAIRSIDE_SMTP_FROM|CHAIRSIDE_SMTP_AUTHORITIES"):
        ready_to_mail(MailSettings(**{"sender": "chairside@council.example", **wrong}))


@pytest.mark.parametrize(
    "url", ["http://council.example", "https://council.example/path", "https://a@council.example", "x"]
)
def test_links_lead_to_a_plain_https_address(url):
    """Anything else is refused at the start; on loopback http will do."""
    with pytest.raises(SettingsRefused):
        ready_to_link(url)
    assert ready_to_link("https://council.example/") == "https://council.example"
    assert ready_to_link("http://127.0.0.1:8080") == "http://127.0.0.1:8080"
    assert ready_to_link("") == ""


def test_the_systems_authorities_are_asked_where_none_are_named(tmp_path):
    """And TLS 1.2 is the least."""
    man = Postman(MailSettings(host="mail.council.example", sender="c@council.example"), now=lambda: NOON)
    assert man._context().minimum_version is ssl.TLSVersion.TLSv1_2
