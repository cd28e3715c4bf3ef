"""How a person finds things: by the words they see, on the newest message first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rehearsal.teams.errors import Ambiguous, NotVisible
from rehearsal.teams.model import ChatRecord, Copy, Message
from rehearsal.teams.screen import rendered
from rehearsal.teams.screens import Screens
from rehearsal.teams.view import Button, Field, Piece, pieces
from rehearsal.teams.words import displayed

Found = TypeVar("Found", bound=Piece)


class InChat(Protocol):
    """A chat to look into."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Where to look: in one chat, on one message, in the row that holds a text; by default everywhere."""

    in_: InChat | None = None
    message: str | None = None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """One card on the screen of one person."""

    chat: ChatRecord
    message: Message
    copy: Copy


class Eyes:
    """What one person sees."""

    def __init__(self, screens: Screens, mri: str) -> None:
        self.screens = screens
        self.mri = mri

    @property
    def name(self) -> str:
        return self.screens.exchange.name(self.mri)

    def messages(self, where: Where) -> list[tuple[ChatRecord, Message]]:
        """The visible messages, the newest first."""
        found = [
            (chat, message)
            for chat in self.screens.exchange.state.chats.values()
            if self.mri in chat.members and (where.in_ is None or chat.id == where.in_.id)
            for message in chat.messages
            if not message.deleted and where.message in (None, message.id)
        ]
        return sorted(found, key=lambda pair: int(pair[1].id), reverse=True)

    def sights(self, where: Where) -> Iterator[Sight]:
        """The cards among them, as this person holds them."""
        for chat, message in self.messages(where):
            if message.card is not None:
                yield Sight(chat, message, self.screens.copy(message, self.mri))

    def text(self, chat: ChatRecord, message: Message) -> str:
        """All that is to be read on this message."""
        if message.card is None:
            return displayed(message.text)
        return rendered(self.screens.copy(message, self.mri))

    def button(self, title: str, where: Where) -> tuple[Sight, Button]:
        """The button with this title. Raises NotVisible or Ambiguous."""
        return self._find(Button, "button", title, where, lambda each: each.text)

    def field(self, label: str, where: Where) -> tuple[Sight, Field]:
        """The input with this label. Raises NotVisible or Ambiguous."""
        return self._find(Field, "input", label, where, lambda each: each.text)

    def toggle(self, label: str, where: Where) -> tuple[Sight, Field]:
        """The toggle with this title or label. Raises NotVisible or Ambiguous."""
        wanted = _plain(label)

        def words(field: Field) -> str:
            title = str(field.element.get("title", ""))
            return title if _plain(title) == wanted else field.text

        return self._find(Field, "toggle", label, where, words)

    def _find(
        self, kind: type[Found], called: str, wanted: str, where: Where, words: Callable[[Found], str]
    ) -> tuple[Sight, Found]:
        visible: list[str] = []
        for sight in self.sights(where):
            candidates = [each for each in pieces(sight.copy) if isinstance(each, kind)]
            fitting = _beside([each for each in candidates if _plain(words(each)) == _plain(wanted)], where.beside)
            if len(fitting) > 1:
                raise Ambiguous(self.name, called, wanted, [(each.around or [""])[0] for each in fitting])
            if fitting:
                return sight, fitting[0]
            visible += [words(each) for each in candidates]
        raise NotVisible(self.name, called, wanted, list(dict.fromkeys(visible)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _beside(found: list[Found], text: str | None) -> list[Found]:
    """Those whose closest block around them holds the text."""
    if text is None:
        return found
    depths = [next((n for n, block in enumerate(each.around) if text in block), None) for each in found]
    closest = min((depth for depth in depths if depth is not None), default=None)
    return [each for each, depth in zip(found, depths, strict=True) if depth is not None and depth == closest]
