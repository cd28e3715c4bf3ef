"""The Word template that ships: A4, real headings, a repeated header row; a council takes it and makes it its own.

What stands in braces is filled in by `documents/word.py`, and docs/how-to/word-template.md explains each name.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

_BLUE, _RED, _QUIET = RGBColor(0x1F, 0x3A, 0x56), RGBColor(0x8A, 0x1C, 0x1C), RGBColor(0x44, 0x44, 0x44)
Docx = Any  # python-docx names its parts by what is in them
_LINE = "{%p "
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA7B4"/>' for side in ("top", "bottom", "insideH")
)
#: How a table looks: thin lines between the rows, room around the words, the heads of columns and of rows in bold.
_TABLE = (
    f"""<w:tblPr {_NAMESPACE}><w:tblBorders>{_LINES}</w:tblBorders><w:tblCellMar>
    <w:top w:w="40" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
    <w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>""",
    f"""<w:tblStylePr {_NAMESPACE} w:type="firstRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="DDE5EC"/></w:tcPr></w:tblStylePr>""",
    f"""<w:tblStylePr {_NAMESPACE} w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>""",
)
#: Each kind of piece of a document: how it looks, and what is written.
PARAGRAPHS = (
    ("section", "Heading 1", "{{ piece.text }}"),
    ("part", "Heading 2", "{{ piece.text }}"),
    ("plain", "Normal", "{{ piece.text }}"),
    ("verbatim", "Quote", "{{ piece.text }}"),
    ("notice", "Notice", "{{ piece.text }}"),
    ("aside", "Aside", "{{ piece.text }}"),
    ("caption", "Lead", "{{ piece.text }}"),
    ("how", "Aside", "{{ piece.text }}"),
    ("bullet", "List Bullet", "{{ piece.text }}"),
    ("picture", "Normal", "{{ piece.image }}"),
)


@cache
def default_template() -> bytes:
    """Return the template as a .docx file."""
    made = docx.Document()
    _page(made)
    _styles(made)
    made.core_properties.title = "{{ title }}, {{ reference }}"
    made.core_properties.language = "en-GB"
    made.core_properties.author = ""
    made.core_properties.comments = ""
    made.add_paragraph("{{ title }}", "Title")
    made.add_paragraph("{{ reference }}, {{ status }}")
    made.add_paragraph(f"{_LINE}for line in banner %}}")
    made.add_paragraph("{{ line }}", "Notice")
    made.add_paragraph(f"{_LINE}endfor %}}")
    made.add_paragraph(f"{_LINE}for piece in pieces %}}")
    for kind, style, text in PARAGRAPHS:
        _when(made, kind)
        made.add_paragraph(text, style)
        made.add_paragraph(f"{_LINE}endif %}}")
    _fact(made)
    _redline(made)
    _table(made)
    made.add_paragraph(f"{_LINE}endfor %}}")
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _when(made: Docx, kind: str) -> None:
    made.add_paragraph(f'{_LINE}if piece.kind == "{kind}" %}}')


def _page(made: Docx) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(19)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header.paragraphs[0].text = "{{ title }}, {{ reference }}, {{ status }}. Confidential."
    section.header.paragraphs[0].style = made.styles["Header"]
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Docx, code: str) -> None:
    """Add a field that Word counts itself."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        inside = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            inside.set(qn("w:fldCharType"), kind)
        else:
            inside.text = text
        run.element.append(inside)


def _styles(made: Docx) -> None:
    styles = made.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    _language(styles)
    for name, size, before in (("Title", 22, 0), ("Heading 1", 14, 16), ("Heading 2", 11.5, 10)):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = "Arial", Pt(size), True, _BLUE
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), "Arial")
        style.element.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
    _added(styles, "Notice").font.bold = True
    styles["Notice"].font.color.rgb = _RED
    _added(styles, "Lead").font.bold = True
    styles["Lead"].paragraph_format.keep_with_next = True
    aside = _added(styles, "Aside")
    aside.font.size, aside.font.color.rgb = Pt(9), _QUIET
    fact = _added(styles, "Fact")
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Mm(5), Mm(-5)
    fact.paragraph_format.space_after = Pt(2)
    _added(styles, "Cell").font.size = Pt(8.5)
    styles["Cell"].paragraph_format.space_after = Pt(0)
    table = styles.add_style("Minutes Table", WD_STYLE_TYPE.TABLE)
    table.base_style = styles["Normal Table"]
    table.element.extend(parse_xml(part) for part in _TABLE)


def _added(styles: Docx, name: str) -> Docx:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    return style


def _language(styles: Docx) -> None:
    """Say that the text is British English, for spelling and for screen readers."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    defaults.append(spoken)


def _fact(made: Docx) -> None:
    _when(made, "fact")
    paragraph = made.add_paragraph(style="Fact")
    paragraph.add_run("{{ piece.label }}").bold = True
    paragraph.add_run(" {{ piece.text }}")
    paragraph.add_run("{{ piece.mark }}").italic = True
    made.add_paragraph(f"{_LINE}endif %}}")


def _redline(made: Docx) -> None:
    """Words that went are struck through, words that came are underlined."""
    _when(made, "redline")
    paragraph = made.add_paragraph()
    paragraph.add_run("{% for word in piece.words %}{{ word.same }}")
    paragraph.add_run("{{ word.gone }}").font.strike = True
    paragraph.add_run("{{ word.come }}").font.underline = True
    paragraph.add_run("{% endfor %}")
    made.add_paragraph(f"{_LINE}endif %}}")


def _table(made: Docx) -> None:
    _when(made, "table")
    made.add_paragraph("{{ piece.text }}", "Lead")
    table = made.add_table(rows=4, cols=3, style="Minutes Table")
    _row(table.rows[0], "{%tc for header in piece.headers %}", "{{ header }}", "{%tc endfor %}")
    table.rows[1].cells[0].text = "{%tr for row in piece.rows %}"
    _row(table.rows[2], "{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for row, marks in ((0, ("w:cantSplit", "w:tblHeader")), (2, ("w:cantSplit",))):
        properties = table.rows[row]._tr.get_or_add_trPr()  # noqa: SLF001  # the only way to a row's properties
        properties.extend(OxmlElement(mark) for mark in marks)
    width = table._tbl.tblPr.find(qn("w:tblW"))  # noqa: SLF001  # as above
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    for cell in table._tbl.iter(qn("w:tcW")):  # noqa: SLF001  # as above: no width is preferred, so that words decide
        cell.set(qn("w:type"), "auto")
        cell.set(qn("w:w"), "0")
    made.add_paragraph("", "Cell")
    made.add_paragraph(f"{_LINE}endif %}}")


def _row(row: Docx, *texts: str) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Cell"
        paragraph.add_run(text)
