"""The garbage collector and what stays for good."""

from __future__ import annotations

import gc


def settled() -> None:
    """Have the garbage collector leave alone what is there by now: modules, settings, rules.

    None of it ever becomes garbage. A full collection would look at all of it again, some hundred thousand objects,
    and nobody is answered meanwhile: the longest stalls of the loop were these (docs/performance.md).
    """
    gc.collect()
    gc.freeze()
