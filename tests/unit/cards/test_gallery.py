"""Every card has a preview; every preview is a card that Teams takes and that this house allows."""

import ast
import inspect
import sys
from types import CodeType, FunctionType

import pytest

from cards import kit
from cards.gallery import __main__ as gallery
from cards.gallery.browser import Browser, NoBrowser
from cards.gallery.checks import faults, inputs, size
from cards.gallery.page import WAYS, file_name, index
from cards.gallery.previews import card_modules, previews

TITLES = tuple(previews())

#: Cards (`module.function`) without a preview, and why. An entry goes as soon as the preview is there.
WITHOUT: dict[str, str] = {}


def card_functions() -> dict[str, CodeType]:
    """Return the public functions that make a card, as `module.function`."""
    return {
        f"{module.__name__.removeprefix('cards.')}.{name}": made.__code__
        for module in card_modules()
        for name, made in vars(module).items()
        if isinstance(made, FunctionType) and made.__module__ == module.__name__ and not name.startswith("_")
        if inspect.get_annotations(made).get("return") == "Card"
    }


def called_by_previews() -> set[CodeType]:
    """Return the code of every function that runs while the previews are made."""
    seen: set[CodeType] = set()
    before = sys.getprofile()
    sys.setprofile(lambda frame, event, _: seen.add(frame.f_code) if event == "call" else None)
    try:
        for preview in previews().values():
            preview()
    finally:
        sys.setprofile(before)
    return seen


def test_every_card_has_a_preview():
    """A new card cannot be forgotten in the gallery."""
    seen = called_by_previews()
    assert {name for name, code in card_functions().items() if code not in seen} == set(WITHOUT)


def test_modules_of_cards_say_so_in_their_types():
    """Functions called `…_card` are annotated with Card, so that the test above sees them."""
    for module in card_modules():
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.FunctionDef) and node.name.endswith("_card"):
                assert ast.unparse(node.returns or ast.Constant(None)) == "Card", f"{module.__name__}.{node.name}"


@pytest.mark.parametrize("title", TITLES)
def test_preview_is_valid_small_and_labelled(title):
    """The official schema 1.5 accepts it; at most 28 KB as sent, at most six inputs, each with a label of its own."""
    assert faults(previews()[title]()) == ()


@pytest.mark.parametrize("title", TITLES)
def test_preview_has_a_file_of_its_own(title):
    """No picture writes over another."""
    assert [other for other in TITLES if file_name(other, WAYS[0]) == file_name(title, WAYS[0])] == [title]


def typed(**changed):
    return {**kit.text_input("a", "A", required=True), **changed}


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ([{"type": "TextBlok", "text": "x"}], "schema 1.5"),
        ([{**kit.heading("x"), "maxLines": "two"}], "schema 1.5"),
        ([kit.text_input(f"i{n}", "I") for n in range(7)], "7 inputs"),
        ([kit.box([kit.text_input(f"i{n}", "I")], hidden=True) for n in range(7)], "7 inputs"),
        ([typed(), typed()], "two inputs have the id 'a'"),
        ([typed(label="")], "no label"),
        ([typed(errorMessage="")], "no error message"),
        ([kit.text("ä" * kit.MAX_BYTES)], "bytes"),
    ],
)
def test_a_bad_card_is_told(body, word):
    assert any(word in fault for fault in faults(kit.card(body)))


def test_a_good_card_has_no_fault():
    assert faults(kit.card([kit.heading("x"), typed()], kit.button("Go", "turns.finish"))) == ()


def test_buttons_are_counted_as_they_are_sent():
    """A sealed ticket is longer than what it seals."""
    args = {"step": "OPENING"}
    sent = kit.card([], kit.button("Go", "turns.finish", args))
    assert size(sent) > size(kit.card([])) + 160


def test_folded_inputs_count():
    assert len(list(inputs(kit.card([kit.box([typed()], hidden=True)])))) == 1


def test_the_page_escapes_titles_and_faults():
    page = index([("<b>", 10, ["<i>"])])
    assert "<b>" not in page
    assert "<i>" not in page


def test_without_the_renderer_one_line_tells_how_to_get_it(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(gallery, "RENDERER", tmp_path)
    assert gallery.main(["--out", str(tmp_path), "--only", TITLES[0]]) == 1
    assert "make setup-node" in capsys.readouterr().out


def test_a_title_that_no_card_has_is_told(capsys):
    assert gallery.main(["--only", "no such card"]) == 1
    assert "no such card" in capsys.readouterr().out


@pytest.mark.chromium
@pytest.mark.node
def test_a_card_is_drawn_in_every_way(tmp_path):
    """The pictures have the widths asked for; words that do not fit are told."""
    narrow = kit.card([kit.text("x" * 400), kit.heading("Fits")])
    told = gallery.draw({"good": lambda: kit.card([kit.heading("Fits")]), "narrow": lambda: narrow}, tmp_path)
    assert told["good"] == []
    for way in WAYS:
        header = (tmp_path / file_name("good", way)).read_bytes()[16:24]
        assert int.from_bytes(header[:4]) == way.width
        assert int.from_bytes(header[4:]) > 20
    assert (tmp_path / "index.html").is_file()


@pytest.mark.chromium
@pytest.mark.node
def test_words_that_do_not_fit_are_told(tmp_path):
    """A button that a telephone cuts is named."""
    long = kit.card([], kit.button("Said aloud, and the note-taker is to write it all up afterwards", "x.y"))
    told = gallery.draw({"long": lambda: long}, tmp_path)["long"]
    assert any(line.startswith("phone: cut: Said aloud") for line in told)


def test_a_browser_that_ends_by_itself_is_told():
    with pytest.raises(NoBrowser, match="ended by itself"):
        Browser("/bin/true").__enter__()
