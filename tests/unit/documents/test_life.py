"""The minutes' life: debts hold the chair's word back, amendments make versions, what was authorised stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.issued import may_read
from dialogs.papers import NotEntitled, PaperKind, paper, papers_for
from dialogs.reconvening import carried
from documents.minutes import digest_of, family_copy, versions_of
from documents.places import fingerprint, places_of
from documents.text import text_of
from meeting.after import case_system, correcting, distributing, escalating, marking, minutes, reconvening, updates
from meeting.after.preflight import checks
from meeting.door.arriving import Arrive
from meeting.door.guests import guest_id
from meeting.model import Assurance, ChildId, SeatId, Standing
from meeting.procedure import Gate
from meeting.refusals import FieldErrors, HeldBack, NotAllowed, Refused, Stale
from meeting.running.handover import RestrictChild
from meeting.standing import SYSTEM
from meeting.steps import record, safeguards
from tests.unit.documents.kept import amend, authorised, closed, drawn, section
from tests.unit.documents.played import CHAIR, NOTES, POLICE, WORKER, acted, convened, gathered, whole

SECRET = "The neighbour who rang lives at number nine."


def test_an_open_debt_holds_the_chairs_word_back():
    """What was said aloud is named, firmly; written up, it is a version of its own, and no reason is needed for it."""
    play = whole(gathered(convened("san", seats=5)))
    owed = [o for o in checks(play.meeting, play.procedure) if o.code == "debt"]
    assert owed
    assert all(o.gate is Gate.HARD for o in owed)
    with pytest.raises(HeldBack) as held:
        authorised(play)
    assert held.value.hard
    before = play.meeting.minutes.version
    for debt in tuple(play.meeting.debts.values()):
        play.do(NOTES, record.WriteUp(debt=debt.id, text="She said that she manages the team."))
    assert play.meeting.minutes.version == before + len(owed)
    assert checks(play.meeting, play.procedure) == ()
    assert "authorised" in text_of(drawn(authorised(play, reason="")))


def _first(items, **changed):
    one, *others = items
    return (replace(one, **changed), *others)


def _people(meeting, **changed):
    return {k: replace(p, **changed) if k == POLICE else p for k, p in meeting.people.items()}


@pytest.mark.parametrize(
    ("change", "code", "gate"),
    [
        (lambda m: {"actions": _first(m.actions, owner=" ")}, "action_owner", Gate.OVERRIDE),
        (lambda m: {"actions": _first(m.actions, owner="police", urgent=False)}, "action_owner", Gate.OVERRIDE),
        (lambda m: {"actions": _first(m.actions, due=m.actions[0].at, urgent=False)}, "action_due", Gate.OVERRIDE),
        (
            lambda m: {"decisions": {k: replace(d, rationale={}) for k, d in m.decisions.items()}},
            "rationale",
            Gate.HARD,
        ),
        (lambda _: {"decisions": {}}, "undecided", Gate.OVERRIDE),
        (lambda m: {"people": _people(m, stays=())}, "attendance", Gate.OVERRIDE),
        (lambda m: {"people": _people(m, standing=Standing.WAITING)}, "door", Gate.WARN),
    ],
)
def test_what_the_minutes_lack_is_named_before_the_chairs_word(change, code, gate):
    """Owner, time, rationale, decision, attendance: firmly, or passed with a reason; who waits at the door is told."""
    play = closed()
    assert code not in {o.code for o in checks(play.meeting, play.procedure)}
    play.meeting = replace(play.meeting, **change(play.meeting))
    found = {o.code: o.gate for o in checks(play.meeting, play.procedure)}
    assert found[code] is gate
    if gate is not Gate.WARN:
        with pytest.raises(HeldBack):
            authorised(play, reason="")
    if gate is Gate.OVERRIDE:
        assert "Settled by telephone" in text_of(drawn(authorised(play)))


def test_an_amendment_is_a_version_and_the_one_before_stays():
    """The next version shows the new words; the redline shows both; an authorised one must be authorised again."""
    play = closed()
    amend(play, "REASON", "Text of REASON", after=lambda _: "A bruise on the left arm.")
    play.do(NOTES, minutes.AmendLine(section="REASON", after="The school rang at nine."))
    told = text_of(drawn(play))
    assert "A bruise on the left arm." in told
    assert "The school rang at nine." in told
    assert "Added by Sam Penn" in told
    redlines = text_of(versions_of(play.meeting, play.procedure, play.now))
    assert "[new: A bruise on the left arm.]" in redlines
    assert "[gone: Text of REASON" in redlines
    authorised(play)
    with pytest.raises(NotAllowed):
        amend(play, "REASON", "bruise")  # the note-taker no longer
    play.do(NOTES, distributing.SendMinutes(seats=(SeatId("police"),)))
    assert may_read(play.meeting, POLICE)
    amend(play, "REASON", "bruise", by=CHAIR)
    assert play.meeting.minutes.authorised is None
    assert not may_read(play.meeting, POLICE)  # nobody has stood by what stands there now
    with pytest.raises(Refused, match="not_authorised_yet"):
        play.do(NOTES, distributing.SendMinutes(seats=(SeatId("police"),)))
    authorised(play)
    assert [w.version for w in play.meeting.minutes.earlier] == [play.meeting.minutes.version - 1]


def test_what_was_authorised_stays_as_it_was():
    """An action that is done later, or a late note, changes nothing in it; its fingerprint can be made again."""
    play = authorised(closed())
    word = play.meeting.minutes.authorised
    play.now += timedelta(days=3)
    play.do(CHAIR, correcting.AskCorrection(text="Paragraph two names the wrong school."))
    play.do(CHAIR, correcting.AnswerCorrection(id="co1", accepted=True, text="It was the nursery."))
    with pytest.raises(Refused, match="answered_already"):
        play.do(CHAIR, correcting.AnswerCorrection(id="co1", accepted=False, text="It was the school."))
    later = drawn(play)
    assert digest_of(later) == word.digest
    assert "It was the nursery." in text_of(later)
    assert section(later, "addenda")


def test_what_came_after_the_meeting_is_read_with_its_minutes():
    """Who told, reported and escalated what, and when, stage by stage; none of it touches what was authorised."""
    play = closed()
    play.do(POLICE, safeguards.RaiseChallenge(text="It was too soon.", about="Quorum"))
    word = authorised(play).meeting.minutes.authorised
    assert not [s for s in drawn(play).sections if s.key == "afterwards"]
    challenge = play.meeting.challenges[-1].id
    play.do(POLICE, escalating.Escalate(challenge=challenge))
    first, second = (stage.label for stage in play.procedure.follow_up.stages[:2])
    play.do(POLICE, escalating.MoveEscalation(id="e1", text="No agreement by telephone."), minutes=60)
    assert f"{second}: not resolved yet [since " in text_of(drawn(play))
    play.do(CHAIR, escalating.ResolveEscalation(id="e1", outcome="The enquiry goes on."), minutes=60)
    play.do(CHAIR, updates.PostUpdate(text="The enquiry has ended.", decision=True))
    play.do(POLICE, reconvening.ReportDevelopment(text="The father has moved back in."))
    since = ("The enquiry has ended.", "The father has moved back in.")
    left = carried(play.meeting, play.procedure)
    assert set(left.developments) == {"Escalation resolved: The enquiry goes on.", *since}
    further = convened("san")
    further.meeting = replace(further.meeting, carried=left)
    order = [s.key for s in drawn(further).sections]
    assert order.index("convening") + 1 == order.index("carried") < order.index(further.procedure.agenda[0].id)
    later = drawn(play)
    told = " ".join(text_of(later).partition("After the meeting\n=")[2].split())
    for words in (
        "What it is: a later decision What: The enquiry has ended. By: Morgan Vale",
        "What changed: The father has moved back in. By: Alex Stone",
        "Challenge by: Alex Stone",
        f"{first}: No agreement by telephone. [not resolved, ",
        f"{second}: The enquiry goes on. [resolved, ",
    ):
        assert words in told
    assert digest_of(later) == word.digest


def test_somebody_else_changed_it_meanwhile():
    """Authorising a version that is no longer the newest is refused, and so is a second time."""
    play = closed()
    digest = digest_of(drawn(play))
    amend(play, "REASON", "Text of REASON")
    with pytest.raises(Stale):
        play.do(CHAIR, minutes.Authorise(version=1, digest=digest, reason="x"))
    authorised(play)
    with pytest.raises(Refused, match="authorised_already"):
        authorised(play)


@pytest.mark.parametrize("procedure", ["wmt"])
def test_the_tick_and_the_check_are_asked(procedure):
    """Before the notes are recorded the check needs a reason; without the tick nothing is authorised."""
    play = closed(procedure)
    with pytest.raises(HeldBack):
        play.do(CHAIR, minutes.BeginCheck())
    with pytest.raises(Refused, match="check_first"):
        amend(play, "REASON", "Text of REASON", by=CHAIR)
    play.do(NOTES, minutes.RecordNotes())
    play.do(CHAIR, minutes.BeginCheck())
    amend(play, "REASON", "Text of REASON", by=CHAIR)
    with pytest.raises(FieldErrors):
        authorised(play, ticked=False)
    authorised(play)


def test_brothers_and_sisters_go_to_different_teams():
    """A child not worked with leads to one team, an open case to its area's: one task each, and both may send."""
    play = authorised(closed("wmt"), reason="The area follows")
    play.do(NOTES, case_system.SayCaseStatus(child="c1", answers={"case_status": "not open"}))
    play.do(NOTES, case_system.SayCaseStatus(child="c2", answers={"case_status": "open", "area": "North"}))
    with pytest.raises(FieldErrors, match="mailbox"):
        play.do(CHAIR, case_system.ConfirmTask(task="worklist", subject="c1", email="the team"))
    for child in ("c1", "c2"):
        play.do(CHAIR, case_system.ConfirmTask(task="worklist", subject=child, email="team@example.org"))
    assert [(t.team, t.children) for t in play.meeting.minutes.teams] == [
        ("MASH PSS", ("c1",)),
        ("Area business support: North", ("c2",)),
    ]
    team = guest_id(play.meeting.id, SeatId("team-1"))
    proved, mail = Assurance.GUEST_CODE, "team@example.org"
    come = Arrive(person=team, name="Jo Marsh", tenant="outside", assurance=proved, address="web:1", email=mail)
    play.do(SYSTEM, replace(come, seat=SeatId("team-1")))
    for beyond in ("chair", "team-1"):  # the makers have them, the team itself gets none
        seats = (*distributing.outstanding(play.meeting), SeatId(beyond))
        for command in (
            distributing.SendMinutes(seats=seats),
            distributing.MarkSent(seat=SeatId(beyond), how="By post"),
        ):
            with pytest.raises(Refused, match="not_a_recipient"):
                play.do(team, command)
    play.do(team, distributing.SendMinutes(seats=distributing.outstanding(play.meeting)))
    assert distributing.outstanding(play.meeting) == ()
    assert distributing.distributed_at(play.meeting) == play.now
    with pytest.raises(NotAllowed):
        play.do(POLICE, distributing.SendMinutes(seats=(SeatId("police"),)))


