"""The rehearsal plays every case to its end, within what a chair would bear."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import vobject
from typer.testing import CliRunner

from chairside.main import app
from meeting import machine
from meeting.model import How, MeetingId, Status
from meeting.procedure import Procedure
from procedures.load import load
from rehearsal import days, owners
from rehearsal.actor import Stuck
from rehearsal.before import by_card
from rehearsal.budgets import Budget, exceeded
from rehearsal.case import Case, cases, find_case
from rehearsal.files import CALENDAR, EMAILS
from rehearsal.inputs import UNKNOWN, matches, plainest
from rehearsal.rehearsing import Outcome, rehearse_case
from rehearsal.transcript import WIDTH

Writer = Callable[[str], None]
SHOWN = 40  # characters of an answer that the transcript shows in any case


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.id)
async def test_a_case_runs_its_course(case: Case, tmp_path: Path) -> None:
    """The meeting is closed, its minutes are written, Teams objects to nothing, every budget is kept.

    Before it everybody is invited and answers; in the days after it whoever stays silent is told of by the ladder,
    the minutes are authorised and sent, and a challenge goes through the protocol.
    """
    told: list[str] = []
    outcome = await rehearse_case(case, load(case.procedure), tmp_path, write=told.append, before=True, days=True)
    assert outcome.violations == ()
    assert outcome.ran_its_course
    assert exceeded(outcome.budgets) == ()
    html, text = (f.read_text(encoding="utf-8") for f in outcome.files[:2])
    assert {f.suffix for f in outcome.files} >= {".html", ".txt", ".docx"}
    assert (".pdf" in {f.suffix for f in outcome.files}) == (outcome.missing == "")
    assert "fictional" in html.lower()
    assert "FICTIONAL" in text.upper()
    for child in case.data["children"]:
        assert child["name"] in text
        assert not any(child["name"] in line[10 : 10 + WIDTH] for line in told), "a child's name in the chat's column"
    assert outcome.meeting.actions
    assert not _filler(outcome, told), "what a case's own procedure asks is answered by the case"
    before, _, rest = _read(told).partition("The days after")
    after, _, further = rest.partition("The further meeting")
    assert re.search(r"E-mail to \S+: SM-\d+: invitation, .{10,40}\[calendar: request\]", before)
    assert "presses “I will come”" in before
    assert re.search(r"Version \d+, authorised by ", after), after
    steps = re.findall(r"SM-\d+ · Step \d+ of \d+: (.{0,140})", told_whole := _read(told))
    assert steps, told_whole
    assert all("What it asks of you opens for you alone." in step for step in steps), "a message without its reason"
    assert "The form you asked for" in after
    for said in ("The minutes are ready for you", "presses “I have them”", "presses “Close it”", "is resolved"):
        assert said in after, said
    assert re.search(r"Action \d+ \(.+?\): overdue since", after), "nobody was told of the owner who stays silent"
    assert re.search(r"Escalation 1, between practitioners: overdue|went on to its next stage", after)
    listed = {action.what for action in outcome.meeting.actions}
    assert listed >= {report.action for report in case.reports()}, "the case tells of an action that nobody agreed"
    assert [r.action for r in case.reports() if textwrap.shorten(r.said, SHOWN, placeholder="") not in after] == []
    closed = {a.what for a in outcome.lists[0].actions if a.closed is not None}
    assert closed >= {report.action for report in case.reports()}
    _held_again(case, further, outcome)
    if by_card(case, outcome.procedure):
        _whole_life(before, outcome)
    _files(outcome, tmp_path, [c["name"] for c in case.data["children"]])
    assert any(a.how is How.SAID_ALOUD for a in outcome.meeting.answers.values()) == bool(outcome.meeting.debts)


def _filler(outcome: Outcome, told: list[str]) -> list[str]:
    """What nobody of this case said: plain answers of the rehearsal's own, in the minutes or in the days after."""
    authorised = next(f for f in outcome.files if f.name.endswith("authorised-minutes.txt")).read_text(encoding="utf-8")
    plain = (UNKNOWN, days.WRITTEN_UP, owners.DONE, days.NEWS, days.ANSWERED, days.OUTCOME, days.SETTLED)
    read = _read([authorised, *told])
    return [line for line in plain if line[:SHOWN] in read]


def _read(told: list[str]) -> str:
    """What was told, with the lines of each column put together again: the left ones first, then the right ones."""
    return re.sub(r"\s+", " ", "\n".join(_columns(told)))


