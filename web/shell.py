"""The page without its content: where its files are and under which address it asks for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from web.files import files

FICTIONAL = "FICTIONAL. Every person, place and event here is invented."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What one back end adds to the page: more scripts, and HTML of its own (already safe) above and below."""

    scripts: Sequence[str] = ()
    bar: str = ""
    foot: str = ""
    fictional: bool = False
    sign_in: str = ""  # where somebody goes who has to come in again


def page_html(shell: Shell, *, base: str) -> str:
    """Return the page; `base` is the address that its calls begin with, without a slash at its end."""
    data = f'data-base="{escape(base)}" data-sign-in="{escape(shell.sign_in)}"'
    body = f"""{_watermark(fictional=shell.fictional)}{shell.bar}
<div id="page" {data}></div>
<noscript><p class="plain">This page needs JavaScript. Ask the chair to record your answers for you.</p></noscript>
{shell.foot}"""
    return document("Chairside", body, scripts=("adaptivecards.js",), modules=("main.js", *shell.scripts))


def document(title: str, body: str, *, scripts: Sequence[str] = (), modules: Sequence[str] = ()) -> str:
    """Return a whole HTML document in the page's looks; `body` must be safe already."""
    held = files()
    head = [f'<link rel="stylesheet" href="{held.address(name)}">' for name in ("page.css", "cards.css")]
    head += [f'<link rel="icon" href="{held.address("icon.svg")}">']
    head += [f'<script src="{held.address(name)}" defer></script>' for name in scripts]
    head += [f'<script type="module" src="{held.address(name)}"></script>' for name in modules]
    links = "\n".join(head)
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
{links}
</head>
<body>
<a class="skip" href="#mine">Skip to the main part</a>
{body}
</body>
</html>
"""


def _watermark(*, fictional: bool) -> str:
    return f'<aside class="fictional" aria-label="Rehearsal">{FICTIONAL}</aside>' if fictional else ""
