"""Sandwell: guidance and references, quorum, the confidentiality statement, introductions and apologies."""

from __future__ import annotations

import re

import pytest

from rehearsal.teams import Person
from tests.ledger.conftest import At
from tests.ledger.lifetime import tell
from tests.ledger.world import World

SENTENCES = (
    "This is a confidential meeting, the contents of which must not be divulged without the permission of the chair.",
    "You will receive minutes of this meeting within 3 working days.",
)
INTO_SIGHT = "Ada Brook"
OPENED = (  # a step, what opens a form of it and beside what, and what that form has to be pressed
    ("REASON", "Fill in", "Parent or carer: Mora Brook", "Back to the step"),
    ("VIEWS", "Give my view", None, "Back"),
    ("ACTIONS", "Add an action", None, "Back to the list"),
    ("SHARE", "Begin: Police", None, "I have finished"),
)


async def guidance(world: World, person: Person) -> str:
    """What the press on "Guidance" adds to this person's newest card."""
    before = world.newest(person).splitlines()
    await world.press(person, "Guidance")
    return "\n".join(line for line in world.newest(person).splitlines() if line not in before)


@pytest.mark.ledger("SAN-0.1", "SAN-0.2")
async def test_every_step_opens_its_own_guidance(at: At) -> None:
    """Guidance is one press away on every form, differs by step, and the roll call's says who must attend."""
    told = {}
    for step, label in (
        ("ROLLCALL", "Introductions and apologies"),
        ("REASON", "Referral, parents' and child's views"),
    ):
        async with at(step) as world:
            for person in (world.chair, world.notes):
                told[step] = await guidance(world, person)
                assert told[step].strip()
                assert label in world.newest(person)  # the step is unchanged
    assert told["ROLLCALL"] != told["REASON"]
    for step, opener, beside, title in OPENED:
        async with at(step) as world:
            await world.press(world.chair, opener, beside=beside)
            reader = world.police if step == "SHARE" else world.chair
            opened = await guidance(world, reader)
            assert opened.strip()
            assert opened == told.get(step, opened)
            assert title in world.titles(reader)  # the form is open still
            told[f"{step}, opened"] = opened
    assert len(set(told.values())) == len(OPENED) + 1
    for core in ("social care", "health", "police"):
        assert core in told["ROLLCALL"].lower()
        assert core not in told["REASON"].lower()


@pytest.mark.ledger("SAN-0.2", "SAN-0.3", "SAN-0.4")
async def test_help_lists_what_the_procedure_is_read_with(at: At) -> None:
    """Help names Working Together 2023 and the regional procedures; only a procedure with an old edition warns."""
    told = {}
    for procedure, case in (("san", "case"), ("sty", "help_sty"), ("wok", "help_wok")):
        async with at("CONVENED", procedure=procedure, case=case) as world:
            await world.begin()
            told[procedure] = await world.say(world.chair, "help")
    assert "Sandwell Children's Trust, February 2025" in told["san"]
    assert re.search(r"Working Together.*December 2023", told["san"])
    assert "still governs" not in told["san"]  # the notice of a replaced edition
    assert re.search(r"Working Together, March 2015.*still governs", told["sty"])
    assert "West Midlands regional procedures" in told["san"]
    assert "West Midlands" not in told["wok"]


@pytest.mark.ledger("SAN-1.2")
async def test_the_board_counts_the_core_agencies(at: At) -> None:
    """The quorum line names which of the three core agencies is missing, from the invitation to the closing."""
    async with at("CONVENED") as world:
        await world.stage.chat.install_bot(world.chair)
        await world.settle()
        await world.press(world.chair, "Hold it here")
        assert "Quorum: 0 of 3, social care, health, police missing" in world.card(world.chair)
    async with at("CONVENED") as world:
        await world.begin(world.police)
        assert "Quorum: 2 of 3, police missing" in world.card(world.chair)
        assert "Quorum: 3 of 3" not in world.card(world.chair)
        await world.knock("Pia Stone", "Police")
        assert "Quorum: 3 of 3" in world.card(world.chair)
        assert "Quorum: 2 of 3" not in world.card(world.chair)
    async with at("CLOSING") as world:
        await world.board()
        assert "Quorum: 3 of 3" in world.card(world.chair)
        await world.leaves(world.police)
        assert "Quorum: 2 of 3, police missing" in world.card(world.chair)


