"""Notices: many wishes for one key become few statements with the same effect."""

from meeting.telling.notices import Cancel, NoticeKind, Send
from storage.notices import Asked, _layers


def send(key, *, again=False, urgency=5):
    """Return a wish for a message."""
    return Send(key=key, kind=NoticeKind.BOARD, again=again, urgency=urgency)


def layers(*asked, meeting="m1"):
    """Return the keys that each round sends and cancels, with their due times."""
    rounds = _layers(Asked(meeting=meeting, notice=notice, due=due, at=0) for notice, due in asked)
    return [
        ([(one["key"], one["due_at"], one["urgency"]) for one in sends], [one["of_key"] for one in cancels])
        for sends, cancels, _ in rounds
    ]


def test_different_keys_are_one_round_in_order():
    """So that they are created in the order asked."""
    assert layers((send("b"), 1), (Cancel(key="x"), 1), (send("a"), 1)) == [([("b", 1, 5), ("a", 1, 5)], ["x"])]


def test_many_boards_are_one_at_the_earliest_time():
    """Most urgent, too."""
    boards = [(send("board", again=True, urgency=n % 3), 10 - n) for n in range(5)]
    assert layers(*boards) == [([("board", 6, 0)], [])]


def test_a_plain_wish_after_another_adds_nothing():
    """It waits already."""
    assert layers((send("a"), 3), (send("a"), 1)) == [([("a", 3, 5)], [])]
    assert layers((send("a", again=True), 3), (send("a"), 1)) == [([("a", 3, 5)], [])]


def test_wishes_that_do_not_merge_come_one_after_the_other():
    """A cancel between, or a wish to send again what may have been delivered."""
    assert layers((send("a"), 1), (Cancel(key="a"), 1), (Cancel(key="a"), 1), (send("a"), 2)) == [
        ([("a", 1, 5)], []),
        ([], ["a"]),
        ([("a", 2, 5)], []),
    ]
    assert layers((send("a"), 1), (send("a", again=True), 2)) == [([("a", 1, 5)], []), ([("a", 2, 5)], [])]
