"""Around the agenda, by pressing: closing, urgent action, challenge, moves, handing over, writing up, the draft."""

import json

import pytest

from meeting import machine
from meeting.after.escalating import Escalate
from meeting.model import How, MeetingId, PersonId, SeatId, Slot, Status
from meeting.steps.record import Enter
from meeting.steps.safeguards import RaiseChallenge
from tests.unit.dialogs.room import OpenTickets, Room, each, inputs_of, titles, words
from tests.unit.documents.played import acted, convened, gathered, whole

CHAIR, NOTES, POLICE, WORKER = "p-chair", "p-notes", "p-police", "p-worker"


async def test_closing_names_what_is_open_and_leads_there():
    """What holds the meeting back stands on the card with the way to mend it; a firm one cannot be passed."""
    play = gathered(convened("san"))
    while play.step.id != "CLOSING":
        if play.step.id != "ACTIONS":
            acted(play)
        play.on()
    room = await Room(play=play).opens(CHAIR)
    assert "Child seen within 24 hours" in room.text(CHAIR)
    assert "needed before closing" in room.text(CHAIR)
    assert not [t for t in titles(room.cards[CHAIR]) if t.startswith("Close")]
    await room.press(CHAIR, "Fill in")
    assert "Save" in titles(room.cards[CHAIR])


async def test_a_reason_closes_and_everybody_finds_their_actions():
    """One reason for what is not firm; afterwards the date of the minutes and one's own actions."""
    play = whole(gathered(convened("wmt")), until="ACTIONS")
    play.on()
    room = await Room(play=play).opens(CHAIR)
    await room.press(CHAIR, "Close the meeting with this reason", reason="To follow tomorrow")
    assert play.meeting.status is Status.CLOSED
    await room.opens(WORKER)
    assert "Minutes by: " in room.text(WORKER)
    assert "Your actions" in room.text(WORKER)


async def test_urgent_action_is_open_to_everybody_in_any_state():
    """Nobody waits for the agenda: only what must happen is asked, the rest has a default."""
    play = gathered(convened("san"))
    room = await Room(play=play).opens(POLICE, "safeguards.urgent")
    await room.press(POLICE, "Raise it now", what="Call the ward")
    action = play.meeting.actions[-1]
    assert action.urgent
    assert action.owner == "Alex Stone"
    assert "the chair is alerted" in room.text(POLICE)
    assert inputs_of(room.cards[POLICE])[0].get("value") is None


async def test_an_urgent_time_without_its_day_is_asked_for_again():
    """ "15:00" alone never becomes "within the hour" in silence."""
    play = gathered(convened("san"))
    room = await Room(play=play).opens(POLICE, "safeguards.urgent")
    await room.press(POLICE, "Raise it now", what="Call the ward", **{"due.time": "15:00"})
    assert not play.meeting.actions
    assert "A date and a time." in room.text(POLICE)
    assert "Or another time: time [15:00]" in room.text(POLICE)
    await room.press(POLICE, "Raise it now", **{"due.date": "2026-12-23"})
    assert play.meeting.actions[-1].due.isoformat() == "2026-12-23T15:00:00+00:00"


async def test_a_challenge_stands_by_name_with_its_answer():
    """A challenge waits for the chair; both texts are kept."""
    play = whole(gathered(convened("sty")), until="IDENTITY")
    room = await Room(play=play).opens(POLICE, "safeguards.challenge")
    ground = next(i for i in inputs_of(room.cards[POLICE]) if i["id"] == "ground")["choices"][0]["value"]
    await room.press(POLICE, "Put it to the chair", ground=ground, text="Too late")
    await room.opens(CHAIR, "safeguards.answer_challenge")
    assert f"Alex Stone: {ground}: Too late" in room.text(CHAIR)
    await room.press(CHAIR, "Answer", text="We go faster")
    assert play.meeting.challenges[0].answer == "We go faster"
    assert "No challenge waits" in room.text(CHAIR)


