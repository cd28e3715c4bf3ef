"""Which addresses may receive a token of the bot: tricks with URLs do not help."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.addresses import Addresses, AddressRefused, is_loopback

HOST = "smba.trafficmanager.net"
EVIL = "evil.example"
LIVE = Addresses(frozenset({HOST}), loopback=False)
REHEARSAL = Addresses(frozenset(), loopback=True)

AUTHORITIES = [
    EVIL,
    f"{HOST}.{EVIL}",
    f"{EVIL}.{HOST}",
    f"x{HOST}",
    f"{HOST}.",
    f"{HOST}..",
    f".{HOST}",
    f"user@{HOST}",
    f"user:secret@{HOST}",
    f"{HOST}@{EVIL}",
    f"{HOST}:443@{EVIL}",
    f"{HOST}%40{EVIL}",
    f"{HOST}%2e{EVIL}",
    f"{HOST}%00.{EVIL}",
    f"{HOST}\\@{EVIL}",
    f"{EVIL}\\@{HOST}",
    f"{EVIL}#@{HOST}",
    f"{EVIL}?@{HOST}",
    f"{HOST}:8443",
    f"{HOST}:80",
    f"{HOST}:0",
    f"{HOST}:65536",
    f"{HOST}:99999",
    f"{HOST}:",
    f"{HOST}:443:443",
    f"{HOST}:x",
    f"{HOST} ",
    f" {HOST}",
    f"{HOST}\t",
    f"{HOST}\n.{EVIL}",
    f"{HOST}\r\nHost: {EVIL}",
    f"{HOST},{EVIL}",
    f"{HOST};{EVIL}",
    "ѕmba.trafficmanager.net",  # noqa: RUF001  # a Cyrillic s: the trick itself
    "smba.trafficmanager。net",
    "smba.trafficmanager.nеt",  # noqa: RUF001  # a Cyrillic e
    "xn--mba-0ld.trafficmanager.net",
    "ｓmba.trafficmanager.net",  # noqa: RUF001  # a full-width s
    "169.254.169.254",
    "[fd00:ec2::254]",
    "2852039166",
    "0xa9fea9fe",
    "127.0.0.1",
    "127.1",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
    "",
]
SCHEMES = ["https://", "http://", "ftp://", "//", "https:/", "HTTPS:\\\\", "javascript://", "file://"]
TRICKS = [scheme + authority + "/emea/" for scheme, authority in itertools.product(SCHEMES, AUTHORITIES)]
PATHS = ["/../", "/emea/../..", "/./", "/emea?x=1", "/emea#x", "/emea%2f..", "//evil.example/", "/e m", "/é", "/@x"]


@pytest.mark.parametrize("address", [*TRICKS, *(f"https://{HOST}{path}" for path in PATHS), "https://" + "a" * 500])
def test_a_trick_gets_no_token(address: str):
    """User information, look-alikes, ports, other schemes, metadata services and climbing paths are all refused."""
    assert not LIVE.allows(address)


@pytest.mark.parametrize("address", [f"https://{HOST}", f"https://{HOST}/emea/", f"https://{HOST}:443/emea/605d-1/"])
def test_the_connector_itself_is_allowed(address: str):
    """The Bot Connector's own addresses pass, with or without their last slash."""
    assert str(LIVE.base(address)).rstrip("/") == address.rstrip("/").replace(":443", "")


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080/emea/", "http://localhost:8080", "http://[::1]:8080"])
def test_loopback_is_for_rehearsals_only(address: str):
    """This machine may be spoken to without https, in a rehearsal and nowhere else."""
    assert REHEARSAL.allows(address)
    assert not LIVE.allows(address)


@pytest.mark.parametrize("address", ["http://127.1/", "http://2130706433/", "http://0.0.0.0/", "http://evil.example/"])
def test_a_rehearsal_stays_on_this_machine(address: str):
    """A rehearsal reaches nothing but loopback in its plain spelling."""
    assert not REHEARSAL.allows(address)


@given(st.text())
def test_no_text_is_an_address_by_accident(text: str):
    """Whatever follows a foreign start, the answer is no and never an error of another kind."""
    for address in (text, f"https://{text}", f"https://evil.example/{text}", f"http://{HOST}/{text}"):
        try:
            allowed = LIVE.base(address)
        except AddressRefused:
            continue
        assert allowed.host == HOST
        assert allowed.scheme == "https"


def test_loopback_is_known_by_its_names():
    """Only true names of this machine count as loopback."""
    assert [is_loopback(host) for host in ("localhost", "127.0.0.5", "::1")] == [True] * 3
    assert [is_loopback(host) for host in ("localhost.example", "10.0.0.1", "")] == [False] * 3