OUTCOMES = "Outcomes (one or more)"
THRESHOLD = {
    "Section 47 threshold not met: continue with section 17 assessment",
    "Initiate or continue section 47 enquiries",
    "Single agency investigation",
    "Advice and guidance: no further role for Children's Services",
}
REMAIN = ("Referral to LADO", "Legal advice", "Notification to a different local authority")


async def convert(world: World) -> None:
    """The chair goes on as a professionals meeting, the quorate discussion being in three working days."""
    await world.press(world.chair, "Professionals meeting")
    when = next(t for t in world.offered(world.chair, "When the quorate discussion is held") if "working" in t)
    world.choose(world.chair, "When the quorate discussion is held", when)
    await world.press(world.chair, "Record it so")


@pytest.mark.ledger("SAN-1.4")
async def test_without_a_core_agency_the_roll_call_is_not_left(at: At) -> None:
    """Nobody from the police: no reason lifts it; the refusal says that urgent protection does not wait."""
    async with at("ROLLCALL") as world:
        await world.leaves(world.police)
        await world.press(world.notes, "All introduced aloud")
        told = await world.next()
        assert "police" in told.partition("Still missing")[2].splitlines()[0].lower()
        assert "Urgent protective action and the section 47 duty do not wait" in told
        assert "step 2 of 16" in told
        assert "Reason for going on without" not in world.labels(world.chair)
        assert {"Adjourn", "Professionals meeting"} <= set(world.titles(world.chair))
        await convert(world)
        assert "Professionals meeting" in world.newest(world.chair)
        told = await world.next()
        assert "Professionals meeting · step 3" in told


@pytest.mark.ledger("SAN-1.4")
@pytest.mark.parametrize(("step", "number"), [("SUMMARY", 10), ("VIEWS", 11)])
async def test_a_core_agency_gone_holds_views_and_decision(at: At, step: str, number: int) -> None:
    """The police leave during the meeting: neither the views nor the decision are come to without them."""
    async with at(step) as world:
        await world.leaves(world.police)
        told = await world.next()
        assert "Urgent protective action and the section 47 duty do not wait" in told
        assert f"step {number} of 16" in told
        assert "Reason for going on without" not in world.labels(world.chair)


@pytest.mark.ledger("SAN-1.4")
async def test_a_professionals_meeting_answers_nothing_on_the_threshold(at: At) -> None:
    """Views and threshold outcomes are withdrawn until the police are back and the chair restores the meeting."""
    async with at("SUMMARY") as world:
        await world.leaves(world.police)
        await world.next()
        await convert(world)
        await world.later(minutes=7)
        await world.next("The summary was given aloud")
        assert not THRESHOLD & set(world.offered(world.chair, OUTCOMES))
        assert set(REMAIN) <= set(world.offered(world.chair, OUTCOMES))
        assert "Urgent action" in world.titles(world.chair)
        assert "Every attendee's view" not in await world.say(world.chair, "panel")
        pia = await world.knock("Pia Stone", "Police")
        await world.press(pia, "I have heard this")
        world.fill(pia, "Designation", "Detective inspector")
        world.fill(pia, "Relationship to the child", "Investigates")
        await world.press(pia, "Introduce me")
        await world.press(pia, "Yes, this is my meeting")
        await world.later(minutes=7)
        await world.press(world.chair, "Strategy meeting again")
        panel = await world.say(world.chair, "panel")
        assert "Strategy meeting · step 12 of 16" in panel
        assert "Every attendee's view" in panel
        assert set(world.offered(world.chair, OUTCOMES)) >= {*THRESHOLD, *REMAIN}
        minutes = await world.minutes()
        assert "SM-77 · Strategy meeting" in minutes
        assert "Date of the quorate discussion: Wed 30 Dec 2026" in minutes
        assert re.search(r"09:00: .*Not quorate \(police missing\): recorded as a professionals meeting", minutes)
        assert re.search(r"09:14: .*Quorate again: recorded as a strategy meeting", minutes)
        await world.press(world.chair, "Back")
        assert "step 11 of 16\nEvery attendee's view" in world.newest(world.chair)


