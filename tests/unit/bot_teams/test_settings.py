"""The channel starts only where it can tell Teams from a stranger."""

from dataclasses import replace

import pytest

from bot.teams.settings import REHEARSAL_APP_ID, SettingsRefused, TeamsSettings, ready_to_start

APP, HOME = "12345678-90ab-4cde-8f01-234567890abc", "0fedcba9-8765-4321-8fed-cba987654321"
LIVE = TeamsSettings(app_id=APP, app_password="not-so-secret", app_tenant=HOME, tenants=frozenset({HOME}))
REHEARSAL = replace(
    LIVE, app_id="", rehearsal=True, authority="http://127.0.0.1:1", openid_url="http://127.0.0.1:1/openid"
)


def test_a_complete_configuration_starts():
    """With app id, password and tenants the service may listen anywhere."""
    assert ready_to_start(LIVE, host="0.0.0.0") is LIVE


@pytest.mark.parametrize(
    "changed",
    [
        {"app_id": ""},
        {"app_password": ""},
        {"app_tenant": ""},
        {"tenants": frozenset()},
        {"service_hosts": frozenset()},
        {"authority": "http://login.example"},
        {"openid_url": "http://login.example/openid"},
    ],
)
def test_a_missing_safeguard_stops_the_start(changed: dict[str, object]):
    """Without an app id, its secret, an allow-list or https, the service does not start, even on loopback."""
    with pytest.raises(SettingsRefused):
        ready_to_start(replace(LIVE, **changed), host="127.0.0.1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"app_id": "Chairside"}, "CHAIRSIDE_APP_ID takes an id"),
        ({"app_id": APP.upper()}, "small letters"),
        ({"app_tenant": "council.onmicrosoft.com"}, "CHAIRSIDE_APP_TENANT takes an id"),
        ({"tenants": frozenset({HOME, "council.example"})}, "CHAIRSIDE_TENANTS takes an id"),
        ({"service_hosts": frozenset({"https://smba.trafficmanager.net"})}, "no https://"),
    ],
)
def test_what_would_match_nothing_that_teams_sends_stops_the_start(changed: dict[str, object], named: str):
    """A tenant's domain in the place of its id would turn everybody away; the value itself is not shown."""
    with pytest.raises(SettingsRefused, match=named) as refused:
        ready_to_start(replace(LIVE, **changed), host="127.0.0.1")  # type: ignore[arg-type]
    assert "council" not in str(refused.value)


def test_a_rehearsal_without_app_id_gets_one():
    """A rehearsal needs no registration, and still checks every token for an audience."""
    assert ready_to_start(REHEARSAL, host="127.0.0.1").app_id == REHEARSAL_APP_ID


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "chairside.example", ""])
def test_a_rehearsal_is_not_reachable_from_outside(host: str):
    """A rehearsal listens on this machine only."""
    with pytest.raises(SettingsRefused):
        ready_to_start(REHEARSAL, host=host)


@pytest.mark.parametrize("name", ["authority", "openid_url"])
def test_a_rehearsal_trusts_this_machine_only(name: str):
    """The rehearsal flag alone does not make a service believe keys from elsewhere."""
    changed: dict[str, object] = {name: "https://login.example/x"}
    with pytest.raises(SettingsRefused):
        ready_to_start(replace(REHEARSAL, **changed), host="127.0.0.1")  # type: ignore[arg-type]


def test_the_secret_is_not_shown():
    """Printing the settings does not print the password."""
    assert "not-so-secret" not in repr(LIVE)
