"""The minutes after the meeting, in all five procedures: checked, authorised, sent in time, recorded, and asked for."""

from __future__ import annotations

import pytest

from bot.succeeding import hand_over
from meeting.after.distributing import recipients
from meeting.model import SeatId
from rehearsal.teams import Answer, AnswerKind, Person
from rehearsal.teams.errors import PressBlocked
from rehearsal.teams.view import Button, Field
from tests.ledger.conftest import At
from tests.ledger.lifetime import private, reminders, until
from tests.ledger.minuting import REASON, act, authorise, panel, titles, write_up
from tests.ledger.test_afterwards import recorded
from tests.ledger.world import World

SENT = r"Minutes distributed"
RECORDED = r"[Rr]ecorded on"
LIMIT = "To reach everybody by: Wed 30 Dec 2026, 23:59 (default, not from this procedure)"
TEAM, AREA = "dara@council.example", "hana@nhs.example"  # of the teams that send, and in the meeting too


async def send_all(world: World) -> str:
    """The chair sends every copy that waits."""
    await panel(world, world.chair)
    return await act(world, world.chair, "Send to all who wait")


async def pressed_by(world: World, person: Person, owner: Person, title: str) -> Answer:
    """What comes of it where somebody sends the press of another's newest card, with what is asked there answered."""
    _, pieces = next(owner.pieces(world.own_chat(owner)))
    button = next(p for p in pieces if isinstance(p, Button) and p.text == title).element
    given = {p.element["id"]: "true" for p in pieces if isinstance(p, Field)}
    return await world.stage.teams.invoke_raw(
        person, world.own_chat(person), verb=button["verb"], data={**button["data"], **given}
    )


async def record(world: World) -> str:
    """The chair confirms that the minutes stand in the case system."""
    await panel(world, world.chair)
    await act(world, world.chair, "Confirm", beside="Recorded on")
    return await act(world, world.chair, "Confirm", Reference_in="LCS-4711")


def late(world: World, about: str) -> list[str]:
    """The local times at which the chair was told that something is overdue."""
    return reminders(world, world.chair, rf"{about}[^\n]*: overdue")


@pytest.mark.ledger("SAN-3.2")
async def test_sandwells_minutes_reach_attendees_within_three_working_days(at: At) -> None:
    """The 30th stands on everybody's card; overdue on the 31st and not before; sent, nobody is told again."""
    async with at("CLOSED") as world:
        assert "Minutes by: Wed 30 Dec 2026" in world.card(world.police)
        await until(world, "2026-12-30T23:59")
        assert reminders(world, world.chair, SENT)
        assert late(world, SENT) == []
        await until(world, "2026-12-31T12:00")
        assert late(world, SENT)[0].startswith("Thu 31 Dec")
        await authorise(world)
        await send_all(world)
        for person in (world.police, world.visitor, world.school):
            assert any("minutes are ready for you" in text for _, text in private(world, person))
        before = len(reminders(world, world.chair, SENT))
        await until(world, "2027-01-20T12:00")
        assert len(reminders(world, world.chair, SENT)) == before
        assert "Ada" not in world.shared()


@pytest.mark.ledger("SAN-0.1", "SAN-10.8")
async def test_sandwells_decisions_are_recorded_on_its_case_system(at: At) -> None:
    """The chair is asked until it is confirmed, with the reference there; afterwards never again."""
    async with at("CLOSED") as world:
        await authorise(world)
        await until(world, "2026-12-31T12:00")
        assert reminders(world, world.chair, RECORDED)
        assert "Recorded on LCS: LCS-4711" in await record(world)
        before = len(reminders(world, world.chair, RECORDED))
        await until(world, "2027-01-20T12:00")
        assert len(reminders(world, world.chair, RECORDED)) == before


