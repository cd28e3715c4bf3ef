"""Invitations from the convened meeting to the last answer: real letters over SMTP, real presses in 1:1 chats."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiohttp
import vobject

from meeting import machine
from meeting.before.calling_off import Cancel
from meeting.before.convening import AddSeat
from meeting.before.forwarding import Forward
from meeting.before.invitations import Invite, Move, WithdrawSeat
from meeting.door.arriving import Arrive
from meeting.flags import CONTRIBUTION
from meeting.model import Answer, Assurance, Contact, Entry, Meeting, PersonId, Seat, SeatId
from meeting.procedure import Procedure
from meeting.running.chairing import Start
from meeting.running.pausing import Adjourn
from rehearsal.browser import Visitor, browser
from rehearsal.postbox import Postbox
from rehearsal.stage import Stage
from rehearsal.teams import Person
from rehearsal.teams.view import Field
from tests.e2e.test_reaching import reached

WHY = "No pathway is kept here."
HANDED_ON = "They may see what I prepared for our turn"
POLICE, HOUSING = "tom.ellery@police.example", "george.whitlock@housing.example"
NURSERY = "callum.reyes@nursery.example"


async def record(stage: Stage) -> Meeting:
    """The meeting as the record has it."""
    store = stage.service.store
    meeting, _ = await store.record.read((await store.record.listed())[0].id)
    return meeting


async def do(stage: Stage, command: object, by: Person | None = None) -> None:
    """Carry out a command as somebody, or as whoever called the meeting from a file; what it causes comes to rest."""
    await record_only(stage, command, by)
    await stage.settle()


async def record_only(stage: Stage, command: object, by: Person | None = None) -> None:
    """Carry out a command, and wait for nothing that it causes."""
    meeting = await record(stage)

    def decide(now: Meeting, procedure: Procedure) -> tuple[Entry, ...]:
        who = PersonId(str(by.aad_object_id)) if by else called_by(now)
        return machine.decide(now, command, by=who, procedure=procedure, now=stage.clock.now())

    await stage.service.store.record.commit(meeting.id, decide, now=stage.clock.now())


def called_by(meeting: Meeting) -> Any:
    """Whoever called it."""
    return meeting.answers[next(s for s in meeting.answers if s.step == "CONVENING")].by


def written(meeting: Meeting, seat: str) -> list[Answer]:
    """What stands for the turn of a seat."""
    return [a for slot, a in meeting.answers.items() if (slot.part, slot.subject) == (CONTRIBUTION, seat)]


async def press(stage: Stage, person: Person, title: str) -> str:
    """Press a button in somebody's 1:1 chat; returns what they then see there."""
    chat = stage.teams.personal_chat(person)
    await person.press(title, in_=chat, settle=True)
    await stage.settle()
    return person.screen(in_=chat)


def entry(letter: EmailMessage) -> Any:
    """The calendar entry of a letter, as an independent parser reads it."""
    part = next(p for p in letter.iter_parts() if p.get_content_type() == "text/calendar")
    read = vobject.readOne(part.get_content())
    assert read.method.value == part.get_param("method")
    return read


def calendar(letters: Sequence[EmailMessage]) -> list[str]:
    """What stands in the calendar of whoever got these letters: the seats of its entries, by what each one says."""
    stands: dict[str, tuple[int, str]] = {}
    for letter in letters:
        read = entry(letter)
        about, number = read.vevent.uid.value, int(read.vevent.sequence.value)
        if number >= stands.get(about, (0, ""))[0]:
            seat = read.vevent.description.value.partition(". ")[0].removeprefix("Seat: ")
            stands[about] = number, "" if read.method.value == "CANCEL" else seat
    return [seat for _, seat in stands.values() if seat]


def plain(letter: EmailMessage) -> str:
    return str(next(letter.iter_parts()).get_content())


