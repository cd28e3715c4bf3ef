"""One agency's part in meetings, as numbers: for that agency, and for whoever chairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cards import kit
from cards.kit import Card
from meeting.after.evidence import Evidence, total

MAX_MEETINGS = 20
NO_ACTIONS = "none due"


def evidence_card(agency: str, held: Sequence[tuple[str, Evidence]]) -> Card:
    """Return an agency's figures over meetings given as (reference and day, figures), and each meeting by itself."""
    body = [kit.heading(f"Report: {agency}"), kit.text(_count(len(held)), subtle=True)]
    body.extend(kit.facts(_facts(total(one for _, one in held))))
    if len(held) > 1:
        for reference, one in held[:MAX_MEETINGS]:
            line = "; ".join(f"{label.lower()} {value}" for label, value in _facts(one))
            body.append(kit.text(f"{reference}: {line}", size="small"))
    return kit.card(body, speak=f"Report: {agency}")


def _count(meetings: int) -> str:
    return "In one meeting of yours. No name stands here." if meetings == 1 else f"In {meetings} meetings of yours."


def _facts(one: Evidence) -> list[tuple[str, str]]:
    done = f"{one.on_time} of {one.due}" if one.due else NO_ACTIONS
    counts = (("Invited", one.invited), ("Attended", one.attended), ("Contributed", one.contributed))
    return [*((label, str(count)) for label, count in counts), ("Actions done on time", done)]


_ONE = Evidence(invited=2, attended=1, contributed=1, due=2, on_time=1)
_TWO = Evidence(invited=1, attended=1, contributed=1)
PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "evidence": lambda: evidence_card("Health", (("SM-2026-0042, 25 Nov 2026", _ONE), ("SM-2026-0051, 2 Dec", _TWO))),
}