@pytest.mark.ledger("LCS-6.1", "LCS-6.2")
async def test_five_days_for_sending_and_for_recording(at: At) -> None:
    """The fifth day is Monday the 28th, whatever day it is: nothing is overdue before it has ended, both are after."""
    async with at("CLOSED", procedure="lcs", case="lcs") as world:
        await until(world, "2026-12-28T23:58")
        assert reminders(world, world.chair, SENT)
        assert late(world, SENT) == []
        assert late(world, RECORDED) == []
        await until(world, "2026-12-29T12:00")
        assert late(world, SENT)[0].startswith("Tue 29 Dec 00:0")
        assert late(world, RECORDED)[0].startswith("Tue 29 Dec 00:0")
    async with at("CLOSED", procedure="lcs", case="lcs") as world:
        await until(world, "2026-12-27T09:30")
        await authorise(world)
        await send_all(world)
        await record(world)
        before = [len(reminders(world, world.chair, about)) for about in (SENT, RECORDED)]
        await until(world, "2027-01-12T12:00")
        assert late(world, SENT) == late(world, RECORDED) == []
        assert [len(reminders(world, world.chair, about)) for about in (SENT, RECORDED)] == before


@pytest.mark.ledger("STY-5.1f")
async def test_the_record_is_the_chairs_to_make(at: At) -> None:
    """The minutes say that the chair made them, whoever drafted; nothing goes out before the chair's word."""
    async with at("CLOSED", procedure="sty", case="sty") as world:
        assert "Made by: Carys Hale (the chair)" in await world.minutes(world.chair)
        await panel(world, world.notes)
        assert "Authorise" not in titles(world, world.notes)
        assert "Send to all who wait" not in titles(world, world.notes)
        assert "has not authorised them yet" in await world.say(world.police, "minutes", private=True)
        await authorise(world)
        await send_all(world)
        assert "Your copy is ready" in await world.say(world.police, "minutes", private=True)
        read = await act(world, world.police, "Read")
        assert "Authorised by Carys Hale" in read


@pytest.mark.ledger("STY-5.1d")
async def test_whoever_attended_asks_for_the_missing_record(at: At) -> None:
    """After the fifth working day each attendee is asked; a "no" reaches the chair by name; sent, nobody is asked."""
    asked, chased = r"Have you received them", r"told that you were chased"
    async with at("CLOSED", procedure="sty", case="sty") as world:
        await until(world, "2027-01-04T23:59")
        assert reminders(world, world.police, asked) == []
        await until(world, "2027-01-05T12:00")
        for person in (world.police, world.visitor, world.school):
            (told,) = [text for _, text in private(world, person) if "Have you received them" in text]
            assert "No copy was sent to you yet, and the chair was chased." in told
            assert reminders(world, person, asked)[0].startswith("Tue 5 Jan")
        assert [x[:9] for x in reminders(world, world.chair, chased)] == ["Tue 5 Jan"]
        await world.say(world.police, "minutes", private=True)
        await act(world, world.police, "I have not received them")
        assert any("Police has not received the minutes" in text for _, text in private(world, world.chair))
        await until(world, "2027-01-08T12:00")  # asked once each, and the chair told of it once
        assert [len(reminders(world, p, asked)) for p in (world.police, world.visitor)] == [1, 1]
        assert len(reminders(world, world.chair, chased)) == 1
    async with at("CLOSED", procedure="sty", case="sty") as world:
        await authorise(world)
        await send_all(world)
        await until(world, "2027-01-12T12:00")
        assert reminders(world, world.police, asked) == []
        assert reminders(world, world.chair, chased) == []


@pytest.mark.ledger("STY-4.4d")
async def test_decisions_are_recorded_under_local_procedures(at: At) -> None:
    """Unconfirmed at the default's date the chair is reminded, and sees that it is a default; confirmed, no more."""
    async with at("CLOSED", procedure="sty", case="sty") as world:
        await until(world, "2026-12-31T12:00")
        assert reminders(world, world.chair, r"Minutes recorded on the case system")
        assert "default, not from this procedure" in await panel(world, world.chair)
        assert "The chair makes the written record" in await act(world, world.chair, "Guidance")
        await authorise(world)
        await record(world)
        before = len(reminders(world, world.chair, RECORDED))
        await until(world, "2027-01-20T12:00")
        assert len(reminders(world, world.chair, RECORDED)) == before