async def test_everybody_is_asked_by_their_own_way_and_answers(tmp_path: Path) -> None:
    """Teams where they are met, a letter with a calendar entry else; answers reach the convener's one table."""
    async with reached(tmp_path) as (stage, box):
        police, visitor, chair = (stage.people[s] for s in ("police", "visitor", "chair"))
        await police.install_bot()
        await do(stage, Invite(reason=WHY))
        assert box.to(POLICE) == []
        letter = box.to(HOUSING)[0]
        assert letter["Subject"] == "SM-2041: invitation, Wed 25 Nov 2026, 10:00"
        told = plain(letter)
        assert "https://teams.example/meet/sm-2041" in told
        assert "/seat/" in told
        words = "\n".join(str(m) for m in box.letters)
        assert not [w for w in ("Isla", "Rowan", "Marsh", "fracture", "George", "Okafor") if w in words]
        event = entry(letter).vevent
        assert (event.dtstart.value, event.sequence.value) == (stage.case.data["starts"], "0")
        assert event.attendee.value == f"mailto:{HOUSING}"
        assert event.organizer.value == "mailto:chairside@council.example.org"

        screen = police.screen(in_=stage.teams.personal_chat(police))
        assert "You are invited: Police" in screen
        assert "Isla" not in screen
        police.choose("How you will join", "Phone")
        police.type("Must leave at (same day)", "10:45")
        assert "You answered: attending, phone." in await press(stage, police, "I will come")
        seat = (await record(stage)).seats[SeatId("police")]
        assert seat.must_leave_at == datetime.fromisoformat("2026-11-25T10:45:00+00:00")

        await visitor.install_bot()
        await do(stage, Move(starts=stage.clock.now() + timedelta(hours=3)))
        await press(stage, visitor, "I cannot come")
        assert "You are invited" in await press(stage, visitor, "Back")  # pressed by mistake
        await press(stage, visitor, "I cannot come")
        visitor.type("Why you cannot come", "On leave")
        visitor.type("What your agency knows, to be read out", "Seen at home on Monday, well.")
        await press(stage, visitor, "Send apologies")
        meeting = await record(stage)
        assert meeting.seats[SeatId("visitor")].apologies == "On leave"
        assert meeting.seats[SeatId("visitor")].supplied == "Seen at home on Monday, well."

        await chair.install_bot()
        chat = stage.teams.personal_chat(chair)
        await chair.say(chat, "invitations")
        await stage.settle()
        table = chair.screen(in_=chat)
        assert "Health: health visitor, Sian Probert: apologies: On leave" in table
        assert "Housing, George Whitlock: no answer yet" in table
        assert "Seen at home" not in table
        await chair.say(chat, "panel")  # before they have come to it there is nothing else to steer
        await stage.settle()
        assert "Housing, George Whitlock: no answer yet" in chair.screen(in_=chat)
        assert not stage.teams.violations


async def test_the_preview_says_by_which_way_each_would_be_reached(tmp_path: Path) -> None:
    """Before anything is sent: Teams for whoever has met the bot, e-mail for the others, and whom neither reaches."""
    async with reached(tmp_path) as (stage, box):
        police, chair = stage.people["police"], stage.chair
        await police.install_bot()
        await chair.install_bot()
        await do(
            stage,
            AddSeat(seat=Seat(id=SeatId("gp"), agency="health", role="gp", label="GP", aad="unmet", reason="Asked")),
        )
        chat = stage.teams.personal_chat(chair)
        await chair.say(chat, "invitations")
        await stage.settle()
        await press(stage, chair, "Who leads")
        chair.choose("Deputy chair", "Police")
        await press(stage, chair, "Save")
        assert (await record(stage)).deputy_seat == "police"
        await press(stage, chair, "Another time")
        chair.type("Place", "Room 3")  # the time stands there as it is
        assert "When: Wed 25 Nov 2026, 10:00\nWhere: Room 3" in await press(stage, chair, "Move it")
        for seen in (await press(stage, chair, "Preview and send"), await press(stage, chair, "Send invitations")):
            assert "Police, Tom Ellery: in Teams" in seen
            assert f"Housing, George Whitlock: by e-mail, {HOUSING}" in seen
            assert "GP: no address is known: telephone" in seen
        assert "Nothing was sent. Give the reason" in seen
        assert not box.letters
        chair.type("Reason for inviting outside the pathway", WHY)
        await press(stage, chair, "Send invitations")
        assert entry(box.to(HOUSING)[0]).vevent.location.value == "Room 3, https://teams.example/meet/sm-2041"
        assert "At your turn: Relevant and significant information." in plain(box.to(HOUSING)[0])
        went = [d for d in (await record(stage)).deliveries if d.kind == "invitation"]
        assert [d.seat for d in went if d.how == "Teams"] == ["police"]
        assert [d.seat for d in went if d.failed] == ["gp"]


