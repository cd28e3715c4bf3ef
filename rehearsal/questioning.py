"""The questions that a case has people ask one another, each once, at the step that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.actor import Actor
from rehearsal.case import Case

ASK = "Ask a question"


@dataclass(slots=True, kw_only=True)
class Questioning:
    """What is still to be asked: by a seat, to a seat, with the answer that will be given."""

    case: Case
    asked: int = 0
    answered: int = 0

    @property
    def over(self) -> bool:
        """Tell whether every question of the case is answered."""
        return self.answered == len(self.case.data.get("questions", []))

    async def goes_on(self, actor: Actor, step: str) -> bool:
        """Let this person take one step of the case's questions, where it is theirs; tells whether they did."""
        listed = self.case.data.get("questions", [])
        if self.answered < self.asked:
            question = listed[self.answered]
            return question["to"] == actor.seat and await self._answers(actor, question)
        if self.asked == len(listed) or listed[self.asked].get("at", "QUESTIONS") != step:
            return False
        question = listed[self.asked]
        return question["by"] == actor.seat and await self._asks(actor, question)

    async def _asks(self, actor: Actor, question: Mapping[str, str]) -> bool:
        form = actor.find("Ask")
        if form is None:
            found = actor.find(ASK)
            if found is not None:
                await actor.press(found[0], ASK)
            return found is not None
        to = self.case.seat(question["to"])
        lines = {"For whom": f"{to['label']} – {to['name']}", "Question": question["text"]}
        actor.saying(lines).fill(form[0])
        await actor.press(form[0], "Ask")
        self.asked += 1
        return True

    async def _answers(self, actor: Actor, question: Mapping[str, str]) -> bool:
        found = actor.find("Answer")
        if found is None:
            return False
        seen, _ = found
        if seen.inputs():
            actor.saying({"Your answer": question["answer"]}).fill(seen)
            self.answered += 1
        await actor.press(seen, "Answer")
        return True
