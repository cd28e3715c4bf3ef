"""Questions as people press them."""

from meeting.model import How
from tests.unit.dialogs.room import Room, titles
from tests.unit.documents.played import Play, acted, convened, gathered


def at(kind: str, procedure: str = "lcs") -> Play:
    """A meeting that has come to this kind of step."""
    play = gathered(convened(procedure, seats=6))
    while play.step.kind != kind:
        acted(play)
        play.on()
    return play


async def test_a_question_names_whom_it_is_for_and_only_they_answer():
    """Everybody sees question and answer, the addressee alone has the form (LCS-3.5b)."""
    room = Room(play=at("questions"))
    await room.opens("p-police", "questions.ask")
    await room.press("p-police", "Ask", to="health", text="When was she last seen?")
    for person in ("p-health", "p-school"):
        await room.opens(person, "questions.question", id="q1")
        assert "When was she last seen?" in room.text(person)
    assert "Answer" not in titles(room.cards["p-school"])
    await room.press("p-health", "Answer", answer="On Monday")
    await room.opens("p-school", "questions.question", id="q1")
    assert "On Monday" in room.text("p-school")


async def test_an_answer_may_be_given_aloud():
    room = Room(play=at("questions"))
    await room.opens("p-police", "questions.ask")
    await room.press("p-police", "Ask", to="health", text="When?")
    await room.opens("p-health", "questions.question", id="q1")
    await room.press("p-health", "Answered aloud, to write up")
    assert room.play.meeting.questions[0].answered_how is How.SAID_ALOUD


async def test_a_question_in_somebodys_turn_is_kept():
    room = Room(play=at("turns"))
    await room.opens("p-chair")
    await room.press("p-chair", next(t for t in titles(room.cards["p-chair"]) if t.startswith("Begin")))
    await room.opens("p-school", "questions.ask")
    assert "kept for the questions" in room.text("p-school")
    await room.press("p-school", "Ask", to="police", text="Any calls?")
    assert "Your question is kept" in room.text("p-school")


async def test_the_social_worker_is_offered_a_question_before_the_meeting_goes_on():
    """Asked or passed, or the chair gives a reason (LCS-5.4)."""
    room = Room(play=at("questions"))
    await room.opens("p-chair")
    here = next(t for t in titles(room.cards["p-chair"]) if t.startswith("Next"))
    await room.press("p-chair", here)
    assert "A question, or none, from Morgan Vale or Jo Hale" in room.text("p-chair")
    await room.opens("p-worker")
    await room.press("p-worker", "I have no question")
    await room.opens("p-chair")
    await room.press("p-chair", here)
    assert room.play.meeting.step != "QUESTIONS"
