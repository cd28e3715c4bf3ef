"""Whoever writes for the meeting: the open step's forms and tables, apologies, the case's own actions, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cards.times import LONDON
from meeting.procedure import FieldType, Procedure
from meeting.steps.actions import actions_data
from meeting.steps.roll_call import absence_words
from rehearsal.actor import Actor, Seen
from rehearsal.case import Case
from rehearsal.hints import ALOUD, FILL, label_of, said_of, saving, settled, step_card

APOLOGIES, ADD, CONFIRM = "Record apologies", "Add an action", "Confirm what was prepared"


@dataclass(slots=True, kw_only=True)
class Scribe:
    """The note-taker, or a chair without one, with what the case lets them write."""

    actor: Actor
    case: Case
    procedure: Procedure
    entered: set[tuple[int, str]] = field(default_factory=set)  # tables seen to, by visit
    excused: int = 0  # of the case's apologies
    agreed: int = 0  # of the case's own actions

    async def writes(self, visit: int) -> bool:
        """Fill in one thing that the open step still asks; tells whether there was one."""
        if await self._excuses():
            return True
        seen = step_card(self.actor)
        if seen is None:
            return False
        row = next((b for b in seen.buttons() if b.text == FILL and not settled(b)), None)
        if row is None:
            return await self._tables(seen, visit) or await self._agrees(seen)
        await self.actor.press(seen, FILL, beside=label_of(row))
        form = self.actor.now_on(seen.message)
        if ALOUD in form.titles() and any(said in form.text for said in self.case.data.get("said", ())):
            await self.actor.say_aloud(form, ALOUD)
        else:
            await self.actor.complete(form, primary=saving)
        return True

    async def _excuses(self) -> bool:
        """Write down who cannot come, why, and what they sent."""
        listed = self.case.data.get("apologies", [])
        found = self.actor.find(APOLOGIES) if self.excused < len(listed) else None
        if found is None:
            return False
        seen, _ = found
        if seen.inputs():
            self.actor.saying(self._excuse(listed[self.excused])).fill(seen)
            self.excused += 1
        await self.actor.press(seen, APOLOGIES)  # opens the form, which comes as a message of its own; else sends it
        return True

    def _excuse(self, absent: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the form of an apology is answered with."""
        seat = self.case.seat(absent["seat"])
        words = absence_words(self.procedure)
        return {
            words["agency"]: f"{seat['label']} – {seat['name']}",
            f"{words['reason']}, or: not known": absent["reason"],
            words["information"]: absent.get("information", ""),
        }

    async def _tables(self, seen: Seen, visit: int) -> bool:
        """Enter the rows of a table that has none yet: the case's, else "none" where that is an answer."""
        for title in seen.titles():
            label = title.removeprefix("Add: ")
            if label == title or (visit, label) in self.entered:
                continue
            self.entered.add((visit, label))
            if re.search(rf"{re.escape(label)}.*(Recorded|Prepared|None)", seen.text):
                continue
            rows = self.case.data.get("rows", {}).get(label, [])
            if not rows and f"None: {label}" in seen.titles():
                await self.actor.press(seen, f"None: {label}")
                return True
            for row in rows or [{}]:
                await self.actor.press(self.actor.now_on(seen.message), title)
                await self.actor.saying(row).complete(self.actor.now_on(seen.message), primary=saving)
            return True
        return False

    async def _agrees(self, seen: Seen) -> bool:
        """Put one of the case's own actions on the list."""
        wanted = self.case.data.get("actions", [])
        if self.agreed >= len(wanted) or ADD not in seen.titles():
            return False
        action = wanted[self.agreed]
        self.agreed += 1
        await self.actor.press(seen, ADD)
        listed = any(action["owner"] in str(i.element.get("choices")) for i in self.actor.now_on(seen.message).inputs())
        action = action if listed else {**action, "owner": action.get("instead", action["owner"])}
        said = said_of(action, actions_data(self.procedure)[1].fields)
        if "in_hours" in action:
            due = (self.actor.clock.now() + timedelta(hours=action["in_hours"])).astimezone(LONDON)
            said |= {f.label: [] for f in actions_data(self.procedure)[1].fields if f.type is FieldType.DATETIME}
            said |= {"Or another time: date": f"{due:%Y-%m-%d}", "Or another time: time": f"{due:%H}:00"}
        await self.actor.saying(said).complete(self.actor.now_on(seen.message), primary=saving)
        return True


async def confirmed(actors: Iterable[Actor]) -> bool:
    """Let the first who may confirm what was prepared, where the chair may not; tells whether somebody did."""
    for actor in actors:
        seen = step_card(actor)
        if seen is not None and CONFIRM in seen.titles():
            await actor.press(seen, CONFIRM)
            return True
    return False
