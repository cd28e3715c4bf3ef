"""How much one page may ask: a bucket that fills with time, to its brim and no further."""

from types import SimpleNamespace

import pytest

from web import rates


def test_a_bucket_fills_to_its_brim_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits gets presses back one by one; an hour of silence saves up no flood; others have their own."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(rates, "time", SimpleNamespace(monotonic=lambda: clock.now))
    bucket = rates.Rates(burst=3, a_second=0.5)
    taken = lambda: sum(bucket.allow("a page") for _ in range(10))  # noqa: E731
    assert (taken(), taken()) == (3, 0)
    clock.now += 2
    assert taken() == 1
    clock.now += 3600
    assert (taken(), bucket.allow("another page")) == (3, True)


def test_a_crowd_takes_bounded_memory() -> None:
    """The page that asked longest ago is forgotten first."""
    bucket = rates.Rates(burst=1, a_second=0)
    assert bucket.allow("first")
    assert not bucket.allow("first")
    assert all(bucket.allow(f"page {n}") for n in range(rates.KNOWN))
    assert bucket.allow("first")
