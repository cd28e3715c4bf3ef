"""Dates and times as people in the United Kingdom write them."""

from datetime import UTC, datetime, timedelta

import pytest

from documents.dates import clock_time, hours, month, parsed_date, parsed_time, plain_time


def test_plain_time_is_london_time():
    assert plain_time(datetime(2026, 12, 23, 14, 5, tzinfo=UTC)) == "Wednesday 23 December 2026, 14:05"
    assert plain_time(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wednesday 1 July 2026, 00:30"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2026-07-01T09:00:00+00:00", "Wednesday 1 July 2026, 10:00"),
        ("2026-07-01T09:00", "Wednesday 1 July 2026, 09:00"),
        ("to be arranged", "to be arranged"),
        ("not known", "not known"),
    ],
)
def test_parsed_time_reads_what_it_can(given, said):
    """A time without a zone was meant in London; words stay words."""
    assert parsed_time(given) == said


def test_parsed_date_reads_what_it_can():
    assert parsed_date("2015-03-04") == "4 March 2015"
    assert parsed_date("not known") == "not known"


def test_clock_time_is_short_on_the_day_only():
    day = datetime(2026, 12, 23, 14, 5, tzinfo=UTC)
    assert clock_time(day + timedelta(hours=1), day) == "15:05"
    assert clock_time(day + timedelta(days=1), day) == "Thursday 24 December 2026, 14:05"
    assert clock_time(day, None) == "Wednesday 23 December 2026, 14:05"


@pytest.mark.parametrize(
    ("given", "said"), [("2025-02", "February 2025"), ("2025", "2025"), ("", ""), ("2025-13", "2025-13")]
)
def test_month(given, said):
    assert month(given) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(1575, "26 hours 15 minutes"), (60, "1 hour"), (1, "1 minute"), (0, "less than a minute")]
)
def test_hours(minutes, said):
    assert hours(timedelta(minutes=minutes)) == said
