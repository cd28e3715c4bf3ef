"""What the bar of the room shows: seats, script, clock, inbox."""

from __future__ import annotations

from typing import Any

from cards.times import LONDON, moment
from meeting.model import Meeting
from rehearsal.hints import asked
from rehearsal.room.mail import mails
from rehearsal.room.room import Room
from rehearsal.room.script import PACES
from rehearsal.room.set import Set
from rehearsal.teams import Person

Json = dict[str, Any]
LETTERS = 40  # of an inbox, the newest


async def controls(room: Room, seat: str) -> Json:
    """Return everything that the bar shows to whoever plays this seat. Raises LookupError between two cases."""
    played = room.played
    case, clock = played.stage.case, played.stage.clock
    local = clock.now().astimezone(LONDON)
    due = await played.stage.service.store.outbox.next_due()
    start = await played.script.around.next_start()
    return {
        "epoch": played.epoch,
        "case": case.title,
        "procedure": played.stage.procedure.title,
        "seats": _seats(played, seat),
        "clock": f"{local:%a} {local.day} {local:%b, %H:%M}",
        "due": moment(due) if due and due > clock.now() else "",
        "start": moment(start) if start else "",
        "playing": played.script.playing,
        "doing": played.script.doing,
        "pace": played.script.pace,
        "paces": list(PACES),
        "trouble": played.script.trouble,
        "left_out": list(room.left_out),
        "inbox": inbox(played, seat),
        "minutes": [_minutes(meeting) for meeting, _ in await played.begun()],
    }


def _seats(played: Set, mine: str) -> list[Json]:
    actors = played.script.around.play.actors
    return [
        {
            "id": str(s["id"]),
            "label": str(s["label"]),
            "name": str(s["name"]),
            "mine": s["id"] == mine,
            "held": s["id"] in played.script.held,
            "asked": asked([actors[s["id"]]]),
        }
        for s in played.stage.case.data["seats"]
    ]


def inbox(played: Set, seat: str) -> list[Json]:
    """Return what this person's telephone displayed and their mailbox holds, the newest first."""
    mail = [
        {
            "at": each.at.isoformat(),
            "when": moment(each.at),
            "where": "by e-mail",
            "text": each.subject,
            "mentioned": False,
            "open": f"/seat/{seat}/mail/{each.number}",
        }
        for each in mails(played, seat)
    ]
    every = [*reversed(mail), *_displayed(played, played.stage.people[seat])]
    return sorted(every, key=lambda each: str(each["at"]), reverse=True)[:LETTERS]


def _displayed(played: Set, person: Person) -> list[Json]:
    chats = {chat.id: chat for chat in played.stage.teams.chats}
    return [
        {
            "at": each.at.isoformat(),
            "when": moment(each.at),
            "where": "to you alone" if chats[each.chat].record.personal else "in the meeting's chat",
            "text": each.text,
            "mentioned": each.mentioned,
        }
        for each in reversed(person.notifications[-LETTERS:])
    ]


def _minutes(meeting: Meeting) -> Json:
    """Return one meeting's minutes: what they are called, and where they are."""
    authorised = meeting.minutes.authorised
    state = f"authorised, version {authorised.version}" if authorised else "draft"
    return {"title": f"Minutes of {meeting.reference}, {state}", "address": f"/minutes/{meeting.reference}"}
