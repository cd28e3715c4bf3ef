"""`/health`: whether the service works, without anything that it works on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from bot.sending.dispatcher import Dispatcher
from dialogs.ports import Outbox
from storage import Post

log = structlog.get_logger(__name__)
STUCK_AFTER = timedelta(minutes=5)


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def health_routes(
    app: web.Application, *, outbox: Outbox, post: Post, dispatcher: Dispatcher, now: Callable[[], datetime]
) -> None:
    """Add `GET /health`: 200 while messages go out.

    503 once the oldest due one has waited for five minutes, and while the database is away.
    """

    async def seen() -> dict[str, object]:
        due = await outbox.next_due()
        late = max((now() - due).total_seconds(), 0.0) if due is not None else 0.0
        oldest = await post.oldest_late(now=now()) if late else None
        return {
            "ok": late < STUCK_AFTER.total_seconds(),
            "last_tick": _text(dispatcher.last_tick),
            "last_round": _text(dispatcher.last_round),
            "due": await outbox.waiting(now=now()),
            "oldest_due_seconds": round(late),
            "oldest_due": {"row": oldest.id, "kind": oldest.kind, "due": _text(oldest.due)} if oldest else None,
            "put_aside": (await post.counts())["dead"],
        }

    async def health(_: web.Request) -> web.Response:
        try:
            body = await seen()
        except Exception:  # whatever the store raises: whoever asks is told that it does not answer
            log.exception("health.no_database")
            body = {"ok": False, "database": "away"}
        return web.json_response(body, status=200 if body["ok"] else 503, headers={"Cache-Control": "no-store"})

    app.router.add_get("/health", health)