def fields(who: Person | Visitor, chat: Any = None) -> dict[str, str]:
    """The inputs of somebody's newest card, with what stands in each."""
    pieces = next(iter(who.pieces(chat)))[1]
    return {p.text: str(p.element.get("value", "")) for p in pieces if isinstance(p, Field)}


async def prepares(who: Person | Visitor, told: str, chat: Any = None) -> None:
    """Write one thing down for the turn of one's seat, page by page; then look at the invitation again."""
    await who.press("Prepare", in_=chat, settle=True)
    await who.press("Fill in", in_=chat, settle=True)
    while "Keep" in who.screen(in_=chat):
        pieces = next(iter(who.pieces(chat)))[1]
        texts = [p for p in pieces if isinstance(p, Field) and p.element["type"] == "Input.Text"]
        if texts and told:
            who.type(texts[0].text, told, in_=chat)
            told = ""
        await who.press(next(p.text for p in pieces if p.text.startswith("Keep")), in_=chat, settle=True)
    await who.press("My invitation", in_=chat, settle=True)


async def test_an_invitation_goes_on_to_a_colleague_and_an_answer_by_telephone_counts(tmp_path: Path) -> None:
    """Who passes it on is told that they need not come; what was said before anything was sent stands, and is sent."""
    async with reached(tmp_path) as (stage, box):
        police, chair = stage.people["police"], stage.chair
        await police.install_bot()
        await chair.install_bot()
        chat = stage.teams.personal_chat(chair)
        await chair.say(chat, "invitations")
        await stage.settle()
        await press(stage, chair, "Answer for somebody")
        chair.choose("Who", "Education: nursery, Callum Reyes")
        chair.choose("They said", "Attending, phone")
        chair.type("Must leave at (same day, as 15:30)", "soon")
        assert "Give the time in hours and minutes" in await press(stage, chair, "Record it")
        chair.type("Must leave at (same day, as 15:30)", "10:45")
        assert "Education: nursery, Callum Reyes: attending: phone" in await press(stage, chair, "Record it")
        assert f"by e-mail, {NURSERY}" in await press(stage, chair, "Preview and send")
        chair.type("Reason for inviting outside the pathway", WHY)
        table = await press(stage, chair, "Send invitations")
        assert re.search("Education: nursery, Callum Reyes: attending: phone; .*on their behalf", table)
        (letter,) = box.to(NURSERY)
        assert entry(letter).vevent.sequence.value == "0"
        nursery = (await record(stage)).seats[SeatId("nursery")]
        assert nursery.must_leave_at == datetime.fromisoformat("2026-11-25T10:45:00+00:00")

        for leaving, known in (("10:30", True), ("", False)):  # a blank takes it back
            police.type("Must leave at (same day)", leaving)
            await press(stage, police, "I will come")
            assert ((await record(stage)).seats[SeatId("police")].must_leave_at is not None) is known
        await prepares(police, "No record of the family.", stage.teams.personal_chat(police))
        assert any(a.answers for a in written(await record(stage), "police"))
        await press(stage, police, "Pass it on")
        assert HANDED_ON in fields(police, stage.teams.personal_chat(police))
        police.type("Their work e-mail", POLICE)
        assert "The invitation went to this address already." in await press(stage, police, "Ask them")
        police.type("Somebody in your place: name", "Ray Holt")
        police.type("Their work e-mail", "ray.holt@police.example")
        police.type("Why, for the minutes", "I moved teams")
        await press(stage, police, "Ask them")
        (theirs,) = box.to("ray.holt@police.example")
        assert "You are asked in place of somebody else." in plain(theirs)
        told = police.screens(stage.teams.personal_chat(police))
        assert any("Somebody else is asked in your place. You no longer need to come." in text for text in told)
        assert box.to(POLICE) == []
        assert "I moved teams" in (await record(stage)).notes[-1].text
        assert not written(await record(stage), "police")  # nobody else was to see it
        await chair.say(chat, "invitations")
        await stage.settle()
        assert "Police, Ray Holt: no answer yet" in chair.screen(in_=chat)
        await do(stage, Cancel(reason="No longer needed"), by=chair)
        assert entry(box.to("ray.holt@police.example")[-1]).method.value == "CANCEL"
        assert not stage.teams.violations


