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
        "timeout": 2,
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


@pytest.mark.parametrize("how", ["abort", "close"])
async def test_a_connection_cut_in_the_middle_of_a_letter_puts_it_off(how):
    """Half a letter was taken and no word came back: it is no refusal, and the next try sends it whole."""
    half = []

    async def cut(reader, writer):
        writer.write(b"220 mail.council.example\r\n")
        answers = {b"EHLO": b"250 mail.council.example", b"MAIL": b"250 ok", b"RCPT": b"250 ok", b"DATA": b"354 go on"}
        while (line := await reader.readline())[:4] in answers:
            writer.write(answers[line[:4]] + b"\r\n")
            if line[:4] == b"DATA":
                half.append(await reader.readline())
                break
        writer.transport.abort() if how == "abort" else writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    async with postbox() as box:
        whole, box.port = box.port, server.sockets[0].getsockname()[1]
        with pytest.raises(MailPutOff):
            await postman(box, timeout=20).send(LETTER, TO, about="a")
        assert half[0].startswith(b"Subject: ")
        assert box.letters == []
        box.port = whole
        await postman(box).send(LETTER, TO, about="a")
        assert [str(one["To"]) for one in box.letters] == [TO]
    server.close()
    await server.wait_closed()


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
