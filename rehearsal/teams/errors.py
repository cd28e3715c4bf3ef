"""What goes wrong for a person at a screen; each error says what is there instead."""

from rehearsal.teams.inputs import Complaint


class AtTheScreen(AssertionError):
    """A person cannot do what the test asks of them."""


class NotVisible(AtTheScreen):
    """The button, input or choice is not on this person's screen; `visible` lists what is, newest first."""

    def __init__(self, person: str, kind: str, wanted: str, visible: list[str]) -> None:
        self.visible = visible
        listed = ", ".join(repr(each) for each in visible) or "nothing"
        super().__init__(f"{person} sees no {kind} {wanted!r}; visible: {listed}")


class Ambiguous(AtTheScreen):
    """Several fit; say `beside=` which row, or `message=` which message."""

    def __init__(self, person: str, kind: str, wanted: str, places: list[str]) -> None:
        self.places = places
        listed = " / ".join(repr(each) for each in places)
        super().__init__(f"{person} sees {len(places)} times {kind} {wanted!r}, beside: {listed}")


class PressBlocked(AtTheScreen):
    """The client does not send this press; `complaints` are the messages under the inputs."""

    def __init__(self, person: str, title: str, complaints: list[Complaint]) -> None:
        self.complaints = tuple(complaints)
        listed = "; ".join(f"{each.label}: {each.message}" for each in complaints)
        super().__init__(f"{person}'s client does not send {title!r}: {listed}")


class NotTypable(AtTheScreen):
    """The control does not take these characters."""


class NotInChat(AtTheScreen):
    """The person is no member of this chat."""
