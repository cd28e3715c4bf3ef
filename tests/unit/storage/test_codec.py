"""The codec: what goes into the record comes back equal, or does not go in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import meeting.machine  # noqa: F401  # registers every event
from meeting.model import PersonId
from meeting.registry import evolvers
from meeting.steps.action_list import ActionAgreed
from storage.codec import Codec, UnknownEvent, Unstorable

ANN = PersonId("ann")
# No field of an event may hold a time without its zone.
st.register_type_strategy(datetime, st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    text: str
    at: datetime | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    anything: object


def every_field(event: type) -> st.SearchStrategy[object]:
    """Return events of this class with every field given, also the ones that have a default."""
    hints = get_type_hints(event)
    return st.builds(event, **{one.name: st.from_type(hints[one.name]) for one in fields(event)})


@pytest.mark.parametrize("event", sorted(evolvers(), key=str))
def test_every_registered_event_comes_back_equal(event):
    """A new event that cannot be stored fails here, before any meeting meets it."""
    codec = Codec(evolvers())

    @settings(max_examples=20, deadline=None)
    @given(happened=every_field(event), by=st.text())
    def comes_back(happened, by):
        read_by, read = codec.read(codec.write(PersonId(by), happened))
        assert (read_by, read) == (by, happened)
        assert type(read) is event

    comes_back()


def test_read_only_mappings_can_be_stored():
    """The rules keep their mappings read-only; they come back as mappings with the same answers."""
    event = Told(text="x", answers=MappingProxyType({"b": "2", "a": "1"}))
    _, read = Codec([Told]).read(Codec([Told]).write(ANN, event))
    assert read == event


@pytest.mark.parametrize(
    "event",
    [
        Told(text="x", at=datetime(2026, 3, 2, 12)),  # noqa: DTZ001  # that is the point
        Told(text=3),  # type: ignore[arg-type]
        Told(text="x", answers={"k": 3}),  # type: ignore[dict-item]
        Loose(anything=Told(text="x")),
    ],
)
def test_what_would_come_back_otherwise_is_refused(event):
    """A time without a zone, a value of another type, a field that says too little."""
    with pytest.raises(Unstorable):
        Codec([Told, Loose]).write(ANN, event)


def test_times_of_other_zones_come_back_as_the_same_instant():
    """What counts is when it was."""
    event = Told(text="x", at=datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=1))))
    _, read = Codec([Told]).read(Codec([Told]).write(ANN, event))
    assert isinstance(read, Told)
    assert read.at == datetime(2026, 7, 1, 11, tzinfo=UTC)


def test_an_unregistered_event_is_refused():
    """Writing it would lose it: nothing could fold it."""
    with pytest.raises(Unstorable):
        Codec([]).write(ANN, Told(text="x"))


def test_a_class_of_the_same_name_is_another():
    """Names are what the record keeps, so each must mean one class."""
    other = type("Told", (), {})
    with pytest.raises(Unstorable):
        Codec([Told]).write(ANN, other())
    with pytest.raises(Unstorable):
        Codec([Told, other])


def test_a_stored_event_without_a_class_is_named():
    """An older release's event that was taken away is no silent gap."""
    written = Codec([Told]).write(ANN, Told(text="x"))
    with pytest.raises(UnknownEvent, match="Told"):
        Codec([]).read(written)


def test_an_event_of_an_earlier_release_is_read_with_what_it_did_not_know_left_at_rest():
    """An action that was agreed before actions were linked to suggestions: no link, and nothing else is different."""
    codec = Codec(evolvers())
    due = datetime(2026, 12, 30, 12, tzinfo=UTC)
    now = ActionAgreed(number=1, what="Visit", owner="Wyn Cole", owner_seat=None, due=due)
    head, _, body = codec.write(ANN, now).partition(b"\n")
    then = {k: v for k, v in json.loads(body).items() if k not in ("suggested", "clock")}
    assert codec.read(head + b"\n" + json.dumps(then).encode()) == (ANN, now)


def test_no_message_of_an_error_holds_content():
    """Errors reach logs."""
    with pytest.raises(Unstorable) as raised:
        Codec([Told]).write(ANN, Told(text="x", answers={"k": ("Maple Canary",)}))  # type: ignore[dict-item]
    assert "Canary" not in repr(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
