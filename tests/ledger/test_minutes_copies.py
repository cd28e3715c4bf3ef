"""What becomes of each copy of the minutes: kept back, for the family, failed and sent again, put right afterwards."""

from __future__ import annotations

from dialogs.issued import minutes_document
from documents.minutes import family_copy
from documents.text import text_of
from meeting.model import SeatId
from rehearsal.teams import Person
from rehearsal.teams.view import Field
from tests.ledger.conftest import At
from tests.ledger.lifetime import private, reminders, until
from tests.ledger.minuting import act, authorise, panel
from tests.ledger.test_afterwards import recorded
from tests.ledger.test_minutes_life import SENT
from tests.ledger.world import World

FAMILY, RELATION = "Family, genogram, parental responsibility", "mother of Ada and Ben"
KEEP, RIGHT = "Withhold lines", "It is right: an addendum"


async def lines_of(world: World, way: str, section: str = FAMILY) -> list[str]:
    """The chair opens a section to keep lines back or to share them; returns the lines that are offered."""
    await panel(world, world.chair)
    await act(world, world.chair, way)
    await act(world, world.chair, "Show its lines", Section=section)
    _, pieces = next(world.chair.pieces(world.own_chat(world.chair)))
    field = next(p for p in pieces if isinstance(p, Field) and p.text.startswith(section))
    return [str(choice["title"]) for choice in field.element["choices"]]


async def choose(world: World, *lines: str, whom: str = "") -> str:
    """The chair ticks these lines, says from whom they are kept, and saves."""
    return await act(world, world.chair, "Save", **{FAMILY: "|".join(lines)}, **({"From_whom": whom} if whom else {}))


async def copy_of(world: World, seat: str) -> str:
    """What a seat's copy says, as it stands now."""
    meeting = await recorded(world)
    procedure = (await world.stage.service.store.record.read(meeting.id))[1]
    return text_of(minutes_document(meeting, procedure, world.stage.clock.now(), SeatId(seat)))


async def familys(world: World) -> str:
    """What the family may read."""
    meeting = await recorded(world)
    procedure = (await world.stage.service.store.record.read(meeting.id))[1]
    return text_of(family_copy(meeting, procedure, world.stage.clock.now()))


async def pages(world: World, person: Person) -> str:
    """All pages of somebody's own copy, in their own chat."""
    await world.say(person, "minutes", private=True)
    read = [await act(world, person, "Read")]
    while "<Next page" in read[-1]:
        read.append(await act(world, person, "Next page"))
    return "\n".join(read)


async def test_a_line_is_kept_from_one_reader_and_goes_to_another(at: At) -> None:
    """One line from the midwife alone, one from the police: neither reads what the other choice was about.

    A later choice leaves an earlier one as it was. The family reads what was chosen for it, and no line kept back.
    """
    async with at("CLOSED") as world:
        relation = next(line for line in await lines_of(world, KEEP) if RELATION in line)
        assert "Please answer" in await choose(world, relation)  # from whom, is not said
        await choose(world, relation, whom="Health: midwife")
        before, *_ = [line for line in await lines_of(world, KEEP) if RELATION in line]
        assert before == f"{relation} (withheld from Health: midwife)"
        born = next(line for line in await lines_of(world, KEEP) if "1 February 1990" in line)
        await choose(world, before, born, whom="Police")
        told = {seat: await copy_of(world, seat) for seat in ("midwife", "visitor", "police", "school")}
        assert [seat for seat, text in told.items() if RELATION in text] == ["visitor", "police", "school"]
        assert [seat for seat, text in told.items() if "1 February 1990" in text] == ["midwife", "visitor", "school"]
        offered = await lines_of(world, "For the family")
        assert any(line.endswith("(withheld from Health: midwife, so not for the family)") for line in offered)
        await choose(world, *(line for line in offered if "Mora Brook" in line))  # the network says it in other words
        shared = await familys(world)
        assert "Parental responsibility: yes" in shared
        assert not [word for word in (RELATION, "1990", "withheld", "Paul Grant") if word in shared]
        assert RELATION in await world.minutes(world.chair)
        await choose(world, next(line for line in await lines_of(world, KEEP) if "1990" in line))  # the other unticked
        assert RELATION in await copy_of(world, "midwife")
        assert "1 February 1990" not in await copy_of(world, "police")


