"""How a person acts: presses, types, chooses, with what their client adds and what it refuses."""

from rehearsal.teams import activities
from rehearsal.teams.answers import Answer, AnswerKind
from rehearsal.teams.errors import NotTypable, NotVisible, PressBlocked
from rehearsal.teams.eyes import Sight
from rehearsal.teams.house import elements
from rehearsal.teams.inputs import Complaint, complaints, gathered, held, merged, read, typable
from rehearsal.teams.journal import Pressed
from rehearsal.teams.model import Json
from rehearsal.teams.stage import Stage
from rehearsal.teams.view import Button, Field


class Hands:
    """What one person does on a card."""

    def __init__(self, stage: Stage, mri: str) -> None:
        self.stage = stage
        self.mri = mri

    async def press(self, sight: Sight, button: Button, *, force: bool) -> Answer:
        """Press the button. Raises PressBlocked where the client would not send it, unless forced."""
        if not button.enabled and not force:
            raise PressBlocked(self._name, button.text, [Complaint(button.text, "the button is greyed out")])
        match button.element["type"]:
            case "Action.Execute":
                return await self._execute(sight, button, force=force)
            case "Action.Submit":
                return await self.submit(sight, button, button.element, force=force)
            case "Action.OpenUrl":
                self._note(sight, button, {})
                return Answer(kind=AnswerKind.LINK, value=button.element["url"])
            case _:
                return self._rearrange(sight, button)

    async def submit(self, sight: Sight, button: Button, action: Json, *, force: bool) -> Answer:
        """Send what an old client sends: a message with the inputs as its value."""
        stands_in = Button(button.text, action, button.card, place=button.place)
        data = self._checked(sight, stands_in, force=force)
        exchange, person = self.stage.exchange, self.stage.exchange.who(self.mri)
        activity = activities.submit(exchange, sight.chat, person, message_id=sight.message.id, value=data)
        reply = await self.stage.delivery.event(activity)
        kind = AnswerKind.UNANSWERED if reply is None else AnswerKind.ACCEPTED
        return Answer(kind=kind, http_status=reply.status if reply else 0, attempts=1, activity=activity)

    def fill(self, sight: Sight, field: Field, text: str) -> None:
        """Type into the input. Raises NotTypable for what its control does not take."""
        if not typable(field.element, text):
            raise NotTypable(f"{field.element['type']} {field.text!r} does not take {text!r}")
        if field.element["type"] in ("Input.ChoiceSet", "Input.Toggle"):
            raise NotTypable(f"{field.text!r} is not for typing: choose or toggle")
        sight.copy.typed[field.id] = text

    def choose(self, sight: Sight, field: Field, titles: tuple[str, ...]) -> None:
        """Choose by title, several where the input allows. Raises NotVisible for a choice that is not offered."""
        choices = field.element.get("choices") or []
        offered = {str(each["title"]): str(each["value"]) for each in choices}
        for title in titles:
            if title not in offered:
                raise NotVisible(self._name, f"choice under {field.text!r}:", title, list(offered))
        if len(titles) != 1 and not field.element.get("isMultiSelect"):
            raise NotTypable(f"{field.text!r} takes one choice, not {len(titles)}")
        sight.copy.typed[field.id] = ",".join(offered[title] for title in titles)

    def toggle(self, sight: Sight, field: Field, *, on: bool | None) -> None:
        """Switch the toggle over, or to where it should be."""
        yes, no = str(field.element.get("valueOn", "true")), str(field.element.get("valueOff", "false"))
        wanted = held(sight.copy, field) != yes if on is None else on
        sight.copy.typed[field.id] = yes if wanted else no

    @property
    def _name(self) -> str:
        return self.stage.exchange.name(self.mri)

    async def _execute(self, sight: Sight, button: Button, *, force: bool) -> Answer:
        kept: Json = {name: button.element[name] for name in ("type", "id", "title", "verb") if name in button.element}
        action = {**kept, "data": self._checked(sight, button, force=force)}
        exchange, person = self.stage.exchange, self.stage.exchange.who(self.mri)
        activity = activities.invoke(
            exchange, sight.chat, person, message_id=sight.message.id, action=action, trigger="manual"
        )
        answer = await self.stage.delivery.invoke(activity)
        self.stage.screens.apply(sight.chat, sight.message, self.mri, answer)
        return answer

    def _checked(self, sight: Sight, button: Button, *, force: bool) -> object:
        found = complaints(sight.copy, button)
        if found and not force:
            raise PressBlocked(self._name, button.text, found)
        filled = {each.text: read(sight.copy, each) for each in gathered(sight.copy, button)}
        self._note(sight, button, filled)
        return merged(sight.copy, button)

    def _note(self, sight: Sight, button: Button, inputs: dict[str, str]) -> None:
        exchange = self.stage.exchange
        entry = Pressed(
            at=exchange.now(),
            chat=sight.chat.id,
            person=self._name,
            message=sight.message.id,
            title=button.text,
            inputs=inputs,
        )
        exchange.journal.write(entry)

    def _rearrange(self, sight: Sight, button: Button) -> Answer:
        """Unfold or fold a ShowCard, show or hide elements: nothing leaves this screen."""
        copy = sight.copy
        if button.element["type"] == "Action.ShowCard":
            if button.place in copy.opened:
                copy.opened.remove(button.place)
            else:
                copy.opened.append(button.place)
        for target in button.element.get("targetElements", ()):
            name = target if isinstance(target, str) else target["elementId"]
            fixed = None if isinstance(target, str) else target.get("isVisible")
            copy.shown[name] = not self._shows(copy.card, name, copy.shown) if fixed is None else fixed
        return Answer(kind=AnswerKind.LOCAL)

    @staticmethod
    def _shows(card: Json, name: str, shown: dict[str, bool]) -> bool:
        from_card = next((each.get("isVisible", True) for each in elements(card) if each.get("id") == name), True)
        return shown.get(name, bool(from_card))