@pytest.mark.ledger("SAN-1.5")
async def test_the_childs_own_social_worker_may_be_missing_with_a_reason(at: At) -> None:
    """Manager, health and police without the own social worker: refused, a reason passes, no conversion."""
    async with at("ROLLCALL") as world:
        await world.leaves(world.worker)
        await world.press(world.notes, "All introduced aloud")
        told = await world.next()
        assert "step 2 of 16" in told
        assert "child social worker" in told.partition("Still missing")[2].splitlines()[0]
        told = await world.next("The allocated worker is in court")
        assert "step 3 of 16" in told
        assert "Professionals meeting" not in told
        await world.press(world.chair, "Yes, this is my meeting")
        minutes = await world.minutes()
        assert "The allocated worker is in court" in minutes
        assert "Professionals meeting" not in minutes


@pytest.mark.ledger("SAN-1.5")
async def test_a_report_does_not_make_health_present(at: At) -> None:
    """Health sent information and apologies: it still counts as missing, and no reason lifts that."""
    async with at("ROLLCALL") as world:
        await world.leaves(world.visitor, world.midwife)
        await world.press(world.notes, "All introduced aloud")
        await world.press(world.notes, "Record apologies")
        world.choose(world.notes, "Agency", next(t for t in world.offered(world.notes, "Agency") if "visitor" in t))
        world.fill(world.notes, "Reason, or: not known", "On leave")
        world.fill(world.notes, "Information sent, to be read out at their turn", "Seen at home on Monday")
        await world.press(world.notes, "Record apologies")
        assert "Quorum: 2 of 3, health missing" in world.card(world.chair)
        told = await world.next()
        assert "step 2 of 16" in told
        assert "health" in told.partition("Still missing")[2].splitlines()[0].lower()
        assert "Reason for going on without" not in world.labels(world.chair)


@pytest.mark.ledger("SAN-3.1")
async def test_who_has_not_heard_the_statement_sees_no_content(at: At) -> None:
    """The statement is given word for word; without one's own acknowledgement no content, for the others no delay."""
    async with at("OPENING") as world:
        for person in world.stage.people.values():
            shown = world.newest(person).splitlines()
            assert all(sentence in shown for sentence in SENTENCES)
            if person is not world.police:
                await world.press(person, "I have heard this")
        await world.next()
        for person in world.stage.people.values():
            if person is not world.police:
                await world.press(person, "Introduce me")
        await world.next("The police have not joined in yet")
        assert INTO_SIGHT in world.newest(world.school)
        assert INTO_SIGHT not in world.card(world.police)
        await world.say(world.police, "panel")
        assert INTO_SIGHT not in world.card(world.police)
        await world.press(world.police, "I have heard this")
        await world.press(world.police, "Introduce me")
        assert INTO_SIGHT in world.card(world.police)


