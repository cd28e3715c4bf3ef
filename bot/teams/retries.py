"""When a request is sent again at once, and when it is left for later."""

from bot.teams.failures import RETRIED, Reply
from bot.teams.timing import Timing

_TRIES = 4
_FIRST_SECONDS = 1.0
#: A longer wait is not sat out: the outbox row comes again when it is over.
_LONGEST_SECONDS = 15.0
#: A 404 for a chat that exists has been seen to pass after seconds.
_MISSING_SECONDS = 2.0


class Patience:
    """Counts the tries of one request."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._tries = 0
        self._seen: set[int] = set()

    def wait(self, reply: Reply) -> float | None:
        """Seconds to wait before the same request is sent again; nothing where it should not be."""
        self._tries += 1
        first_of_its_kind = reply.status not in self._seen
        self._seen.add(reply.status)
        if self._tries >= _TRIES:
            return None
        if reply.status == 401 and first_of_its_kind:
            return 0.0  # with a new token
        if reply.status == 404 and first_of_its_kind:
            return _MISSING_SECONDS + self._timing.jitter(_MISSING_SECONDS)
        if reply.status not in RETRIED:
            return None
        return self._asked_for(reply.retry_after)

    def _asked_for(self, retry_after: float | None) -> float | None:
        if retry_after is None:
            return self._timing.jitter(_FIRST_SECONDS * 2.0**self._tries)
        if retry_after > _LONGEST_SECONDS:
            return None
        return retry_after + self._timing.jitter(_FIRST_SECONDS)


def seconds(header: str | None) -> float | None:
    """The whole seconds of a Retry-After header, an hour at most; nothing where it names none."""
    if header is None or not header.strip().isdecimal() or len(header) > 9:
        return None
    return min(float(header), 3600.0)
