"""`chairside room`: the rehearsal room, for a browser on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Annotated

import structlog
import typer


def room(
    *,
    case: Annotated[str, typer.Option(help="Id of a case, or a file.")] = "",
    procedure: Annotated[str, typer.Option(help="Id of a procedure, or a file; the case's own unless given.")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 8765,
) -> None:
    """Open the rehearsal room for a browser on this machine; everything in it is fictional."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(_serve(case, procedure, port))
    typer.echo("\nThe room is closed; nothing of it was kept.")


async def _serve(case: str, procedure: str, port: int) -> None:
    from bot.stopping import stopping
    from rehearsal.case import find_case
    from rehearsal.room.opening import serving_room

    async with contextlib.AsyncExitStack() as stack:
        asked = stack.enter_context(stopping())
        chosen = find_case(case or None, procedure=procedure or None)
        try:
            address, _ = await stack.enter_async_context(serving_room(chosen, procedure, port=port))
        except OSError:
            typer.echo(f"Port {port} is taken; another one was chosen.")
            address, _ = await stack.enter_async_context(serving_room(chosen, procedure))
        typer.echo(f"The rehearsal room is open: {address}  (Ctrl+C closes it)")
        await asked.wait()
