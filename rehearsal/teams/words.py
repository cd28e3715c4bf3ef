"""What a TextBlock's words look like on a screen: mentions, a little Markdown, dates in the reader's zone."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_MENTION = re.compile(r"</?at>")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_WHEN = re.compile(r"\{\{(DATE|TIME)\(([^,)]+)(?:,\s*(\w+))?\)\}\}")
_FORMS = {"SHORT": "%a, %d %b %Y", "LONG": "%A, %d %B %Y", "COMPACT": "%d/%m/%Y"}


def displayed(text: str) -> str:
    """The text as a client shows it: Markdown taken away, `{{DATE(…)}}` and `{{TIME(…)}}` filled in London time."""
    shown = _WHEN.sub(_moment, _MENTION.sub("", text))
    shown = _STRONG.sub(r"\2", _LINK.sub(r"\1", shown))
    return _ESCAPED.sub(r"\1", shown)


def links(text: str) -> list[str]:
    """The addresses that a client would make clickable in this TextBlock's text."""
    return [address for _, address in _LINK.findall(text)]


def _moment(match: re.Match[str]) -> str:
    kind, stamp, form = match.groups()
    try:
        local = datetime.fromisoformat(stamp.strip()).astimezone(LONDON)
    except ValueError:
        return match.group(0)
    return local.strftime("%H:%M") if kind == "TIME" else local.strftime(_FORMS.get(form or "COMPACT", "%d/%m/%Y"))
