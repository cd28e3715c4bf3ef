"""Reminders of actions and duties, as their readers get them: on time, once at each rung, none after it is done."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import vobject

from cards.times import LONDON
from rehearsal.stage import staged
from tests.ledger.conftest import At
from tests.ledger.forms import write
from tests.ledger.lifetime import agree, close, private, reminders, tell, until
from tests.ledger.minuting import act
from tests.ledger.snapshots import keep, restored, the_case, the_procedure
from tests.ledger.test_san_actions_closing import S47, SINGLE
from tests.ledger.test_san_actions_closing import WREN as WORKER
from tests.ledger.world import World

STY = {"procedure": "sty", "case": "sty"}
LADDER = ["Tue 5 Jan 12:00", "Wed 6 Jan 12:00", "Thu 7 Jan 12:00"]  # before, at, after a Wednesday's noon
QUIET = "No reminder before then"
MANAGER, CHAIR = "Fri 8 Jan 12:00", "Mon 11 Jan 12:00"
ORDER = "Is an emergency protection order or police protection in force?"
KIND = "Emergency protection order or police protection"


async def test_own_actions_are_answered_in_ones_own_chat(at: At) -> None:
    """Accept, progress, more time, hand over, cannot: each as the owner says it, and the chair answers what asks."""
    async with at("ACTIONS") as world:
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-01-06", "12:00")
        await agree(world, "Ask the school", "Sara Lund", "2027-01-06", "12:00")
        await close(world)
        visitor, school, chair = world.visitor, world.school, world.chair
        assert "1. Visit the aunt" in await world.say(visitor, "actions", private=True)
        assert "Ask the school" not in world.visitor.screen(in_=world.own_chat(visitor))
        assert "accepted" in await tell(world, visitor, "Accept")
        await tell(world, visitor, "Report back")
        blank = await tell(world, visitor, "Send", How_does_it_stand="I need more time")
        assert "Please answer this." in blank
        asked = await tell(
            world,
            visitor,
            "Send",
            What_was_done="The aunt is away.",
            **{"Or another time: date": "2027-01-12", "Or another time: time": "12:00"},
        )
        assert "Asks for time until: Tue 12 Jan 2027, 12:00" in asked
        assert any("more time is asked for action 1" in text for _, text in private(world, chair))
        assert "by Wed 6 Jan 2027, 12:00" in world.visitor.screen(in_=world.own_chat(visitor))
        await world.say(chair, "after", private=True)
        assert "The aunt is away." in await tell(world, chair, "Answer actions (2)")  # and what is asked for still
        await tell(world, chair, "Grant")
        assert any("you have more time for action 1" in text for _, text in private(world, visitor))
        assert "by Tue 12 Jan 2027, 12:00" in await world.say(visitor, "actions", private=True)
        await until(world, "2027-01-12T13:00")
        assert reminders(world, visitor, "Action 1.*due") == ["Mon 11 Jan 12:00", "Tue 12 Jan 12:00"]
        await world.say(school, "actions", private=True)
        await tell(world, school, "Report back")
        gone = "Not possible any more: circumstances changed"
        await tell(world, school, "Send", How_does_it_stand=gone, What_was_done="They moved to another town.")
        told = [text for _, text in private(world, chair)]
        assert any("action 2 is not possible any more: circumstances changed" in text for text in told)
        await world.say(chair, "after", private=True)
        assert "They moved to another town." in await tell(world, chair, "Answer actions (2)")
        await tell(world, chair, "Close it")
        assert "<Answer actions (1)>" in await world.say(chair, "after", private=True)
        before = len(reminders(world, school, "Action 2"))
        await until(world, "2027-01-20T12:00")
        assert len(reminders(world, school, "Action 2")) == before
        assert "1. Visit the aunt" not in world.shared()


async def test_an_owner_who_wants_no_reminder_before_it_is_due_gets_none(at: At) -> None:
    """What is acknowledged is told again when it is due and after it; the other action's ladder is not touched."""
    async with at("ACTIONS") as world:
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-01-06", "12:00")
        await agree(world, "Ask the school", "Sara Lund", "2027-01-06", "12:00")
        await close(world)
        assert QUIET in await world.say(world.visitor, "actions", private=True)
        assert "The next reminder comes when it is due." in await tell(world, world.visitor, QUIET)
        assert QUIET not in world.visitor.screen(in_=world.own_chat(world.visitor))
        await tell(world, world.visitor, "For my calendar")
        link = str((await world.visitor.press("Open the file", in_=world.own_chat(world.visitor))).value)
        async with aiohttp.ClientSession() as session, session.get(link) as answer:
            kept = vobject.readOne(await answer.text())
        assert (kept.vevent.summary.value, len(kept.vevent_list)) == ("SM-77: action 1 is due", 1)
        assert kept.vevent.dtend.value == datetime(2027, 1, 6, 12, tzinfo=LONDON)
        await until(world, "2027-01-07T13:00")
        assert reminders(world, world.visitor, "Reminder") == LADDER[1:]
        assert reminders(world, world.school, "Reminder") == LADDER


