"""The page where a case is chosen or made."""

from __future__ import annotations

from functools import cache
from html import escape

from procedures.load import load, shipped
from rehearsal.case import Case, cases
from web.shell import FICTIONAL, document


def lobby_html(*, trouble: str = "", text: str = "", back: str = "") -> str:
    """Return the page; `trouble` says why the last wish could not be granted, `text` is the file that was tried."""
    known = cases()
    body = f"""<aside class="fictional" aria-label="Rehearsal">{FICTIONAL}</aside>
<main class="lobby" id="mine">
<h1>Rehearse a strategy meeting</h1>
<p>Choose a case. You begin in the chair's seat; the script plays everybody else until you take their seat too.</p>
{f'<p class="banner" role="alert">{escape(trouble)}</p>' if trouble else ""}
{f'<p><a href="{escape(back)}">Back to the case that is being played</a></p>' if back else ""}
<ul class="cases">{"".join(_case(case) for case in known)}</ul>
{_own(known)}
{_file(text)}
</main>"""
    return document("Rehearsal room · Chairside", body)


def _case(case: Case) -> str:
    children, seats = case.data["children"], case.data["seats"]
    count = f"{len(children)} {'child' if len(children) == 1 else 'children'}, {len(seats)} people"
    return f"""<li><h2>{escape(case.title)}</h2><p>{escape(case.story)}</p>
<p class="small">{count} · written for {escape(_title(case.procedure))}</p>
<form method="post" action="/cases"><input type="hidden" name="case" value="{escape(case.id)}">
<label>Procedure {_procedures(case.procedure)}</label>
<button class="button main">Rehearse this case</button>
<button class="button" name="early" value="yes">Begin with the invitations</button></form></li>"""


def _procedures(chosen: str) -> str:
    return f'<select name="procedure">{"".join(_procedure(name, name == chosen) for name in shipped())}</select>'


def _procedure(name: str, chosen: bool) -> str:  # noqa: FBT001  (one flag, named)
    words = escape(f"{name}: {_title(name)}")
    return f'<option value="{escape(name)}"{" selected" if chosen else ""}>{words}</option>'


@cache
def _title(name: str) -> str:
    return load(name).title


def _own(known: tuple[Case, ...]) -> str:
    options = "".join(f'<option value="{escape(c.id)}">{escape(c.title)}</option>' for c in known)
    return f"""<section aria-labelledby="own"><h2 id="own">Make one of your own</h2>
<p>Take another case's papers with invented names of yours. Never use a real child's name.</p>
<form method="post" action="/cases/own" class="fields">
<label>Papers of <select name="case">{options}</select></label>
<label>Procedure {_procedures(known[0].procedure)}</label>
<label>Title <input name="title" maxlength="120"></label>
<label>Children, one a line <textarea name="children" rows="3"></textarea></label>
<label>Who chairs <input name="chair" maxlength="80"></label>
<button class="button main">Make this case</button></form></section>"""


def _file(text: str) -> str:
    return f"""<details{" open" if text else ""}><summary>Write a whole case as YAML</summary>
<p>The how-to "Rehearse in the room" says what stands in such a file.</p>
<form method="post" action="/cases/file" class="fields">
<label>The case <textarea name="text" rows="14" spellcheck="false">{escape(text)}</textarea></label>
<button class="button main">Rehearse it</button></form></details>"""
