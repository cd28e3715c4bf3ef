"""Convening and inviting, in all procedures: suggestions and pathways, reasons, what an invitation says, answers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from procedures.load import shipped
from procedures.pathways import load_pathways
from rehearsal.postbox import Postbox
from rehearsal.teams.view import Button, Field
from tests.e2e.test_invitations import entry
from tests.ledger.desk import PATHWAYS, Desk, convening
from tests.ledger.forms import missing
from tests.ledger.snapshots import the_procedure
from tests.ledger.world import World

HV, NURSE = "Health: health visitor", "Health: school nurse"
NURSERY, SCHOOL = "Education: early years", "Education: school"
REFERRER, SETTING, SERVICES = (
    "Referrer",
    "School, nursery or early years setting",
    "Services and professionals involved",
)


FIRST = "Consent to contact agencies is not answered yet, and comes before"
SCHOOLS = "early.years@council.example"


@pytest.mark.ledger("SAN-2.2", "SAN-2.3", "SAN-2.4")
async def test_the_pathways_lead_to_the_right_partner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Health and education by age, early years too; the police by the contact that the data names at that time."""
    async with convening("san", tmp_path, monkeypatch) as desk:
        table = await desk.draft(circumstances=["Under 5"])
        assert f"Proposed by the pathway: {HV}" in table
        assert f"Proposed by the pathway: {NURSERY}" in table
        assert "Proposed by the pathway: Police, Duty inspector" in table
        assert NURSE not in table
        assert SCHOOL not in table
        table = await desk.questions(["Of school age"])
        assert f"Proposed by the pathway: {NURSE}" in table
        assert f"Proposed by the pathway: {SCHOOL}" in table
        assert HV not in table
        assert NURSERY not in table
        changed = tmp_path / "changed.yaml"
        text = PATHWAYS.read_text(encoding="utf-8")
        changed.write_text(text.replace("Duty inspector", "Night inspector"), encoding="utf-8")
        desk.stage.service.engine.pathways = load_pathways(changed)
        assert "Proposed by the pathway: Police, Night inspector" in await desk.draft()
        for agency, at in (("Health", "nhs"), ("Police", "police"), ("Education", "council")):  # each has a pathway
            seat = {"label": f"{agency} by hand", "email": f"duty@{at}.example"}
            await desk.add(agency, why="has concerns about the child", **seat)
        outside = "Outside the local pathway: Health by hand, Police by hand, Education by hand"
        assert outside in await desk.press("Preview and send")


