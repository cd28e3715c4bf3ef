"""What makes this deployment's papers: its Word template, tried before it is used, and the process that prints."""

from __future__ import annotations

from bot.settings import Settings
from bot.teams.settings import SettingsRefused
from documents.copies import Maker
from documents.printing import Printer
from documents.word import TemplateFault, check_template


def maker_of(settings: Settings) -> Maker:
    """Return what makes copies; in a rehearsal each says that it is fictional. Raises SettingsRefused."""
    return Maker(template=template_of(settings), printer=Printer(), fictional=settings.rehearsal)


def template_of(settings: Settings) -> bytes | None:
    """Return the council's Word template; raises SettingsRefused, which names what cannot be filled in."""
    if settings.minutes_template is None:
        return None
    try:
        template = settings.minutes_template.read_bytes()
        check_template(template)
    except OSError as gone:
        raise SettingsRefused("CHAIRSIDE_MINUTES_TEMPLATE names a file that cannot be read.") from gone
    except TemplateFault as fault:
        raise SettingsRefused(f"CHAIRSIDE_MINUTES_TEMPLATE: {fault}") from fault
    return template