@asynccontextmanager
async def at_page(stage: Stage, box: Postbox, mailbox: str) -> AsyncIterator[Visitor]:
    """Whoever reads this mailbox at the page behind their letter, let in by the code that came to it."""
    path = next(found[1] for m in box.to(mailbox) if (found := re.search(r"http://[^/]+(/seat/\S+)", plain(m))))
    async with browser(stage.service.port, mailbox) as visitor:
        await visitor.get(path)
        await visitor.send(f"{path}/code")
        await stage.settle()
        code = re.search(r"\d{3} \d{3}", plain(box.to(mailbox)[-1]))
        assert code is not None
        await visitor.send(f"{path}/prove", digits=code[0])
        await visitor.enter(f"{path}/room")
        yield visitor


async def test_whoever_passes_it_on_by_the_page_is_out_and_stays_out(tmp_path: Path) -> None:
    """Half an hour before the start, too; who comes by the same link accepts for themselves, and sees their own."""
    async with reached(tmp_path) as (stage, box):
        await do(stage, Invite(reason=WHY))
        async with at_page(stage, box, HOUSING) as george:
            await george.press("I accept")
            stage.clock.advance(timedelta(minutes=1))
            await prepares(george, "The rent is paid.")
            await george.press("Pass it on")
            george.type(HANDED_ON, "true")
            george.type("Their work e-mail", "lou.beck@housing.example")
            await george.press("Ask them")
            await stage.settle()
            assert "You are invited" not in george.screen()
            async with at_page(stage, box, "lou.beck@housing.example") as lou:
                assert "I accept" in lou.screen()
                await lou.press("I accept")
                assert "You are invited: Housing" in lou.screen()
                await lou.press("Prepare")
                await lou.press("Change")
                assert "The rent is paid." in fields(lou).values()
                assert "need to come" not in lou.screen()  # as is said to whoever was asked before
                again = await george.ask("GET", f"{george.base}/state?after=0")
                assert "You are invited" not in again.text
                assert "The rent is paid." in fields(lou).values()


async def test_another_time_a_seat_taken_back_and_calling_off_reach_every_calendar(tmp_path: Path) -> None:
    """One UID for good, a SEQUENCE that rises, and at last a CANCEL."""
    async with reached(tmp_path) as (stage, box):
        await do(stage, Invite(reason=WHY))
        later = stage.clock.now() + timedelta(hours=5)
        await do(stage, Move(starts=later))
        await do(stage, WithdrawSeat(seat=SeatId("nursery"), reason="The child has left."))
        first, second = (entry(m) for m in box.to(HOUSING))
        assert first.vevent.uid.value == second.vevent.uid.value
        assert (first.vevent.sequence.value, second.vevent.sequence.value) == ("0", "1")
        assert second.vevent.dtstart.value == later
        assert "The time or place has changed." in plain(box.to(HOUSING)[1])
        gone = entry(box.to(NURSERY)[-1])
        assert (gone.method.value, gone.vevent.status.value) == ("CANCEL", "CANCELLED")
        assert gone.vevent.uid.value == entry(box.to(NURSERY)[0]).vevent.uid.value
        assert int(gone.vevent.sequence.value) > int(second.vevent.sequence.value)
        sent = len(box.letters)
        for _ in range(2):  # whatever had not been stamped would come back with the end of its lease
            stage.clock.advance(timedelta(seconds=61))
            stage.service.dispatcher.tick()
            await stage.settle()
        assert len(box.letters) == sent


