"""The words that Teams suggests to whoever types to the bot: one list for chats, one for the 1:1 chat.

In a chat everybody reads what is typed there, so words that carry content are suggested in the 1:1 chat only.
`dialogs/talk.py` understands the words; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: Schema 1.22 takes three lists of ten commands.
MAX_COMMANDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A word as it is typed, and what it does."""

    title: str
    description: str


def _commands(**said: str) -> tuple[Command, ...]:
    return tuple(Command(title=word.replace("_", " "), description=text) for word, text in said.items())


CHAT = _commands(
    panel="Open your own card; nobody else sees it",
    start="Start the meeting",
    next="Go to the next step",
    back="Go back a step",
    who="Say whom the meeting waits for",
    quorum="Say whether the core agencies are here",
    order="Announce the order of turns: order police, health, school",
    hold="Pause the meeting and every prompt",
    resume="Go on after a pause",
    help="List the words, and name the procedure",
)
PERSONAL = _commands(
    panel="Open your own card",
    convene="Call a meeting to come; nothing is sent yet",
    invitations="See who is asked to come and who answered",
    prepare="Prepare your turn; nobody sees it before",
    minutes="Read the draft minutes",
    actions="See what you have to do",
    deadlines="See every deadline of the meeting",
    note="Add a note to the record: note TEXT",
    on_behalf_of="Record what an agency said: on behalf of health: TEXT",
    help="List the words, and name the procedure",
)
LISTS: Mapping[str, tuple[Command, ...]] = {"groupChat": CHAT, "personal": PERSONAL}