@pytest.mark.ledger("WMT-4.1", "WMT-4.2")
async def test_business_support_records_and_the_chair_checks(at: At) -> None:
    """Before "recorded" the check needs a reason; the chair's amendment is version 2, version 1 stays to be seen."""
    async with at("CLOSED", procedure="wmt", case="wmt") as world:
        await write_up(world)
        await panel(world, world.chair)
        early = await act(world, world.chair, "Check the draft")
        assert "Reason for checking now" in early
        await panel(world, world.notes)
        await act(world, world.notes, "Amend")
        await act(world, world.notes, "Show its lines", Section="Reasons")
        await act(world, world.notes, "Add a line")
        assert "new version" in await act(world, world.notes, "Save", The_new_line="The school rang at nine.")
        await panel(world, world.notes)
        assert "Authorise" not in titles(world, world.notes)
        await act(world, world.notes, "The notes are written")
        assert any("wait for your check" in text for _, text in private(world, world.chair))
        await panel(world, world.chair)
        await act(world, world.chair, "Check the draft")
        await act(world, world.chair, "Authorise")
        theirs = await pressed_by(world, world.notes, world.chair, "Authorise")
        assert theirs.kind is AnswerKind.ERROR
        assert "authorised by" not in await panel(world, world.chair)
        await act(world, world.chair, "Amend")
        await act(world, world.chair, "Show its lines", Section="Reasons")
        await act(world, world.chair, "Amend", beside="Reasons")
        await act(world, world.chair, "Save", Reasons="Two bruises that nobody explains.")
        minutes = await world.minutes(world.chair)
        assert "The school rang at nine." in minutes
        assert "Two bruises that nobody explains." in minutes
        assert "Version: 3" in minutes
        await panel(world, world.chair)
        shown = await act(world, world.chair, "Versions")
        assert "Now: Two bruises that nobody explains." in shown
        assert "Version 2: Noor Iqbal" in shown


@pytest.mark.ledger("WMT-4.3")
async def test_the_chair_authorises_with_a_tick_and_then_in_eclipse(at: At) -> None:
    """Nothing is sent before; no tick, no authority; an amendment undoes it; the form in Eclipse is asked for."""
    task = r"Form authorised, worklist moved"
    async with at("CLOSED", procedure="wmt", case="wmt") as world:
        await panel(world, world.notes)
        await act(world, world.notes, "The notes are written")
        await write_up(world)
        await panel(world, world.chair)
        await act(world, world.chair, "Check the draft")
        assert "Send to all who wait" not in titles(world, world.chair)
        await act(world, world.chair, "Authorise")
        assert "answer this" in await act(world, world.chair, "Authorise")
        assert "authorised by Carys Hale" in await authorise(world)
        await until(world, "2026-12-30T12:00")
        assert reminders(world, world.chair, task)
        for beside in ("Form authorised in Eclipse", "(Ada Brook)", "(Ben Brook)"):
            await panel(world, world.chair)
            card = await act(world, world.chair, "Done", beside=beside)
            if "Who there sends" in card:
                await act(world, world.chair, "Confirm")
        before = len(reminders(world, world.chair, task))
        await until(world, "2027-01-12T12:00")
        assert len(reminders(world, world.chair, task)) == before
        await panel(world, world.chair)
        await act(world, world.chair, "Amend")
        await act(world, world.chair, "Show its lines", Section="Reasons")
        await act(world, world.chair, "Add a line")
        await act(world, world.chair, "Save", The_new_line="A later word.")
        card = await panel(world, world.chair)
        assert "Draft, version 2" in card
        assert "Authorise" in titles(world, world.chair)
        await act(world, world.chair, "Send to all who wait")  # on a card from before
        assert "Nothing goes out before" in "".join(world.chair.screens(world.own_chat(world.chair)))
        assert not [text for _, text in private(world, world.police) if "minutes are ready" in text]


