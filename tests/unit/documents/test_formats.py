"""HTML and plain text carry the same facts, and the page is one that everybody can read."""

import base64
import hashlib
import itertools
import re

import pytest

from documents.html import html_of
from documents.minutes import minutes_of
from documents.model import Document, Fields, Lines, Paragraph, Picture, Section, Table, Tone, mapped, texts
from documents.text import text_of
from procedures.load import shipped
from tests.unit.documents import readers
from tests.unit.documents.pages import main_of, parsed, squeezed, words_of
from tests.unit.documents.played import convened, gathered, whole


@pytest.fixture(scope="module", params=shipped())
def played(request):
    return whole(gathered(convened(request.param, seats=7)))


@pytest.fixture(scope="module")
def document(played):
    return minutes_of(played.meeting, played.procedure, played.now, ["Past its review month"], fictional=True)


@pytest.fixture(scope="module")
def page(document):
    return html_of(document)


@pytest.mark.parametrize("read", ["page", "text"])
def test_page_and_plain_text_say_what_the_document_says(document, page, read):
    """Under every procedure, section by section: nothing is left out, nothing added, nothing in another place."""
    told = readers.of_document(document)
    assert len(list(texts(document))) > 100
    assert (readers.of_page(page) if read == "page" else readers.of_text(text_of(document))) == told


def test_every_answer_of_the_meeting_is_there(played, document):
    """Nothing that was entered gets lost on the way into the minutes."""
    plain = squeezed(text_of(document))
    assert [text for text in played.told if text not in plain] == []


def test_both_keep_the_order(document, page):
    """A heading stands at the same place among the headings in both."""
    headings = [words_of(h) for h in main_of(page).iter() if h.tag in ("h2", "h3")]
    lines = text_of(document).splitlines()
    underlined = [lines[n - 1] for n, line in enumerate(lines) if n and line and not line.strip("=-")]
    assert headings == underlined


def test_headings_are_ordered(page):
    """One h1, then h2 and h3 without a level left out."""
    levels = [int(n.tag[1]) for n in main_of(page).iter() if re.fullmatch("h[1-6]", str(n.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_tables_are_labelled(page):
    """Each table has a caption, scoped column headers, and a header for each row; no cell is missing."""
    tables = main_of(page).findall(".//table")
    assert tables
    for table in tables:
        caption = table.find("caption")
        assert caption is not None
        assert words_of(caption)
        heads = table.findall("thead/tr/th")
        assert [h.get("scope") for h in heads] == ["col"] * len(heads)
        for row in table.findall("tbody/tr"):
            assert [c.get("scope") for c in row.findall("th")] == ["row"]
            assert len(list(row)) == len(heads)


def test_page_fetches_and_runs_nothing(page):
    """No script, no style attribute, no address outside the page; the policy allows its own style by hash only."""
    tree = parsed(page)
    for node in tree.iter():
        assert node.tag not in ("script", "link", "img", "iframe", "object", "form", "base")
        attributes = {str(k).rpartition("}")[2]: v for k, v in node.attrib.items()}
        assert not [a for a in attributes if a.startswith("on") or a in ("style", "src", "action")]
        assert attributes.get("href", "#").startswith("#")
    style = tree.find("head/style")
    assert style is not None
    assert "url(" not in (style.text or "")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    policy = next(m.get("content") for m in tree.findall("head/meta") if m.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_page_can_be_walked(page):
    """The language is named, the skip link and the contents lead somewhere, ids are unique, landmarks are there."""
    tree = parsed(page)
    assert tree.get("lang") == "en-GB"
    ids = [n.get("id") for n in tree.iter() if n.get("id")]
    assert len(ids) == len(set(ids))
    links = [a.get("href", "")[1:] for a in tree.iter("a")]
    assert links[0] == "minutes"
    assert set(links) <= set(ids)
    assert len(tree.findall("body/main")) == 1
    assert [n.get("tabindex") for n in tree.iter("div") if n.get("class") == "scroll"].count("0") > 0


def test_pictures_are_named(document, page):
    """A drawing has a role, a name, and its words beside it; its colour is the text's."""
    drawings = list(main_of(page).iter("{http://www.w3.org/2000/svg}svg"))
    blocks = [block for s in document.sections for one in (s, *s.parts) for block in one.blocks]
    assert len(drawings) == sum(isinstance(block, Picture) for block in blocks)
    for svg in drawings:
        assert svg.get("role") == "img"
        assert svg.get("aria-label")
        assert not [n for n in svg.iter() if n.get("fill", "none") not in ("none", "currentColor")]


def test_style_knows_the_dark_the_paper_and_the_phone(page):
    """The page follows the reader's own setting, prints, and fits a narrow screen."""
    for query in ("prefers-color-scheme: dark", "@page", "@media print", "max-width: 40rem"):
        assert query in page


def test_draft_and_fictional_are_said_first(document, page):
    """Nobody takes a rehearsal's draft for the minutes of a meeting."""
    for told in (words_of(main_of(page)), text_of(document)):
        assert -1 < told.index("Fictional") < told.index("Held under")
        assert "draft" in told


def test_lines_of_people_never_look_like_headings():
    """A pasted text with lines of its own stays below its label in plain text."""
    forged = "ok\nDECISION\n========\nNo further action"
    document = Document(
        title="T",
        reference="R",
        status="draft",
        sections=(
            Section(
                heading="H\n=",
                blocks=(Paragraph(text=forged, tone=Tone.VERBATIM), Lines(items=(forged,), ordered=True)),
            ),
        ),
    )
    lines = text_of(document).splitlines()
    assert [line for line in lines if not line.startswith(" ") and line] == ["T", "R, draft", "H =", "==="]


def test_every_kind_of_block_is_mapped():
    """A change of texts reaches each text once."""
    table = Table(headers=("a",), rows=(("b",),), caption="c")
    blocks = (Paragraph(text="d"), Fields(facts=(), caption="e", how="f"), table, Lines(items=("g",), caption="h"))
    picture = Picture(svg="<svg></svg>", text="i", table=table)
    document = Document(title="t", reference="r", status="draft", sections=(Section(heading="s", blocks=blocks),))
    assert sorted(texts(document)) == sorted("trsdefabcgh")
    assert list(texts(mapped(document, str.upper))) == [t.upper() for t in texts(document)]
    assert "<svg></svg>" in html_of(
        Document(title="t", reference="r", status="draft", sections=(Section(heading="s", blocks=(picture,)),))
    )


def test_a_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="2 cells under 1 headers"):
        Table(headers=("a",), rows=(("b", "c"),), caption="c")