def _columns(told: list[str]) -> Iterator[str]:
    """Each passage between two times: its left column as one text, then its right one."""
    left: list[str] = []
    right: list[str] = []
    for line in (one for text in told for one in text.splitlines()):
        if re.match(r"\d\d:\d\d:\d\d|── |\d+ \w+ \d{4}$", line):
            yield from (*left, *right)
            left, right = [], []
        first, bar, second = line.partition("│")
        left.append(first if bar or not line.startswith(" ") else line)
        right.append(second)
    yield from (*left, *right)


def _held_again(case: Case, further: str, outcome: Outcome) -> None:
    """The further meeting is held with what the first left open; nobody says again what has changed since."""
    first, second = outcome.lists
    assert second.reference == f"{first.reference}/2"
    assert f"Continues {first.reference}" in further
    assert "Actions so far: 1" in further, "the open action is not on the further meeting's list"
    assert "The meeting is closed." in further
    assert "Action 1 is yours to do, overdue since" in " ".join(further.replace("│", " ").split())
    introduced = further.rindex("presses “Introduce me”")
    assert introduced < further.index("presses “Give my view”"), "the chair went on before everybody was introduced"
    told = case.data["after"]["further"]
    assert {action["what"] for action in told.get("actions", ())} <= {action.what for action in second.actions}
    name = f"{first.reference.lower()}-2-draft-minutes"
    assert {f"{name}.html", f"{name}.txt", f"{name}.docx"} <= {file.name for file in outcome.files}
    minutes = next(f for f in outcome.files if f.name == f"{name}.txt").read_text(encoding="utf-8")
    rationale = next(v for k, v in _flat(told["lines"]["chair"]) if k in ("Rationale", "Reasons") or "defendable" in k)
    assert _read([rationale]) in _read([minutes])


def _flat(lines: object) -> Iterator[tuple[str, str]]:
    """Every label with what is said under it, in a case's lines."""
    for key, said in lines.items() if isinstance(lines, dict) else ():
        if isinstance(said, str):
            yield key, said
        for each in said if isinstance(said, list) else [said]:
            yield from _flat(each)


def _whole_life(before: str, outcome: Outcome) -> None:
    """From the card in 1:1, over a deputy, apologies and who covers, to the due time in an absent owner's calendar."""
    for said in (
        "presses “Keep the draft”",
        "Proposed by the pathway: Police, Karen Holt. Police are invited to every strategy meeting.",
        "Each gets: the reference, when, where, the join link",
        "Karen Holt presses “Send apologies”: At court until two; Tom Ellery",
        "E-mail to hv.duty@nhs.example: SM-",
        "please answer",
        "Police, Tom Ellery: attending: remote; ",
        "in place of Health visiting duty desk",
        "Voluntary: family centre, Jean Arkwright: apologies",
        "on their behalf",
        "presses “Add a line”",
    ):
        assert said in before, said
    dues = [f.read_text(encoding="utf-8") for f in outcome.files if f.name.endswith("-publish.ics")]
    assert any("action 5 is due" in one for one in dues), "the absent owner's due time is no file of its own"
    assert "Kayleigh brought Isla" in outcome.files[1].read_text(encoding="utf-8"), "apologies were not read out"


def _files(outcome: Outcome, folder: Path, children: list[str]) -> None:
    """Everything that the terminal lists is there, and no e-mail names a child."""
    kinds = {one.what.partition(",")[0]: one.files for one in outcome.written}
    letters = [message_from_bytes(f.read_bytes(), policy=policy.SMTP) for f in (folder / EMAILS).glob("*.eml")]
    entries = [f.read_text(encoding="utf-8") for f in (folder / CALENDAR).glob("*.ics")]
    assert len(letters) == len(kinds["E-mails"]) > 0
    assert all(vobject.readOne(entry).vevent.uid.value for entry in entries)
    authorised = [f for f in outcome.files if "authorised" in f.name]
    assert {f.suffix for f in authorised} >= {".html", ".txt", ".docx"}
    assert "authorised by" in next(f for f in authorised if f.suffix == ".txt").read_text(encoding="utf-8").lower()
    assert {f.name for f in outcome.files} >= {"chairside-report.html", "chairside-report.csv"}
    shown = "\n".join(str(letter) for letter in letters) + "".join(entries)
    assert not [name for name in children if name in shown or name.split()[0] in shown]


