"""What a look finds wrong."""

from __future__ import annotations


class Fault(Exception):
    """Something is wrong; `fix` says what to do about it, in one or two sentences."""

    def __init__(self, said: str, fix: str) -> None:
        super().__init__(said)
        self.said, self.fix = said, fix
