"""The one boundary of the command line: what a person can mend is told in plain words, never as a traceback."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from meeting.refusals import FieldErrors, HeldBack, Refused

#: What a person can mend, by where it is declared: naming it imports nothing, and `--help` stays quick.
MENDABLE = frozenset(
    {
        "appmanifest.build.Unusable",
        "appmanifest.official.Missing",
        "bot.by_reference.NoMeeting",
        "bot.keeping.NothingKept",
        "bot.teams.settings.SettingsRefused",
        "dialogs.planning.PlanRefused",
        "documents.word.TemplateFault",
        "procedures.faults.Faulty",
        "rehearsal.case.NoCase",
        "storage.copying.NotCopied",
        "storage.engine.Unopened",
        "storage.keyring.KeyringError",
        "web.build.NoRenderer",
    }
)


class Plainly(TyperGroup):
    """A group of commands whose faults end in a sentence on the error stream and exit code 1."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  (typer keeps the context's type to itself)
        """Run what was typed; a defect of the program stays a traceback."""
        try:
            return super().invoke(ctx)
        except Exception as wrong:
            if not (told := said(wrong)):
                raise
            typer.echo(told, err=True)
            raise typer.Exit(code=1) from None


def said(wrong: Exception) -> str:
    """Return what went wrong for whoever typed the command, "" for a defect of the program."""
    match wrong:
        case ModuleNotFoundError(name=str(name)):
            return f"{name} is not installed here. A rehearsal needs it: pip install 'chairside[rehearsal]'."
        case OSError(filename=name, strerror=str(why)):
            return f"{name}: {why}." if name else f"{why}."
        case Refused():
            return _refused(wrong)
        case _ if any(f"{kind.__module__}.{kind.__qualname__}" in MENDABLE for kind in type(wrong).__mro__):
            return str(wrong)
        case _:
            return ""


def _refused(wrong: Refused) -> str:
    """Return a rule's refusal in the words that a card would say it with."""
    from cards.kit import error_text
    from cards.sentences import sentence

    if isinstance(wrong, FieldErrors):
        return "\n".join(f"{key}: {error_text(*code.split(':', 1))}" for key, code in wrong.errors.items())
    if isinstance(wrong, HeldBack):
        return f"Still missing: {'; '.join(wrong.details)}."
    return sentence(wrong.code, wrong.details)
