"""The limits that Teams sets and the one that the bot sets, with a clock that a test moves."""

from hypothesis import given
from hypothesis import strategies as st

from bot.teams.limits import Limits, Presses, Window
from bot.teams.timing import Timing


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.seconds += seconds

    @property
    def timing(self) -> Timing:
        return Timing(monotonic=lambda: self.seconds, sleep=self.sleep, jitter=lambda _: 0.0)


@given(st.lists(st.floats(min_value=0, max_value=2), min_size=10, max_size=150))
async def test_a_conversation_never_passes_its_windows(pauses: list[float]):
    """However the writes come, no window ever holds more than 7 in 1 s, 8 in 2 s or 60 in 30 s."""
    clock = Clock()
    limits = Limits(clock.timing)
    moments = []
    for number, pause in enumerate(pauses):
        clock.seconds += pause
        lane = limits.lane("chat")
        await limits.wait(tenant=f"tenant {number % 7}", lane=lane)
        moments.append(clock.seconds)
        limits.answered(lane)
    for count, seconds in ((7, 1.0), (8, 2.0), (60, 30.0)):
        pairs = zip(moments, moments[count:], strict=False)
        assert all(later - earlier >= seconds - 1e-5 for earlier, later in pairs)


async def test_a_tenant_takes_fifty_a_second():
    """Fifty requests leave at once, the next when the second is over; another tenant is not kept waiting."""
    clock = Clock()
    limits = Limits(clock.timing)
    for _ in range(50):
        await limits.wait(tenant="one", lane=None)
    assert clock.seconds == 0
    await limits.wait(tenant="two", lane=None)
    assert clock.seconds == 0
    await limits.wait(tenant="one", lane=None)
    assert clock.seconds >= 1


async def test_quiet_conversations_are_forgotten():
    """Ten thousand conversations over a day keep no memory; one that is being written to keeps its lane."""
    clock = Clock()
    limits = Limits(clock.timing)
    kept = limits.lane("busy")
    async with kept.turn:
        for number in range(10_000):
            clock.seconds += 10
            limits.answered(limits.lane(str(number)))
        assert limits.lane("busy") is kept
    assert len(limits._lanes) <= 520


def test_a_window_is_open_again_when_its_time_is_over():
    """A wait is as long as the oldest moment still counts, and no longer."""
    window = Window(((2, 1.0),))
    window.stamp(0.0)
    window.stamp(0.25)
    assert window.delay(0.5) == 0.5
    assert window.delay(1.0) == 0


def test_presses_come_back_with_time():
    """Twenty presses at once, then five a second; everybody has their own."""
    clock = Clock()
    presses = Presses(clock.timing)
    assert [presses.allow("a") for _ in range(21)] == [True] * 20 + [False]
    assert presses.allow("b")
    clock.seconds += 1
    assert [presses.allow("a") for _ in range(6)] == [True] * 5 + [False]


def test_presses_of_a_crowd_take_bounded_memory():
    """A crowd of made-up people does not fill the memory."""
    presses = Presses(Clock().timing)
    for number in range(12_000):
        presses.allow(str(number))
    assert len(presses._left) <= 10_000
