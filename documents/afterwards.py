"""What came after the meeting, as far as it has come by now: no part of what was authorised, and read with it."""

from __future__ import annotations

from collections.abc import Iterator

from documents.dates import plain_time
from documents.model import Block, Fact, Fields, Section, Table
from documents.source import Source
from meeting.model import Escalation


def afterwards(source: Source) -> Section | None:
    """Return what everybody was told since, what has changed, what became of escalations, and the further meetings."""
    blocks = (*_updates(source), *_developments(source), *_escalations(source), *_further(source))
    return Section(heading="After the meeting", blocks=blocks, key="afterwards") if blocks else None


def _updates(source: Source) -> Iterator[Block]:
    kinds = {True: "a later decision", False: "news"}
    told = source.meeting.updates
    rows = tuple((plain_time(u.at), kinds[u.decision], u.text, source.name(u.by)) for u in told)
    if rows:
        yield Table(headers=("When", "What it is", "What", "By"), rows=rows, caption="Told to everybody who attended")


def _developments(source: Source) -> Iterator[Block]:
    rows = tuple((plain_time(d.at), d.text, source.name(d.by)) for d in source.meeting.developments)
    if rows:
        yield Table(headers=("When", "What changed", "By"), rows=rows, caption="Reported to the chair")


def _escalations(source: Source) -> Iterator[Block]:
    """Yield the stages of each escalation (STY-5.2d); the challenge itself stands in its own section, and once."""
    for escalation in source.meeting.escalations:
        challenge = next(c for c in source.meeting.challenges if c.id == escalation.challenge)
        about = f"{source.name(challenge.by)}, {plain_time(challenge.at)}"
        taken = f"{source.name(escalation.by)}, {plain_time(escalation.at)}"
        ahead = (Fact(label="Challenge by", value=about), Fact(label="Taken to the protocol by", value=taken))
        caption = f"Escalation {escalation.id[1:]}: {source.procedure.escalation_protocol}"
        yield Fields(facts=(*ahead, *_stages(source, escalation)), caption=caption)


def _stages(source: Source, escalation: Escalation) -> Iterator[Fact]:
    """Yield what each stage came to; the one that is not over says so."""
    labels = [stage.label for stage in source.procedure.follow_up.stages] or ["State"]
    for label, (at, text) in zip(labels, escalation.moves, strict=False):
        yield Fact(label=label, value=text, how=f"not resolved, {plain_time(at)}")
    resolved = escalation.resolved
    how = f"resolved, {plain_time(resolved)}" if resolved else f"since {plain_time(escalation.stage_since)}"
    yield Fact(label=labels[escalation.stage], value=escalation.outcome if resolved else "not resolved yet", how=how)


def _further(source: Source) -> Iterator[Block]:
    links = ((link.reference, link.starts) for link in source.meeting.links)
    facts = tuple(
        Fact(label="Further meeting", value=reference, how=f"planned for {plain_time(starts)}" if starts else "")
        for reference, starts in links
    )
    if facts:
        yield Fields(facts=facts)