@pytest.mark.ledger("SAN-3.1")
@pytest.mark.parametrize(("press", "answer"), [("Grant", "agreed"), ("Refuse", "refused")])
async def test_the_chair_decides_whether_something_may_be_shared(at: At, press: str, answer: str) -> None:
    """A request to share goes to the chair alone; the answer is told and stands in the minutes, as does who heard."""
    async with at("OPENING") as world:
        await world.press(world.police, "I have heard this")
        await world.press(world.notes, "All heard aloud")
        await world.press(world.police, "Ask permission to share")
        world.fill(world.police, "What you want to share, and with whom", "The plan, with the custody officer")
        await world.press(world.police, "Ask the chair")
        await world.later(seconds=5)
        assert "custody officer" in await world.say(world.chair, "panel")
        assert "custody officer" not in await world.say(world.school, "panel")
        assert "custody officer" not in world.shared()
        await world.press(world.chair, "More")
        await world.press(world.chair, "Answer a request to share")
        await world.press(world.chair, press)
        await world.say(world.police, "panel")
        await world.press(world.police, "More")
        await world.press(world.police, "Ask permission to share")
        granted = answer.replace("agreed", "granted")
        assert f"The plan, with the custody officer: {granted}" in world.newest(world.police)
        await world.next()
        await world.press(world.notes, "All introduced aloud")
        await world.next()
        await world.press(world.chair, "Yes, this is my meeting")
        minutes = await world.minutes()
        assert re.search(rf"Paul Grant.*custody officer.*{answer}", minutes)
        assert "Acknowledged by a press: Paul Grant" in minutes
        assert re.search(r"Heard aloud: .*Sara Lund", minutes)


@pytest.mark.ledger("SAN-3.2")
async def test_the_statement_dates_the_minutes(at: At) -> None:
    """Three working days from Wednesday 23 December 2026 end on the 30th, which stands under the statement."""
    async with at("OPENING") as world:
        for person in world.stage.people.values():
            assert "Minutes by Wed 30 Dec 2026" in world.newest(person)


async def introduced(world: World, person: Person) -> str:
    """What the roll call shows to somebody who has introduced themselves."""
    await world.press(person, "Introduce me")
    return world.newest(person)


@pytest.mark.ledger("SAN-4.1a", "SAN-4.1b", "SAN-4.1c", "SAN-4.1d")
@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("Full name", ""),
        ("Designation", ""),
        ("Contact details", ""),
        ("Contact details", "n/a"),
        ("Relationship to the child", ""),
    ],
)
async def test_an_introduction_needs_each_detail(at: At, label: str, typed: str) -> None:
    """A blank or unusable detail comes back with the form as it was; mended, it is stored."""
    async with at("ROLLCALL") as world:
        world.fill(world.police, "Must leave at (today)", "11:30")
        world.fill(world.police, label, typed)
        await world.press(world.police, "Introduce me", force=True)
        back = world.newest(world.police)
        assert "<Introduce me>" in back
        assert re.search(rf"^{label}: (Please|A work e-mail address or a telephone number)", back, re.MULTILINE)
        assert "11:30" in back
        assert "Paul Grant  introduced" not in await introduced(world, world.chair)
        world.fill(world.police, label, "paul.grant@police.example" if "Contact" in label else "As told aloud")
        await world.press(world.police, "Introduce me")
        assert "Paul Grant  introduced" in world.newest(world.police).replace("As told aloud", "Paul Grant")


@pytest.mark.ledger("SAN-4.1a")
async def test_a_single_word_is_questioned_and_may_be_kept(at: At) -> None:
    """ "Sam" for a full name is asked about once, and stored as typed if kept."""
    async with at("ROLLCALL") as world:
        world.fill(world.police, "Full name", "Sam")
        await world.press(world.police, "Introduce me")
        assert "Is that the full name?" in world.newest(world.police)
        await world.press(world.police, "Keep the name")
        assert "<Introduce me>" not in world.newest(world.police)
        await world.press(world.chair, "All introduced aloud")
        assert re.search(r"Police.* Sam .*introduced", world.newest(world.chair))


