"""What somebody sent, looked at before anything is made of it: JSON, and the fields of forms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from math import isfinite
from typing import Any, NoReturn

from aiohttp import web

Json = dict[str, Any]
#: No card, answer or activity comes near this depth; deeper ones only exist to exhaust a parser.
DEEPEST = 40
#: NUL, which no store takes, and the signs that turn the reading direction: a name could be shown as another.
_OUT = dict.fromkeys((0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_ODD = re.compile("\\\\u|[\u202a-\u202e\u2066-\u2069]")  # as a body writes them; a NUL comes by its escape alone


class Unparsed(ValueError):
    """A body that is no JSON object to work with; the message is a code for the log and holds nothing of it."""


def parse(body: bytes) -> Json:
    """Return the JSON object in a body, shallow enough and `mended`; raises Unparsed."""
    try:
        words = body.decode("utf-8")
        found = _DECODER.decode(words)
    except (ValueError, RecursionError) as error:
        raise Unparsed("json") from error
    if not isinstance(found, dict):
        raise Unparsed("not_an_object")
    if body.count(b"{") + body.count(b"[") > DEEPEST and _too_deep(found):
        raise Unparsed("depth")
    return {mended(name): mended(value) for name, value in found.items()} if _ODD.search(words) else found


async def fields_of(request: web.Request) -> dict[str, str]:
    """Return the plain fields of a form; raises HTTPBadRequest for what no browser sends."""
    try:
        sent = await request.post()
    except (ValueError, LookupError):  # another alphabet than the page's own, or broken bytes
        raise web.HTTPBadRequest from None
    return {mended(name): mended(value) for name, value in sent.items() if isinstance(value, str)}


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(written: str) -> float:
    number = float(written)
    return number if isfinite(number) else _no_number(written)


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)


def _too_deep(found: Json) -> bool:
    level: list[Any] = [found]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:  # noqa: ANN401  # whatever JSON holds
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()


def mended(value: Any) -> Any:  # noqa: ANN401  # whatever JSON holds
    """Return the same value; halves of surrogate pairs (a client may cut an emoji) are replaced, NULs and turns go."""
    match value:
        case str():
            return value.translate(_OUT).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case dict():
            return {mended(name): mended(inner) for name, inner in value.items()}
        case list():
            return [mended(inner) for inner in value]
        case _:
            return value