async def test_somebody_else_takes_an_action_over(at: At) -> None:
    """Handed over, it is the new owner's: who is told and reminded, while the former one is not."""
    async with at("ACTIONS") as world:
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-01-06", "12:00")
        await close(world)
        await world.say(world.visitor, "actions", private=True)
        await tell(world, world.visitor, "Report back")
        to = "Mina Osei (Health: midwife)"
        said = {
            "How_does_it_stand": "Hand it over to somebody else",
            "Hand_over": to,
            "What_was_done": "She knows her.",
        }
        await tell(world, world.visitor, "Send", **said)
        assert [text for _, text in private(world, world.midwife)][-1].count(
            "Action 1 is yours to do by Wed 6 Jan 2027, 12:00."
        ) == 1
        assert any("action 1 was handed over to somebody else" in text for _, text in private(world, world.chair))
        assert "1. Visit the aunt" in await world.say(world.midwife, "actions", private=True)
        assert "Nothing is yours" in await world.say(world.visitor, "actions", private=True)
        await until(world, "2027-01-07T13:00")
        assert reminders(world, world.midwife, "Reminder") == LADDER
        assert reminders(world, world.visitor, "Reminder") == []


@pytest.mark.ledger("SAN-10.9", "SAN-13.13b")
async def test_an_action_is_followed_up_until_it_is_done(at: At) -> None:
    """One message at each rung: before, at and after the time, then manager, then chair; none after Done.

    After the last action is done, a development is still heard, and leads to a further meeting.
    """
    async with at("ACTIONS") as world:
        await agree(world, "See the landlord", "Wren Foster", "2027-01-06", "12:00")
        await agree(world, "Ask the school", "Sara Lund", "2027-01-06", "12:00")
        await close(world)
        await until(world, "2027-01-06T13:00")
        assert reminders(world, world.school, "Reminder") == LADDER[:2]
        await world.say(world.school, "actions", private=True)
        await tell(world, world.school, "Report back")
        await tell(world, world.school, "Send", How_does_it_stand="Done", What_was_done="The head confirms it.")
        await until(world, "2027-01-11T13:00")
        assert reminders(world, world.worker, "Reminder") == LADDER
        assert reminders(world, world.deputy, "Reminder") == [MANAGER]
        late = await world.say(world.chair, "overdue", private=True)
        since = "overdue since Wed 6 Jan 2027, 12:00"
        assert f"Action 1 (Social care: social worker): {since}." in late.partition("Overdue")[2]
        assert f"open, {since}" in await world.say(world.worker, "actions", private=True)
        assert f"open, {since}" in await world.say(world.chair, "list", private=True)
        assert not [word for word in ("Action 2", "landlord") if word in late]
        assert "Nothing is overdue in a meeting that you chair." in await world.say(
            world.worker, "overdue", private=True
        )
        assert CHAIR in reminders(world, world.chair, r"Reminder[^<]*Action 1")
        assert reminders(world, world.school, "Reminder") == LADDER[:2]
        assert reminders(world, world.chair, r"Reminder[^<]*Action 2") == []
        await world.say(world.chair, "after", private=True)
        assert "Follow actions until done" in await tell(world, world.chair, "Guidance")
        assert "The head confirms it." in await tell(world, world.chair, "Answer actions (2)")
        await tell(world, world.chair, "Close it")
        await world.say(world.worker, "actions", private=True)
        await tell(world, world.worker, "Report back")
        await tell(world, world.worker, "Send", How_does_it_stand="Done", What_was_done="He repairs the door.")
        await world.say(world.chair, "after", private=True)
        await tell(world, world.chair, "Answer actions (2)")
        await tell(world, world.chair, "Close it")
        assert "Nothing is yours" in await world.say(world.worker, "actions", private=True)
        await world.say(world.school, "after", private=True)
        await tell(world, world.school, "Report a development")
        await tell(world, world.school, "Tell the chair", What_changed="The father has moved back in.")
        assert any("consider reconvening" in text for _, text in private(world, world.chair))
        await world.say(world.chair, "after", private=True)
        assert "The father has moved back in." in await tell(world, world.chair, "Call a further meeting")


