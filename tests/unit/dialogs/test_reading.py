"""Dates as people type them: day first, with a month's name as this program writes it, and what is no date at all."""

import pytest

from dialogs.reading import iso_date, local_to_utc


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5/3/2019", "2019-03-05"),
        (" 05.03.2019 ", "2019-03-05"),
        ("5 Mar 2019", "2019-03-05"),
        ("5th March, 2019", "2019-03-05"),
        ("1 sept. 2019", "2019-09-01"),
        ("2019-03-05", "2019-03-05"),
        ("Not known", "not known"),
        ("5 Foo 2019", "5 Foo 2019"),
        ("in spring", "in spring"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, read):
    assert iso_date(typed) == read


@pytest.mark.parametrize(
    ("day", "clock", "read"),
    [
        ("23/12/2026", "15:00", "2026-12-23T15:00:00+00:00"),
        ("2026-07-01", "", "2026-07-01T16:00:00+00:00"),
        ("", "", ""),
        ("", "15:00", "T15:00"),
        ("soon", "15:00", "soonT15:00"),
        ("not known", "", "not known"),
    ],
)
def test_a_time_is_on_the_clock_of_london_and_half_a_time_comes_back(day, clock, read):
    assert local_to_utc(day, clock) == read