async def test_a_stage_ends_only_as_somebody_says():
    """Without a choice nothing moves; at the protocol's last stage there is only that it is resolved."""
    play = whole(gathered(convened("sty")), until="IDENTITY")
    play.do(PersonId(POLICE), RaiseChallenge(text="Too late", ground="Impedes safeguarding"))
    play.do(PersonId(POLICE), Escalate(challenge="ch1"))
    room = Room(play=play)
    for left in (3, 2, 1):
        await room.opens(CHAIR, "afterwards.stage_form", escalation="e1")
        assert len(inputs_of(room.cards[CHAIR])[1]["choices"]) == 2
        record = next(b for b in each(room.cards[CHAIR], "Action.Execute") if b["title"] == "Record it")
        unsaid = await room.engine.press(PersonId(CHAIR), record["verb"], {**record["data"], "text": "No agreement"})
        assert "And now: Please answer this." in words(unsaid.card)
        await room.press(CHAIR, "Record it", text="No agreement", ends="next")
        assert len(play.procedure.follow_up.stages) - 1 - play.meeting.escalations[0].stage == left - 1
    await room.opens(CHAIR, "afterwards.stage_form", escalation="e1")
    assert [c["value"] for c in inputs_of(room.cards[CHAIR])[1]["choices"]] == ["resolved"]
    await room.press(CHAIR, "Record it", text="An enquiry begins", ends="resolved")
    assert play.meeting.escalations[0].outcome == "An enquiry begins"


async def test_a_request_to_share_is_granted_with_one_press():
    """Whoever asks sees how it was answered."""
    play = gathered(convened("san"))
    acted(play)
    room = await Room(play=play).opens(POLICE, "safeguards.share")
    await room.press(POLICE, "Ask the chair", what="The plan, with my sergeant")
    await room.opens(CHAIR, "safeguards.requests")
    await room.press(CHAIR, "Grant")
    await room.opens(POLICE, "safeguards.share")
    assert "The plan, with my sergeant: granted" in room.text(POLICE)


async def test_the_chair_adjourns_hands_over_and_cancels():
    """Each is one form with choices; what is missing is asked for at its field."""
    play = gathered(convened("san"))
    acted(play)
    room = await Room(play=play).opens(CHAIR, "moves.adjourn")
    await room.press(CHAIR, "Adjourn")
    assert "Resume at: Please answer this." in room.text(CHAIR)
    quick = next(i for i in inputs_of(room.cards[CHAIR]) if i["id"] == "due.quick")["choices"][0]["value"]
    await room.press(CHAIR, "Adjourn", **{"due.quick": quick})
    assert play.meeting.status is Status.ADJOURNED
    await room.opens(CHAIR, "handover.note_taker")
    await room.press(CHAIR, "Name them", who="p-worker")
    assert play.meeting.note_taker == "p-worker"
    await room.opens(CHAIR, "handover.handform")
    await room.press(CHAIR, "Hand it over", which="REASON", seat="police")
    assert play.meeting.handed_to["REASON"] == "police"
    await room.opens(CHAIR, "handover.handover")
    await room.press(CHAIR, "Hand it over", who="p-worker")
    assert play.meeting.chair == "p-worker"
    await room.opens(CHAIR, "moves.skip")
    assert "Only the chair can do this." in room.text(CHAIR)


async def test_without_the_police_the_chair_converts():
    """The form says what conversion means and that protection does not wait."""
    play = gathered(convened("san"), without=("police",))
    acted(play)
    room = await Room(play=play).opens(CHAIR, "moves.convert")
    assert "Urgent protective action does not wait" in room.text(CHAIR)
    await room.press(CHAIR, "Record it so")
    assert play.meeting.converted is not None