@pytest.mark.ledger("STY-4.4e", "STY-4.6c", "STY-4.7c", "STY-4.8c")
async def test_every_agency_follows_its_actions_up(at: At) -> None:
    """Social care, education, health and probation: each owner at each rung and once, and none of them after Done.

    A second task of each is done between its first rung and its second.
    """
    async with at("ACTIONS", **STY) as world:
        owners = {"Wren Foster": "worker", "Sara Lund": "school", "Hana Vogel": "visitor", "Pia Moss": "probation"}
        for day in ("06", "13"):
            for name in owners:
                await agree(world, f"A task for {name}", name, f"2027-01-{day}", "12:00")
        await close(world)
        await until(world, "2027-01-12T13:00")
        for number, seat in enumerate(owners.values(), start=1):
            person = getattr(world, seat)
            assert reminders(world, person, rf"Reminder[^<]*Action {number}\b") == LADDER
            assert reminders(world, person, rf"Reminder[^<]*Action {number + 4}\b") == ["Tue 12 Jan 12:00"]
            assert reminders(world, world.chair, rf"Reminder[^<]*Action {number}\b").count(CHAIR) == 1
        assert reminders(world, world.deputy, r"Reminder[^<]*Action 1\b") == [MANAGER]
        await world.say(world.worker, "after", private=True)
        assert "Follow actions until done" in await tell(world, world.worker, "Guidance")
        for seat in owners.values():
            person = getattr(world, seat)
            await world.say(person, "actions", private=True)
            await act(world, person, "Report back", beside="by Wed 13 Jan")
            await tell(world, person, "Send", How_does_it_stand="Done", What_was_done="It is done.")
        await until(world, "2027-01-22T13:00")
        for number, seat in enumerate(owners.values(), start=5):
            about = rf"Reminder[^<]*Action {number}\b"
            assert reminders(world, getattr(world, seat), about) == ["Tue 12 Jan 12:00"]
            assert reminders(world, world.deputy, about) == reminders(world, world.chair, about) == []


@pytest.mark.ledger("SAN-10.7")
async def test_the_end_of_police_protection_is_reminded_of(at: At) -> None:
    """In force until Saturday 07:00: the chair is reminded before the end, at night too, and the panel shows it."""
    async with at("PLAN") as world:
        await write(world, f"{ORDER} (Ada Brook)", {ORDER: "Yes"})
        times = {"Start: date": "2026-12-23", "Start: time": "07:00", "End: date": "2026-12-26", "End: time": "06:00"}
        await world.submit(world.notes, {KIND: "Police protection", **times})
        runs = await world.say(world.chair, "deadlines", private=True)
        assert re.search(r"Order ends, as entered \(Ada Brook\): Sat 26 Dec 2026, 06:00[^<]*as the court ordered", runs)
        await until(world, "2026-12-26T07:00")
        told = reminders(world, world.chair, r"Reminder[^<]*Order ends, as entered")
        assert told[:2] == ["Fri 25 Dec 06:00", "Sat 26 Dec 02:00"]


@pytest.mark.ledger("STY-4.4c")
async def test_the_end_of_an_order_is_reminded_of(at: At) -> None:
    """An emergency protection order runs to the end that was entered; before it the chair is reminded."""
    async with at("PLAN", **STY) as world:
        await write(world, f"{ORDER} (Ada Brook)", {ORDER: "Yes"})
        times = {"Start: date": "2026-12-23", "Start: time": "07:00", "End: date": "2026-12-30", "End: time": "17:00"}
        await world.submit(world.notes, {KIND: "Emergency protection order", **times})
        await until(world, "2026-12-30T18:00")
        told = reminders(world, world.chair, r"Reminder[^<]*Order ends, as entered")
        assert told[:2] == ["Tue 29 Dec 17:00", "Wed 30 Dec 13:00"]