async def test_a_mailbox_of_two_seats_keeps_one_when_the_other_goes(tmp_path: Path) -> None:
    """Taken back or passed on, only that seat's entry leaves the calendar; a seat that is added again is asked anew."""
    async with reached(tmp_path) as (stage, box):
        nursery = (await record(stage)).seats[SeatId("nursery")]
        desk = replace(nursery, id=SeatId("officer"), label="Education: early years officer", reason="Asked", name="")
        await do(stage, AddSeat(seat=desk))
        await do(stage, Invite(reason=WHY))
        assert calendar(box.to(NURSERY)) == [nursery.label, desk.label]
        await do(stage, WithdrawSeat(seat=nursery.id, reason="The child has left."))
        assert calendar(box.to(NURSERY)) == [desk.label]
        told = plain(box.to(NURSERY)[-1])
        assert f"no longer need to come for {nursery.label}. You are still asked to come for {desk.label}." in told
        assert "/seat/" not in told
        await do(stage, AddSeat(seat=replace(nursery, reason="The child is back.")))
        await do(stage, Invite(reason=WHY))
        assert calendar(box.to(NURSERY)) == [desk.label, nursery.label]
        await do(stage, Forward(seat=desk.id, to=Contact(email="mo.reid@nursery.example")))
        assert calendar(box.to(NURSERY)) == [nursery.label]
        assert "in your place for Education: early years officer. You are still asked" in plain(box.to(NURSERY)[-1])
        assert calendar(box.to("mo.reid@nursery.example")) == [desk.label]


async def test_an_adjournment_brings_every_calendar_up_to_date(tmp_path: Path) -> None:
    """The same UID, a SEQUENCE that rises, the time at which it goes on; who was there hears of it in Teams."""
    async with reached(tmp_path) as (stage, box):
        police, chair = stage.people["police"], stage.chair
        await police.install_bot()
        await do(stage, Invite(reason=WHY))
        for who in (chair, police):
            identity, name = PersonId(str(who.aad_object_id)), who.identity.name
            came = Arrive(person=identity, name=name, tenant="", assurance=Assurance.SIGNED_IN, address=name)
            await do(stage, replace(came, address=who.identity.mri, joined=True))
        await do(stage, Start(), by=chair)
        sent = len(box.to(HOUSING))
        tomorrow = stage.clock.now() + timedelta(days=1)
        await do(stage, Adjourn(resume_at=tomorrow, reason="Fire alarm"), by=chair)
        first, on = entry(box.to(HOUSING)[0]), entry(box.to(HOUSING)[sent])
        assert on.vevent.uid.value == first.vevent.uid.value
        assert (on.method.value, on.vevent.sequence.value, on.vevent.dtstart.value) == ("REQUEST", "1", tomorrow)
        letter = box.to(HOUSING)[sent]
        assert letter["Subject"].startswith("SM-2041: adjourned, goes on Thu 26 Nov 2026")
        assert "Fire alarm" not in str(letter)
        chat = stage.teams.personal_chat(police)
        assert "The meeting is adjourned: Police" in police.screen(in_=chat)

        later = tomorrow + timedelta(hours=2)
        await do(stage, Move(starts=later), by=chair)
        moved = entry(box.to(HOUSING)[-1])
        assert (moved.vevent.sequence.value, moved.vevent.dtstart.value) == ("2", later)
        assert "You answered" in await press(stage, police, "I will come")
        meeting = await record(stage)
        assert (meeting.starts, meeting.resume_at) == (stage.case.data["starts"], later)
        await do(stage, Cancel(reason="No longer needed"), by=chair)
        gone = entry(box.to(HOUSING)[-1])
        assert (gone.method.value, gone.vevent.sequence.value) == ("CANCEL", "3")
        assert not stage.teams.violations


async def test_in_the_nights_when_the_clocks_change_every_message_means_the_same_time(tmp_path: Path) -> None:
    """The calendar's time is the letter's and the card's; the hour that comes twice says which; answers are chased."""
    async with reached(tmp_path) as (stage, box):
        police = stage.people["police"]
        await police.install_bot()
        await do(stage, Invite(reason=WHY))
        for night, starts, said in (
            ("2027-03-27T23:00", "2027-03-28T01:30", "Sun 28 Mar 2027, 02:30"),
            ("2027-10-30T22:00", "2027-10-31T00:30", "Sun 31 Oct 2027, 01:30 BST"),
            ("2027-10-30T23:00", "2027-10-31T01:30", "Sun 31 Oct 2027, 01:30 GMT"),
        ):
            evening, at = (datetime.fromisoformat(f"{text}+00:00") for text in (night, starts))
            stage.clock.advance(evening - stage.clock.now())
            await do(stage, Move(starts=at))
            letter = box.to(HOUSING)[-1]
            assert letter["Subject"] == f"SM-2041: invitation, {said}"
            assert f"When: {said}" in plain(letter)
            assert entry(letter).vevent.dtstart.value == at
            assert f"When: {said}" in police.screen(in_=stage.teams.personal_chat(police))
            stage.clock.advance((at - evening) / 2 + timedelta(minutes=1))  # half of the time that is left
            stage.service.dispatcher.wake()
            await stage.settle()
            assert "please answer" in box.to(HOUSING)[-1]["Subject"]


