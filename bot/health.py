"""`/health`: whether the service works, without anything that it works on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from aiohttp import web

from bot.dispatcher import Dispatcher
from dialogs.ports import Outbox

STUCK_AFTER = timedelta(minutes=5)


def health_routes(app: web.Application, *, outbox: Outbox, dispatcher: Dispatcher, now: Callable[[], datetime]) -> None:
    """Add `GET /health`: 200 while messages go out, 503 once the oldest due one has waited for five minutes."""

    async def health(_: web.Request) -> web.Response:
        due = await outbox.next_due()
        late = max((now() - due).total_seconds(), 0.0) if due is not None else 0.0
        last = dispatcher.last_round
        body = {
            "ok": late < STUCK_AFTER.total_seconds(),
            "last_round": last.isoformat() if last else None,
            "due": await outbox.waiting(now=now()),
            "oldest_due_seconds": round(late),
        }
        return web.json_response(body, status=200 if body["ok"] else 503, headers={"Cache-Control": "no-store"})

    app.router.add_get("/health", health)