@pytest.mark.ledger("SAN-11.3c")
async def test_the_visit_to_the_child_is_reminded_of_by_the_hour(at: At) -> None:
    """Agreed for 20 hours after the decision: its owner is reminded 12, 4 and 1 hours before, whatever the hour."""
    async with at("DECISION") as world:
        await world.decide(S47, answers={**SINGLE, "Start or continue": "Start"})
        for _ in range(3):
            await world.next()
        await world.press(world.chair, "Fill in", beside="Child seen within 24 hours")
        visit = {"By whom": WORKER, "Where": "At home"}
        await world.submit(
            world.chair, {**visit, "Or another time: date": "2026-12-24", "Or another time: time": "05:00"}
        )
        assert QUIET not in await world.say(world.worker, "actions", private=True)
        await until(world, "2026-12-24T05:30")
        told = reminders(world, world.worker, "Action 1")
        assert told == ["Wed 23 Dec 17:00", "Thu 24 Dec 01:00", "Thu 24 Dec 04:00", "Thu 24 Dec 05:00"]
        runs = await world.say(world.chair, "deadlines", private=True)
        assert re.search(r"Child seen.*SAN-11\.3c; cannot be muted", runs, re.DOTALL)
        assert re.search(r"Latest date for a conference, if one follows.*18 Jan 2027.*default", runs, re.DOTALL)


LATE = "Why the meeting was held late"


@pytest.mark.ledger("SAN-7.1")
async def test_a_meeting_is_reminded_of_before_its_limit(at: At) -> None:
    """The concern came at 08:00: the chair is told six and two hours before the next 08:00; held in time, not asked."""
    async with at("CONVENED") as world:
        await world.say(world.chair, "help", private=True)  # so that the bot knows the chair's own chat
        await until(world, "2026-12-24T07:30")
        assert reminders(world, world.chair, "Meeting held: due by") == ["Thu 24 Dec 02:00", "Thu 24 Dec 06:00"]
        await world.begin()
        assert "hours after the event" not in world.card(world.chair)
    async with at("CLOSING") as world:
        assert LATE not in world.newest(world.chair)


@pytest.mark.ledger("SAN-7.1", "SAN-7.2")
async def test_a_meeting_held_late_starts_and_says_why(at: At, tmp_path: Path) -> None:
    """26 hours after the concern and 3 after one agency acted alone: it starts, and closes only with the reason.

    The chair hears of the two hours once it is said that somebody acted, before there is a chat, by mail if need be.
    """
    late = {"procedure": "san", "case": "late"}
    async with staged(the_case("late"), the_procedure("san"), tmp_path) as stage:
        await stage.settle()
        (letter,) = stage.post.to("carys@council.example")
        said = " ".join(letter.get_body(("plain",)).get_content().split())
        assert "Please hold this meeting by Wed 23 Dec 2026, 08:00, or as soon as possible" in said
        assert not re.search("Ada|Ben|Brook|police", letter.as_string())
    async with staged(the_case("case"), the_procedure("san"), tmp_path / "in time") as stage:
        await stage.settle()
        assert stage.post.letters == []
    async with at("CONVENED", **late) as world:
        await world.begin()
        assert "Wed 23 Dec 2026, 08:00" in world.shared()
        assert "step 1 of 16" in world.card(world.chair)
        assert "26 hours after" in world.card(world.chair)
    async with at("CLOSING", **late) as world:
        assert f"{LATE}" in world.newest(world.chair).partition("Still open")[2]
        assert "<Close the meeting>" not in world.newest(world.chair)
        await world.press(world.chair, "Close the meeting with this reason", force=True)
        assert "Still open" in world.newest(world.chair)  # not without the reason
        await world.fill_in(world.chair, LATE, {LATE: "The family could not be found."})
        await world.next()
        minutes = await world.minutes()
        assert "Meeting held within 24 hours: 26 hours after concern received, 2 hours late" in minutes
        assert "3 hours after one agency acted alone, 1 hour late" in minutes
        assert "The family could not be found." in minutes


