"""One document in every format: what each file is called, what it is, and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from documents.html import html_of
from documents.model import Document
from documents.pdf import NoPango, pdf_of
from documents.printing import Printer
from documents.sayings import FICTIONAL
from documents.text import text_of
from documents.word import docx_of


class Format(StrEnum):
    """The formats that a document comes in."""

    HTML = "html"
    TEXT = "txt"
    WORD = "docx"
    PDF = "pdf"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.HTML: "text/html; charset=utf-8",
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.TEXT: "text/plain; charset=utf-8",
}


def filed(reference: str) -> str:
    """Return a meeting's reference as the names of files take it: a further meeting's has a stroke."""
    return reference.replace("/", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One document as one file; its name holds the reference and nothing confidential."""

    format: Format
    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """What the file is, for whoever serves it."""
        return MEDIA_TYPES[self.format]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes copies; `template` is the council's own Word template, `printer` prints PDFs in a process of its own.

    In a rehearsal (`fictional`) each copy says so before anything else.
    """

    template: bytes | None = None
    printer: Printer | None = None
    order: tuple[str, ...] = ()  # in which order plain text follows the case system's form
    fictional: bool = False

    def copy(self, document: Document, format: Format, *, kind: str = "minutes") -> Copy:  # noqa: A002  # the field's word
        """Return the document in one format; raises NoPango, NotPrinted, TemplateFault."""
        document = self.marked(document)
        make: Mapping[Format, Callable[[], bytes]] = {
            Format.HTML: lambda: html_of(document).encode(),
            Format.WORD: partial(docx_of, document, self.template),
            Format.PDF: partial(self.printer.pdf if self.printer else pdf_of, document),
            Format.TEXT: lambda: text_of(document, self.order).encode(),
        }
        said = document.status if document.status.endswith(kind) else f"{document.status}-{kind}"
        name = f"{filed(document.reference)}-{said}.{format.value}".replace(" ", "-").lower()
        return Copy(format=format, name=name, content=make[format]())

    def close(self) -> None:
        """End the process that prints, where one was begun."""
        if self.printer is not None:
            self.printer.close()

    def marked(self, document: Document) -> Document:
        """Return the document as it leaves: in a rehearsal it says before anything else that it is fictional."""
        if not self.fictional or FICTIONAL in document.banner:
            return document
        return replace(document, banner=(FICTIONAL, *document.banner))

    def copies(
        self, document: Document, formats: Iterable[Format] = tuple(Format), *, kind: str = "minutes"
    ) -> tuple[tuple[Copy, ...], str]:
        """Return the document in these formats, and why one of them is missing: "" where none is.

        The PDF is printed in its process while the others are made here.
        """
        wanted = tuple(formats)
        with ThreadPoolExecutor(max_workers=1) as beside:
            printed = beside.submit(self.copy, document, Format.PDF, kind=kind) if Format.PDF in wanted else None
            made: dict[Format, Copy] = {
                one: self.copy(document, one, kind=kind) for one in wanted if one is not Format.PDF
            }
            try:
                made |= {Format.PDF: printed.result()} if printed else {}
            except NoPango as without:
                return tuple(made.values()), str(without)
        return tuple(made[one] for one in wanted), ""
