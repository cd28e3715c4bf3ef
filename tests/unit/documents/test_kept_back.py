"""Copies that leave something out: nothing of it is left in a drawing, a mark, a neighbour's place or a fingerprint."""

from dataclasses import replace

import pytest

from dialogs.papers import PaperKind, paper
from documents.copies import Format, Maker
from documents.html import html_of, paper_of
from documents.kept_back import for_family
from documents.minutes import digest_of, family_copy
from documents.model import Document, Fact, Fields, Picture, Section, Table
from documents.places import fingerprint, places_of, rewritten
from documents.sayings import DEFAULT
from documents.source import source_of
from documents.text import text_of
from meeting.after import marking, minutes
from meeting.model import ChildId, SeatId
from meeting.running.handover import RestrictChild
from meeting.steps import record
from tests.unit.documents.kept import amend, authorised, closed, drawn, section
from tests.unit.documents.played import CHAIR, HEALTH, NOTES, acted, convened, gathered, whole

SECRET = "The neighbour who rang lives at number nine."
HEALTHS, HOUSINGS = SeatId("health"), SeatId("housing")


def line(play, key, label, *, part=""):
    """Return the line of a section with this label."""
    return next(p for p in places_of(section(drawn(play), key)) if p.label == label and p.part == part)


def marked(play, place, mark="shareable", told=()):
    """Let the chair share a line, or withhold it from agencies."""
    return play.do(CHAIR, marking.MarkLines(mark=mark, on={place.key: told or (fingerprint(place.text),)}))


def drawings(section):
    return [b for s in (section, *section.parts) for b in s.blocks if isinstance(b, Picture)]


@pytest.fixture(scope="module")
def family():
    """Return a closed meeting whose family rows are drawn."""
    return closed("san")


def a_relation(play):
    """Return (key of the section with the genogram, the line that says how somebody is related)."""
    drawn_in = next(s.key for s in drawn(play).sections if drawings(s))
    return drawn_in, next(p for p in places_of(section(drawn(play), drawn_in)) if ": Relation" in p.label)


def test_a_drawing_of_a_withheld_line_is_left_out(family):
    """Who somebody is to the children is in the genogram, in its table and in each child's network, and in no copy."""
    play = replace(family)
    key, place = a_relation(play)
    marked(play, place, "withheld", ("health",))
    theirs = drawn(play, HEALTHS)
    for told in (text_of(theirs), html_of(theirs), paper_of(theirs)):
        assert place.text not in told
    assert not drawings(section(theirs, key))
    assert "The drawing is left out" in text_of(theirs)
    assert drawings(section(drawn(play, SeatId("police")), key))


def test_a_place_on_the_scale_is_withheld_with_its_dot():
    """One person's place is withheld on one child: that child's scale is gone from the copy, the other's stays."""
    play = closed("wok", seats=7)
    marked(play, line(play, "VIEWS", "Police: Scale", part="Ada Brook"), "withheld", ("housing",))
    ada, ben = section(drawn(play, HOUSINGS), "VIEWS").parts
    assert not drawings(ada)
    assert drawings(ben)


def test_a_drawing_beside_an_amended_line_says_that_it_is_older(family):
    """The drawing shows what the meeting recorded, and says so once a row beside it says something else."""
    play = replace(family)
    key, place = a_relation(play)
    before = drawings(section(drawn(play), key))[0]
    amend(play, key, place.text, after=lambda _: "mother's brother")
    after = drawings(section(drawn(play), key))[0]
    assert "amended since" not in before.text
    assert after.text.endswith("a line beside it has been amended since.")


def test_a_restricted_childs_lines_give_their_places_to_nobody():
    """Ada is kept from housing. What was amended of Ada's row does not come to Ben's, and Ben's stays withheld."""
    play = acted(gathered(convened("wmt", seats=7)))
    play.do(CHAIR, RestrictChild(child=ChildId("c1"), agency="housing"))
    whole(play)
    for debt in tuple(play.meeting.debts.values()):
        play.do(NOTES, record.WriteUp(debt=debt.id, text="Said."))
    plans = [p for p in places_of(section(drawn(play), "ACTIONS")) if p.label == "Interim safety plan: Details"]
    adas, bens = plans
    amend(play, "ACTIONS", adas.text, after=lambda _: SECRET)
    marked(play, bens, "withheld", ("housing",))
    theirs = text_of(drawn(play, HOUSINGS))
    assert SECRET not in theirs
    assert bens.text not in theirs
    assert "[withheld by the chair]" in theirs
    assert SECRET in text_of(drawn(play))
    amend(play, "ACTIONS", bens.text, after=lambda _: "Ben stays with his grandmother.")
    play.do(CHAIR, marking.MarkLines(mark="withheld", on={}, off=(bens.key,)))
    assert "Ben stays with his grandmother." in text_of(drawn(play, HOUSINGS))


def test_two_parts_of_one_heading_are_two():
    """Twins who are not born yet may be called alike: a change to one's line is none to the other's."""
    twin = Section(heading="Unborn baby of Mia", blocks=(Fields(facts=(Fact(label="Due", value="May"),)),))
    made = Section(heading="Children", key="C", parts=(twin, twin))
    first, second = places_of(made)
    assert first.key != second.key
    changed = rewritten(made, lambda place: "June" if place.key == second.key else place.text)
    assert [p.blocks[0].facts[0].value for p in changed.parts] == ["May", "June"]


