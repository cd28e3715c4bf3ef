"""How a question stands above its answer, where it is asked of each child, person or purpose in turn."""

from __future__ import annotations


def caption(label: str, whom: str) -> str:
    """Return a question with whom it is about: "Is legal action required? (Ada)", "Consent to see the child"."""
    if not whom:
        return label
    if label.endswith("…"):
        return f"{label.removesuffix('…').rstrip()} {whom}"
    return f"{label} ({whom})" if label.endswith("?") else f"{label}: {whom}"


def lead(label: str) -> str:
    """Return how a label stands before its answer: "Role:", and "Is legal action required?" as it is."""
    return label if label.endswith(("?", ":")) else f"{label}:"