@pytest.mark.ledger("SAN-2.1", "SAN-1.1", "SAN-1.6", "SAN-6.1")
async def test_whoever_is_found_outside_a_pathway_needs_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand: refused until there is a reason, which is minuted; by the pathway: none asked. Left-out services too.

    Who is no core agency waits until consent is answered; the core agencies do not.
    """
    async with convening("san", tmp_path, monkeypatch) as desk:
        known = {SERVICES: "CAMHS, Housing, Probation", REFERRER: "Sara Lund"}
        await desk.draft(circumstances=["Under 5"], **known)
        assert {"Service: CAMHS", "Service: Housing", "Referrer: Sara Lund"} <= set(desk.suggested())
        assert "Please answer this" in await desk.add("Housing", "Housing", why="")
        desk.person.type(
            "Why (has concerns about the child, or involved in the child's life)", "involved in the child's life"
        )
        await desk.press("Add")
        assert "Service: Housing" not in desk.suggested()
        await desk.press("Leave out", beside="Service: CAMHS")
        desk.person.type("Why", "Discharged in 2019")
        await desk.press("Leave out")
        assert "Service: CAMHS" not in desk.suggested()
        await desk.press("Take all proposed")
        preview = await desk.press("Preview and send")
        assert "Outside the local pathway" not in preview
        await desk.press("Back")
        await desk.add("Health", "Health: dentist", why="has concerns about the child", email="dentist@nhs.example")
        preview = await desk.press("Preview and send")
        assert "Outside the local pathway: Health: dentist" in preview
        assert f"{FIRST}: {NURSERY}\n" in preview
        assert re.search("Suggested and not invited: .*Service: Probation", preview)  # to the end: it may stay open
        held = await desk.press("Send invitations")
        assert "Nothing was sent." in held
        desk.person.type("Reason for inviting outside the pathway", "The practice is not in the pathway yet.")
        assert "Nothing was sent." in await desk.press("Send invitations")  # consent is not answered
        post = desk.stage.post
        assert not post.letters
        await desk.press("Only the core agencies")
        for mailbox in (
            "dentist@nhs.example",
            "gp.safeguarding@nhs.example",
            "hv.duty@nhs.example",
            "duty.inspector@police.example",
        ):
            assert post.to(mailbox), mailbox
        assert not post.to(SCHOOLS)
        assert f"{FIRST}: {NURSERY}" in await desk.press("Preview and send")
        await desk.questions(known={"Consent to contact agencies": "To be sought"})
        preview = await desk.press("Preview and send")
        assert FIRST not in preview
        assert "Reason for" not in preview
        await desk.press("Send invitations")
        assert post.to(SCHOOLS)
        minutes = await desk.started("It cannot wait.")
        assert "The practice is not in the pathway yet." in minutes
        assert "has concerns about the child" in minutes
        assert "involved in the child's life" in minutes
        assert "Discharged in 2019" in minutes


@pytest.mark.ledger("LCS-1.0", "LCS-1.2", "LCS-1.3", "LCS-1.4", "LCS-1.5")
async def test_lcs_suggests_by_what_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Referrer, school, services once recorded; a reason for whom is added."""
    async with convening("lcs", tmp_path, monkeypatch) as desk:
        await desk.draft()
        assert {"Health", "Police"} <= set(desk.suggested())
        assert not [s for s in desk.suggested() if s.startswith(("Referrer", "School", "Service"))]
        known = {REFERRER: "Sara Lund", SETTING: "Alder nursery", SERVICES: "CAMHS, GP"}
        table = await desk.questions(known=known)
        assert {"Referrer: Sara Lund", "School or nursery", "Service: CAMHS", "Service: GP"} <= set(desk.suggested())
        assert "the sentence is cut short in the procedure" in table
        assert "Please answer this" in await desk.add("Probation", "Probation", why="")
        desk.person.type("Why", "Supervises the father")
        desk.person.type("Work e-mail", "safeguarding@probation.example")
        await desk.press("Add")
        await desk.press("Take all proposed")
        assert "Invite every relevant agency" in await desk.press("Guidance")
        await desk.add("Health", "Health: GP", why="Her doctor", email="surgery@nhs.example")
        assert "Service: GP" not in desk.suggested()
        assert "School or nursery" in desk.suggested()  # named, and no obstacle
        await desk.press("Preview and send")
        await desk.press("Send invitations")
        assert desk.stage.post.to("safeguarding@probation.example")
        minutes = await desk.started("It cannot wait.")
        assert "Supervises the father" in minutes
        await desk.world.say(desk.person, "invitations", private=True)
        assert "School or nursery" in desk.suggested()
        await desk.add("Education", "Alder nursery", why="Looks after her", email="nursery@council.example")
        assert "School or nursery" not in desk.suggested()


NOT_OFFERED = "Why remote joining is not offered"
DIAL_IN = "020 7946 0182, code 4471"


@pytest.mark.ledger("LCS-2.1")
@pytest.mark.parametrize("offered", [True, False])
async def test_lcs_says_in_each_invitation_how_to_join_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, offered: bool
) -> None:
    """Link and dial-in, and how each joins, in the minutes; or neither, and the reason: left blank it is a warning."""
    said = {"Remote joining offered?": "Yes" if offered else "No"}
    more = {"Number and code to dial in": DIAL_IN} if offered else {NOT_OFFERED: "The link was misused."}
    async with convening("lcs", tmp_path, monkeypatch) as desk:
        police, chat = desk.stage.people["police"], desk.stage.teams.personal_chat(desk.stage.people["police"])
        await police.install_bot()
        await desk.draft(**said)
        await desk.add("Police", "Police", why="Core agency", email="paul@police.example")
        await desk.add("Probation", "Probation", why="Supervises", email="safeguarding@probation.example")
        warned = f"Still to be answered: {NOT_OFFERED}"
        assert (warned in await desk.press("Preview and send")) is not offered
        await desk.press("Back")
        await desk.questions(known=said | more)
        preview = await desk.press("Preview and send")
        assert NOT_OFFERED not in preview
        assert ("the join link, how to dial in" in preview) is offered
        await desk.press("Send invitations")
        (letter,) = desk.stage.post.to("safeguarding@probation.example")
        asked = police.screen(in_=chat)
        for told in (asked, next(letter.iter_parts()).get_content()):
            assert ("https://teams.example/meet/77" in told) is offered
            assert (DIAL_IN in told) is offered
        assert ("(x) Remote" in asked) is offered
        await police.press("I will come", in_=chat, settle=True)
        invited = desk.world.under(await desk.started("It cannot wait."), "Invited and attended")
        assert ("attending, remote" if offered else "attending, in person") in invited
        assert f"Remote joining offered? {'yes' if offered else 'no'}" in invited
        assert (f"{NOT_OFFERED}: The link was misused." in invited) is not offered


