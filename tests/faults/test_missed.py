"""What Teams told while nobody listened: the next start makes up for it; and an offer is answered once."""

from __future__ import annotations

from pathlib import Path

from bot.app import serving
from bot.convening import convene_plan
from procedures.load import load
from rehearsal.case import find_case
from rehearsal.stage import settings_for, with_identities
from rehearsal.teams import MovableClock, Settings, TeamsService

HOLD = "Hold it here"


async def test_what_was_missed_is_made_up_for_and_an_offer_is_answered_once(tmp_path: Path) -> None:
    """An offer that could not be posted, who came while the service was away, a second press and a stranger's."""
    case = find_case("injured-infant")
    clock = MovableClock(case.clock)
    async with TeamsService(clock=clock, settings=Settings.quick()) as teams:
        people = {s["id"]: teams.person(s["name"], email=s["email"]) for s in case.data["seats"]}
        chair, police = people[case.data["chair"]], people["police"]
        chat = teams.meeting_chat("Meeting", organizer=chair, members=[p for p in people.values() if p is not chair])
        settings = settings_for(teams, tmp_path)

        async with serving(settings, now=clock.now) as service:
            teams.connect(f"http://127.0.0.1:{service.port}/api/messages")
            for data in (with_identities(case, people) | {"reference": r} for r in ("SM-4001", "SM-4002")):
                await convene_plan(service.store, data, load(case.procedure), now=clock.now)
            # Until the service has stopped: its making up for what it missed may run late, and post the offer.
            fault = teams.faults.answer("500", method="POST", conversation=chat.id, times=None)
            await chat.install_bot(chair)
            assert fault.met
        fault.release()
        assert not chair.sees(HOLD, in_=chat)

        slow = teams.faults.hang(path="members", conversation=chat.id)
        async with serving(settings, now=clock.now) as service:
            teams.outbox_idle = service.dispatcher.rest
            await slow.reached.wait()
            await chat.install_bot(chair)  # tells of the chat while the start asks who is in it
            slow.release()
            await service.started()
            await teams.settle()
            assert sum(HOLD in text for text in chair.screens(chat)) == 1
            offer = police.messages(chat)[-1]
            refused = await police.press(HOLD, in_=chat, beside="SM-4001", settle=True)
            assert refused.text == "Only the chair or the note-taker can do this."
            await chair.press(HOLD, in_=chat, beside="SM-4002", settle=True)
            assert "Start the meeting" in chair.screen(message=offer)
            listed = await service.store.record.listed()
            assert {line.reference: line.chat for line in listed} == {"SM-4002": chat.id, "SM-4001": ""}
            for person in (police, chair):
                assert not person.sees(HOLD, in_=chat)
            assert "SM-4002 · This meeting is held in this chat" in police.screen(message=offer)
            action = refused.activity["value"]["action"]
            late = await teams.invoke_raw(chair, chat, verb=action["verb"], data=action["data"], message=offer)
            assert late.text == "This chat holds SM-4002 already. Close or cancel that meeting first."

        stranger = teams.person("Robin Field", email="robin.field@example.org")
        await chat.start()
        for person in (chair, stranger):
            await chat.join(person)  # nobody listens

        async with serving(settings, now=clock.now) as service:
            teams.outbox_idle = service.dispatcher.rest
            await service.started()
            await teams.settle()
            assert any("The call has begun" in n.text for n in chair.notifications)
            meeting, _ = await service.store.record.read((await service.store.record.in_chat(chat.id))[0].id)
            here = {p.name for p in meeting.people.values() if p.present}
            assert here == {chair.name, stranger.name}
            assert chair.sees("Somebody is at the door", in_=chat) or chair.sees("Robin Field", in_=chat)
        assert not teams.violations
