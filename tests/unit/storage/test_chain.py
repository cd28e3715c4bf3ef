"""The chain: any change to a stored record is found, at the row where it was made."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from storage.chain import Chain, Link, Start

START = Start(meeting="m1", reference="SM-1", procedure="p", created=1)
CHAIN = Chain(b"k" * 32)


def written(contents: list[bytes]) -> list[Link]:
    """Return the links of a record of these contents."""
    before, links = CHAIN.genesis(START), []
    for sequence, content in enumerate(contents, 1):
        before = CHAIN.link("m1", sequence, sequence, content, before)
        links.append(Link(sequence=sequence, at=sequence, sealed=content, mac=before))
    return links


def head(links: list[Link]) -> bytes:
    """Return the head of a record."""
    return CHAIN.head("m1", len(links), links[-1].mac if links else CHAIN.genesis(START))


contents = st.lists(st.binary(max_size=20), min_size=1, max_size=12)


@given(contents)
def test_what_was_written_verifies(some):
    """Nothing is found where nothing was changed."""
    links = written(some)
    assert CHAIN.verify(START, len(links), head(links), links) == ()


@given(contents, st.data())
def test_a_changed_row_is_found_and_no_other(some, data):
    """One finding, with the row's number."""
    links = written(some)
    n = data.draw(st.integers(0, len(links) - 1))
    changed = [*links[:n], replace(links[n], sealed=links[n].sealed + b"!"), *links[n + 1 :]]
    assert [one.row for one in CHAIN.verify(START, len(links), head(links), changed)] == [n + 1]


@given(contents, st.data())
def test_missing_rows_are_found_each(some, data):
    """Whichever are gone, at the beginning, between, or at the end."""
    links = written(some)
    gone = data.draw(st.sets(st.sampled_from(range(1, len(links) + 1)), min_size=1))
    left = [link for link in links if link.sequence not in gone]
    assert {one.row for one in CHAIN.verify(START, len(links), head(links), left)} == gone


@given(contents, st.data())
def test_a_cut_tail_is_found_though_the_count_was_changed_too(some, data):
    """The head says which entry is the last one."""
    links = written(some)
    left = links[: data.draw(st.integers(0, len(links) - 1))]
    assert [one.row for one in CHAIN.verify(START, len(left), head(links), left)] == [len(left)]


def test_another_key_finds_nothing_whole():
    """Who has no key cannot write a record that verifies."""
    links = written([b"a", b"b"])
    assert {one.row for one in Chain(b"x" * 32).verify(START, 2, head(links), links)} == {1, 2}


def test_what_a_meeting_began_with_is_covered():
    """Its reference, its procedure and the time of its opening."""
    links = written([b"a"])
    for start in (replace(START, reference="SM-2"), replace(START, procedure="q"), replace(START, created=2)):
        assert [one.row for one in CHAIN.verify(start, 1, head(links), links)] == [1]