@pytest.mark.ledger("SAN-4.1a", "SAN-4.1b", "SAN-4.1c")
async def test_an_introduction_may_be_recorded_as_heard(at: At) -> None:
    """The note-taker writes what was heard of the one who is here; a contact left open is owed, and holds nothing."""
    async with at("CONVENED") as world:
        await world.begin(world.police)
        await world.knock("Pia Stone", "Police")
        await world.press(world.notes, "All heard aloud")
        await world.next()
        await world.press(world.notes, "Introduce me")
        await world.press(world.notes, "Write for somebody")
        world.choose(world.notes, "Whose introduction", "Police: Pia Stone")
        await world.press(world.notes, "Write")
        assert "Full name: [Pia Stone]" in world.newest(world.notes)
        assert "paul@police.example" not in world.newest(world.notes)  # that is whoever was invited
        world.fill(world.notes, "Designation", "Detective inspector")
        world.fill(world.notes, "Relationship to the child", "Investigates")
        world.fill(world.notes, "Contact details", "")
        await world.press(world.notes, "Record as heard")
        await world.press(world.notes, "All introduced aloud")
        assert "step 3 of 16" in await world.next()
        await world.press(world.chair, "Yes, this is my meeting")
        minutes = await world.minutes()
        line = next(x for x in minutes.splitlines() if x.startswith("Pia Stone: Designation"))
        assert "Designation: Detective inspector" in line
        assert "heard aloud; recorded by Noor Iqbal" in line
        owed = minutes.partition("To be written up before authorisation")[2].partition("The meeting\n")[0]
        assert re.search("Contact details .*Pia Stone", owed)
        assert "Designation" not in owed


@pytest.mark.ledger("SAN-4.1d")
async def test_the_relationship_is_asked_without_a_name_and_then_for_each_child(at: At) -> None:
    """The roll call names no child; afterwards a relationship changed for one child stands for that child only."""
    async with at("ROLLCALL") as world:
        assert "Investigates" in world.newest(world.police)  # prefilled from the invitation
        for person in world.stage.people.values():
            assert "SM-77" in world.newest(person)
            assert not re.search("Ada|Ben|Brook", world.newest(person))
    async with at("FAMILY") as world:
        await world.say(world.school, "panel")
        await world.press(world.school, "More")
        await world.press(world.school, "My relationship to each child")
        assert "Ada Brook: Relationship to the child: [Teaches both]" in world.newest(world.school)
        world.fill(world.school, "Ben Brook: Relationship to the child", "Head of his former school")
        await world.press(world.school, "Save")
        told = (await world.minutes()).partition("Relationship to each child\n")[2]
        assert "Sara Lund: Child: Ada Brook; Relationship to the child: Teaches both\n" in told
        assert "Sara Lund: Child: Ben Brook; Relationship to the child: Head of his former school\n" in told
        assert told.count("former school") == 1


@pytest.mark.ledger("SAN-4.2", "SAN-6.1")
async def test_apologies_stand_in_the_minutes(at: At) -> None:
    """Whoever declined and whoever the chair enters stand under apologies with agency, person and reason."""
    async with at("CONVENED") as world:
        await world.midwife.install_bot()
        await world.say(world.chair, "invitations", private=True)
        await tell(world, world.chair, "Preview and send")
        said = {"Reason_for_inviting_outside": "Each works with the family."}
        before = {"Reason_for_inviting_before": "The mother is told at noon."}  # of the school, SAN-6.1
        assert "Nothing was sent." in await tell(world, world.chair, "Send invitations", **said)
        await tell(world, world.chair, "Send invitations", **said, **before)
        await tell(world, world.midwife, "I cannot come")
        await tell(world, world.midwife, "Send apologies", Why_you="At a birth")
        await world.begin(world.midwife, world.school)
        await world.press(world.notes, "All heard aloud")
        await world.next()
        await world.press(world.chair, "All introduced aloud")
        await world.press(world.chair, "Record apologies")
        world.choose(world.chair, "Agency", next(t for t in world.offered(world.chair, "Agency") if "school" in t))
        world.fill(world.chair, "Reason, or: not known", "not known")
        await world.press(world.chair, "Record apologies")
        await world.next()
        await world.press(world.chair, "Yes, this is my meeting")
        minutes = await world.minutes()
        (passed,) = [line for line in minutes.splitlines() if "The mother is told at noon." in line]
        assert "Education: school: before consent to contact agencies" in passed
        told = minutes.partition("Apologies\n")[2].splitlines()
        assert "Agency: Health; Person: Mina Osei; Reason: At a birth" in told[0]
        assert "Agency: Education; Person: Sara Lund; Reason: not known" in told[1]
