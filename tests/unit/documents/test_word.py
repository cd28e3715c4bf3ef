"""Word: real headings, repeated header rows, described pictures; a council's own template, and its faults."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from typer.testing import CliRunner

from bot.papers import template_of
from bot.settings import Settings
from bot.teams.settings import SettingsRefused
from chairside.main import app
from documents.columns import widths
from documents.minutes import minutes_of
from documents.model import Document, Fact, Fields, Paragraph, Picture, Redline, Section, Table
from documents.word import TemplateFault, check_template, docx_of
from documents.word_template import default_template
from tests.unit.documents.pages import squeezed
from tests.unit.documents.played import convened, gathered, whole


@pytest.fixture(scope="module")
def minutes():
    play = whole(gathered(convened("wok", seats=6)))
    return minutes_of(play.meeting, play.procedure, play.now, fictional=True)


@pytest.fixture(scope="module")
def word(minutes):
    return docx.Document(io.BytesIO(docx_of(minutes)))


def edited(change):
    """Return the template that ships, after somebody changed it in Word."""
    made = docx.Document(io.BytesIO(default_template()))
    change(made)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_headings_are_headings(minutes, word):
    """Each section is a Heading 1, each part a Heading 2, in the document's order."""
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    wanted = [("Heading 1", s.heading) for s in minutes.sections]
    assert [f for f in found if f[0] == "Heading 1"] == wanted
    assert [f[1] for f in found if f[0] == "Heading 2"] == [p.heading for s in minutes.sections for p in s.parts]


def test_a_tables_first_row_comes_again_on_each_page(word):
    """Word repeats the row of headers, and screen readers take it for one."""
    assert len(word.tables) > 8
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(len(row.cells) == len(table.rows[0].cells) for row in table.rows)


def test_a_column_is_as_wide_as_its_words_ask(minutes, word):
    """The page is shared as on the PDF, in every program that opens it; a template's own widths are kept."""
    blocks = [b for s in minutes.sections for part in (s, *s.parts) for b in part.blocks]
    tables = [b.table if isinstance(b, Picture) else b for b in blocks if isinstance(b, Picture | Table)]
    wanted = [[share * 100 for share in widths(table)] for table in tables]
    assert [_shares(table.rows[0]) for table in word.tables] == wanted
    assert all(_shares(row) == _shares(table.rows[0]) for table in word.tables for row in table.rows)

    def prefer(made):
        for width in made.tables[0]._tbl.iter(qn("w:tcW")):
            width.set(qn("w:type"), "dxa")
            width.set(qn("w:w"), "1234")

    own = docx.Document(io.BytesIO(docx_of(minutes, edited(prefer))))
    assert {width for table in own.tables for width in _shares(table.rows[0])} == {1234}


def _shares(row):
    return [int(width.get(qn("w:w"))) for width in row._tr.iter(qn("w:tcW"))]


def test_facts_stand_beside_their_labels(word):
    """A label ends in a colon or its own question mark, and its value follows at once, whatever its length."""
    facts = [p for p in word.paragraphs if p.style.name == "Fact"]
    assert len(facts) > 20
    assert all(p.runs[0].bold and p.runs[0].text.endswith((":", "?")) for p in facts)
    assert not [p.text for p in facts if "\t" in p.text]


def test_a_drawing_fits_a_page():
    """Wider than a page, or higher: it is as large as the margins let it be, its sides in proportion."""
    made = docx.Document(io.BytesIO(docx_of(_little(_drawn(1400, 300), _drawn(600, 2400), _drawn(200, 100)))))
    sizes = [(round(s.width.mm), round(s.height.mm)) for s in made.inline_shapes]
    assert sizes == [(170, 36), (56, 225), (53, 26)]


def _drawn(width, height):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="{width}" height="{height}"></svg>'
    return Picture(svg=svg, text="words", table=Table(headers=("A",), rows=(("a",),), caption="C"))


def test_pictures_are_described_and_the_language_is_known(word):
    """The genogram has words for whoever does not see it; the text is British English."""
    pictures = list(word.element.body.iter(qn("wp:docPr")))
    assert pictures
    assert all("drawing" in p.get("descr", "") for p in pictures)
    assert word.part.package.image_parts
    assert word.core_properties.language == "en-GB"
    spoken = word.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == "en-GB"


@pytest.mark.parametrize(
    "said", ["A & B <b>bold</b>", "{{ title }} {% for x in y %}", "{_{ }_} {_% %_}", "one\ntwo", "]]> <!-- -->", "a\tb"]
)
def test_words_stay_words(said):
    """Nothing that somebody typed is markup, a placeholder or a field."""
    table = Table(headers=("A", "B"), rows=((said, "x"),), caption="C")
    blocks = (Paragraph(text=said), Fields(facts=(Fact(label="L", value=said),)), table)
    made = docx.Document(io.BytesIO(docx_of(_little(*blocks))))
    plain = said.replace("\t", " ").replace("\n", " ")
    written = squeezed(" ".join(p.text for p in made.paragraphs))
    assert written.count(squeezed(plain)) == 2
    assert squeezed(made.tables[0].cell(1, 0).text) == squeezed(plain)


