"""After the meeting: later decisions, requests for an update, escalation, developments, further meetings."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.disclosing import export
from cards.times import LONDON
from meeting.model import Meeting
from tests.ledger.conftest import At
from tests.ledger.forms import write
from tests.ledger.lifetime import agree, close, private, reminders, tell, until
from tests.ledger.minuting import act
from tests.ledger.snapshots import ESCALATIONS
from tests.ledger.test_san_other_authority import HOLDS, MINUTES, RECORD, STARTED, again
from tests.ledger.test_sty_decision import JOINT, S47, decide
from tests.ledger.test_sty_plan import CLOSE_WITHOUT, PLAN, STY
from tests.ledger.world import World

WREN = "Wren Foster (Social care: social worker)"
FOLLOWED_UP = {
    "san": "reconvene when developments point to a different plan",
    "sty": "tell attendees of later enquiries and decisions; challenge and escalate openly",
}


async def after(world: World, who: str) -> str:
    """Somebody opens what comes after the meeting, in their own chat."""
    return await world.say(getattr(world, who), "after", private=True)


@pytest.mark.ledger("STY-5.1e")
async def test_everybody_is_told_of_later_decisions_and_may_ask(at: At) -> None:
    """On the planned day the chair is asked; a request is chased until it is answered; an update reaches all, once."""
    async with at("PLAN", **STY) as world:
        plan = {"Assessment": "Starts now", "Decision on next steps by": "12/1/2027"}
        await write(world, f"{PLAN}: Ada Brook", {**plan, "Why this date suits the child": "After the visit."})
        await close(world)
        await until(world, "2027-01-12T09:30")
        asked = reminders(world, world.chair, r"Reminder[^<]*Later decision told to everyone")
        assert asked[0] == "Tue 12 Jan 09:00"
        await after(world, "school")
        await tell(world, world.school, "Ask for an update")
        await tell(world, world.school, "Ask the chair", What_you="Was the child seen?")
        assert any("asks for an update" in text for _, text in private(world, world.chair))
        await until(world, "2027-01-19T10:00")
        assert "Tue 19 Jan 09:00" in reminders(world, world.chair, r"Reminder[^<]*Request for an update answered")
        assert ", Sara Lund: Was the child seen?" in await after(world, "chair")
        await tell(world, world.chair, "Tell everybody")
        said = {"What": "No further action; the plan holds.", "What_it_is": "A later decision"}
        await tell(world, world.chair, "Tell everybody", **said)
        for seat in ("police", "visitor", "school", "worker", "probation"):
            assert len(reminders(world, getattr(world, seat), "There is an update from the chair")) == 1
            assert "No further action; the plan holds." in await after(world, seat)
        before = len(reminders(world, world.chair, r"Reminder[^<]*(Later decision|Request for an update)"))
        await until(world, "2027-02-12T10:00")
        assert len(reminders(world, world.chair, r"Reminder[^<]*(Later decision|Request for an update)")) == before
        assert "the plan holds" not in world.shared()


@pytest.mark.ledger("STY-5.1e")
async def test_the_chair_is_asked_at_the_end_of_an_enquiry_without_a_planned_day(at: At) -> None:
    """With no assessment planned the fifteenth working day of the enquiry stands for it, until everybody was told."""
    async with at("DECISION", **STY) as world:
        await decide(world, S47, **{JOINT: "Single"})
        await close(world)
        told = "What the enquiry found told to everyone who attended"
        panel = await world.say(world.chair, "deadlines", private=True)
        ends = re.search(rf"{told} \(Ada Brook\): (\d+ \w{{3}} \d{{4}})", panel)
        assert ends is not None, panel
        end = datetime.strptime(ends[1], "%d %b %Y").replace(tzinfo=LONDON)
        await until(world, f"{end.date()}T10:00")
        asked = reminders(world, world.chair, rf"Reminder[^<]*{told}")
        assert f"{end:%a} {end.day} {end:%b} 09:00" in asked
        await after(world, "chair")
        await tell(world, world.chair, "Tell everybody")
        said = {"What": "No further action.", "What_it_is": "A later decision"}
        await tell(world, world.chair, "Tell everybody", **said)
        await until(world, f"{end.date() + timedelta(days=30)}T10:00")
        assert reminders(world, world.chair, rf"Reminder[^<]*{told}") == asked


@pytest.mark.ledger("STY-5.2c")
async def test_a_challenge_stands_beside_the_decision_it_is_about(at: At) -> None:
    """What the chair passed is challenged and minuted there; the close waits for an answer; afterwards reminders do."""
    async with at("ROLLCALL", **STY) as world:
        await world.leaves(world.worker)
        await world.press(world.notes, "All introduced aloud")
        await world.next()
        await world.next("She is on her way.")
        await world.press(world.police, "Yes, this is my meeting")
        await challenges(world, "Nobody here knows the child.", "Impedes safeguarding", "Passed at Attendance")
        await world.press(world.chair, "Yes, this is my meeting")
        passed = (await world.minutes()).partition("Passed with a reason")[2].partition("\nChallenges\n")[0]
        assert "Paul Grant: Nobody here knows the child." in passed
    async with at("ACTIONS", **STY) as world:
        await challenges(world, "The school was not heard.", "Impedes safeguarding", "Quorum")
        while "step 12 of 12" not in world.newest(world.chair):
            await world.next()
        open_ = "Challenge by Paul Grant"
        await world.press(world.chair, "Close the meeting with this reason", force=True)
        assert open_ in world.newest(world.chair).partition("Still open")[2]
        assert CLOSE_WITHOUT in world.labels(world.chair)
        await answers(world, "The school was telephoned.", "Paul Grant: Impedes safeguarding")
        await world.look_again(world.chair)
        assert open_ not in world.card(world.chair)
        world.fill(world.chair, CLOSE_WITHOUT, "The rest is asked of the duty desk.")
        await world.press(world.chair, "Close the meeting with this reason")
        await challenges(world, "No enquiry is too little.", "Detrimental to the child's welfare", "Decision")
        await challenges(world, "It was not said.", "Outside policy or procedure", "Passed at")
        minutes = await world.minutes()
        beside = minutes.partition("Passed with a reason")[2].partition("\nChallenges\n")[0]
        assert "Paul Grant: It was not said." in beside
        assert "No enquiry" not in beside
        told = r"Reminder[^<]*Answer to a challenge"
        await until(world, "2026-12-30T10:00")
        assert reminders(world, world.chair, told) == ["Thu 24 Dec 09:00", "Tue 29 Dec 09:00", "Wed 30 Dec 08:00"]
        await answers(world, "It was, at the beginning.", "Paul Grant: Outside policy or procedure")
        world.fill(world.chair, "Your answer", "The plan covers it.")
        await world.press(world.chair, "Answer")
        await until(world, "2027-01-29T10:00")
        assert len(reminders(world, world.chair, told)) == 3
        assert "The plan covers it." in (await world.minutes()).partition("\nChallenges\n")[2]


async def answers(world: World, text: str, which: str) -> None:
    """The chair answers one of the challenges that wait."""
    await world.say(world.chair, "panel")
    await world.press(world.chair, "More")
    await world.press(world.chair, "Answer a challenge")
    if "Which challenge" in world.labels(world.chair):
        world.choose(world.chair, "Which challenge", which)
    world.fill(world.chair, "Your answer", text)
    await world.press(world.chair, "Answer")


async def recorded(world: World) -> Meeting:
    """The chat's meeting as the record has it."""
    record = world.stage.service.store.record
    meeting, _ = await record.read((await record.in_chat(world.stage.chat.id))[0].id)
    return meeting


