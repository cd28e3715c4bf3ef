"""Typed words: small slips pass, nothing is guessed at that moves the meeting, and content stays out of the chat."""

import pytest

from dialogs.talk import Said, Talk
from dialogs.words import ASIDE, ELSEWHERE, HOW, NOT_TAKEN, PRIVATELY, Heard, understand
from meeting.flags import CONTRIBUTION
from meeting.model import How, MeetingId, PersonId, Status
from tests.unit.dialogs.room import OneMeeting, Room, answer_at
from tests.unit.dialogs.test_turns import sharing
from tests.unit.documents.played import Play


class Typed:
    """Somebody who types."""

    def __init__(self, play: Play) -> None:
        self.play, self.room = play, Room(play=play)
        self.talk = Talk(engine=self.room.engine, record=OneMeeting(play), now=lambda: play.now)  # type: ignore[arg-type]

    async def hear(self, text: str) -> Said:
        """Everything that is said back to the chair's line in the shared chat, aside and openly."""
        return await self.talk.hear(PersonId("p-chair"), MeetingId("m1"), text, private=False)

    async def say(self, text: str, who: str = "p-chair", *, private: bool = True) -> str:
        said = await self.talk.hear(PersonId(who), MeetingId("m1"), text, private=private)
        return said.text or str(said.card and said.card["fallbackText"])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("NEXT!", "next"),
        ("nxet", "next"),
        ("next step, please", "next"),
        ("@Chairside next", "next"),
        ("Chairside, carry on", "next"),
        ("go  back", "back"),
        ("hold on", "hold"),
        ("who's next?", "who"),
        ("qorum", "quorum"),
        ("mintues", "minutes"),
        ("?", "help"),
        ("Good morning!", "help"),
        ("text", None),  # one letter from "next", and something else
        ("told", None),
        ("not for me", None),
        ("", None),
    ],
)
def test_a_word_is_understood(text: str, word: str | None) -> None:
    """Capitals, politeness, slips and the bot's own name do not matter; another first letter does."""
    heard = understand(text)
    assert (heard.word if heard else None) == word


def test_what_follows_a_word_is_kept_as_it_was_written() -> None:
    """An order and an agency may be misspelt too; a note keeps its capitals."""
    assert understand("oder: Police, helth") == Heard(word="order", rest="Police, helth")
    assert understand("Note The GP saw Ada") == Heard(word="note", rest="The GP saw Ada")
    assert understand("on behaf of Helth: seen twice") == Heard(word="on behalf", rest="Helth: seen twice")


async def test_the_order_and_an_agency_s_words_are_typed() -> None:
    """Misspelt agencies are found; whose turn it is not is told; what a form asks beside the words is named."""
    typed = Typed(sharing())
    assert await typed.say("order") == HOW["order"]
    assert (await typed.say("oder polce then scool")).endswith(
        "the order is Police, School, Health visitor, Social worker."
    )
    assert await typed.say("order zebra") == "There is no such seat: zebra."
    assert await typed.say("on behalf of police: two call-outs") == (
        "Nobody has the floor now. Begin that agency's turn on your card first."
    )
    await typed.room.opens("p-chair")
    await typed.room.press("p-chair", "Begin: Police")
    assert await typed.say("on behalf of health: seen") == "It is not that agency's turn: Police has the floor."
    assert await typed.say("on behalf of polce") == "Write what was said behind the agency's name."
    kept = await typed.say("on behalf of polce two call-outs")
    assert kept == "SM-2026-0042: kept. The turn goes on: its form still asks: Criminal investigation"
    told = answer_at(typed.play, "SHARE", CONTRIBUTION, "police")
    assert (told.how, "two call-outs" in told.answers.values()) == (How.LATER, True)
    assert await typed.say("note") == HOW["note"]
    assert await typed.say("note The GP rang") == "SM-2026-0042: recorded."
    assert typed.play.meeting.notes[-1].text == "The GP rang"


async def test_in_the_shared_chat_nothing_confidential_is_taken_or_said() -> None:
    """Words with content are refused there, misspelt ones too, and whoever writes much is told where to."""
    typed = Typed(sharing())
    before = typed.play.meeting
    for text in ("note she is bruised", "on behalf of health: bruises", "on behaf of health bruises"):
        told = await typed.hear(text)
        assert (told.text, told.aside, told.openly) == (NOT_TAKEN, ASIDE, PRIVATELY)
    assert await typed.say("minutes", private=False) == PRIVATELY
    told = await typed.hear("the child has bruises on both arms")
    assert told.text == "I did not understand that. Type: help."
    assert (told.aside, told.openly) == (ASIDE, f"{told.text} {ELSEWHERE}")
    assert await typed.say("order zebra", private=False) == "There is no such seat."
    assert await typed.say("told", private=False) == "I did not understand that. Type: help. Did you mean: hold?"
    assert await typed.say("hold", "p-school", private=False) == "Only the chair can do this."
    assert typed.play.meeting == before
    assert await typed.say("hodl", private=False) == "SM-2026-0042: the meeting is on hold."
    assert typed.play.meeting.status is Status.ON_HOLD
