"""Owners of actions who were not there, who share a seat, or who are sent away: each is told what is theirs, alone."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage

import aiohttp
import vobject

from cards.times import LONDON
from rehearsal.browser import Visitor, browser
from rehearsal.teams import Person
from tests.ledger.conftest import At
from tests.ledger.lifetime import agree, close, private, reminders, tell, until
from tests.ledger.minuting import act
from tests.ledger.world import World

NIA = "nia@nursery.example"
NOON = "by Wed 6 Jan 2027, 12:00"
NURSERY = {"Agency": "Education", "Name_of_the_seat": "Education: nursery", "Why": "Knows Ben"}


def entries(letter: EmailMessage) -> dict[str, tuple[str, int, datetime]]:
    """What a letter puts into a calendar: by the entry's UID its method, its version, and when it ends."""
    (attached,) = [p for p in letter.iter_parts() if p.get_content_type() == "text/calendar"]
    read = vobject.readOne(attached.get_content())
    each = read.vevent_list
    assert all("register" not in one.serialize() for one in each)
    return {v.uid.value: (read.method.value, int(v.sequence.value), v.dtend.value) for v in each}


def letters(world: World) -> list[tuple[str, str]]:
    """The subject and the words of each letter to Nia Rees, in order."""
    found = world.stage.post.to(NIA)
    return [
        (str(one["Subject"]), one.get_body(("plain",)).get_content().replace("\r", "").partition("Open your page")[0])
        for one in found
    ]


async def come_in(world: World, nia: Visitor) -> None:
    """From the link of the letter, by a code, past the statement of confidentiality."""
    text = world.stage.post.to(NIA)[-1].get_body(("plain",)).get_content()
    link = re.findall(r"http://[^/]+(/seat/\S+)", text)[0]
    await nia.get(link)
    await nia.send(f"{link}/code")
    await world.settle()
    digits = re.findall(r"Your code: (\d{3} \d{3})", letters(world)[-1][1])[0]
    await nia.send(f"{link}/prove", digits=digits)
    await nia.enter(f"{link}/room")
    await nia.press("I accept")


async def says(nia: Visitor, what: str, **inputs: str) -> str:
    """Report back on the action of these words, on the page."""
    await nia.press("Report back", beside=what)
    for label, value in inputs.items():
        titles = [p.text for _, found in nia.pieces() for p in found]
        full = next(t for t in titles if t.startswith(label.replace("_", " ")))
        (nia.choose if label in ("How", "Hand_over") else nia.type)(full, value)
    await nia.press("Send")
    return nia.screen()


async def test_an_owner_who_never_came_does_everything_from_the_letter(at: At) -> None:
    """Invited by mail, sent apologies: told with time and calendar entry; accepts, asks for time, hands over, refuses.

    Each rung of the ladder comes by letter, then the chair is told; what the owner hands over leaves nothing behind.
    What the chair says is done, the owner is told once, and it leaves their calendar.
    """
    async with at("ACTIONS") as world:
        await world.say(world.chair, "invitations", private=True)
        await tell(world, world.chair, "Add a seat")
        await tell(world, world.chair, "Add", **NURSERY, Person="Nia Rees", Work=NIA)
        for what in ("Bring the register", "Weigh the boy", "Ask the keyworker"):
            await agree(world, what, "Nia Rees", "2027-01-06", "12:00")
        await close(world)
        subject, words = letters(world)[-1]
        assert subject == "SM-77: for you to do"
        assert words.split("\n")[:3] == [f"Action {n} is yours to do {NOON}." for n in (1, 2, 3)]
        first = entries(world.stage.post.to(NIA)[-1])
        assert list(first.values()) == [("PUBLISH", 0, datetime(2027, 1, 6, 12, tzinfo=LONDON))] * 3

        await until(world, "2026-12-23T11:00")
        async with browser(world.stage.service.port, "Nia Rees") as nia:
            await come_in(world, nia)
            assert "1. Bring the register" in nia.screen()
            assert "Visit the aunt" not in nia.screen()
            await nia.press("Accept", beside="Bring the register")
            later = {"Or_another_time:_date": "2027-01-12", "Or_another_time:_time": "12:00"}
            asked = await says(nia, "Bring the register", How="I need more time", What="The office is shut.", **later)
            assert "Asks for time until: Tue 12 Jan 2027, 12:00" in asked
            await says(
                nia,
                "Weigh the boy",
                How="Hand it over to somebody else",
                Hand_over="Hana Vogel (Health: health visitor)",
            )
            gone = "Not possible any more: circumstances changed"
            await says(nia, "Ask the keyworker", How=gone, What="She has left.")
        await world.settle()
        told = " ".join(text for _, text in private(world, world.chair))
        for word in (
            "more time is asked for action 1",
            "action 2 was handed over",
            "action 3 is not possible any more",
        ):
            assert word in told
        assert f"Action 2 is yours to do {NOON}." in private(world, world.visitor)[-1][1]

        await world.say(world.chair, "after", private=True)
        await tell(world, world.chair, "Answer actions (3)")
        await act(world, world.chair, "Grant", beside="Bring the register")
        assert "you have more time for action 1" in letters(world)[-1][1]
        moved = entries(world.stage.post.to(NIA)[-1])
        uid, later_due = next(iter(first)), datetime(2027, 1, 12, 12, tzinfo=LONDON)
        assert moved == {uid: ("PUBLISH", 1, later_due)}
        in_teams = world.stage.teams.person("Nia Rees", email=NIA)
        listed = await world.say(in_teams, "actions", private=True)
        assert "1. Bring the register" in listed
        assert "Weigh the boy" not in listed
        assert "You were not in this meeting" in await world.say(in_teams, "after", private=True)
        in_teams.block_bot()
        before = len(letters(world))
        await until(world, "2027-01-15T13:00")
        subjects = [subject for subject, _ in letters(world)[before:]]
        assert subjects == ["SM-77: a reminder"] * 3  # before, at, after
        assert reminders(world, world.chair, r"Reminder[^<]*Action 1 \(Education: nursery\)")[0] == "Thu 14 Jan 12:00"
        listed = await hears(world, world.chair, "1. Bring the register", "Done")
        assert "accepted, overdue since Tue 12 Jan 2027, 12:00" in listed
        assert "somebody else reported your action 1 as done" in " ".join(letters(world)[-1][1].split())
        assert entries(world.stage.post.to(NIA)[-1]) == {uid: ("CANCEL", 2, later_due)}


