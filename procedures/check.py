"""Every fault of a procedure file, each with its key, its line and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from procedures import course, facts, forms, references, shape, times
from procedures.draft import Draft
from procedures.faults import Fault, Finding, fault_of, faults_of_notation
from procedures.files import DEFAULT, default_data, path_of
from procedures.reading import Source, read
from procedures.schema import DefaultFile, ProcedureFile


def check(id_or_path: str | Path) -> tuple[Fault, ...]:
    """Return every fault of a procedure file, in the order of its lines; none means that it loads."""
    return faults_of(read(path_of(id_or_path)))


def faults_of(source: Source) -> tuple[Fault, ...]:
    """Return every fault of a file that was read; a place that has several keeps them all, said once."""
    slips = faults_of_notation(source)
    if source.data is None and slips:
        return slips
    named = {slip.place for slip in source.slips}
    found = (fault_of(source, one) for one in _findings(source) if one.place not in named)
    return tuple(sorted(dict.fromkeys((*slips, *found)), key=lambda fault: (fault.line, fault.key)))


def _findings(source: Source) -> Iterator[Finding]:
    if source.path.resolve() == DEFAULT:
        yield from shape.findings(source.data, DefaultFile)
        return
    yield from shape.findings(source.data, ProcedureFile)
    if isinstance(source.data, dict):
        draft = Draft(default_data(), source.data)
        for topic in (course, facts, forms, references, times):
            yield from topic.findings(draft)