@pytest.mark.ledger("WMT-4.4", "WMT-4.5", "WMT-4.6")
async def test_each_childs_case_status_decides_who_sends(at: At) -> None:
    """One sibling is not worked with, one is open in North: one task to each team, which sends every copy itself."""
    task, theirs_now = r"Form authorised, worklist moved", "wait to be sent by your team"
    async with at("CLOSED", procedure="wmt", case="wmt") as world:
        team, area = world.deputy, world.visitor
        await panel(world, world.notes)
        await act(world, world.notes, "The notes are written")
        await authorise(world)
        await panel(world, world.chair)
        await act(world, world.chair, "Case status of a child")
        await act(world, world.chair, "Save", Which="Ben Brook", Case="open")
        await panel(world, world.chair)
        await act(world, world.chair, "Amend")
        await act(world, world.chair, "Show its lines", Section="Reasons")
        await act(world, world.chair, "Add a line")
        await act(world, world.chair, "Save", The_new_line="A later word.")
        assert "Area of Ben Brook" in await panel(world, world.chair)
        assert REASON in await act(world, world.chair, "Authorise")
        with pytest.raises(PressBlocked, match="Reason for authorising without"):
            await act(world, world.chair, "Authorise", Reflects="true")
        assert "Area of Ben Brook" in await panel(world, world.chair)
        await act(world, world.chair, "Case status", beside="Area of Ben Brook")
        await act(world, world.chair, "Save", Area="North")
        assert "Area of Ben Brook" not in await panel(world, world.chair)
        card = await authorise(world)
        assert "Worklist reassigned to MASH PSS (Ada Brook)" in card
        assert "Worklist reassigned to Area business support (Ben Brook)" in card
        await until(world, "2026-12-30T12:00")
        assert reminders(world, world.chair, task)
        await panel(world, world.chair)
        await act(world, world.chair, "Done", beside="(Ada Brook)")
        await act(world, world.chair, "Confirm", Their=TEAM)
        assert len([text for _, text in private(world, team) if theirs_now in text]) == 1
        await panel(world, world.chair)
        await act(world, world.chair, "Done", beside="(Ben Brook)")
        assert not [text for _, text in private(world, area) if theirs_now in text]
        await act(world, world.chair, "Confirm", Their=AREA)
        assert [len([t for _, t in private(world, who) if theirs_now in t]) for who in (team, area)] == [1, 1]
        assert LIMIT in (theirs := await act(world, team, "Open my part"))
        assert "Ada" not in theirs
        await until(world, "2026-12-31T12:00")
        told = {p.name: [x[:10] for x in reminders(world, p, SENT)] for p in (world.chair, team, area, world.police)}
        assert [days[-1:] for days in told.values()] == [["Thu 31 Dec"]] * 3 + [[]]  # who is to send, and the chair
        assert "Minutes distributed: overdue; was due by Wed 30 Dec 2026." in private(world, team)[-1][1]
        await act(world, team, "Open my part")
        await act(world, team, "Send to all who wait")
        assert "Distributed" in await panel(world, world.chair)
        assert "minutes are ready for you" in private(world, world.police)[-1][1]
        before = [len(reminders(world, person, SENT)) for person in (world.chair, team, area)]
        await until(world, "2027-01-20T12:00")
        assert [len(reminders(world, person, SENT)) for person in (world.chair, team, area)] == before


