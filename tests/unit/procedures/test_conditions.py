"""Conditions are read as they are written, and hold as they read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting.conditions import ConditionError, Term, parse_condition

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda n: n not in ("not", "and", "or"))
VALUES = st.lists(
    st.from_regex(r"[A-Za-z0-9,']{1,8}", fullmatch=True).filter(lambda w: w not in ("and", "or")),
    min_size=1,
    max_size=4,
).map(" ".join)
TERMS = st.builds(Term, name=NAMES, value=st.none() | VALUES, negated=st.booleans())
GROUPS = st.lists(st.lists(TERMS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)


def written(groups) -> str:
    """Return alternatives of terms as a policy team writes them."""
    return " or ".join(
        " and ".join(("not " if t.negated else "") + t.name + ("" if t.value is None else f"={t.value}") for t in group)
        for group in groups
    )


@given(GROUPS)
def test_what_is_written_is_what_is_read(groups):
    condition = parse_condition(written(groups))
    assert condition.alternatives == groups
    assert parse_condition(written(condition.alternatives)) == condition


@given(GROUPS, st.sets(NAMES))
def test_a_condition_holds_when_one_alternative_does(groups, true):
    expected = any(all((t.name in true) is not t.negated for t in group) for group in groups)
    assert parse_condition(written(groups)).holds(lambda name, _value: name in true) is expected


@pytest.mark.parametrize("text", ["", "a=", "A", "a and", "or b", "a or", "__import__('os')", "a-b"])
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(ConditionError):
        parse_condition(text)
