"""Lines that are copied from a case system: shown as they are understood, then kept; what is wrong is named by line."""

import json

import pytest

from meeting.model import How, PersonId, Slot
from tests.unit.cards.checking import faults_of
from tests.unit.dialogs.room import Room, each, inputs_of, titles, words
from tests.unit.documents.played import Play, convened

WORKER, POLICE = "p-worker", "p-police"
EVENTS = "Type\tDate\tOutcome\nReferral\t5 Mar 2024\tNo further action\nassessment\tnot known\t\n\ncontact\t12/6/2025\n"
FAMILY = "Wyn Brook; 5/3/1990; y; mother; no\nIris Brook; not known; N"


async def lines_of(table: str) -> tuple[Play, Room]:
    """The social worker at the lines of one table, before the meeting."""
    play = convened("san")
    play.arrive(WORKER, "Jo Hale", "worker@example.org").arrive(POLICE, "Alex Stone", "police@example.org")
    room = await Room(play=play).opens(WORKER, "convening.prepare")
    for press in each(room.cards[WORKER], "Action.Execute"):
        place = json.loads(press["data"]["t"])[3]
        if press["title"] == "Paste lines" and f"{place['step']}.{place['part']}" == table:
            opened = await room.engine.press(PersonId(WORKER), press["verb"], press["data"])
            assert opened.card is not None
            room.cards[WORKER] = opened.card
    return play, room


def kept(play: Play, step: str, part: str) -> list[dict[str, str]]:
    """The lines of a table as they are prepared."""
    answers = [play.meeting.answers[Slot(step=step, part=part, subject=r)] for r in play.meeting.rows[step, part]]
    assert {a.how for a in answers} == {How.PREPARED}
    return [dict(a.answers) for a in answers]


async def test_rows_of_a_table_are_looked_at_and_then_kept():
    """Tabs, its own head left out, blanks left blank; nothing is kept before its meaning was shown."""
    play, room = await lines_of("HISTORY.event")
    assert "Type; Date; Outcome" in room.text(WORKER)
    await room.press(WORKER, "Look at them first", lines=EVENTS)
    assert ("HISTORY", "event") not in play.meeting.rows
    assert 'Line 2: Type: referral. Date: 05/03/2024. Outcome (may be "not concluded"): No further action' in room.text(
        WORKER
    )
    assert faults_of(room.cards[WORKER], is_sealed=True) == []
    await room.press(WORKER, "Keep these 3 lines", lines=f"{EVENTS}enquiry\t1 May 2025")
    assert ("HISTORY", "event") not in play.meeting.rows  # what was added after the look is shown first
    await room.press(WORKER, "Keep these 4 lines")
    assert kept(play, "HISTORY", "event")[:3] == [
        {"type": "referral", "date": "2024-03-05", "outcome": "No further action"},
        {"type": "assessment", "date": "not known"},
        {"type": "contact", "date": "2025-06-12"},
    ]
    assert titles(room.cards[WORKER]).count("Change") >= 4


async def test_a_family_is_typed_line_by_line():
    """Semicolons, yes and no as people write them; each line is a person of their own."""
    play, room = await lines_of("FAMILY.member")
    await room.press(WORKER, "Look at them first", lines=FAMILY)
    await room.press(WORKER, "Keep these 2 lines")
    assert kept(play, "FAMILY", "member") == [
        {"name": "Wyn Brook", "dob": "1990-03-05", "in_home": "yes", "relation": "mother", "significant_other": "no"},
        {"name": "Iris Brook", "dob": "not known", "in_home": "no"},
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("referral; soon; x", "Line 1: Date: A date such as 5/3/2019."),
        ("contact; 5/3/2019\nrumour; 5/3/2019", "Line 2: Type: Choose one of the answers offered."),
        ("contact; 5/3/2019\n" * 60 + "contact; 6/3/2019", "Lines: At most 60 lines at a time."),
        ("Type\tDate\n\ncontact\t5/3/2019\nrumour\tsoon", "Line 4: Type: Choose one of the answers offered."),
        ("contact; 5/3/2019; Closed; and more; words", "Line 1: it has more than 3 parts."),
    ],
)
async def test_what_cannot_be_kept_is_named_and_none_of_it_is_kept(lines: str, said: str):
    """The line and its question; the words stay, and there is no press that would keep them."""
    play, room = await lines_of("HISTORY.event")
    await room.press(WORKER, "Look at them first", lines=lines)
    assert said in room.text(WORKER)
    assert inputs_of(room.cards[WORKER])[0]["value"] == lines
    assert not [t for t in titles(room.cards[WORKER]) if t.startswith("Keep")]
    assert ("HISTORY", "event") not in play.meeting.rows


async def test_a_table_that_is_not_ones_own_takes_no_lines():
    """Another seat's way to it shows what is theirs to prepare, and keeps nothing."""
    play, room = await lines_of("HISTORY.event")
    await room.opens(POLICE, "pasting.lines", step="HISTORY", part="event")
    assert "Paste lines" not in titles(room.cards[POLICE])
    assert "Lines" not in words(room.cards[POLICE])
    assert ("HISTORY", "event") not in play.meeting.rows