async def asks(world: World, name: str, text: str) -> None:
    """The police ask somebody by name, who does not answer."""
    await world.say(world.police, "panel")
    await world.press(world.police, "More")
    await world.press(world.police, "Ask a question")
    whom = next(t for t in world.offered(world.police, "For whom") if name in t)
    world.choose(world.police, "For whom", whom)
    world.fill(world.police, "Question", text)
    await world.press(world.police, "Ask")


async def challenges(world: World, text: str, ground: str, about: str) -> str:
    """The police challenge a decision whose name begins so; returns that name."""
    await world.say(world.police, "panel")
    await world.press(world.police, "More")
    await world.press(world.police, "Challenge")
    decision = next(t for t in world.offered(world.police, "Which decision") if t.startswith(about))
    world.choose(world.police, "Which decision", decision)
    world.choose(world.police, "Ground", ground)
    world.fill(world.police, "What you challenge, and why", text)
    await world.press(world.police, "Put it to the chair")
    return decision


@pytest.mark.ledger("STY-5.2d")
async def test_a_challenge_goes_to_the_protocol_stage_by_stage(at: At) -> None:
    """Escalated: the chair is told and reminded of each stage until it is resolved; decision and actions stand."""
    async with at("ACTIONS", **STY) as world:
        await agree(world, "Ask the school", "Sara Lund", "2027-02-24", "12:00")
        await challenges(world, "No enquiry is too little.", "Detrimental to the child's welfare", "Decision")
        await close(world)
        before = await recorded(world)
        assert "the Board's escalation protocol" in await after(world, "police")
        world.stage.post.refusals[ESCALATIONS] = "550 5.1.1 no such user"
        opened = await tell(world, world.police, "Escalate")
        assert "Escalation 1: Between practitioners" in opened
        await _mended(world)
        assert any("taken to the escalation protocol" in text for _, text in private(world, world.chair))
        await until(world, "2026-12-30T10:00")
        assert reminders(world, world.chair, r"Reminder[^<]*Escalation 1, between practitioners")
        await after(world, "police")
        await tell(world, world.police, "Next stage, or resolved")
        moved = {"What_this_stage": "No agreement on the telephone.", "And_now": "On to the next stage"}
        assert "Escalation 1: Between managers" in await tell(world, world.police, "Record it", **moved)
        await until(world, "2027-01-11T10:00")
        told = reminders(world, world.chair, r"Reminder[^<]*Escalation 1, between managers")
        assert told
        await after(world, "chair")
        await tell(world, world.chair, "Next stage, or resolved")
        done = {"What_this_stage": "An enquiry is begun.", "And_now": "It is resolved"}
        assert "Resolved: An enquiry is begun." in await tell(world, world.chair, "Record it", **done)
        await until(world, "2027-02-12T10:00")
        assert reminders(world, world.chair, r"Reminder[^<]*Escalation 1, between managers") == told
        now = await recorded(world)
        assert (now.decisions, now.actions) == (before.decisions, before.actions)
        since = (await world.minutes()).partition("After the meeting")[2]
        assert "Between practitioners: No agreement on the telephone." in since
        assert "Between managers: An enquiry is begun." in since
        assert "1. Ask the school" in await world.say(world.school, "actions", private=True)


