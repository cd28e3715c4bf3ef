"""PDF: tagged for screen readers, whole, from a process without network; where its library is missing, that is said."""

import builtins
import io
import sys

import page
import pikepdf
import pytest

from documents.columns import widths
from documents.copies import Format, Maker
from documents.model import Document, Paragraph, Picture, Redline, Section, Table
from documents.pdf import NoPango, printed
from documents.press import Fetched
from documents.printing import NotPrinted, Printer
from tests.unit.documents import readers

pytestmark = pytest.mark.pango


@pytest.fixture(scope="module")
def file(printed_minutes):
    with pikepdf.open(io.BytesIO(printed_minutes)) as opened:
        yield opened


def structure(node):
    """Yield (tag, node) of the file's structure in reading order."""
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/"), node
        kids = node.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
            yield from structure(kid)


def test_it_says_that_it_is_accessible(file):
    """Marked, British English, with a title that readers show, and the mark of PDF/UA-1."""
    root = file.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle
    with file.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert "SM-2026-0042" in told["dc:title"]


def test_its_structure_is_the_documents(file, minutes):
    """A heading of the first level, one of the second for each section; tables with header cells; lists; a figure."""
    tags = list(structure(file.Root.StructTreeRoot))
    names = [name for name, _ in tags]
    assert names.count("H1") == 1
    assert names.count("H2") == len(minutes.sections)
    assert names.count("H3") == sum(len(s.parts) for s in minutes.sections)
    blocks = [b for s in minutes.sections for one in (s, *s.parts) for b in one.blocks]
    tables = sum(isinstance(b, Table | Picture) for b in blocks)
    assert names.count("Table") >= tables  # one that goes on over the page is a table there too
    assert names.count("TH") > tables
    assert "L" in names
    figures = [node for name, node in tags if name == "Figure"]
    assert figures
    assert all("drawing" in str(f.Alt) for f in figures)


def test_each_cell_leads_to_its_heads(file):
    """A cell names the head of its column and of its row, so that a screen reader says both (PDF/UA-1, 7.5)."""
    tables = [node for name, node in structure(file.Root.StructTreeRoot) if name == "Table"]
    for table in tables:
        rows = [node for name, node in structure(table) if name == "TR"]
        heads, *others = [[(name, cell) for name, cell in structure(row) if name in ("TH", "TD")] for row in rows]
        columns = [str(cell.ID) for _, cell in heads]
        for (_, first), *cells in others:
            wanted = [{str(first.ID), column} for column in columns[1:]]
            assert [{str(one) for one in cell.A.Headers} for _, cell in cells] == wanted
    assert len(tables) > 8


def test_a_validator_of_accessibility_finds_nothing(printed_minutes):
    """Every rule of PDF/UA-1 that a machine can check holds, as an independent validator reads the file."""
    report = page.validate_pdf_bytes(printed_minutes, profile=page.ValidationProfile.PDF_UA_1)
    assert [(f.rule_id, f.message) for f in report.failures] == []
    assert report.is_compliant


def test_what_the_validator_does_not_look_at(file):
    """Each head says whose it is and is found by its ID; what each page repeats is heard on none; all else is."""
    root = file.Root.StructTreeRoot
    elements = [node for _, node in structure(root)]
    heads = {str(node.ID): node for node in elements if node.S == "/TH"}
    assert {str(node.A.Scope) for node in heads.values()} == {"/Column", "/Row"}
    assert all(node.A.Scope == "/Column" for node in elements if node.S == "/TH" and node.P.P.S == "/THead")
    names = list(root.IDTree.Names)
    assert [bytes(name) for name in names[::2]] == sorted(key.encode() for key in heads)
    assert all(heads[str(name)].objgen == node.objgen for name, node in zip(names[::2], names[1::2], strict=True))
    told = {node.objgen for node in elements}
    for number, (sheet, owners) in enumerate(zip(file.pages, list(root.ParentTree.Nums)[1::2], strict=True)):
        marks = [one.operands for one in pikepdf.parse_content_stream(sheet) if str(one.operator) == "BDC"]
        assert sum(tag == "/Artifact" and held.Type == "/Pagination" for tag, held in marks) == 1 + (number > 0)
        assert all(owners[held.MCID].objgen in told for tag, held in marks if tag != "/Artifact")