async def test_a_copy_that_failed_goes_again(at: At) -> None:
    """The midwife's link cannot be delivered: named, the limit runs on, and a press sends it again, to her alone.

    A copy that went by hand is noted. Whoever says that theirs has not come waits again, too.
    """
    async with at("CLOSED") as world:
        box, midwife = world.stage.post, world.midwife.email or ""
        await authorise(world)
        box.refusals[midwife] = "550 5.1.1 no such user"
        chat = world.own_chat(world.midwife).id
        away = world.stage.teams.faults.answer("403-roster", method="POST", conversation=chat, times=None)
        await panel(world, world.chair)
        await act(world, world.chair, "Who receives them")
        await act(world, world.chair, "Save", Who_receives="Police|Education: school|Health: midwife")
        await act(world, world.chair, "Sent otherwise", beside="Police")
        card = await act(world, world.chair, "Note it", How_it_was="By hand, at the station")
        assert "Police: sent: By hand, at the station" in card
        assert "Distributed" not in card
        await act(world, world.chair, "Send to all who wait")
        card = await panel(world, world.chair)
        assert "Health: midwife: could not be delivered" in card
        assert "Education: school: link sent by Teams" in card
        assert "Distributed" not in card
        lost = "what I sent to Health: midwife could not be delivered"
        assert any(lost in text for _, text in private(world, world.chair))
        await until(world, "2026-12-29T12:00")
        assert reminders(world, world.chair, SENT)  # who has no copy yet is no reason to be silent
        box.refusals.clear()
        away.release()
        await panel(world, world.chair)
        await act(world, world.chair, "Send to all who wait")
        card = await panel(world, world.chair)
        assert "Health: midwife: link sent by Teams" in card
        assert "Distributed: Tue 29 Dec" in card
        assert len([text for _, text in private(world, world.school) if "minutes are ready" in text]) == 1

        await world.say(world.school, "minutes", private=True)
        await act(world, world.school, "I have not received them")
        assert "Education: school: says that it has not come" in await panel(world, world.chair)
        await act(world, world.chair, "Send to all who wait")
        await world.say(world.school, "minutes", private=True)
        await act(world, world.school, "I have them")
        assert "Education: school: received" in await panel(world, world.chair)


async def test_what_was_wrong_in_them_is_put_right(at: At) -> None:
    """The school asks for a correction: before the chair without a word in the message, answered as an addendum.

    All who have a copy are told, and it stands in every copy; what was authorised keeps its fingerprint. A request that
    the chair refuses stands in none.
    """
    async with at("CLOSED") as world:
        await authorise(world)
        word = (await recorded(world)).minutes.authorised
        assert word is not None
        await panel(world, world.chair)
        await act(world, world.chair, "Send to all who wait")
        await asks_to_correct(world, "Ada is in year two.")
        told = [text for _, text in private(world, world.chair) if "asks for a correction" in text]
        assert (len(told), "year two" in told[0]) == (1, False)
        card = await panel(world, world.chair)
        assert "Sara Lund asks: Ada is in year two." in card
        await act(world, world.chair, "Answer")
        await act(world, world.chair, "Answer", Your_answer=RIGHT, In_your="Ada is in year two, not three.")
        for person in (world.school, world.police, world.visitor):
            assert any("An addendum stands in the minutes" in text for _, text in private(world, person))
        assert "Ada is in year two, not three." in await pages(world, world.school)
        assert "Ada is in year two, not three." in await copy_of(world, "midwife")
        await asks_to_correct(world, "Leave out that I rang.")
        await panel(world, world.chair)
        await act(world, world.chair, "Answer")
        await act(world, world.chair, "Answer", Your_answer="The minutes stay as they are", In_your="It was said.")
        assert any("Your request for a correction is answered" in text for _, text in private(world, world.school))
        assert "It was said." in await world.say(world.school, "minutes", private=True)
        assert "Leave out" not in await world.minutes(world.chair)
        assert (await recorded(world)).minutes.authorised == word
        assert word.digest in await world.minutes(world.chair)
        assert "year" not in world.shared()


async def asks_to_correct(world: World, text: str) -> None:
    """The school asks the chair to put something right."""
    await world.say(world.school, "minutes", private=True)
    await act(world, world.school, "Ask for a correction")
    assert "Your request is before the chair" in await act(world, world.school, "Ask the chair", What_is=text)