async def test_a_case_is_played_under_an_authority_that_it_was_not_written_for(tmp_path: Path) -> None:
    """The worked example of docs/how-to runs its course; what it does not ask is named and left out.

    It is played in a folder in which a service keeps its meetings: nothing of those is touched.
    """
    kept = [tmp_path / name for name in ("chairside.db", "chairside.db-wal", "keys.json", "sm-9-minutes.pdf")]
    for file in kept:
        file.write_text("a council's own", encoding="utf-8")
    example = Path(__file__).parents[2] / "docs" / "how-to" / "example-authority.yaml"
    told: list[str] = []
    outcome = await rehearse_case(find_case("car-park"), load(str(example)), tmp_path, write=told.append)
    assert outcome.ran_its_course
    assert not outcome.own, "it is not prepared, so the budgets are not promised"
    assert "left out: answers.context, subject_type, prepared.IDENTITY.fields.c1" in told[0]
    minutes = outcome.files[1].read_text(encoding="utf-8")
    assert "Bridge Green School" in minutes
    assert "9 May 2011" in minutes, "of what was prepared, whatever is asked there too is kept"
    assert "Two men from outside the county run a line" in minutes, "what the police know is said under its name there"
    assert "Role: Detective sergeant for exploitation" in minutes
    assert {file.read_text(encoding="utf-8") for file in kept} == {"a council's own"}


def test_what_a_case_says_is_chosen_under_another_authoritys_words() -> None:
    """A view that is not met stays one, where another word is offered for it; what nobody said is the middle."""
    offered = [{"title": t, "value": t} for t in ("Reasonable cause", "No reasonable cause", "Cannot say yet")]
    titles = [choice["title"] for choice in offered]
    assert [t for t in titles if matches(t, "not met", offered)] == ["No reasonable cause"]
    assert [t for t in titles if matches(t, "met", offered)] == ["Reasonable cause"]
    assert plainest("All children: on the scale 0 to 10", [str(n) for n in range(11)]) == "5"
    assert plainest("Who", ["Ada (Chair)", "Ben (Social care: social worker)"]).startswith("Ben")


def test_the_command_plays_every_case_and_prints_a_row_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`chairside rehearse --all`: a row with measured of allowed and a verdict; a play that stops is told and fails."""

    async def quick(case: Case, procedure: Procedure, out: Path, *, write: Writer, **_: object) -> Outcome:
        if case.id == "injured-infant":
            raise Stuck("Nobody can go on at IDENTITY")
        write("The transcript.")
        presses = Budget(
            what="The chair's presses", short="presses", measured=46 if case.id == "car-park" else 20, at_most=45
        )
        unwritten = machine.unwritten(MeetingId("m"))
        meeting = replace(unwritten, status=Status.CLOSED, started=case.clock, ended=case.clock)
        return Outcome(
            meeting=meeting,
            procedure=procedure,
            written=(),
            missing="",
            budgets=(presses,),
            violations=(),
            ended=case.clock,
            lists=(meeting, meeting),
        )

    monkeypatch.setattr("chairside.playing.rehearse_case", quick)
    printed = CliRunner().invoke(app, ["rehearse", "--all", "--out", str(tmp_path)])
    assert printed.exit_code == 1
    rows = {case.id: next(x for x in printed.output.splitlines() if x.startswith(f"│ {case.id} ")) for case in cases()}
    assert re.search(r"46/45 .* EXCEEDED: presses", rows["car-park"])
    assert re.search(r" lcs .* 20/45 .* kept", rows["followed-home"])
    assert "STOPPED" in rows["injured-infant"]
    assert "injured-infant: Nobody can go on at IDENTITY" in printed.output
    assert "chairside-report.html" in printed.output.replace("\n", "")
    figures = (tmp_path / "chairside-report.csv").read_text(encoding="utf-8")
    assert re.search(r"Quorum,Quorate[^,]*,\d*,8,", figures), "of all meetings together there are enough to be shown"
    assert (tmp_path / "followed-home" / "transcript.txt").read_text(encoding="utf-8") == "The transcript.\n"
    alone = CliRunner().invoke(app, ["rehearse", "--case", "followed-home", "--out", str(tmp_path / "alone")])
    assert "the report shows no figure. One of all cases has some: chairside rehearse --all" in alone.output


def test_the_command_lists_the_cases() -> None:
    """`chairside rehearse --list` names every case with its procedure."""
    printed = CliRunner().invoke(app, ["rehearse", "--list"])
    assert printed.exit_code == 0
    assert all(case.id in printed.output for case in cases())