async def test_whoever_is_shut_out_after_the_close_keeps_nothing(at: At) -> None:
    """The chair alone ends somebody's access: no paper, card, letter or link; the minutes stay as they are."""
    async with at("CLOSED") as world:
        await authorise(world)
        await send_all(world)
        await world.say(world.police, "minutes", private=True)
        assert "Authorised by Carys Hale" in await act(world, world.police, "Read")
        before = await world.minutes(world.chair)
        assert "Shut somebody out" not in await world.say(world.notes, "after", private=True)
        await world.say(world.chair, "after", private=True)
        await act(world, world.chair, "Shut somebody out")
        shut = await act(world, world.chair, "Shut them out", Who="Paul Grant (Police)", Why="Has left the force")
        assert "Paul Grant (Police): Has left the force" in shut
        assert "Your access to this meeting has ended" in await act(world, world.police, "Next page")
        for word in ("minutes", "after", "actions", "panel"):
            said = await world.say(world.police, word, private=True)
            assert "SM-77" not in said, word
        assert await world.minutes(world.chair) == before
        assert "Paul Grant" in world.under(before, "Invited and attended")
        meeting = await recorded(world)
        assert meeting.seats[SeatId("police")].email == meeting.seats[SeatId("police")].aad == ""
        assert SeatId("police") not in recipients(meeting)
        letters = len(private(world, world.police))
        await world.say(world.chair, "after", private=True)
        await act(world, world.chair, "Tell everybody")
        await act(world, world.chair, "Tell everybody", What="No further action.", What_it_is="News")
        assert len(private(world, world.police)) == letters


async def test_who_takes_over_after_the_close_holds_all_that_the_chair_held(at: At) -> None:
    """By a press: told at once, authorises, is reminded; the minutes name who chaired, who is reminded no more."""
    async with at("CLOSED") as world:
        deputy, new = world.deputy, "robin@council.example"
        await world.say(world.chair, "after", private=True)
        await act(world, world.chair, "Hand over the chair's part")
        assert "Please answer this" in await act(world, world.chair, "Hand it over", Why="Leaves on Friday")
        taker = "Social care: deputy, Dara Quinn"
        await act(world, world.chair, "Hand it over", Somebody_of_this=taker, Why="Leaves")
        assert "is yours from now on. Open your panel." in private(world, deputy)[-1][1]
        for told in (world.notes, world.chair):
            assert "somebody else holds from now on" in private(world, told)[-1][1]
        await panel(world, world.chair)
        assert "Check the draft" not in titles(world, world.chair)
        before = len(reminders(world, world.chair, SENT))
        await authorise(world, by=deputy)
        await until(world, "2026-12-31T12:00")
        assert len(reminders(world, world.chair, SENT)) == before
        assert reminders(world, deputy, rf"{SENT}[^\n]*: overdue")
        minutes = await world.minutes(deputy)
        assert "Carys Hale (Social care: chair)" in world.under(minutes, "The meeting")
        assert "Dara Quinn holds from now on what the chair has to do: Leaves" in minutes
        assert "Authorised by Dara Quinn" in minutes

        await world.say(deputy, "after", private=True)
        await act(world, deputy, "Hand over the chair's part")
        named = {"Somebody else: name": "Robin Ames", "Somebody else: work": new, "Why": "Moves on"}
        await act(world, deputy, "Hand it over", **named)
        (letter,) = world.stage.post.to(new)
        assert "is yours from now on" in str(letter)
        assert not [name for name in ("Robin", "Dara", "Ada", "Ben") if name in str(letter)]
        before = len(reminders(world, deputy, SENT))
        await until(world, "2027-01-08T12:00")
        assert len(reminders(world, deputy, SENT)) == before
        assert any("Minutes distributed" in str(one) for one in world.stage.post.to(new)[1:])

        store, third = world.stage.service.store, "kit@council.example"  # nobody is left who could press
        await hand_over(store, "SM-77", email=third, name="Kit Rowe", reason="Left", now=world.stage.clock.now())
        world.stage.service.dispatcher.wake()
        await world.settle()
        assert "is yours from now on" in str(world.stage.post.to(third)[0])
        assert "somebody else holds from now on" in str(world.stage.post.to(new)[-1])
