"""Dates as people type them: day first, with a month's name as this program writes it, and what is no date at all."""

from datetime import UTC, datetime, timedelta

import pytest

from cards.times import clock, for_inputs, moment
from dialogs.asking import read_form
from dialogs.decision import DecideForm
from dialogs.reading import answers_from, iso_date, local_to_utc, when
from meeting.procedure import FieldSpec, FieldType
from meeting.refusals import FieldErrors
from meeting.steps.fields import check


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


def test_the_nights_when_the_clocks_change():
    """A time that the clocks leave out is asked for again; of one that comes twice the first is meant, and told.

    So the limit of a concern that was received at half past one never runs an hour too long.
    """
    assert when("2027-03-28", "01:30") is None
    assert for_inputs(local_to_utc("2027-03-28", "01:30")) == "2027-03-28T01:30"  # it comes back as it was typed
    assert check_one("2027-03-28", "01:30") == "skipped"
    assert when("2027-03-28", "02:30") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert when("2026-10-25", "01:30") == first
    assert (moment(first), moment(second)) == ("Sun 25 Oct 2026, 01:30 BST", "Sun 25 Oct 2026, 01:30 GMT")
    assert (clock(first), clock(second + timedelta(hours=1))) == ("01:30 BST", "02:30")
    assert (moment(datetime(2027, 3, 28, 1, tzinfo=UTC)), clock(first - timedelta(hours=1))) == (
        "Sun 28 Mar 2027, 02:00",
        "00:30",
    )


def check_one(day, clock):
    """Return what is wrong with a time that was typed into two inputs."""
    spec = FieldSpec(key="at", label="When", type=FieldType.DATETIME)
    with pytest.raises(FieldErrors) as wrong:
        check((spec,), answers_from((spec,), {"at.date": day, "at.time": clock}), lambda _name, _value: False)
    return wrong.value.errors["at"]


def test_a_name_with_a_comma_stays_one_name():
    """Directories write "Stone, Alex", and Teams joins choices by commas: what is kept reads as it was chosen."""
    form = read_form(DecideForm, {}, {"differing": "Stone, Alex,Penn, Sam"})
    assert ", ".join(form.differing) == "Stone, Alex, Penn, Sam"
    about = FieldSpec(key="about", label="About", type=FieldType.CHILDREN)
    assert answers_from((about,), {"about": "Brook, Ada,Brook, Ben"}) == {"about": "Brook, Ada, Brook, Ben"}
