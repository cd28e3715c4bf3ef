"""What is wrong with a procedure file: where, what, and how to put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from procedures.reading import Place, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of a procedure file."""

    file: str
    key: str  # dotted path, like agenda[3].checkpoints[1].when
    line: int
    wrong: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: {self.key}: " if self.key else f"{self.file}:{self.line}: "
        return f"{where}{self.wrong}. {self.remedy}"


class Faulty(ValueError):
    """The file is no sound procedure; `faults` says all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault before its file and line are known."""

    place: Place
    wrong: str
    remedy: str


def faults_of_notation(source: Source) -> tuple[Fault, ...]:
    """Return what YAML or this format does not allow, as faults."""
    path = str(source.path)
    return tuple(
        Fault(file=path, key=dotted(s.place), line=s.line, wrong=s.wrong, remedy=s.remedy) for s in source.slips
    )


def fault_of(source: Source, finding: Finding) -> Fault:
    """Return a finding with its file, dotted key and line."""
    return Fault(
        file=str(source.path),
        key=dotted(finding.place),
        line=source.line(finding.place),
        wrong=finding.wrong.rstrip("."),
        remedy=finding.remedy,
    )


def dotted(place: Place) -> str:
    """Return a place as people write it: agenda[3].checkpoints[1].when."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy that names the nearest known word, or else the words there are."""
    words = sorted(set(known))
    near = get_close_matches(word, words, n=1, cutoff=0.6) or [w for w in words if word and w.startswith(word)][:1]
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"{otherwise}: {', '.join(words)}." if words else f"{otherwise}: there is none."
