"""Who does what nobody likes in the days after a meeting: the owner who stays silent, and whoever challenges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rehearsal.play import Play


def silent(play: Play, leading: set[str]) -> frozenset[str]:
    """Return the seat that does not answer: the case's; else of another agency, with something to do, police first."""
    if told := play.stage.case.afterwards("silent"):
        return frozenset({told}) - leading
    others = [s for s in _agencies(play) if s not in leading and _agencies(play)[s] != "social_care"]
    owners = {a["owner"] for a in play.stage.case.data.get("actions", ())}
    named = {s["id"]: s["name"] for s in play.stage.case.data["seats"]}
    return frozenset(sorted(others, key=lambda s: (named[s] not in owners, _agencies(play)[s] != "police"))[:1])


def challenger(play: Play, leading: set[str]) -> str:
    """Return the seat that challenges, of another agency and in the meeting: the case's first; "" where none is."""
    here = [a.seat for a in play.present() if a.seat not in leading and _agencies(play)[a.seat] != "social_care"]
    told = play.stage.case.afterwards("challenge", "by")
    return told if told in here else next(iter(here), "")


def _agencies(play: Play) -> Mapping[str, Any]:
    return {s["id"]: s.get("agency", "") for s in play.stage.case.data["seats"]}
