"""The package holds what Teams needs, asks for no more than it must, and is valid to Microsoft's own schema."""

import io
import json
import zipfile

import pytest

from appmanifest.build import App, Unusable, manifest, package
from appmanifest.commands import CHAT, LISTS, MAX_COMMANDS, PERSONAL
from appmanifest.official import Missing, faults, schema_file
from dialogs.words import PRIVATE, SHARED, understand

APP_ID = "12345678-90ab-4cde-8f01-234567890abc"
WITH_CONTENT = {*PRIVATE, "note", "on behalf"}
TYPED = {"order": "order police, health", "note": "note something", "on behalf of": "on behalf of health: something"}


def app(**changed: str) -> App:
    return App(**({"app_id": APP_ID, "domain": "chairside.example.org", "version": "1.2.3"} | changed))


def words(commands) -> set[str]:
    """Return the words that the bot understands when these commands are typed as their description says."""
    heard = [understand(TYPED.get(c.title, c.title)) for c in commands]
    assert None not in heard
    return {h.word for h in heard if h is not None}


def test_the_zip_holds_the_manifest_and_both_icons_at_its_root():
    with zipfile.ZipFile(io.BytesIO(package(manifest(app())))) as packed:
        assert sorted(packed.namelist()) == ["color.png", "manifest.json", "outline.png"]
        made = json.loads(packed.read("manifest.json"))
        assert {made["icons"]["color"], made["icons"]["outline"]} <= set(packed.namelist())


def test_the_same_app_gives_the_same_bytes():
    assert package(manifest(app())) == package(manifest(app(app_id=f"{{{APP_ID.upper()}}}")))


def test_the_app_is_a_bot_for_meetings_and_for_one_person():
    made = manifest(app())
    assert made["bots"][0]["botId"] == made["id"] == made["webApplicationInfo"]["id"] == APP_ID
    assert made["bots"][0]["scopes"] == ["groupChat", "personal"]
    assert (made["defaultInstallScope"], made["defaultGroupCapability"]["meetings"]) == ("meetings", "bot")
    assert made["validDomains"] == ["chairside.example.org"]
    assert made["localizationInfo"]["defaultLanguageTag"] == "en-gb"


def test_it_asks_for_two_permissions_and_never_for_the_messages_of_a_chat():
    asked = manifest(app())["authorization"]["permissions"]["resourceSpecific"]
    assert [p["name"] for p in asked] == ["OnlineMeeting.ReadBasic.Chat", "OnlineMeetingParticipant.Read.Chat"]
    assert "permissions" not in manifest(app())


@pytest.mark.node
def test_microsofts_schema_finds_no_fault(node_modules):
    assert faults(manifest(app()), schema_file(node_modules.parent)) == ()


@pytest.mark.node
def test_microsofts_schema_names_the_place_of_a_fault(node_modules):
    spoilt = {**manifest(app()), "accentColor": "teal", "extra": 1}
    found = faults(spoilt, schema_file(node_modules.parent))
    assert [fault.split(":")[0] for fault in found] == ["manifest", "accentColor"]


def test_without_microsofts_schema_one_line_tells_how_to_get_it(tmp_path):
    with pytest.raises(Missing, match=r"make setup-node.*--no-validate"):
        schema_file(tmp_path)


def test_every_command_is_a_word_that_the_bot_understands():
    """What Teams suggests works: in a chat all `SHARED` words, in 1:1 the ten likeliest."""
    assert words(CHAT) == {*SHARED, "order"}
    assert words(PERSONAL) - {"panel", "help"} <= WITH_CONTENT
    assert len(words(PERSONAL)) == MAX_COMMANDS


def test_words_that_carry_content_are_suggested_in_the_personal_chat_only():
    assert words(CHAT) & WITH_CONTENT == set()


def test_the_lists_fit_teams():
    assert len(LISTS) <= 3
    for commands in LISTS.values():
        assert len({c.title for c in commands}) == len(commands) <= MAX_COMMANDS
        assert all(len(c.title) <= 32 and len(c.description) <= 128 for c in commands)


@pytest.mark.parametrize("wrong", ["", "12", "chairside", "00000000-0000-0000-0000-000000000000", f"{APP_ID}0"])
def test_a_wrong_app_id_is_refused_with_the_remedy(wrong):
    with pytest.raises(Unusable, match="Application \\(client\\) ID"):
        app(app_id=wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "localhost",
        "https://chairside.example.org",
        "chairside.example.org/",
        "chairside.example.org:443",
        "*.example.org",
        "192.0.2.7",
        "chair_side.example.org",
        "-x.example.org",
        f"{'a' * 64}.example.org",
    ],
)
def test_a_wrong_domain_is_refused_with_the_remedy(wrong):
    with pytest.raises(Unusable, match="the public host name alone"):
        app(domain=wrong)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("version", "1.0"),
        ("version", "v1.0.0"),
        ("version", "01.0.0"),
        ("developer", ""),
        ("developer", "x" * 33),
        ("privacy", "http://example.org/privacy"),
        ("website", "example.org"),
        ("terms", "https://"),
    ],
)
def test_other_values_that_teams_would_refuse_are_refused_by_name(name, wrong):
    with pytest.raises(Unusable, match=f"--{name}"):
        app(**{name: wrong})


def test_an_authority_may_name_its_own_pages():
    made = manifest(app(developer="Westmarsh Council", privacy="https://westmarsh.example/privacy"))
    assert made["developer"]["name"] == "Westmarsh Council"
    assert made["developer"]["privacyUrl"] == "https://westmarsh.example/privacy"
    assert made["developer"]["termsOfUseUrl"] == "https://chairside.example.org/terms"
