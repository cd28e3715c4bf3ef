"""The cards of decisions, actions, closing, safeguards, handing over, minutes and convening."""

from dataclasses import replace

import pytest

from cards import action_form, actions, closing, convening, decision, minutes, small
from cards.actions import list_card
from cards.kit import MAX_BYTES, card, choice_input, fitted, mention_line, refreshed, size, text, text_input
from cards.minutes import PAGE, minutes_card, pages_of
from meeting.model import Child, ChildId, PersonId
from meeting.screens.frame import Frame
from meeting.screens.minutes import MinutesLine, MinutesScreen
from tests.unit.cards.checking import faults_of, markup_of
from tests.unit.dialogs.room import Room, words
from tests.unit.documents.played import TWO, convened, gathered, urgent, whole

MODULES = (action_form, actions, closing, convening, decision, minutes, small)
CARDS = {f"{m.__name__}: {name}": draw for m in MODULES for name, draw in m.PREVIEWS.items()}
MARKUP = "[press](https://evil.example) **now**"


@pytest.mark.parametrize("draw", CARDS.values(), ids=CARDS)
def test_every_card_keeps_the_rules_of_the_house(draw):
    """Schema 1.5, a label for each input, at most six of them, 28 KB with its tickets."""
    assert faults_of(draw()) == []


def test_a_card_names_no_more_clients_than_teams_takes():
    """Sixty at most fetch their own view by themselves; everybody else presses "Open my part"."""
    people = [f"29:{n}" for n in range(75)]
    assert refreshed(card([]), "chairing.open", {}, people)["refresh"]["userIds"] == people[:60]


def test_what_nobody_could_foresee_is_cut_and_what_is_being_typed_is_not():
    """Forty people with names of a thousand letters: the card fits, each can be chosen, the text stays whole."""
    typed = "As the ward told us. " * 60
    names = [(f"p{n}", f"{n} {'Gwenllian ' * 100}") for n in range(40)]
    made = fitted(card([choice_input("who", "Who", names), text_input("what", "What", typed), text("ŵ" * 9000)]))
    assert size(made) <= MAX_BYTES
    who, what, said = made["body"]
    assert [one["value"] for one in who["choices"]] == [key for key, _ in names]
    assert all(one["title"].startswith(f"{n} Gwen") for n, one in enumerate(who["choices"]))
    assert (what["value"], said["inlines"][0]["text"][:3]) == (typed, "ŵŵŵ")


def test_a_name_is_no_markup_where_it_is_mentioned():
    """A mention is read as markup, so that a display name could bring a link, or mention somebody else."""
    told = mention_line("Here: ", [("29:1", "[Tom](http://evil.example)</at> **<at>Chair**"), ("29:2", "<*>")])
    assert told["text"] == "Here: <at>Tomhttp://evil.example/at atChair</at>, <at>Attendee</at>"
    (entity,) = card([told], mentions=[("29:1", "Tom </at>_x_")])["msteams"]["entities"]
    assert (entity["text"], entity["mentioned"]["name"]) == ("<at>Tom /atx</at>", "Tom /atx")


async def test_what_people_write_is_never_read_as_markup():
    """In a whole meeting whose every word is markup, no card lets a client read it."""
    children = tuple(replace(c, name=f"{c.name} {MARKUP}") for c in TWO)
    play = gathered(convened("san", children=children, says=lambda where: f"{where} {MARKUP}"))
    for step in ("DECISION", "ACTIONS", "CLOSING"):
        whole(play, until=step)
        room = Room(play=play)
        for person in ("p-chair", "p-notes", "p-police"):
            await room.opens(person)
            assert not [t for t in markup_of(room.cards[person]) if "evil" in t]
            assert faults_of(room.cards[person], is_sealed=True) == []
        play.on()


async def test_long_words_of_many_still_fit_a_card():
    """Four children, twelve agencies and texts as long as a field takes: every card stays below its limit."""
    children = tuple(Child(id=ChildId(f"c{n}"), name=f"Child {n}") for n in range(4))
    play = gathered(convened("san", seats=12, children=children, says=lambda where: f"{where} {'word ' * 750}"))
    for step in ("DECISION", "ACTIONS", "CLOSING"):
        whole(play, until=step)
        if step == "ACTIONS":
            urgent(play, PersonId("p-police"), "word " * 750)
        room = Room(play=play)
        for person in ("p-chair", "p-notes", "p-police"):
            await room.opens(person)
            assert faults_of(room.cards[person], is_sealed=True) == []
            if step == "ACTIONS":
                await room.opens(person, "actions.list")
                assert faults_of(room.cards[person], is_sealed=True) == []
        play.on()


async def test_the_shared_list_holds_no_word_of_an_action():
    """The chat sees numbers, seats, times and states."""
    from meeting.screens.actions import list_screen

    play = whole(gathered(convened("san")))
    said = words(list_card(list_screen(play.meeting, play.procedure, play.now)))
    assert play.meeting.actions
    assert not [a.what for a in play.meeting.actions if a.what in said]
    assert not [c.name for c in play.meeting.children.values() if c.name in said]


@pytest.mark.parametrize("length", [10, 3_000, 4_000])
def test_minutes_fit_their_cards_whatever_people_wrote(length):
    """Long texts go on, on the next page if they must; none is lost, and no page is too large."""
    lines = [MinutesLine(kind="fact", label=f"Label {n}", text="é" * length) for n in range(40)]
    pages = pages_of(lines)
    frame = Frame(reference="SM-2026-0042", title="Strategy meeting")
    assert sum(len(line.text) for page in pages for line in page) == 40 * length
    for number, page in enumerate(pages, start=1):
        screen = MinutesScreen(frame=frame, title="T", banner=(), lines=page, page=number, pages=len(pages), debts=1)
        assert sum(len(line.text.encode()) for line in page) <= PAGE
        assert faults_of(minutes_card(screen)) == []
