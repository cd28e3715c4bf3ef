"""A document in Word, through a template that a council may replace; what the template cannot fill is named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from documents.columns import widths
from documents.model import Block, Document, Fact, Fields, Lines, Paragraph, Picture, Redline, Section, Table, Tone
from documents.raster import png_of
from documents.word_columns import lay_out
from documents.word_template import default_template
from meeting.steps.captions import lead

Docx = Any  # docxtpl is not typed
_WIDEST, _HIGHEST = 170, 225  # millimetres between the margins of A4, a heading above
_UNIT = 25.4 / 96  # millimetres for each unit of a drawing
_APART = "\ue000"  # parts what docxtpl takes for an escaped brace; taken out again afterwards
_TEMPLATES_OWN = frozenset(qn(name) for name in ("dcterms:created", "dcterms:modified", "cp:lastPrinted"))
_KINDS = ("section", "part", "caption", "how", "bullet", "fact", "table", "redline", *(str(tone) for tone in Tone))
_TOLD = {kind: f"words of the kind {kind}" for kind in _KINDS}  # what a template is tried with
NAMES = ("title", "reference", "status", "banner", "pieces")
_OF_PIECE = ("kind", "text", "label", "mark", "headers", "rows", "words", "image")
_PART = re.compile(r"has no attribute '(\w+)'")


class TemplateFault(ValueError):
    """A Word template cannot be used; the message names the place and what may stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One paragraph, table or picture, as a template meets it."""

    kind: str
    text: str = ""
    label: str = ""
    mark: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    words: tuple[Mapping[str, str], ...] = ()
    image: Any = field(default="")
    widths: tuple[int, ...] = ()  # of a table's columns, in fiftieths; a template has no need of them


def docx_of(document: Document, template: bytes | None = None) -> bytes:
    """Return the document as a .docx file; raises TemplateFault for a template with an unknown placeholder.

    Every word stays text, whatever it looks like; drawings have their words as alternative text.
    """
    made = _opened(template)
    described: list[str] = []
    pieces = tuple(_pieces(made, document, described))
    context = {
        "title": document.title,
        "reference": document.reference,
        "status": document.status,
        "banner": document.banner,
        "pieces": pieces,
    }
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_kept_apart)
    try:
        made.render(context, environment, autoescape=True)
    except UndefinedError as unknown:
        raise TemplateFault(_unknown(unknown.message or "")) from unknown
    except TemplateError as broken:
        raise TemplateFault(f"The template's braces do not fit together: {broken.message}") from broken
    lay_out(made.docx, [(piece.headers, piece.widths) for piece in pieces if piece.kind == "table"])
    return _finished(made, described, document)


def _unknown(message: str) -> str:
    """Return in plain words what a template names and nobody knows: a name, or a part of one."""
    part = _PART.search(message)
    named = f"The template names a part “{part[1]}”, which is not known" if part else message
    return f"{named}. It may name: {', '.join(NAMES)}; of a piece: {', '.join(_OF_PIECE)}."


def check_template(template: bytes) -> None:
    """Raise TemplateFault where a template cannot be filled; it is tried with one piece of every kind."""
    docx_of(_one_of_each(), template)


def _one_of_each() -> Document:
    """Return a document with a piece of every kind, each with words of its own."""
    table = Table(headers=("header",), rows=(("cell",),), caption=_TOLD["table"])
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><line x1="1" y1="1" x2="8" y2="8"/></svg>'
    fact = Fact(label=_TOLD["fact"], value="value")
    blocks: tuple[Block, ...] = (
        *(Paragraph(text=_TOLD[tone], tone=tone) for tone in Tone),
        Fields(facts=(fact,), caption=_TOLD["caption"], how=_TOLD["how"]),
        table,
        Lines(items=(_TOLD["bullet"],)),
        Picture(svg=drawing, text="words", table=table),
        Redline(before=_TOLD["redline"], after="after"),
    )
    sections = (Section(heading=_TOLD["section"], blocks=blocks, parts=(Section(heading=_TOLD["part"]),)),)
    return Document(title="title", reference="reference", status="status", banner=("banner",), sections=sections)


def left_out(template: bytes) -> tuple[str, ...]:
    """Return the kinds of piece that a template writes nothing of; each would be missing from the minutes."""
    written = docx.Document(io.BytesIO(docx_of(_one_of_each(), template)))
    told = {node.text or "" for node in written.element.body.iter(qn("w:t"))}
    pictured = next(written.element.body.iter(qn("wp:docPr")), None) is not None
    said = "\n".join(told)
    found = [kind for kind, words in _TOLD.items() if words not in said]
    return (*found, *(() if pictured else ("picture",)))


def _opened(template: bytes | None) -> Docx:
    made = DocxTemplate(io.BytesIO(template or default_template()))
    try:
        unknown = made.get_undeclared_template_variables(context=dict.fromkeys(NAMES, ""))
    except (zipfile.BadZipFile, KeyError, ValueError) as wrong:
        raise TemplateFault("This file is no Word document (.docx).") from wrong
    except TemplateError as broken:
        raise TemplateFault(f"The template's braces do not fit together: {broken.message}") from broken
    if unknown:
        named = ", ".join(f"{{{{ {name} }}}}" for name in sorted(unknown))
        raise TemplateFault(f"The template names {named}, which is not known. It may name: {', '.join(NAMES)}.")
    return made


def _kept_apart(value: object) -> object:
    """Return a text in which docxtpl finds no brace that it would take for its own."""
    if not isinstance(value, str):
        return value
    for brace in ("{_{", "}_}", "{_%", "%_}"):
        value = value.replace(brace, brace[0] + _APART + brace[1:])
    return value


def _finished(made: Docx, described: list[str], document: Document) -> bytes:
    """Take out what was only needed on the way, and describe the pictures."""
    body = made.docx.element.body
    for node in body.iter(qn("w:t")):
        if node.text and _APART in node.text:
            node.text = node.text.replace(_APART, "")
    for picture, words in zip(body.iter(qn("wp:docPr")), described, strict=False):
        picture.set("descr", words)
        picture.set("title", "")
    properties = made.docx.core_properties
    properties.language, properties.subject = "en-GB", document.status
    properties.author = properties.last_modified_by = properties.comments = ""  # whose template it was is nobody's here
    for dated in list(properties._element)[::-1]:  # noqa: SLF001  # and when it was made: python-docx only sets dates
        if dated.tag in _TEMPLATES_OWN:
            properties._element.remove(dated)  # noqa: SLF001
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _pieces(made: Docx, document: Document, described: list[str]) -> Iterator[Piece]:
    for section in document.sections:
        for kind, one in (("section", section), *(("part", part) for part in section.parts)):
            yield Piece(kind=kind, text=one.heading)
            for block in one.blocks:
                yield from _of_block(made, block, described)


def _of_block(made: Docx, block: Block, described: list[str]) -> Iterator[Piece]:
    match block:
        case Paragraph(text=text, tone=tone):
            yield Piece(kind=tone.value, text=text)
        case Fields():
            yield from _caption(block.caption)
            for fact in block.facts:
                mark = f" ({fact.how})" if fact.how else ""
                yield Piece(kind="fact", label=lead(fact.label), text=fact.value, mark=mark)
            if block.how:
                yield Piece(kind="how", text=block.how)
        case Lines(items=items, caption=caption, ordered=ordered):
            yield from _caption(caption)
            for number, item in enumerate(items, start=1):
                yield Piece(kind="plain", text=f"{number}. {item}") if ordered else Piece(kind="bullet", text=item)
        case Table():
            yield _table(block)
        case Picture(svg=svg, text=text, table=table):
            described.append(f"{table.caption}: drawing. {text} The same follows as a table.")
            yield Piece(kind="picture", image=_image(made, svg))
            yield Piece(kind="aside", text=text)
            yield _table(table)
        case Redline(caption=caption):
            yield from _caption(caption)
            yield Piece(kind="redline", words=tuple(_words(block)))


def _caption(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(kind="caption", text=text)


def _table(table: Table) -> Piece:
    shared = tuple(widths(table))
    return Piece(kind="table", text=table.caption, headers=table.headers, rows=table.rows, widths=shared)


def _words(block: Redline) -> Iterator[Mapping[str, str]]:
    """Yield the runs of a redline; what went and what came is said in words too, for whoever hears it."""
    blank = {"same": "", "gone": "", "come": ""}
    for kind, text in block.pieces():
        if kind == "same":
            yield {**blank, "same": text}
        else:
            yield {**blank, "same": "[gone: " if kind == "gone" else "[new: ", kind: text.strip()}
            yield {**blank, "same": "] "}


def _image(made: Docx, svg: str) -> Docx:
    """Return a drawing in its own size, or in the largest that a page has room for."""
    width, height = (float(svg.split(f'{side}="', 1)[1].split('"', 1)[0]) * _UNIT for side in (" width", " height"))
    scale = min(1, _WIDEST / width, _HIGHEST / height)
    return InlineImage(made, io.BytesIO(png_of(svg)), width=Mm(width * scale))