def _word_of(made, named):
    return next(p for p in made.paragraphs if named in p.text)


def _little(*blocks):
    return Document(title="T", reference="R", status="draft", sections=(Section(heading="S", blocks=blocks),))


def test_a_council_makes_the_template_its_own(minutes):
    """A paragraph that the council adds stands in the file, and nothing of the minutes is lost."""
    own = edited(lambda d: d.paragraphs[0].insert_paragraph_before("Borough of Example: {{ status }}"))
    check_template(own)
    made = docx.Document(io.BytesIO(docx_of(minutes, own)))
    assert made.paragraphs[0].text == "Borough of Example: draft"
    headings = {p.text for p in made.paragraphs if p.style.name == "Heading 1"}
    assert headings == {s.heading for s in minutes.sections}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.add_paragraph("Our {{ council_logo }}"), "council_logo"),
        (
            lambda d: d.paragraphs[2].insert_paragraph_before("{{ title.colour }}"),
            "a part “colour”, which is not known",
        ),
        (lambda d: _word_of(d, "piece.image").add_run("{{ piece.imgae }}"), "“imgae”.*of a piece: kind, text, label"),
        (lambda d: d.add_paragraph("{% for x in pieces %}"), "braces"),
        (lambda d: d.paragraphs[2].insert_paragraph_before("{{ title.__class__.__mro__ }}"), "unsafe"),  # no code runs
    ],
)
def test_what_a_template_cannot_fill_is_named(change, told):
    """An unknown placeholder, an unknown part of one, and a loop without an end are told, each by name."""
    with pytest.raises(TemplateFault, match=told):
        check_template(edited(change))


def test_a_file_that_is_no_word_document_is_told():
    with pytest.raises(TemplateFault, match="no Word document"):
        check_template(b"just text")


def test_a_council_writes_the_template_out_changes_it_and_has_it_checked(tmp_path):
    """What ships is written once and never over a file; a kind that the change lost is named; so is a placeholder."""
    run = CliRunner().invoke
    ours = tmp_path / "ours.docx"
    assert run(app, ["template", "word", "--out", str(ours)]).exit_code == 0
    assert run(app, ["template", "check", str(ours)]).exit_code == 0
    before = ours.read_bytes()
    assert run(app, ["template", "word", "--out", str(ours)]).exit_code == 1
    assert ours.read_bytes() == before

    def lose(made):
        quote = next(p for p in made.paragraphs if p.style.name == "Quote")
        quote._p.getparent().remove(quote._p)

    ours.write_bytes(edited(lose))
    told = run(app, ["template", "check", str(ours)])
    assert (told.exit_code, "leaves out verbatim" in told.output) == (1, True)
    ours.write_bytes(edited(lambda d: d.add_paragraph("Our {{ crest }}")))
    told = run(app, ["template", "check", str(ours)])
    assert (told.exit_code, "{{ crest }}" in told.output) == (1, True)
    with pytest.raises(SettingsRefused, match=r"CHAIRSIDE_MINUTES_TEMPLATE.*crest"):
        template_of(Settings(minutes_template=ours))


def test_what_changed_is_heard_as_well_as_seen():
    """Struck through and underlined is what the eye sees; the words beside them stand in no mark-up at all."""
    changed = Redline(before="Seen on Monday at home.", after="Seen on Tuesday at home.")
    made = Document(title="T", reference="R", status="draft", sections=(Section(heading="What", blocks=(changed,)),))
    read = docx.Document(io.BytesIO(docx_of(made)))
    line = next(p for p in read.paragraphs if "Monday" in p.text)
    assert line.text == "Seen on [gone: Monday] [new: Tuesday] at home."
    marked = {run.text: (bool(run.font.strike), bool(run.font.underline)) for run in line.runs}
    assert marked["Monday"] == (True, False)
    assert marked["Tuesday"] == (False, True)


def test_a_templates_own_author_and_dates_are_not_the_minutes(minutes):
    """Whoever made the council's template, and when, stands in no minutes."""
    template = docx.Document(io.BytesIO(default_template()))
    template.core_properties.author = template.core_properties.last_modified_by = "Officer Vole"
    template.core_properties.comments = "Draft 3, for Vole's team"
    kept = io.BytesIO()
    template.save(kept)
    with zipfile.ZipFile(io.BytesIO(docx_of(minutes, kept.getvalue()))) as parts:
        about = parts.read("docProps/core.xml").decode()
    assert "Vole" not in about
    assert "2013" not in about
    assert "en-GB" in about