async def _mended(world: World) -> None:
    """The contact's mailbox refused: the chair hears of it and sends it again once it is mended; no word of content."""
    lost = "what I sent to the contact for escalations could not be delivered"
    assert any(lost in text for _, text in private(world, world.chair))
    world.stage.post.refusals.clear()
    await world.say(world.chair, "panel", private=True)
    await tell(world, world.chair, "Send again")
    (letter,) = world.stage.post.to(ESCALATIONS)
    body = letter.get_body(("plain",))
    text = f"{letter['Subject']} {body.get_content() if body else ''}"
    assert "a disagreement between professionals was taken to the Board's escalation protocol" in text
    children = [c.name for c in (await recorded(world)).children.values()]
    assert not [word for word in ("too little", "welfare", *children) if word in text]


@pytest.mark.ledger("STY-5.2e")
async def test_an_agency_has_the_figures_of_its_own_part(at: At) -> None:
    """Two seats invited, one came and spoke, one of two actions in time; for that agency and the chair alone."""
    async with at("ACTIONS", **STY) as world:
        await agree(world, "Weigh the baby", "Hana Vogel", "2027-01-06", "12:00")
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-01-06", "12:00")
        await agree(world, "Find the father", "Paul Grant", "2027-01-06", "12:00")
        await world.say(world.chair, "invitations", private=True)
        await tell(world, world.chair, "Add a seat")
        midwife = {"Agency": "Health", "Name_of_the_seat": "Health: midwife", "Why": "Sees the mother"}
        await tell(world, world.chair, "Add", **midwife)
        await close(world)
        await after(world, "visitor")
        assert FOLLOWED_UP["sty"] in await tell(world, world.visitor, "Guidance")
        await world.say(world.visitor, "actions", private=True)
        await act(world, world.visitor, "Report back", beside="Weigh the baby")
        await tell(world, world.visitor, "Send", How_does_it_stand="Done", What_was_done="She gains weight.")
        await until(world, "2027-01-07T13:00")
        figures = "Invited: 2\nAttended: 1\nContributed: 1\nActions done on time: 1 of 2"
        mine = await world.say(world.visitor, "report", private=True)
        assert "Report: Health" in mine
        assert figures in mine
        assert "olice" not in mine
        assert not [n for n in ("Hana", "Ada", "Weigh", "aunt") if n in mine]
        assert figures in await world.say(world.chair, "report Health", private=True)
        refused = await world.say(world.police, "report Health", private=True)
        assert refused == "An agency's report is for that agency and the chair. Write: report."
        theirs = await world.say(world.police, "report", private=True)
        assert "Report: Police" in theirs
        assert "Invited: 1\nAttended: 1\nContributed: 1\nActions done on time: 0 of 1" in theirs


