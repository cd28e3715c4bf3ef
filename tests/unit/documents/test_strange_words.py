"""Whatever people type is text, in every format: no markup, no template, no forged line."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents.html import html_of
from documents.minutes import minutes_of
from documents.model import Picture, Table, texts
from documents.sayings import printable
from documents.text import text_of
from meeting.model import Child, ChildId
from procedures.load import shipped
from tests.unit.documents.pages import main_of, parsed, squeezed, words_of
from tests.unit.documents.played import CHAIR, acted, as_it_stands, convened, gathered, urgent, whole

PAYLOADS = (
    "<script>alert(1)</script>",
    "</dd></dl></main><h1>Authorised</h1>",
    "{{7*7}} {% for x in y %} ${7*7} #{7*7}",
    '"><img src=x onerror=alert(1)>',
    "**bold** [link](https://evil.example) # heading",
    "&lt;b&gt; &amp; &#60;",
    "</svg><style>*{display:none}</style>",
    "]]><!-- -->",
    "javascript:alert(1) =cmd()",
    "\u202egnp.exe\u2066 \x00\x0b\ud800\ufffe",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_come_out_as_text(payload):
    """In a name, an answer, a question, a table, a drawing: it is read, not obeyed."""
    name = "Ada " + payload
    says = lambda where: payload if "name" in where or "relation" in where else f"{where}: {payload}"  # noqa: E731
    play = gathered(convened("san", children=(Child(id=ChildId("c1"), name=name),), says=says))
    urgent(play, CHAIR, payload)
    whole(play)
    document = minutes_of(play.meeting, play.procedure, play.now)
    page = html_of(document)
    body = main_of(page)
    assert not [n for n in parsed(page).iter() if n.tag in ("script", "img", "form", "iframe")]
    assert len([n for n in body.iter() if n.tag == "h1"]) == 1
    assert len(parsed(page).findall(".//style")) == 1
    wanted = squeezed(printable(payload))
    assert wanted in words_of(body)
    assert wanted in squeezed(text_of(document))
    page.encode()
    assert "49 " not in text_of(document)


def headers_of_nothing(document):
    """Return the headers of columns that are empty in every row: plain text has no cell to put them before."""
    blocks = [b for s in document.sections for part in (s, *s.parts) for b in part.blocks]
    tables = [b.table if isinstance(b, Picture) else b for b in blocks if isinstance(b, Picture | Table)]
    return {h for t in tables for n, h in enumerate(t.headers) if not any(row[n] for row in t.rows)}


def test_nothing_turns_the_reading_direction():
    """No character is left that shows a text in another order than it is read."""
    assert printable("a\u202eb\u2066c\u200f\ufeff") == "abc\u200f"
    assert printable("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"
    assert printable("\ud83d x \ufffe \U0010ffff").count("\ufffd") == 3


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    procedure=st.sampled_from(shipped()),
    seats=st.integers(4, 12),
    children=st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=4),
    said=st.lists(st.text(min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=5),
    steps=st.integers(0, 20),
)
@example(procedure="san", seats=12, children=["0"], said=["{{"], steps=20)
def test_any_meeting_can_be_drawn_at_any_time(procedure, seats, children, said, steps):
    """Valid page, same facts in both formats, whatever was said and however far the meeting came."""
    turn = iter(range(100000))
    says = lambda where: f"{as_it_stands(where)} {said[next(turn) % len(said)]}"  # noqa: E731
    family = tuple(Child(id=ChildId(f"c{n}"), name=name) for n, name in enumerate(children))
    play = gathered(convened(procedure, seats=seats, children=family, says=says))
    for _ in range(steps):
        if play.meeting.status != "running":
            break
        acted(play)
        play.on()
    document = minutes_of(play.meeting, play.procedure, play.now)
    read, plain = words_of(main_of(html_of(document))), squeezed(text_of(document))
    for text in set(texts(document)) - headers_of_nothing(document):
        assert squeezed(text) in read
        assert squeezed(text).casefold() in plain.casefold()