async def hears(world: World, person: Person, what: str, state: str) -> str:
    """Chair or note-taker enters how an action stands, as they heard it; returns the list as it was before."""
    listed = await world.say(person, "list", private=True)
    if state == "Done":
        await act(world, person, "Report back", beside=what)
        await act(world, person, "Send", How=state, What="They said so by telephone.")
    else:
        await act(world, person, "Change", beside=what)
        await act(world, person, "Save", State=state)
    return listed


async def due_file(world: World, person: Person) -> list[str]:
    """What the calendar file holds that somebody takes from their own actions in Teams."""
    await tell(world, person, "For my calendar")
    link = str((await person.press("Open the file", in_=world.own_chat(person))).value)
    async with aiohttp.ClientSession() as session, session.get(link) as answer:
        return sorted(e.summary.value for e in vobject.readOne(await answer.text()).vevent_list)


async def test_each_of_two_on_a_seat_hears_of_their_own_and_nobody_of_what_is_theirs_no_more(at: At) -> None:
    """Two police officers on one seat; one is shut out after the close: the chair is asked to give the action away.

    Whoever has an action no more is told so; nothing goes to the one who was shut out, and they are not offered again.
    """
    async with at("ACTIONS") as world:
        petra = await world.knock("Petra Lang", "Police")
        paul, school = world.police, world.school
        for what, whose in (
            ("Find the father", "Paul Grant"),
            ("Take accounts", "Petra Lang"),
            ("Call her", "Petra Lang"),
        ):
            await agree(world, what, whose, "2027-01-06", "12:00")
        await close(world)
        assert private(world, paul)[-1][1].count("yours to do") == 1
        assert "Action 1 is yours to do" in private(world, paul)[-1][1]
        assert [n for n in "123" if f"Action {n} is yours" in private(world, petra)[-1][1]] == ["2", "3"]
        assert "Take accounts" not in await world.say(paul, "actions", private=True)
        assert await due_file(world, paul) == ["SM-77: action 1 is due"]
        assert "Find the father" not in await world.say(petra, "actions", private=True)
        assert await due_file(world, petra) == ["SM-77: action 2 is due", "SM-77: action 3 is due"]

        await world.say(world.chair, "list", private=True)
        await act(world, world.chair, "Change", beside="3. Call her")
        await act(world, world.chair, "Save", Named="Sara Lund (Education: school)")
        assert "action 3 is not yours any more" in private(world, petra)[-1][1]
        assert f"Action 3 is yours to do {NOON}." in private(world, school)[-1][1]
        await hears(world, world.notes, "3. Call her", "Not possible")
        assert "somebody else reported that your action 3 is not possible any more." in private(world, school)[-1][1]
        assert sum("your action 3" in text for _, text in private(world, school)) == 1

        await world.say(world.chair, "after", private=True)
        await act(world, world.chair, "Shut somebody out")
        await act(world, world.chair, "Shut them out", Who="Petra Lang (Police)", Why="Has left the force")
        assert "the owner of action 2 has no part any more" in private(world, world.chair)[-1][1]
        assert f"Action 2 is yours to do {NOON}." in private(world, paul)[-1][1]
        before = len(private(world, petra))
        await until(world, "2027-01-05T13:00")
        assert [text.count("Action") for _, text in private(world, paul) if "Reminder" in text] == [2]
        await world.say(world.chair, "list", private=True)
        form = await act(world, world.chair, "Change", beside="2. Take accounts")
        assert "Paul Grant (Police)" in form
        assert "Petra Lang" not in form
        await act(world, world.chair, "Save", Named="Paul Grant (Police)")
        await world.say(world.chair, "after", private=True)
        await act(world, world.chair, "Shut somebody out")
        await act(world, world.chair, "Shut them out", Who="Paul Grant (Police)", Why="Has left too")
        assert "no way to reach the owner of action 1, action 2." in private(world, world.chair)[-1][1]
        left = len(private(world, paul))
        await until(world, "2027-01-11T13:00")
        rungs = reminders(world, world.chair, r"Reminder[^<]*Action 1 \(Police\)[^<]*Action 2 \(Police\)")
        assert rungs == [f"{day} 12:00" for day in ("Wed 6 Jan", "Thu 7 Jan", "Fri 8 Jan", "Mon 11 Jan")]
        assert (len(private(world, petra)), len(private(world, paul))) == (before, left)
        assert not world.stage.post.to("paul@police.example")
