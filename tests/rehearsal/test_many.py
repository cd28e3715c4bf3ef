"""Many people at once, and the little parts that a whole meeting leans on."""

from datetime import UTC, datetime, timedelta

import pytest

from rehearsal.teams import MovableClock
from rehearsal.teams.limits import RateMeter
from rehearsal.teams.words import displayed, links
from tests.rehearsal.echo_bot import card, shows, text


async def test_sixty_people_fetch_at_the_same_time_each_their_own(teams, bot, meeting):
    import asyncio

    people = [teams.person(f"Person {n}") for n in range(60)]
    await meeting.add(*people)
    together = asyncio.Event()

    async def answer(activity):
        if len(bot.invokes("automatic")) == 60:
            together.set()
        await together.wait()
        return shows(card(text(f"For {activity['from']['name']}")))

    bot.answer = answer
    await bot.post(meeting, card(text("Base"), refresh=[each.mri for each in people]))
    await teams.settle()
    assert [each.screen() for each in people] == [f"For Person {n}" for n in range(60)]
    assert not teams.violations


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain _words_ 2*3", "plain _words_ 2*3"),
        ("**Police** and __health__", "Police and health"),
        ("see [the pathway](https://example.org/x)", "see the pathway"),
        ("<at>Police</at>: your turn", "Police: your turn"),
        ("by {{DATE(2026-04-22T15:30:00Z, SHORT)}} {{TIME(2026-04-22T15:30:00Z)}}", "by Wed, 22 Apr 2026 16:30"),
        ("{{DATE(nonsense)}}", "{{DATE(nonsense)}}"),
        (r"1\. not a list", "1. not a list"),
    ],
)
def test_words_look_as_on_a_screen(written, shown):
    assert displayed(written) == shown


def test_links_that_a_text_would_make_are_found():
    assert links("[x](https://evil.example) [y]") == ["https://evil.example"]


def test_a_clock_stands_is_moved_and_is_put():
    clock = MovableClock()
    assert clock.now() == clock.now()
    before = clock.now()
    clock.advance(timedelta(days=3))
    assert clock.now() - before == timedelta(days=3)
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert clock.now().year == 2027


def test_a_ticking_clock_walks_on():
    clock = MovableClock(ticking=True)
    first = clock.now()
    while clock.now() == first:
        pass
    assert clock.now() > first


def test_shortened_windows_free_the_way_sooner():
    meter, now = RateMeter(), datetime(2026, 1, 1, tzinfo=UTC)
    assert meter.admit("k", ((1, 30),), scale=10, now=now) is None
    assert meter.admit("k", ((1, 30),), scale=10, now=now) == 3
    assert meter.admit("k", ((1, 30),), scale=10, now=now + timedelta(seconds=3)) is None