def test_an_open_case_without_its_area_needs_a_reason():
    """The area is asked before authorising (WMT-4.5); the reason stands in the minutes."""
    play = closed("wmt")
    play.do(NOTES, minutes.RecordNotes())
    play.do(NOTES, case_system.SayCaseStatus(child="c1", answers={"case_status": "open", "area": ""}))
    assert [o.code for o in checks(play.meeting, play.procedure)] == ["route_needs"]
    with pytest.raises(HeldBack):
        authorised(play, reason="")
    assert "The area follows by telephone" in text_of(drawn(authorised(play, reason="The area follows by telephone")))


def test_a_line_withheld_from_an_agency_is_not_in_its_copy():
    """Health's copy says that something is withheld and nothing more; police read it; an amendment opens nothing."""
    play = closed()
    place = next(p for p in places_of(section(drawn(play), "REASON")) if "Text of REASON" in p.text)
    amend(play, "REASON", place.text, after=lambda _: SECRET)
    play.do(CHAIR, marking.MarkLines(mark="withheld", on={place.key: ("health",)}))
    assert SECRET not in text_of(drawn(play, SeatId("health")))
    assert "[withheld by the chair]" in text_of(drawn(play, SeatId("health")))
    assert SECRET in text_of(drawn(play, SeatId("police")))
    amend(play, "REASON", SECRET, after=lambda t: t + " He is willing to speak.")
    authorised(play)
    assert "number nine" not in text_of(drawn(play, SeatId("health")))
    assert "willing to speak" in text_of(drawn(play))


