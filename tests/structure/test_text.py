"""What no file of the repository may hold: hosts of registries, paths of one machine, real people's numbers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.structure.tree import files, text_of

# Spelt with a class of one letter each, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    r"py[p]i\.(?:org|python)|python[h]osted\.org|registry\.np[m]js|registry\.yarn[p]kg|np[m]mirror\.com"
    r"|proxy\.gola[n]g|crates\.i[o]\b|deb\.debia[n]\.org|archive\.ubunt[u]\.com|conda\.anacond[a]|files\.pytho[n]"
)
MACHINE_PATHS = re.compile(r"(?<![\w.~:/-])(?:file://)?/(?:work|home|root|Users)/[\w.]|\b[A-Z]:\\\\?Users\\")
# Not the user's part of an address in the web, as forged service addresses have it.
E_MAIL = re.compile(r"(?:mailto:|(?<![\w.+%/:-]))[\w.+%-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z][A-Za-z0-9-]*)")
TELEPHONE = re.compile(r"(?<![\w.,:/+#-])(?:\+44 ?(?:\(0\) ?)?|\(?0)[1235789]\d{1,4}\)?(?:[ -]?\d{2,4}){1,3}(?![\w-])")

INVENTED_HOSTS = re.compile(r"(?:^|\.)(?:example|test|invalid|localhost|example\.(?:org|com|net))$", re.IGNORECASE)
#: What follows the @ in a Teams conversation's id looks like a host and is none.
TEAMS_IDS = {"thread.v2", "thread.tacv2", "thread.skype", "unq.gbl.spaces"}

#: The numbers that Ofcom keeps free for drama, as digits with a leading 0.
DRAMA = re.compile(
    r"01632960\d{3}|0113496\d{4}|0114496\d{4}|0115496\d{4}|0116496\d{4}|0117496\d{4}|0121496\d{4}|0131496\d{4}"
    r"|0141496\d{4}|0151496\d{4}|0161496\d{4}|0191498\d{4}|02079460\d{3}|02896496\d{3}|02920180\d{3}"
    r"|07700900\d{3}|08081570\d{3}|09098790\d{3}|03069990\d{3}"
)

TEXT = tuple(path for path in files() if text_of(path) is not None)
#: Hashes and versions: no person writes there, and their digits look like anything.
LOCKED = {"package-lock.json", "uv.lock"}
PROSE = tuple(path for path in TEXT if path.parts[0] != "requirements" and path.name not in LOCKED)


def registries(text: str) -> Iterator[str]:
    """Yield the hosts of package registries."""
    return (found[0] for found in REGISTRIES.finditer(text))


def machine_paths(text: str) -> Iterator[str]:
    """Yield the paths that exist on one machine only."""
    return (found[0] for found in MACHINE_PATHS.finditer(text))


def real_addresses(text: str) -> Iterator[str]:
    """Yield the e-mail addresses that could reach somebody."""
    for found in E_MAIL.finditer(text):
        if not INVENTED_HOSTS.search(found[1]) and found[1].lower() not in TEAMS_IDS:
            yield found[0]


def real_telephones(text: str) -> Iterator[str]:
    """Yield what looks like a British telephone number outside Ofcom's ranges for drama."""
    for found in TELEPHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
        national = f"0{digits[2:]}" if found[0].startswith("+44") else digits
        if len(national) in {10, 11} and not DRAMA.fullmatch(national):
            yield found[0]


@pytest.mark.parametrize("look", [registries, machine_paths], ids=lambda look: look.__name__)
def test_files_name_no_host_and_no_machine(look: Callable[[str], Iterator[str]]):
    """The repository works on any machine, behind any mirror."""
    assert [(str(path), found) for path in TEXT for found in look(text_of(path) or "")] == []


@pytest.mark.parametrize("look", [real_addresses, real_telephones], ids=lambda look: look.__name__)
def test_files_hold_invented_people_only(look: Callable[[str], Iterator[str]]):
    """Addresses end in example.org or the like, and numbers are those kept for drama."""
    assert [(str(path), found) for path in PROSE for found in look(text_of(path) or "")] == []


# The looking is tested too: with parts put together here, so that the file itself stays clean.
@pytest.mark.parametrize(
    "number", ["020 7946 0" + "123", "01632 960" + "001", "+44 7700 900" + "123", "07700" + "900999"]
)
def test_drama_numbers_pass(number):
    assert list(real_telephones(f"Ring {number}, please.")) == []


@pytest.mark.parametrize(
    "number", ["020 7219" + " 3000", "0161 234" + "5000", "+44 (0)20 7219" + " 3000", "07911" + " 123456"]
)
def test_other_numbers_are_found(number):
    assert list(real_telephones(f"Ring {number}, please.")) != []


@pytest.mark.parametrize(
    "text", ["2026-11-22T09:30:00Z", "00000000-0000-4000-8000-000000000001", "0.0123456789", "1e0"]
)
def test_other_figures_are_no_numbers(text):
    assert list(real_telephones(text)) == []


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (registries, "https://py" + "pi.org/simple"),
        (registries, '"resolved": "https://registry.np' + 'mjs.org/x"'),
        (machine_paths, "see /ho" + "me/jo/notes"),
        (machine_paths, "# via /wo" + "rk/x/pyproject.toml"),
        (real_addresses, "jo@" + "council.gov.uk"),
        (real_addresses, "mailto:jo@" + "council.gov.uk"),
    ],
)
def test_forbidden_text_is_found(look: Callable[[str], Iterator[str]], text: str):
    assert list(look(text)) != []


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (machine_paths, "https://learn.example/home/page and ~/work/x and docs/home/x"),
        (real_addresses, "jo@police.example, mo@example.org, 19:abc@thread.v2, axe-core@4.14.1"),
        (real_addresses, "https://teams.example@evil.host.net/"),
    ],
)
def test_innocent_text_passes(look: Callable[[str], Iterator[str]], text: str):
    assert list(look(text)) == []


def test_pictures_are_not_read_as_text():
    """The looking covers what is text, and there is some."""
    assert Path("pyproject.toml") in PROSE