def test_an_added_line_can_be_amended():
    """What was added after the meeting is a line like any other: its newest words stand, the ones before do not."""
    play = closed()
    play.do(NOTES, minutes.AmendLine(section="REASON", after="The school rang at nine."))
    amend(play, "REASON", "rang at nine", after=lambda _: "The school rang at ten.")
    told = text_of(drawn(play))
    assert "The school rang at ten." in told
    assert "rang at nine" not in told


def test_a_name_in_a_tables_first_column_can_be_put_right():
    """A name that was written wrongly is amended; the rest of its row keeps its places."""
    play = closed()
    found = places_of(section(drawn(play), "people"))
    name = next(p for p in found if (p.label, p.text) == ("Name", "Alex Stone"))
    seat = next(p for p in found if p.label == "Alex Stone: Seat")
    for place, after in ((name, "Alex Stoner"), (seat, "Police, child abuse unit")):
        play.do(NOTES, minutes.AmendLine(section="people", after=after, label=place.label, place=place.key, before="x"))
    tables = (b for b in section(drawn(play), "people").blocks if isinstance(b, Table))
    attended = next(t for t in tables if t.caption == "Attended")
    assert ("Alex Stoner", "Police, child abuse unit") in {row[:2] for row in attended.rows}


def test_the_fingerprint_of_the_whole_is_in_no_copy_that_lacks_a_line():
    """With it a reader could try out what a short withheld line says until the fingerprint fits."""
    play = authorised(closed())
    digest = digest_of(drawn(play))
    assert digest in text_of(drawn(play, HEALTHS))
    marked(play, line(play, "VIEWS", "Police: View", part="Ada Brook"), "withheld", ("health",))
    assert digest not in text_of(drawn(play, HEALTHS))
    assert digest in text_of(drawn(play, SeatId("police")))


def test_the_action_list_leaves_out_what_the_minutes_do():
    """An action's words are withheld from an agency: its own list of actions does not have them either."""
    play = closed()
    wanted = play.meeting.actions[0]
    marked(play, line(play, "ACTIONS", "1: What"), "withheld", ("health",))
    theirs = paper(play.meeting, play.procedure, HEALTH, PaperKind.ACTIONS, play.now)
    assert wanted.what in text_of(paper(play.meeting, play.procedure, CHAIR, PaperKind.ACTIONS, play.now))
    assert wanted.what not in text_of(theirs)


def test_the_familys_copy_has_nothing_that_was_not_chosen():
    """Of a row one cell, without empty columns; no row of one name; not how it was written down; nothing withheld."""
    play = closed("wok", seats=7)
    place = line(play, "VIEWS", "Police: Reason", part="Ada Brook")
    other = line(play, "VIEWS", "School: Reason", part="Ada Brook")
    marked(marked(play, place), other)
    copy = family_copy(play.meeting, play.procedure, play.now)
    table = section(copy, "VIEWS").parts[0].blocks[0]
    assert (table.headers, table.rows) == (("Seat", "Reason"), (("Police", place.text), ("School", other.text)))
    assert "not authorised yet" in " ".join(copy.banner)
    marked(play, other, "withheld", ("housing",))
    assert other.text not in text_of(family_copy(play.meeting, play.procedure, play.now))
    shared = text_of(family_copy(authorised(play).meeting, play.procedure, play.now))
    assert "not authorised yet" not in shared


def test_a_row_of_one_cell_is_a_line_to_choose():
    """A person of whom only the name is known stands in no copy for which nobody chose that name."""
    rows = (("Carl Dunn", ""), ("Mia Cole", "mother"))
    made = Section(
        heading="Family", key="F", blocks=(Table(headers=("Name", "Relation"), rows=rows, caption="Family"),)
    )
    mother = next(p for p in places_of(made) if p.text == "mother")
    kept = rewritten(made, lambda p: p.text if p.key == mother.key else None)
    assert kept.blocks[0].rows == (("Mia Cole", "mother"),)


def test_how_a_shared_answer_was_written_down_is_not_shared(family):
    """That something was said aloud, who wrote it up and that it was corrected are no lines that the chair chose."""
    fact = Fact(label="Worries", value=f"The home is cold. ({DEFAULT})", how="corrected")
    block = Fields(facts=(fact,), how="said aloud, written up; recorded by Sam Penn")
    made = Document(
        title="T", reference="R", status="draft", sections=(Section(heading="S", blocks=(block,), key="S"),)
    )
    (place,) = places_of(made.sections[0])
    source = source_of(family.meeting, family.procedure, family.now, None)
    chosen = replace(source, marks={(place.key, "shareable"): (fingerprint(place.text),)})
    copy = for_family(made, chosen)
    (kept,) = copy.sections[0].blocks
    assert Maker().copy(copy, Format.TEXT, kind="family").name == "r-for-the-family.txt"
    assert kept == Fields(facts=(Fact(label="Worries", value="The home is cold."),))


def test_what_is_kept_from_anybody_reaches_no_family_in_another_line(family):
    """A line that the chair chose is not shared while it says again what another line keeps from an agency."""
    facts = (
        Fact(label="Worries", value=SECRET),
        Fact(label="Summary", value=f"Somebody told us. {SECRET}"),
        Fact(label="Home", value="The home is cold."),
    )
    one = Section(heading="S", blocks=(Fields(facts=facts),), key="S")
    kept, again, home = places_of(one)
    marks = {(p.key, "shareable"): (fingerprint(p.text),) for p in (again, home)} | {
        (kept.key, "withheld"): ("health",)
    }
    source = replace(source_of(family.meeting, family.procedure, family.now, None), marks=marks)
    told = text_of(for_family(Document(title="T", reference="R", status="draft", sections=(one,)), source))
    assert ("The home is cold." in told, SECRET in told) == (True, False)