@pytest.mark.ledger("STY-1.1b", "STY-1.1c", "STY-1.1d", "STY-3.1b", "STY-3.1c", "STY-3.1d")
async def test_sty_suggests_the_core_and_what_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Social care, police and health always; fostering for a looked-after child, with a reason where it is left out."""
    async with convening("sty", tmp_path, monkeypatch) as desk:
        table = await desk.draft()
        assert {"Police", "Health"} <= set(desk.suggested())
        assert "Social care" not in desk.suggested()  # the chair's seat is theirs
        assert "Suggested, and has a seat: Social care (Chair)" in table
        assert not [s for s in desk.suggested() if s.startswith(("Fostering", "Referrer", "School", "Service"))]
        assert "Fostering" not in table
        known = {REFERRER: "Sara Lund", SETTING: "Hill School", SERVICES: "Mother's midwifery", "Looked after": "Yes"}
        await desk.questions(known=known)
        found = set(desk.suggested())
        assert {"Fostering service", "Referrer: Sara Lund", "School or nursery", "Service: Mother's midwifery"} <= found
        await desk.press("Leave out", beside="Fostering service")
        await desk.person.press("Leave out", in_=desk.chat, force=True, settle=True)
        assert "Please answer this" in desk.screen()
        desk.person.type("Why", "The carer comes herself")
        await desk.press("Leave out")
        assert "Fostering service" not in desk.suggested()
        minutes = await desk.started("It cannot wait.")
        assert "Fostering" not in minutes.partition("Passed with a reason")[2]  # nothing is held for it
        assert "The carer comes herself" in minutes


DUTIES = (  # (what this guide asks, of whom, and not of whom)
    ("Basis for any criminal investigation", "police", "education"),
    ("Methods of evidence gathering", "police", "education"),
    ("If the enquiry is joint: you lead the criminal investigation", "police", "education"),
    ("Involvement with the child and family", "education", "police"),
    ("Attendance; Attainment; Behaviour", "education", "police"),
)


@pytest.mark.ledger("STY-5.1a", "STY-5.1b", "STY-5.1c", "STY-5.2a", "STY-5.2b")
async def test_sty_briefs_and_chases_and_asks_for_a_substitute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line is confirmed by the seat itself; one reminder without an answer; apologies name who comes instead."""
    async with convening("sty", tmp_path, monkeypatch) as desk:
        await desk.draft(circumstances=["Under 5"])
        for seat, label in (("worker", "Wren"), ("deputy", "Dara")):
            await desk.stage.people[seat].install_bot()
            await desk.add("Social care", label, why="Knows her", email=f"{label.lower()}@council.example")
        await desk.press("Take all proposed")
        await desk.press("Preview and send")
        await desk.press("Send invitations")
        await confirmed(desk)
        post, world = desk.stage.post, desk.world
        (letter,) = post.to("duty.inspector@police.example")
        told = next(letter.iter_parts()).get_content()
        assert "Bring all of your agency's relevant information" in told
        assert f"Be clear on the principles of information sharing ({ADVICE})" in told
        schools = next(post.to("early.years@council.example")[0].iter_parts()).get_content()
        for line, reader, other in DUTIES:
            assert (line in {"police": told, "education": schools}[reader]) is True, line
            assert line not in {"police": told, "education": schools}[other]
        for letter_text in (told, schools):
            assert "Be clear on your role in decisions and what is expected of you" in letter_text
            assert "You are expected to attend, with authority to decide for your organisation" in letter_text
            assert "see the actions that you take on through" in letter_text
        await world.later(minutes=59)
        assert not post.to("designated.nurse@nhs.example")  # an hour is hers in the pathway
        await world.later(minutes=2)
        assert len(post.to("designated.nurse@nhs.example")) == 1
        await world.later(hours=3)
        assert len(post.to("hub.nurse@nhs.example")) == 2  # asked, and told that another is; never asked again
        assert [m["Subject"] for m in post.to("early.years@council.example")][-1].count("please answer") == 1
        await world.later(hours=5)
        assert len(post.to("early.years@council.example")) == 2
        await desk.press("Refresh")
        await desk.press("Answer for somebody")
        desk.person.choose("Who", next(t for t in _offered(desk, "Who") if t.startswith("Education: early years")))
        desk.person.choose("They said", "Somebody else comes instead")
        desk.person.type("Why they cannot come", "On leave")
        assert "Seat: Education: early years" in await desk.press("Record it")
        desk.person.type("Who comes in their place: name", "Ira Holt")
        desk.person.type("Their work e-mail", "ira.holt@council.example")
        table = await desk.press("Ask them")
        assert "Education: early years, Ira Holt: no answer yet" in table
        taken_out(post, "hub.nurse@nhs.example", "early.years@council.example")  # covered, and named another
        told = next(post.to("ira.holt@council.example")[0].iter_parts()).get_content()
        assert "You are asked in place of somebody else." in told
        assert "has changed" not in told
        minutes = await desk.started("It cannot wait.")
        assert "Ira Holt was asked in place of Early years safeguarding officer" in minutes
        assert "On leave" in minutes


