"""Answers of earlier pages, carried from page to page inside the sealed ticket until the form is complete."""

from __future__ import annotations

import json
from collections.abc import Mapping

from meeting.refusals import FieldErrors
from meeting.screens.frame import Args

MOST = 2000  # bytes of earlier pages that a ticket carries; choices and names are far below


def place_of(at: str) -> dict[str, str]:
    """Return the address of the view that a form stands on, as its ticket carries it."""
    return {str(k): str(v) for k, v in json.loads(at or "{}").items()}


def draft_of(args: Args) -> dict[str, str]:
    """Return what earlier pages said, by input id."""
    kept = json.loads(args.get("draft") or "{}")
    return {str(k): str(v) for k, v in kept.items()}


def with_page(args: Args, inputs: Mapping[str, str]) -> str:
    """Return the draft with one more page; raises FieldErrors at the longest text where a ticket cannot carry it."""
    kept = {**draft_of(args), **{k: v for k, v in inputs.items() if v}}
    text = json.dumps(kept, ensure_ascii=False)
    if len(text.encode()) > MOST:
        raise FieldErrors({max(inputs, key=lambda k: len(inputs[k])): "shorter"})
    return text