@pytest.mark.ledger("SAN-13.13b", "STY-1.1f")
@pytest.mark.parametrize(("procedure", "case"), [("san", "case"), ("sty", "sty")])
async def test_developments_lead_to_a_further_meeting(at: At, tmp_path: Path, procedure: str, case: str) -> None:
    """A month later somebody reports a change; the chair calls a linked meeting with plan and what is open."""
    async with at("ACTIONS", procedure=procedure, case=case) as world:
        reference = world.stage.case.data["reference"]
        await asks(world, "Sara Lund", "When did she last come to school?")
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-02-24", "12:00")
        await close(world)
        await until(world, "2027-01-25T10:00")
        await after(world, "school")
        assert FOLLOWED_UP[procedure] in await tell(world, world.school, "Guidance")
        await tell(world, world.school, "Report a development")
        await tell(world, world.school, "Tell the chair", What_changed="The father has moved back in.")
        assert any("consider reconvening" in text for _, text in private(world, world.chair))
        assert ", Sara Lund: The father has moved back in." in await after(world, "chair")
        assert "The father has moved back in." in await tell(world, world.chair, "Call a further meeting")
        when = {"Or another time: date": "2037-01-27", "Or another time: time": "10:00"}
        assert "more than a year ahead" in await tell(world, world.chair, "Call it", Why="He is back.", **when)
        when = {"Or another time: date": "2027-01-27", "Or another time: time": "10:00"}
        called = await tell(world, world.chair, "Call it", Why="He is back.", **when)
        assert f"Further meeting: {reference}/2" in called
        listed = await world.say(world.visitor, "actions", private=True)
        assert f"\n{reference}/2" in listed
        assert listed.count("Visit the aunt") == 1
        if procedure == "sty":
            assert f"Continues an earlier meeting: [{reference}]" in await asked_before(world)
        panel = await opened(world, "Strategy meeting again", sealed=procedure == "san")
        assert f"{reference}/2 · Strategy meeting" in panel
        assert f"Continues {reference}, Wed 23 Dec 2026" in panel
        files = await export(world.stage.service.store, f"{reference}/2", tmp_path, now=world.stage.clock.now())
        assert f"{reference}-2-minutes.txt" in {file.name for file in files}
        assert re.search(r"Decided then: Ada Brook: .+\nDecided then: Ben Brook: ", panel)
        assert "Since then: The father has moved back in." in panel
        assert re.search(r"Open question to .+: When did she last come to school\?", panel)
        left = (await recorded(world)).questions
        assert [(q.text, q.before, q.open) for q in left] == [("When did she last come to school?", reference, True)]
        assert "Visit the aunt" in await world.say(world.chair, "list", private=True)


