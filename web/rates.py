"""How much one page may ask in a short time: enough for a person, too little for a flood."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field

BURST, A_SECOND = 20.0, 5.0  # presses at once, and lastingly
KNOWN = 4096  # pages


@dataclass(slots=True)
class Rates:
    """A bucket for each address: whoever presses faster than anybody can is asked to wait."""

    burst: float = BURST
    a_second: float = A_SECOND
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)  # address -> (presses, seconds)

    def allow(self, address: str) -> bool:
        """Take one press from an address's bucket; False where it is empty."""
        now = time.monotonic()
        left, since = self._left.pop(address, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.a_second)
        self._left[address] = (max(left - 1, 0.0), now)
        while len(self._left) > KNOWN:
            self._left.popitem(last=False)
        return left >= 1