async def test_who_does_not_answer_is_asked_again_and_then_covered(tmp_path: Path) -> None:
    """Chased once before half of the time is gone; who has answered is left alone."""
    async with reached(tmp_path) as (stage, box):
        await do(stage, Invite(reason=WHY))
        sent = len(box.to(HOUSING))
        stage.clock.advance(timedelta(minutes=16))
        stage.service.dispatcher.wake()
        await stage.settle()
        assert len(box.to(HOUSING)) == sent + 1
        assert "please answer" in box.to(HOUSING)[-1]["Subject"]
        stage.clock.advance(timedelta(minutes=10))
        stage.service.dispatcher.wake()
        await stage.settle()
        assert len(box.to(HOUSING)) == sent + 1


async def fetched(address: str) -> tuple[int, str, str]:
    """What a browser gets at an address without signing in: status, type, text."""
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, answer.headers["Content-Type"], await answer.text()


async def test_whoever_is_reached_in_teams_has_a_calendar_file_too(tmp_path: Path) -> None:
    """A press makes a link: the same entry as the letters', as it stands now, nobody named; it ends by itself."""
    async with reached(tmp_path) as (stage, box):
        police = stage.people["police"]
        chat = stage.teams.personal_chat(police)
        await police.install_bot()
        await do(stage, Invite(reason=WHY))
        assert "works for 15 minutes" in await press(stage, police, "For my calendar")
        link = str((await police.press("Open the file", in_=chat)).value)
        status, kind, text = await fetched(link)
        assert (status, kind) == (200, "text/calendar; charset=utf-8; method=PUBLISH")
        mine, theirs = vobject.readOne(text), entry(box.to(HOUSING)[0])
        assert mine.vevent.dtstart.value == theirs.vevent.dtstart.value
        assert (mine.method.value, mine.vevent.sequence.value) == ("PUBLISH", "0")
        assert not hasattr(mine.vevent, "attendee")
        assert not [n for n in ("Isla", "Rowan", "Marsh", "Ellery") if n in text + link]
        assert "You are invited: Police" in await press(stage, police, "Back")

        later = mine.vevent.dtstart.value + timedelta(minutes=5)
        await do(stage, Move(starts=later))
        moved = vobject.readOne((await fetched(link))[2])
        assert (moved.vevent.dtstart.value, moved.vevent.sequence.value) == (later, "1")
        assert (await fetched(f"{link[:-4]}AAAA"))[0] == 404
        police.block_bot()
        await do(stage, Move(starts=later + timedelta(minutes=5)))
        assert entry(box.to(POLICE)[0]).vevent.uid.value == mine.vevent.uid.value  # a letter brings it up to date
        stage.clock.advance(timedelta(minutes=15))
        assert (await fetched(link))[0] == 404
        assert not stage.teams.violations


async def test_the_chair_sees_whom_no_letter_has_reached_while_the_mail_server_is_away(tmp_path: Path) -> None:
    """Ten minutes without any way out: the table says to telephone; nothing is lost, and then it says that it went."""
    async with reached(tmp_path) as (stage, box):
        chair = stage.chair
        chat = stage.teams.personal_chat(chair)
        await chair.install_bot()
        box.refusals[HOUSING] = "451 4.3.0 come again"
        await do(stage, Invite(reason=WHY))

        async def table(minutes: int) -> str:
            stage.clock.advance(timedelta(minutes=minutes))
            stage.service.dispatcher.wake()
            await stage.settle()
            await chair.say(chat, "invitations")
            await stage.settle()
            return str(chair.screen(in_=chat))

        assert "Housing, George Whitlock: no answer yet; on its way since" in await table(0)
        away = await table(11)
        assert "Housing, George Whitlock: not delivered yet, it is tried again: telephone; since" in away
        assert "1 not delivered yet: telephone" in away
        assert "Callum Reyes: no answer yet; asked by e-mail" in away
        box.refusals.clear()
        assert "Housing, George Whitlock: no answer yet; asked by e-mail" in await table(2)
        assert len(box.to(HOUSING)) == 1
