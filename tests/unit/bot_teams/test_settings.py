"""The channel starts only where it can tell Teams from a stranger."""

from dataclasses import replace

import pytest

from bot.teams.settings import REHEARSAL_APP_ID, SettingsRefused, TeamsSettings, ready_to_start

LIVE = TeamsSettings(app_id="app", app_password="not-so-secret", app_tenant="home", tenants=frozenset({"home"}))
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
