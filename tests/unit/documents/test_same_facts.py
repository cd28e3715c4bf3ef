"""The four formats carry the same facts: each says all that the document says, in its order, and nothing else."""

import pytest

from documents.copies import Format, Maker
from tests.unit.documents import readers


@pytest.mark.parametrize(
    ("format", "read"),
    [
        (Format.HTML, lambda content: readers.of_page(content.decode())),
        (Format.TEXT, lambda content: readers.of_text(content.decode())),
        (Format.WORD, readers.of_word),
    ],
)
def test_each_format_says_what_the_document_says(minutes, format, read):  # noqa: A002  # the field's word
    """Section by section: no label without its value, no cell below another head, nothing left out, nothing added."""
    _same(minutes, read(Maker().copy(minutes, format).content))


@pytest.mark.pango
def test_the_pdf_says_what_the_document_says(minutes, printed_minutes):
    """By its tags, as a screen reader reads it aloud: what has no tag is not there."""
    _same(minutes, readers.of_pdf(printed_minutes))


def _same(document, read):
    told = readers.of_document(document)
    assert len(told) > 20
    assert [heading for heading, _ in read] == [heading for heading, _ in told]
    for (heading, wanted), (_, found) in zip(told, read, strict=True):
        assert found == wanted, heading
