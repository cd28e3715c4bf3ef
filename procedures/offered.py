"""The procedures that a deployment offers: those in its own folder, or those that come with the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from meeting.procedure import Procedure
from procedures.load import load, shipped


@dataclass(frozen=True, slots=True)
class Offered:
    """Which procedures a meeting can be called under; `own`, by id, takes the place of those that ship."""

    own: Mapping[str, Procedure] | None = None

    @classmethod
    def read(cls, folder: Path | None) -> Offered:
        """Return what a folder holds, one `<id>.yaml` each, as it stands now; raises Faulty with a file's faults."""
        if folder is None:
            return cls()
        return cls({path.stem: load(path) for path in sorted(folder.glob("*.yaml"))})

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that a card offers."""
        return shipped() if self.own is None else tuple(self.own)

    def load(self, id_or_path: str) -> Procedure:
        """Return the procedure of an offered id, else of a shipped one's id or a file; raises Faulty."""
        return (self.own or {}).get(id_or_path) or load(id_or_path)

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Return each offered id with the procedure's title."""
        return tuple((name, self.load(name).title) for name in self.ids)