def taken_out(post: Postbox, *mailboxes: str) -> None:
    """Whoever was asked before somebody else was is told so, and the meeting leaves their calendar."""
    for mailbox in mailboxes:
        first, gone = entry(post.to(mailbox)[0]), post.to(mailbox)[-1]
        assert gone["Subject"].endswith(": you need not come")
        assert "Somebody else is asked in your place." in next(gone.iter_parts()).get_content()
        assert "/seat/" not in gone.as_string()
        last = entry(gone)
        assert (last.method.value, last.vevent.attendee.value) == ("CANCEL", f"mailto:{mailbox}")
        assert last.vevent.uid.value == first.vevent.uid.value
        assert int(last.vevent.sequence.value) > int(first.vevent.sequence.value)


ADVICE = "https://www.gov.uk/government/publications/safeguarding-practitioners-information-sharing-advice"


async def confirmed(desk: Desk) -> None:
    """One of two confirms the briefing, with its link before them; it is theirs alone, and the chair sees who lacks."""
    wren, dara = desk.stage.people["worker"], desk.stage.people["deputy"]
    chat, other = (desk.stage.teams.personal_chat(p) for p in (wren, dara))
    before = desk.screen()
    assert re.search(r"Wren[^\n]*briefing not confirmed", before)
    pieces = next(iter(wren.pieces(chat)))[1]
    (more,) = [p for p in pieces if isinstance(p, Button) and p.text == "Read more"]
    assert more.element["url"] == ADVICE
    lines = next(p for p in pieces if isinstance(p, Field) and p.text == "I confirm")
    wren.choose("I confirm", *(c["title"] for c in lines.element["choices"]), in_=chat)
    await wren.press("Confirm", in_=chat, settle=True)
    assert "✓ Be clear on the principles of information sharing" in wren.screen(in_=chat)
    assert "✓" not in dara.screen(in_=other)
    table = await desk.press("Refresh")
    assert re.search(r"Wren[^\n]*briefing confirmed", table)
    assert re.search(r"Dara[^\n]*briefing not confirmed", table)


def _offered(desk: Desk, label: str) -> list[str]:
    pieces = next(iter(desk.person.pieces(desk.chat)))[1]
    found = next(p for p in pieces if isinstance(p, Field) and p.text == label)
    return [c["title"] for c in found.element["choices"]]


BLANKS = {
    "san": ("Reasonable cause to suspect significant harm", "Convener (lead practitioner): name and role"),
    "wmt": ("Strategy meeting form opened in Eclipse", "Form reference"),
    "wok": ("Information indicating past or likely significant harm",),
}


