"""What a deployment's own files say: whom to invite by which pathway, and under which procedures."""

from __future__ import annotations

from bot.settings import Settings
from bot.teams.settings import SettingsRefused
from procedures.offered import Offered
from procedures.pathways import Pathways, load_pathways


def pathways_of(settings: Settings) -> Pathways:
    """Return the deployment's pathways, or empty ones; raises Faulty naming every fault of the file."""
    return load_pathways(settings.pathways) if settings.pathways is not None else Pathways()


def offered_by(settings: Settings) -> Offered:
    """Return the procedures that this deployment offers, each checked.

    Raises SettingsRefused for a folder that holds none, Faulty naming every fault of a file.
    """
    offered = Offered.read(settings.procedures)
    if not offered.titles():
        raise SettingsRefused(f"CHAIRSIDE_PROCEDURES: {settings.procedures} holds no procedure, which is a .yaml file.")
    return offered