def test_the_familys_copy_holds_what_was_chosen_and_nothing_else():
    """Only chosen lines stand in it, and one that was changed since must be chosen again; it is called what it is."""
    play = closed()
    first, second = (p for p in places_of(section(drawn(play), "SUMMARY"))[:2])
    on = {p.key: (fingerprint(p.text),) for p in (first, second)}
    play.do(CHAIR, marking.MarkLines(mark="shareable", on=on))
    told = text_of(family_copy(play.meeting, play.procedure, play.now))
    assert first.text in told
    assert "Alex Stone" not in told
    assert "Text of SHARE" not in told
    amend(play, "SUMMARY", first.text, after=lambda _: SECRET)
    told = text_of(family_copy(play.meeting, play.procedure, play.now))
    assert SECRET not in told
    assert first.text not in told
    assert second.text in told
    mine = [one.label for one in papers_for(play.meeting, play.procedure, CHAIR)]
    assert mine == ["Draft minutes", "Action list", "Copy for the family", "Versions of the minutes"]
    authorised(play)
    assert papers_for(play.meeting, play.procedure, CHAIR)[0].label == "Minutes"


def test_an_amendment_does_not_bring_a_restricted_child_back():
    """A copy that leaves a child out leaves out what was amended or added about that child too."""
    play = acted(gathered(convened("wok", seats=7)))
    play.do(CHAIR, RestrictChild(child=ChildId("c2"), agency="housing"))
    whole(play)
    for debt in tuple(play.meeting.debts.values()):
        play.do(NOTES, record.WriteUp(debt=debt.id, text="Said."))
    part = next(p for p in section(drawn(play), "DECISION").parts if p.heading == "Ben Brook")
    place = next(p for p in places_of(section(drawn(play), "DECISION")) if p.part == part.heading and "Text" in p.text)
    amend(play, "DECISION", place.text, after=lambda _: SECRET)
    play.do(NOTES, minutes.AmendLine(section="DECISION", part="Ben Brook", after="He sleeps at his aunt's."))
    whole_copy, housing = text_of(drawn(play)), text_of(drawn(play, SeatId("housing")))
    assert SECRET in whole_copy
    assert "aunt's" in whole_copy
    assert SECRET not in housing
    assert "aunt's" not in housing