@pytest.mark.ledger("SAN-8.1", "SAN-10.4L", "WMT-2.1", "WOK-0.4")
@pytest.mark.parametrize("procedure", BLANKS)
async def test_what_convening_asks_is_looked_at_when_the_meeting_starts(
    procedure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Starting with it blank is held back and names it; with a reason it starts, and both stand in the minutes."""
    async with convening(procedure, tmp_path, monkeypatch) as desk:
        await desk.draft()
        for label in BLANKS[procedure]:
            assert label in desk.screen()
        world = desk.world
        await world.begin()
        held = world.card(world.chair)
        for label in BLANKS[procedure]:
            assert label in held
        minutes = await desk.started("The child is in danger now.")
        assert "The child is in danger now." in minutes
        assert BLANKS[procedure][0] in minutes


@pytest.mark.ledger("WMT-2.1")
async def test_what_an_urgent_start_left_open_is_asked_again_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started at once it runs, with that as the reason; at the end the form's reference is asked for, and minuted."""
    async with convening("wmt", tmp_path, monkeypatch) as desk:
        world = desk.world
        await desk.stage.chat.install_bot(world.chair)
        await world.settle()
        world.choose(world.chair, "Procedure", the_procedure("wmt").title)
        world.fill(world.chair, "Children, one name a line", "Ada Brook")
        await world.press(world.chair, "Start now")
        await desk.stage.chat.start()
        await desk.stage.chat.join(world.chair)
        await world.press(world.chair, "Start the meeting")
        await world.press(world.chair, "Yes, this is my meeting")
        await _to_the_end(world)
        assert "Form reference" in world.newest(world.chair)
        await world.press(world.chair, "Fill in", beside="Form reference")
        await world.submit(world.chair, {"Form reference": "ECL-2291"})
        assert "Form reference" not in world.newest(world.chair)
        minutes = await world.minutes()
        assert "urgent, started at once" in minutes
        assert "Form reference: ECL-2291" in minutes


async def _to_the_end(world: World) -> None:
    """The chair goes through the whole agenda, with whatever is passed said aloud or with a reason."""
    for _ in range(2 * len(world.stage.procedure.agenda)):
        if any(t.startswith("Close the meeting") for t in world.titles(world.chair)):
            return
        if "All introduced aloud" in world.titles(world.chair):
            await world.press(world.chair, "All introduced aloud")
        if "Outcome" in world.labels(world.chair):
            await world.decide(answers={"Outcome": "Section 17 assessment", "Rationale": "Bruises."})
        await world.next()
        if "Go on with this reason" in world.titles(world.chair):
            world.fill(world.chair, "Reason for going on without", "It cannot wait.")
            await world.press(world.chair, "Go on with this reason")


CAUSE = "Reasonable cause to suspect significant harm"


@pytest.mark.ledger("STY-1.1a", "STY-4.4")
async def test_sty_starts_with_its_cause_and_both_conveners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each that is blank is named and holds the start; once all are given it starts, and they stand in the minutes."""
    async with convening("sty", tmp_path, monkeypatch) as desk:
        await desk.draft()
        world = desk.world
        await world.begin()
        for label in (CAUSE, "Social worker", "Manager"):
            assert label in missing(world)
        assert "Reason for going on without" in world.labels(world.chair)
        given = {CAUSE: "Bruises that nobody explains.", "Social worker": "Wren Foster"}
        await desk.questions(known=given)
        await world.press(world.chair, "Start the meeting")
        assert missing(world).split("; ")[0] == "Manager"
        assert not [label for label in given if label in missing(world)]
        await desk.questions(known={"Manager": "Carys Hale"})
        minutes = await desk.started("Nothing else is known.")
        for label, text in {**given, "Manager": "Carys Hale"}.items():
            assert f"{label}: {text}" in minutes


@pytest.mark.ledger("WOK-0.4")
async def test_either_name_of_the_meeting_may_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Called a strategy discussion, it is one on cards and in the minutes."""
    async with convening("wok", tmp_path, monkeypatch) as desk:
        await desk.draft(**{"What the meeting is called": "Strategy discussion"})
        world = desk.world
        await world.begin()
        assert "Strategy discussion" in world.card(world.chair)
        minutes = await desk.started("The child is in danger now.")
        assert "Strategy discussion" in minutes.splitlines()


@pytest.mark.ledger("LCS-2.2", "LCS-5.2")
async def test_what_is_prepared_waits_for_its_turn_and_nobody_else_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chair sees who has prepared and not what; nor does another seat; the minutes list all invited."""
    async with convening("lcs", tmp_path, monkeypatch) as desk:
        police, school = (desk.stage.people[s] for s in ("police", "school"))
        await police.install_bot()
        await school.install_bot()
        await desk.draft()
        await desk.add("Police", "Police", why="Core agency", email="paul@police.example")
        await desk.add("Education", "School", why="Teaches her", email="sara@school.example")
        await desk.press("Preview and send")
        await desk.press("Send invitations")
        chat = desk.stage.teams.personal_chat(police)
        assert "You are invited: Police" in police.screen(in_=chat)
        await police.press("I will come", in_=chat, settle=True)
        assert "Ada Brook" not in "\n".join(police.screens(chat))
        await police.press("Prepare", in_=chat, settle=True)
        assert "About: Ada Brook" in police.screen(in_=chat)  # or nobody knows whom to look up
        await police.press("Fill in", in_=chat, settle=True)
        pieces = next(iter(police.pieces(chat)))[1]
        for item in [p for p in pieces if isinstance(p, Field) and p.element["type"] == "Input.Text"]:
            police.type(item.text, "No crime is recorded at the address.")
        await police.press("Keep it", in_=chat, settle=True)
        table = await desk.press("Refresh")
        assert "Police: attending: remote" in table
        assert table.count("prepared") == 1
        assert "ask each to prepare what it will share" in await desk.press("Guidance")
        assert "No crime is recorded" not in "\n".join(desk.person.screens(desk.chat))
        theirs = desk.stage.teams.personal_chat(school)
        await school.press("Prepare", in_=theirs, settle=True)
        assert "No crime" not in "\n".join(school.screens(theirs))
        await school.press("My invitation", in_=theirs, settle=True)
        await school.press("I cannot come", in_=theirs, settle=True)
        school.type("Why you cannot come", "Inspection")
        school.type("What your agency knows, to be read out", "Attends every day.")
        await school.press("Send apologies", in_=theirs, settle=True)
        minutes = await desk.started("It cannot wait.")
        invited = desk.world.under(minutes, "Invited and attended")
        assert "attending, remote" in invited
        assert "Inspection" in invited
        assert "Attends every day." in invited
        await to_the_turns(desk.world)
        world = desk.world
        await world.press(world.chair, next(t for t in world.titles(world.chair) if t.startswith("Begin: ")))
        assert "Information: [No crime is recorded at the address.]" in world.newest(police)
        assert "No crime is recorded" not in world.card(school)


async def to_the_turns(world: World) -> None:
    """The chair goes on to the turns, with whatever is passed said aloud or with a reason."""
    for _ in range(9):
        for title in ("All heard aloud", "All confirmed aloud", "All introduced aloud"):
            if title in world.titles(world.chair):
                await world.press(world.chair, title)
        if any(t.startswith("Begin: ") for t in world.titles(world.chair)):
            return
        await world.next()
        if "Go on with this reason" in world.titles(world.chair):
            world.fill(world.chair, "Reason for going on without", "It cannot wait.")
            await world.press(world.chair, "Go on with this reason")


@pytest.mark.ledger("SAN-2.5")
async def test_the_guidance_on_invitations_names_where_the_pathways_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the place always; its link once the deployment has set one."""
    link = "https://sandwell.example/tri-x"
    whole = the_procedure("san")
    linked = tuple(replace(r, link=link) if "SAN-2.5" in r.src else r for r in whole.references)
    for rules in (whole, replace(whole, references=linked)):
        folder = tmp_path / str(rules is whole)
        folder.mkdir()
        others = {name: the_procedure(name) for name in shipped()}
        monkeypatch.setattr("tests.ledger.desk.the_procedure", {**others, "san": rules}.__getitem__)
        async with convening("san", folder, monkeypatch) as desk:
            await desk.draft()
            table = await desk.press("Guidance")
            assert "Health, Police and Education pathways, kept in Tri-x under Sandwell Guidance" in table
            assert (link in table) is (rules is not whole)


@pytest.mark.ledger("SAN-1.3")
@pytest.mark.parametrize(("place", "invited"), [("Home", False), ("Hospital", True), ("Hospital", False)])
async def test_sandwell_has_the_clinician_of_a_child_in_hospital(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, invited: bool
) -> None:
    """In hospital: suggested; nobody came, invited or not: a warning at the roll call, and in the minutes; home: no."""
    async with convening("san", tmp_path, monkeypatch) as desk:
        await desk.draft(**{"Where the child is now": place})
        assert ("Treating clinician" in desk.suggested()) is (place == "Hospital")
        if invited:
            await desk.press("Take all proposed")
            assert "Treating clinician" not in desk.suggested()
        await desk.started("It cannot wait.")
        await desk.world.next()
        await desk.world.press(desk.world.chair, "All introduced aloud")
        warned = "Nobody is here as treating clinician: the child is in hospital."
        assert (warned in desk.world.newest(desk.world.chair)) is (place == "Hospital")
        minuted = "Nobody came as treating clinician: the child is in hospital."
        assert (minuted in await desk.world.minutes()) is (place == "Hospital")
