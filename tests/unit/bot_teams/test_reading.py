"""Teams' JSON is read tolerantly: no shape of it raises anything but the one expected refusal."""

import contextlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.teams import reading, roster
from bot.teams.reading import Unreadable
from web.untrusted import parse

NOW = datetime(2026, 4, 20, 13, 0, tzinfo=UTC)
FIELDS = ["type", "id", "from", "conversation", "channelData", "recipient", "entities", "value", "text", "timestamp"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "tenant", "tenantId", "meeting", "mentioned", "text", "members", "user", "action"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
BOT = {"id": "28:bot", "name": "Chair side"}


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_no_shape_surprises_the_reader(activity: dict[str, object]):
    """Every reader answers or says what is missing."""
    for read in (reading.press, reading.said, reading.chat, reading.author):
        with contextlib.suppress(Unreadable):
            read(activity)
    reading.participants(activity)
    reading.others(activity, "value")
    reading.about_the_bot(activity, "value")
    reading.tenant(activity)
    reading.spoken_of(activity)
    assert reading.moment(activity, "StartTime", now=NOW).tzinfo is UTC


@given(JSON)
def test_no_roster_surprises_the_reader(body: object):
    """Members, meetings and participants are read from anything."""
    page = {"members": body, "details": body, "organizer": body, "user": body, "meeting": body}
    roster.members(page, tenant="t")
    roster.meeting_details(page, meeting_id="m")
    roster.participant(page, person_id="p")


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("<at>Chair side</at> status\n", "status"),
        ("<at>Chair side</at>&nbsp;status", "status"),
        ("  <at>Chair side</at>\u00a0 what   now ", "what now"),
        ("status <at>Chair side</at>", "status"),
        ("<at>Chair side</at> ask <at>Tom</at>", "ask Tom"),
        ("<at>Chair side</at> one\r\n two \n\n three", "one\ntwo\n\nthree"),
        ("", ""),
        ("1 < 2 <atlas>", "1 < 2 <atlas>"),
    ],
)
def test_the_mention_is_taken_off(text: str, understood: str):
    """The mention of the bot goes, other names and line breaks stay."""
    entities = [{"type": "mention", "text": "<at>Chair side</at>", "mentioned": BOT}, {"type": "clientInfo"}, None]
    assert reading.without_mention({"text": text, "recipient": BOT, "entities": entities}) == understood


@pytest.mark.parametrize("told", ["0001-01-01T00:00:00+14:00", "tomorrow", "2026-04-20T13:00:00", 7, None])
def test_an_unusable_time_is_replaced(told: object):
    """A time that is no aware time gives way to the next best one."""
    assert reading.moment({"value": {"At": told}, "timestamp": told}, "At", now=NOW) == NOW
    sent = (NOW + timedelta(seconds=9)).isoformat()
    assert reading.moment({"value": {"At": told}, "timestamp": sent}, "At", now=NOW) == NOW + timedelta(seconds=9)


@example("\u202eTom\u2066")
@given(st.text(st.characters(categories=["Cs", "Cc", "Cf", "Lu", "So"]), max_size=12))
def test_what_is_parsed_can_be_stored(text: str):
    """No parsed text holds a NUL, half a surrogate pair or a sign that turns the reading direction, as key or value."""
    for as_it_is in (json.dumps({text: [text, 1]}), json.dumps({text: [text, 1]}, ensure_ascii=False)):
        ((key, (value, _)),) = parse(as_it_is.encode(errors="replace")).items()
        _can_be_stored(key, value)


def _can_be_stored(key: str, value: str) -> None:
    for found in (key, value):
        assert not set("\0\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(found)
        found.encode("utf-8")
