"""A meeting called from the card, in 1:1: the draft, whom the pathways propose and why, who gets what; then sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from cards.times import LONDON
from meeting.before.amending import calling_fields, term_fields
from meeting.circumstances import CIRCUMSTANCES
from meeting.procedure import FieldSpec, FieldType
from rehearsal.actor import Actor, Seen, Stuck, positive
from rehearsal.passing import Passing

OUTSIDE = "Reason for inviting outside the pathway"
REASON = "No local pathway is kept in this rehearsal."
BEFORE_CONSENT = "Reason for inviting before consent is answered"
URGENT = "What they know is needed today; the parents are asked meanwhile."


async def convene(passing: Passing, chair: str) -> None:
    """Let whoever chairs the case call the meeting; returns when everybody was invited."""
    stage, case = passing.stage, passing.stage.case.data
    actor, seen = await passing.says(chair, "convene")
    starts = _local(case["starts"])
    said = {
        "Procedure": stage.procedure.title,
        "Children, one name a line": "\n".join(c["name"] for c in case["children"]),
        "Area": case["before"].get("area"),
        "Begins: date": f"{starts:%Y-%m-%d}",
        "Begins: time": f"{starts:%H:%M}",
        "Link to join by": case.get("join_link", ""),
    }
    asked = (*calling_fields(stage.procedure), *term_fields(stage.procedure))
    given = {**case.get("answers", {}), **case.get("invitations", {})}
    known = [CIRCUMSTANCES[one] for one in case["before"].get("circumstances", ())]
    said |= {**labelled(asked, given), **_circumstances(case, known)}
    writer = _sparing(actor, {k: v for k, v in said.items() if v is not None})
    await writer.complete(seen, primary=drafting)
    await passing.rest()
    table = await _seats(passing, actor, actor.now_on(seen.message))
    await send(passing, actor, table)


def _circumstances(case: Mapping[str, Any], known: list[str]) -> dict[str, object]:
    """Return what is true of the children, and of those of whom the case says something else."""
    children = case["children"]
    own = {c["name"]: [CIRCUMSTANCES[one] for one in c["circumstances"]] for c in children if "circumstances" in c}
    said: dict[str, object] = {f"What is true of {name}": true for name, true in own.items()}
    all_of_them = "What is true of the children" if len(children) > 1 else "What is true of the child"
    return {all_of_them: known, **said, **({"Who differs, and is asked about next": list(own)} if own else {})}


def drafting(seen: Seen) -> str | None:
    """The button that goes on with a draft: the card before it has no main one."""
    return "Keep the draft" if "Keep the draft" in seen.titles() else positive(seen)


async def _seats(passing: Passing, actor: Actor, table: Seen) -> Seen:
    """Take over whom the pathway proposes, add whom it does not know, and say who takes the notes."""
    case = passing.stage.case
    passing.shows(f"{actor.person.name} sees", proposals(table))
    table = await passing.press(actor, table, "Take all proposed")
    for seat, why in case.data["before"].get("by_hand", {}).items():
        form = await passing.press(actor, table, "Add a seat")
        added = case.seat(seat)
        lines = {
            "Agency": added["agency"].replace("_", " "),
            "Name of the seat (never a child's name)": added["label"],
            "Person": added["name"],
            "Work e-mail": added["email"],
            **{f.text: why for f in form.inputs() if f.text.startswith("Why")},
        }
        await _sparing(actor, lines).complete(form, primary=positive)
        await passing.moment()
        table = actor.now_on(table.message)
    notes = case.data.get("note_taker")
    if notes:
        form = await passing.press(actor, table, "Who leads")
        await _sparing(actor, {"Takes notes": case.seat(notes)["label"]}).complete(form, primary=positive)
        await passing.rest()
        table = actor.now_on(table.message)
    return table


async def send(passing: Passing, actor: Actor, table: Seen) -> None:
    """Look at who would get what, and send the invitations, with the reasons that are asked for; raises Stuck."""
    preview = await passing.press(actor, table, "Preview and send")
    passing.shows(f"{actor.person.name} sees", plain(preview))
    told = passing.stage.case.data.get("before", {})
    reasons = {OUTSIDE: told.get("outside", REASON), BEFORE_CONSENT: told.get("before_consent", URGENT)}
    for asked in [field.text for field in preview.inputs() if field.text in reasons]:
        actor.person.type(asked, reasons[asked], message=preview.message)
    after = await passing.press(actor, preview, "Send invitations")
    if "Send invitations" in after.titles():
        raise Stuck(f"The invitations were not sent\n{after.text}")


def labelled(specs: Iterable[FieldSpec], given: Mapping[str, Any]) -> dict[str, object]:
    """Return answers by what their inputs are called on a card: a time in two, everything else under its label."""
    found: dict[str, object] = {}
    for spec in specs:
        value = given.get(spec.key)
        if value is None:
            continue
        if spec.type is FieldType.DATETIME:
            at = _local(value)
            found |= {f"{spec.label}: date": f"{at:%Y-%m-%d}", f"{spec.label}: time": f"{at:%H:%M}"}
        elif spec.type is FieldType.YES_NO:
            found[spec.label] = "Yes" if value in (True, "yes") else "No" if value in (False, "no") else value
        else:
            found[spec.label] = value if isinstance(value, list) else str(value)
    return found


def plain(seen: Seen) -> str:
    """Return what is to be read on a card, without its buttons."""
    titles = set(seen.titles())
    return "\n".join(dict.fromkeys(p.text for p in seen.pieces if p.text and p.text not in titles))


def proposals(table: Seen) -> str:
    """Return how long is left, and whom the pathway proposes and why."""
    return "\n".join(x for x in plain(table).splitlines() if x.startswith(("Proposed", "Meeting held")))


def _sparing(actor: Actor, lines: Mapping[str, object]) -> Actor:
    """The same person, who answers these and leaves blank whatever else may stay blank."""
    made = actor.saying(lines)
    made.sparing = True
    return made


def _local(value: datetime | str) -> datetime:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(LONDON)