def test_no_head_of_a_column_is_broken_and_what_is_done_has_the_most_room(minutes):
    """The action list on A4: 176 mm for seven columns, a bold letter 2.1 mm."""
    (table,) = (b for s in minutes.sections for b in s.blocks if isinstance(b, Table) and b.caption == "Actions")
    shares = dict(zip(table.headers, widths(table), strict=True))
    assert sum(shares.values()) == 50
    assert max(shares, key=shares.__getitem__) == "What"
    room = {head: (share * 3.52 - 2.8) / 2.1 for head, share in shares.items()}  # in letters
    assert not [head for head in shares if max(map(len, head.split())) > room[head]], room


def test_an_address_stays_in_one_piece_where_there_is_room():
    """An e-mail address is broken only where the others' words leave it none."""
    rows = (("Ada Amankwah", "Team manager", "ada.amankwah@schools.example.org", "Knows the family"),)
    shares = widths(Table(headers=("Full name", "Role", "Contact details", "Relationship"), rows=rows, caption="C"))
    assert (shares[2] * 3.52 - 2.8) / 1.75 > len(rows[0][2])


def test_a_name_of_wide_letters_has_more_room():
    """A name is not broken because its letters are wide: as many narrow ones need less."""
    rows = (("Amankwah", "Fflitter", "x" * 200),)
    wide, narrow, _ = widths(Table(headers=("A", "B", "Reason"), rows=rows, caption="Views"))
    assert wide > narrow


def test_what_changed_is_heard_as_well_as_seen(printer):
    """Struck through and underlined is what the eye sees; whoever listens hears which words went and which came."""
    changed = Redline(before="Seen on Monday at home.", after="Seen on Tuesday at home.")
    section = Section(heading="What changed", blocks=(changed,))
    told = readers.of_pdf(printer.pdf(Document(title="T", reference="R", status="draft", sections=(section,))))
    assert told[1:] == [("whatchanged", "seenongonemondaynewtuesdayathome")]


def test_nothing_is_attached_and_nothing_runs(file):
    """No file inside, no script, no action, no address that a reader could be led to."""
    raw = [str(k) for obj in file.objects if isinstance(obj, pikepdf.Dictionary) for k in obj]
    assert not {"/EmbeddedFiles", "/JavaScript", "/JS", "/AA", "/OpenAction", "/URI", "/Launch"} & set(raw)


@pytest.mark.parametrize(
    "inside",
    ["<img src='http://127.0.0.1:9/x.png'/>", "<link rel='stylesheet' href='file:///etc/hostname'/>", "<img src='x'/>"],
)
def test_a_page_that_fetches_is_not_printed(inside):
    """Whatever got into a page, nothing is fetched, and no PDF is made of it."""
    with pytest.raises(Fetched):
        printed(f"<html lang='en'><head><title>T</title></head><body><p>{inside}</p></body></html>")


def test_the_printer_goes_on_after_a_page_that_takes_too_long(minutes):
    """A page over its time ends the process, is told, and the next one is printed by a fresh process."""
    slow = Printer(seconds=0.01)
    many = tuple(Section(heading=f"S{n}", blocks=(Paragraph(text="word " * 500),)) for n in range(40))
    with pytest.raises(NotPrinted):
        slow.pdf(Document(title="T", reference="R", status="draft", sections=many))
    slow._seconds = 60.0
    assert slow.pdf(minutes).startswith(b"%PDF")
    slow.close()


def test_without_its_library_the_other_formats_are_written(minutes, monkeypatch):
    """Where Pango is missing, page, text and Word are there, and the package is named."""
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    for loaded in [m for m in sys.modules if m.startswith(("weasyprint", "documents.press"))]:
        monkeypatch.delitem(sys.modules, loaded)
    made, missing = Maker().copies(minutes)
    assert [c.format for c in made] == [Format.HTML, Format.TEXT, Format.WORD]
    assert "libpango-1.0-0" in missing
    with pytest.raises(NoPango):
        printed("<p/>")