def test_a_copy_is_followed_to_its_reader():
    """Sent, not received, sent again another way; the seat that waits is named until nothing waits."""
    play = authorised(closed())
    assert distributing.recipients(play.meeting) == (SeatId("police"), SeatId("health"), SeatId("worker"))
    play.do(NOTES, distributing.ChooseRecipients(seats=(SeatId("police"), SeatId("worker"))))
    play.do(NOTES, distributing.SendMinutes(seats=(SeatId("police"),)))
    assert distributing.outstanding(play.meeting) == (SeatId("worker"),)
    assert distributing.distributed_at(play.meeting) is None
    play.do(NOTES, distributing.MarkSent(seat=SeatId("worker"), how="By hand"), minutes=5)
    assert distributing.distributed_at(play.meeting) == play.now
    play.do(WORKER, distributing.SayReceived(received=False))
    assert play.meeting.minutes.receipts[-1].seat == "worker"
    assert distributing.outstanding(play.meeting) == (SeatId("worker"),)
    play.do(NOTES, distributing.MarkSent(seat=SeatId("worker"), how="By courier"), minutes=5)
    assert distributing.outstanding(play.meeting) == ()


MINE, ACTIONS = PaperKind.MINUTES, PaperKind.ACTIONS


@pytest.mark.parametrize(
    ("who", "changed", "kinds"),
    [
        (CHAIR, {}, [MINE, ACTIONS, PaperKind.VERSIONS]),
        (POLICE, {}, [MINE, ACTIONS]),
        (WORKER, {}, [ACTIONS]),
        (WORKER, {"right_meeting": False}, []),
        (POLICE, {"standing": Standing.REMOVED}, []),
        (POLICE, {"standing": Standing.OBSERVER}, []),
        (CHAIR, {"standing": Standing.REMOVED}, []),
    ],
)
def test_papers_are_for_whoever_sits_there_and_was_sent_them(who, changed, kinds):
    """Each reader's list and each paper itself; to whom the minutes were not sent, only the actions are open."""
    play = authorised(closed())
    play.do(NOTES, distributing.SendMinutes(seats=(SeatId("police"),)))
    people = play.meeting.people
    meeting = replace(play.meeting, people={**people, who: replace(people[who], **changed)})
    assert [one.kind for one in papers_for(meeting, play.procedure, who)] == kinds
    assert may_read(meeting, who) is (MINE in kinds)
    for kind in PaperKind:
        if kind in kinds:
            assert paper(meeting, play.procedure, who, kind, play.now).sections
        else:
            with pytest.raises(NotEntitled):
                paper(meeting, play.procedure, who, kind, play.now)