@pytest.mark.parametrize("away", [timedelta(minutes=30), timedelta(hours=24), timedelta(days=7)], ids=str)
async def test_what_was_due_while_it_was_down_is_sent_once_and_says_so(at: At, tmp_path: Path, away: timedelta) -> None:
    """Stopped before due times, started after them: each reader gets one message with all that still holds, as late.

    Whoever hears of it next on the ladder, and what is told each morning, comes once too, however long it was away.
    """
    async with at("ACTIONS") as world:
        await agree(world, "Visit the aunt", "Hana Vogel", "2026-12-29", "12:00")
        await agree(world, "Weigh the baby", "Hana Vogel", "2026-12-29", "12:00")
        await close(world)
        await until(world, "2026-12-29T11:59")
        before = len(private(world, world.visitor)), len(private(world, world.chair))
        await keep(world.stage, tmp_path / "stopped")
    started = tmp_path / "started"
    started.mkdir()
    later = timedelta(minutes=1) + away
    async with restored(the_case(), the_procedure("san"), tmp_path / "stopped", started, away=later) as stage:
        world = World(stage=stage)
        await world.settle()
        told = private(world, world.visitor)[before[0] :]
        assert len(told) == 1
        assert "Action 1" in told[0][1]
        assert "Action 2" in told[0][1]
        assert "Late, because I was not running when it was due." in told[0][1]
        assert "Visit the aunt" not in told[0][1]
        chairs = [text for _, text in private(world, world.chair)[before[1] :]]
        heads = [text.splitlines()[0].removeprefix("SM-77 · ") for text in chairs]
        waits = {1: ["Reminder · Still open"], 7: ["Reminder"]}  # after a week nothing is open that was not told above
        assert heads == waits.get(away.days, [])
        assert [text.count(f"Action {n} (") for text in chairs for n in (1, 2)] == [1, 1] * len(chairs)
        assert all("Late, because I was not running when it was due." in text for text in chairs)
        await until(world, f"{stage.clock.now().astimezone(LONDON) + timedelta(minutes=5):%Y-%m-%dT%H:%M}")
        assert len(private(world, world.visitor)[before[0] :]) == 1


async def test_an_owner_who_is_not_in_teams_is_reminded_by_letter_and_one_who_left_is_named(at: At) -> None:
    """The due time goes into their calendar, without what is to be done; a letter that comes back reaches the chair."""
    hana, due = "hana@nhs.example", datetime(2027, 1, 6, 12, tzinfo=LONDON)
    unreached = "Could not be reached; please telephone: Health: health visitor"
    async with at("ACTIONS") as world:
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-01-06", "12:00")
        await close(world)
        world.visitor.block_bot()
        post = world.stage.post
        await until(world, "2027-01-05T13:00")
        letter = post.to(hana)[-1]
        assert letter["Subject"] == "SM-77: a reminder"
        assert "aunt" not in letter.as_string()
        (attached,) = [p for p in letter.iter_parts() if p.get_content_type() == "text/calendar"]
        entry = vobject.readOne(attached.get_content())
        assert (entry.method.value, attached.get_param("method")) == ("PUBLISH", "PUBLISH")
        assert (entry.vevent.dtend.value, entry.vevent.summary.value) == (due, "SM-77: action 1 is due")
        assert "aunt" not in entry.serialize()

        sent = len(post.to(hana))
        post.refusals[hana] = "550 5.1.1 no longer here"
        await until(world, "2027-01-06T13:00")
        assert unreached in await world.say(world.chair, "panel", private=True)
        post.refusals.clear()
        await tell(world, world.chair, "Send again")
        assert len(post.to(hana)) == sent + 1
        assert unreached not in await world.say(world.chair, "panel", private=True)


async def test_the_chair_is_told_once_each_working_morning_what_is_open(at: At) -> None:
    """Over Christmas and a weekend; what happens before dawn moves no morning; what is done is told no more."""
    mornings = [f"{day} 09:00" for day in ("Thu 24 Dec", "Tue 29 Dec", "Wed 30 Dec", "Thu 31 Dec", "Mon 4 Jan")]
    async with at("ACTIONS") as world:
        await agree(world, "Visit the aunt", "Hana Vogel", "2027-01-06", "12:00")
        await close(world)
        await until(world, "2026-12-30T05:00")
        await world.say(world.visitor, "actions", private=True)
        await tell(world, world.visitor, "Accept")
        await until(world, "2027-01-04T12:00")
        assert reminders(world, world.chair, "Still open") == mornings
        told = [text for _, text in private(world, world.chair) if "Still open" in text]
        assert all("Action 1 (Health: health visitor)" in text and "aunt" not in text for text in told)
        await world.say(world.visitor, "actions", private=True)
        await tell(world, world.visitor, "Report back")
        await tell(world, world.visitor, "Send", How_does_it_stand="Done", What_was_done="She was seen.")
        await until(world, "2027-01-05T12:00")
        assert reminders(world, world.chair, "Still open") == [*mornings, "Tue 5 Jan 09:00"]
        assert "Action 1" not in [text for _, text in private(world, world.chair) if "Still open" in text][-1]
