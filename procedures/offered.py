"""The procedures that a deployment offers: those in its own folder, or those that come with the product."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from meeting.procedure import Procedure
from procedures.load import load, shipped


@dataclass(frozen=True, slots=True)
class Offered:
    """Which procedures a meeting can be called under; `folder` holds a deployment's own, one `<id>.yaml` each."""

    folder: Path | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that a card offers."""
        return shipped() if self.folder is None else tuple(sorted(path.stem for path in self.folder.glob("*.yaml")))

    def load(self, id_or_path: str) -> Procedure:
        """Return the procedure of an offered id, else of a shipped one's id or a file; raises Faulty."""
        own = self.folder is not None and id_or_path in self.ids
        return load(f"{self.folder}/{id_or_path}.yaml" if own else id_or_path)

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Return each offered id with the procedure's title; raises Faulty with every fault of the first faulty one."""
        return tuple((name, self.load(name).title) for name in self.ids)
