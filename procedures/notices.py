"""What a chair is told about the document itself: its companions, replaced editions, passed reviews, missing parts."""

from __future__ import annotations

from calendar import month_name
from datetime import date

from meeting.procedure import Procedure, Reference


def known_by(procedure: Procedure) -> tuple[str, ...]:
    """Return title, issuer, version and month of publication, as far as the document states them (STY-0.1, WOK-0.1)."""
    year, _, number = procedure.published.partition("-")
    published = f"{month_name[int(number)]} {year}" if number else year
    version = f"version {procedure.version}" if procedure.version else ""
    told = (procedure.title, procedure.issuer or "issuer not named", version, published)
    return tuple(text for text in told if text)


def notices(procedure: Procedure, *, today: date) -> tuple[str, ...]:
    """Return the warnings about a procedure, as sentences; none where there is nothing to say."""
    return (*due_for_review(procedure, today=today), *_missing(procedure))


def due_for_review(procedure: Procedure, *, today: date) -> tuple[str, ...]:
    """Return why a deployment is asked once whether it has reviewed a procedure; none where there is no reason."""
    return (*_superseded(procedure), *_reviewed(procedure, today))


def companions(procedure: Procedure) -> tuple[str, ...]:
    """Return the documents that this one is read with, each as title, edition and link (WMT-1.2, LCS-0.2, SAN-0.3)."""
    return tuple(_companion(r) for r in procedure.references if r.link or not r.needs_link)


def _companion(reference: Reference) -> str:
    return f"{_edition(reference)}: {reference.link}" if reference.link else _edition(reference)


def _superseded(procedure: Procedure) -> tuple[str, ...]:
    """Say which cited editions were replaced; the local text still governs (WMT-1.3, STY-6.1)."""
    return tuple(
        f"This procedure cites an edition that has been replaced: {_edition(r)}. Its own text still governs."
        for r in procedure.references
        if r.superseded
    )


def _edition(reference: Reference) -> str:
    return f"{reference.title}, {reference.edition}" if reference.edition else reference.title


def _reviewed(procedure: Procedure, today: date) -> tuple[str, ...]:
    """Say that the review month has ended (WOK-0.2); the month itself does not count as passed."""
    if not procedure.review:
        return ()
    year, month = (int(part) for part in procedure.review.split("-"))
    if (today.year, today.month) <= (year, month):
        return ()
    return (f"This procedure was due for review in {month_name[month]} {year}. You may go on.",)


def _missing(procedure: Procedure) -> tuple[str, ...]:
    """Say what the document lists and does not contain; nothing is invented in its place (STY-7.1)."""
    return tuple(f"Missing from this procedure, to be supplied locally: {part}." for part in procedure.missing_parts)
