"""The floor: aiohttp that reads JSON and answers it, without any check."""

import sys

from aiohttp import web


async def echo(request: web.Request) -> web.Response:
    """Answer what came."""
    return web.json_response(await request.json())


def main(port: int) -> None:
    """Serve until stopped."""
    app = web.Application()
    app.router.add_post("/api/messages", echo)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