async def asked_before(world: World) -> str:
    """All pages of what is asked of the chair before the newest meeting."""
    chat = world.own_chat(world.chair)
    await world.say(world.chair, "invitations", private=True)
    await tell(world, world.chair, "Questions")
    pages = [world.chair.screen(in_=chat)]
    while going := re.search(r"<(Save and go on[^>]*)>", pages[-1]):
        await tell(world, world.chair, going[1])
        pages.append(world.chair.screen(in_=chat))
    return "\n".join(pages)


async def opened(world: World, title: str, *, sealed: bool) -> str:
    """The chair starts the newest meeting in its chat and hears what is read out there; returns their panel."""
    people = tuple(world.stage.people.values())
    world.stage.chat = world.stage.teams.meeting_chat(title, world.chair, people, start=world.stage.clock.now())
    await world.begin()
    assert "Continues" not in world.shared()
    if (heard := "I have heard this") in world.titles(world.chair):
        assert ("Continues" in await world.say(world.chair, "panel")) is not sealed
        await world.press(world.chair, heard)
    return await world.say(world.chair, "panel")


@pytest.mark.ledger("SAN-12.2", "SAN-12.3")
async def test_the_other_authoritys_minutes_are_chased_and_its_enquiry_asked_again(at: At) -> None:
    """Held elsewhere: without the action no close; with it its owner is reminded; once obtained the question comes."""
    async with at("CLOSING") as world:
        theirs = {HOLDS: "Another authority", "Which authority": "Dudley", STARTED: "Not yet known"}
        card = await again(world, "Ada Brook", **theirs)
        assert f"{MINUTES} (Ada Brook)" in card
        assert f"{MINUTES} (Ben Brook)" not in card
        assert RECORD not in card
        due = {"Who": WREN, "Or another time: date": "2027-01-06", "Or another time: time": "12:00"}
        await world.fill_in(world.chair, f"{MINUTES} (Ada Brook)", due)
        await close(world)
        await until(world, "2027-01-06T13:00")
        assert reminders(world, world.worker, r"Reminder[^<]*Action 2") == ["Tue 5 Jan 12:00", "Wed 6 Jan 12:00"]
        await world.say(world.worker, "actions", private=True)
        await world.worker.press("Report back", in_=world.own_chat(world.worker), beside=MINUTES, settle=True)
        await tell(world, world.worker, "Send", How_does_it_stand="Done", What_was_done="Received by secure e-mail.")
        assert any("left open and is asked again" in text for _, text in private(world, world.chair))
        await after(world, "chair")
        waiting = await tell(world, world.chair, "Answer actions (2)")
        assert f"Asked again: {STARTED} (Ada Brook)" in waiting
        answered = await tell(world, world.chair, "Yes")
        assert f"Asked for: {RECORD} (Ada Brook)" in answered
        await tell(world, world.chair, "Fill in")
        given = {"Who": WREN, "Or another time: date": "2027-01-13", "Or another time: time": "12:00"}
        await tell(world, world.chair, "Save", **given)
        await until(world, "2027-01-26T13:00")
        chased = reminders(world, world.worker, r"Reminder[^<]*Action 3")
        assert chased[:3] == ["Tue 12 Jan 12:00", "Wed 13 Jan 12:00", "Thu 14 Jan 12:00"]
        assert len(chased) > 3  # and again until it is uploaded
        await world.say(world.worker, "actions", private=True)
        await world.worker.press("Report back", in_=world.own_chat(world.worker), beside=RECORD, settle=True)
        await tell(world, world.worker, "Send", How_does_it_stand="Done", What_was_done="Uploaded to the documents.")
        await until(world, "2027-02-26T13:00")
        assert reminders(world, world.worker, r"Reminder[^<]*Action 3") == chased
