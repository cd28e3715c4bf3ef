"""What a typed line means: the few words that chairs type while they talk, with small slips forgiven."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

SAME: Mapping[str, str] = {
    "go on": "next",
    "carry on": "next",
    "move to the next": "next",
    "continue": "next",
    "move on": "next",
    "go back": "back",
    "previous": "back",
    "pause": "hold",
    "wait": "hold",
    "hold on": "hold",
    "stop": "hold",
    "break": "hold",
    "unpause": "resume",
    "begin": "start",
    "who's here": "quorum",
    "who is here": "quorum",
    "who are we waiting for": "who",
    "waiting for": "who",
    "who is next": "who",
    "?": "help",
    "hello": "help",
    "hi": "help",
    "hey": "help",
    "good morning": "help",
    "good afternoon": "help",
    "commands": "help",
    "my part": "panel",
    "card": "panel",
    "draft": "minutes",
    "my actions": "actions",
    "action list": "list",
    "what is overdue": "overdue",
    "deadline": "deadlines",
    "clocks": "deadlines",
    "updates": "after",
    "after the meeting": "after",
    "new meeting": "convene",
    "call a meeting": "convene",
    "invite": "invitations",
}
SHARED = ("next", "back", "who", "quorum", "hold", "resume", "start", "help", "panel")
ELSEWHERE = "What is about a child or a family, please write to me in our 1:1 chat."
PRIVATELY = "Please write that to me in our 1:1 chat: here everybody in the chat would see it."
NOT_TAKEN = "I have recorded nothing of that."
ASIDE = (
    "Everybody in the meeting's chat can read what you wrote to me there, and I have recorded nothing of it. If it is "
    "about a child or a family, please delete it there and write it to me here."
)
CONTENT = ("note", "on behalf")  # words behind which stands what was said
PRIVATE = ("minutes", "actions", "list", "overdue", "deadlines", "after", "invitations", "prepare", "convene", "report")
HELP = (
    "next · back · hold · resume · who (we wait for) · quorum · order police, health, school · help. "
    "Only in our 1:1 chat: convene · invitations · prepare · actions (yours, in all your meetings) · list (of one "
    "meeting) · deadlines · overdue · after (the meeting) · report (an agency's part) · minutes · note TEXT · "
    "on behalf of AGENCY: TEXT."
)
HOW: Mapping[str, str] = {
    "note": "Write: note, then what is to stand in the minutes.",
    "order": "Write the agencies in their order: order police, health, school.",
    "on behalf": "Write: on behalf of health: what was said.",
}
AGENCY_WORDS = 3  # of an agency's name, with "for"
_CLOSE = 0.75  # how alike two words are for one to be a slip of the other
_SIMILAR = 0.6  # alike enough to be asked about
_BOT = re.compile(r"@?\s*chairside\b[\s,:]*", re.IGNORECASE)
_POLITE = re.compile(r"\b(please|now|step|then)\b")
_BEHALF = re.compile(r"(?:on\s+|in\s+)?(\w+)(?:\s+(?:of|off|for))?(?:\s+(.+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A word that was understood, with what came after it."""

    word: str
    rest: str = ""


def understand(text: str) -> Heard | None:
    """Return the word that a line means, or None; slips of spelling, capitals, polite words and the bot's name pass.

    What moves the meeting is not guessed at: a slip keeps its first letter.
    """
    line = _BOT.sub("", re.sub(r"\s+", " ", text).strip(), count=1).strip().rstrip("!.")
    taken = _behalf(line) or _opened(line)
    if taken is not None:
        return taken
    lower = _plain(line)
    if lower in ("thanks", "thank you", "ta", "cheers"):
        return Heard(word="thanks")
    word = SAME.get(lower, lower) if lower else SAME.get(text.strip(), "")
    close = [w for w in _close(word, _CLOSE) if w[:1] == word[:1]]
    return Heard(word=SAME.get(close[0], close[0])) if close else None


def suggestion(text: str) -> str:
    """Return the word that a line comes near to, or "" where it comes near to none."""
    close = _close(_plain(_BOT.sub("", text, count=1)), _SIMILAR)
    return SAME.get(close[0], close[0]) if close else ""


def about_held(text: str) -> bool:
    """Tell whether a line asks about a meeting that was held, rather than about one that lies ahead."""
    heard = understand(text)
    return heard is not None and heard.word in (*PRIVATE, "note") and heard.word not in ("invitations", "prepare")


def _plain(line: str) -> str:
    return re.sub(r"\s+", " ", _POLITE.sub("", line.lower())).strip(" ,?!.")


def _close(word: str, cutoff: float) -> list[str]:
    return difflib.get_close_matches(word, (*SHARED, *PRIVATE, *SAME), n=3, cutoff=cutoff)


def _behalf(line: str) -> Heard | None:
    """Return what is said for an agency: its name and the words, still together."""
    found = _BEHALF.match(line)
    if found is None or difflib.SequenceMatcher(None, found[1].lower(), "behalf").ratio() < _CLOSE:
        return None
    return Heard(word="on behalf", rest=(found[2] or "").strip(" :,"))


def _opened(line: str) -> Heard | None:
    """Return a line that begins with what it wants: an order of agencies, a note, an agency's report."""
    first, _, rest = line.replace(":", " ", 1).partition(" ")
    word = first.lower()
    if word in ("note", "notes"):
        return Heard(word="note", rest=rest.strip())
    if word == "report" and len(rest.split()) <= AGENCY_WORDS:
        return Heard(word="report", rest=rest.strip().removeprefix("for ").strip())
    alike = difflib.SequenceMatcher(None, word, "order").ratio() >= _CLOSE and word[:1] == "o"
    return Heard(word="order", rest=rest.removeprefix("is ").strip()) if alike else None