async def test_what_was_said_aloud_is_written_up():
    """A debt says where it belongs; written up, it is gone from the list."""
    play = whole(gathered(convened("san")), until="REASON")
    slot = Slot(step="REASON", part="fields")
    play.do(PersonId(CHAIR), Enter(slot=slot, answers={}, how=How.SAID_ALOUD))
    room = await Room(play=play).opens(NOTES, "minutes.debts")
    before = titles(room.cards[NOTES]).count("Write up")
    await room.press(NOTES, "Write up")
    await room.press(NOTES, "Write it up", text="What the worker said")
    assert titles(room.cards[NOTES]).count("Write up") == before - 1


async def test_the_draft_is_read_in_pages_by_those_who_write_it():
    """Chair and note-taker turn the pages; nobody else reads a draft."""
    play = whole(gathered(convened("san")))
    room = await Room(play=play).opens(NOTES, "minutes.read")
    seen = {room.text(NOTES)}
    while "Next page" in titles(room.cards[NOTES]):
        await room.press(NOTES, "Next page")
        seen.add(room.text(NOTES))
    assert any("Decision" in text for text in seen)
    assert all(len(json.dumps(room.cards[NOTES]).encode()) < 28 * 1024 for _ in seen)
    await room.opens(POLICE, "minutes.read")
    assert "The chair has not authorised them yet." in room.text(POLICE)
    assert "Decision" not in room.text(POLICE)


class NoMeetingYet:
    """A record that is given its first meeting."""

    async def create(self, meeting_id, *, reference, procedure, decide, now):
        from procedures.load import load

        self.meeting = machine.unwritten(MeetingId("m1"))
        self.procedure = procedure
        assert procedure == load("san")
        for entry in decide(self.meeting, procedure):
            self.meeting = machine.evolve(self.meeting, entry)

    async def in_chat(self, chat):
        return ()

    async def read(self, meeting_id):
        if not hasattr(self, "meeting"):
            raise KeyError(meeting_id)
        return self.meeting, self.procedure


@pytest.mark.parametrize("names", ["Ada Brook\nBen Brook\n", ""])
async def test_a_meeting_starts_in_a_chat_with_four_fields(names):
    """Names, cause, referrer, note-taker; whoever presses chairs. Without a name nothing is called."""
    from cards.convening import start_now_card
    from dialogs.engine import Engine
    from tests.unit.dialogs.room import each
    from tests.unit.documents.played import BEGIN

    record = NoMeetingYet()
    engine = Engine(record=record, tickets=OpenTickets(), now=lambda: BEGIN)  # type: ignore[arg-type]
    card = engine.seal(start_now_card("19:chat", "Morgan Vale", (("san", "Guidance"),)), MeetingId(""), CHAIR, {})
    button = each(card, "Action.Execute")[0]
    assert len(inputs_of(card)) == 4
    answer = await engine.press(
        PersonId(CHAIR), button["verb"], {**button["data"], "children": names, "cause": "An injury"}
    )
    if not names:
        assert "at least one child" in answer.text
        return
    assert answer.linked
    assert [c.name for c in record.meeting.children.values()] == ["Ada Brook", "Ben Brook"]
    assert record.meeting.chat == "19:chat"
    assert record.meeting.seats[SeatId("chair")].aad == CHAIR
    assert {s.agency for s in record.meeting.seats.values()} == {"social_care", "health", "police"}


async def test_somebody_prepares_before_the_meeting():
    """One's own turn and forms; what is kept stands as prepared, and others do not see the turn."""
    play = convened("san")
    play.arrive("p-police", "Alex Stone", "police@example.org")
    room = await Room(play=play).opens(POLICE, "convening.prepare")
    await room.press(POLICE, "Fill in")
    first = inputs_of(room.cards[POLICE])[0]["id"]
    await room.press(
        POLICE, next(t for t in titles(room.cards[POLICE]) if t.startswith("Keep")), **{first: "Two calls"}
    )
    kept = play.meeting.answers[Slot(step="SHARE", part="contribution", subject="police")]
    assert kept.how is How.PREPARED
    assert "Two calls" in kept.answers.values()
