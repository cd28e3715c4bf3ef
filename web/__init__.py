"""The browser page: a guest's seat and the rehearsal room, showing the same cards as Teams.

One page, two back ends. Whoever serves it (the guest seat in production, the rehearsal room on loopback) keeps one
promise, the Protocol `web.port.Conversation`: what one person sees of one meeting, and what they may do there. This
package does the rest: files, headers, the small protocol below, and the page in the browser.

**To serve the page**: strict headers on the whole application, then its routes with a function that says who asks::

    app = web.Application(middlewares=[strict_headers])             # web.headers
    add_page(app, "/meeting", find=conversation_of, shell=Shell())  # web.page; the page's address is /meeting/
    add_files(app)                                                  # web.files; once an application: /static/HASH/…

`find(request)` returns the visitor's `Conversation` or raises an `aiohttp.web.HTTPException`: 401 (the page then says
that one has to come in again, and links to `Shell.sign_in`), 403, 404. It is asked on every request, also as long as an
event stream is open (each time something changed): somebody who was removed sees nothing more. Addresses may hold
variables (`/seat/{seat}`); nothing confidential may stand in them. A second page with the same looks, such as signing
in, takes `web.shell.document`.

**Under the page's address** (JSON in UTF-8; everything `no-store`):

`GET …/`  the page: no content, only where its files are.

`GET …/state?after=MARK`  what changed since MARK; without it everything::

    {"epoch": "…", "mark": 41,        marks grow; another epoch: the back end began anew, everything is sent again
     "title": "SM-2041 · Strategy meeting", "who": "Tom Ellery", "role": "Police", "banner": "", "fictional": true,
     "phase": "open",                 waiting (at the door) | open | over: banner then says why, in one sentence
     "messages": [{"id": "…", "at": "2026-11-25T09:30:00+00:00", "sender": "Chairside", "private": false,
                   "line": "SM-2041: Step 1 of 16: …",     what the whole chat may read; never content
                   "card": {…} or null,                    the Adaptive Card as this person holds it
                   "form": true,                           it was sent to ask this person for something
                   "board": false}],                       it is the board, this person's panel: kept in sight
     "gone": ["…"],                   messages that are no longer there
     "panel": {…} or null}            web.panel.Panel

`GET …/events?after=EPOCH:MARK`  the same as server-sent events (`event: change`, `id: EPOCH:MARK`), so that a browser
that lost its connection goes on where it was (`Last-Event-ID`); `event: mark` with the mark alone where nothing that
this visitor sees is another; `event: end` when the visitor has to come in again. A stream waits for a press's answer.

`POST …/press {"message": id, "verb": "turns.finish", "title": "…", "data": {…}, "after": MARK}`  one press of an
Action.Execute: `data` is the button's own (its sealed ticket) with the inputs laid over it. Answered with::

    {"kind": "card" | "message" | "error", "text": "…", "change": {…as above…} or null}

`POST …/refresh {"message": id, "after": MARK}`  fetch this person's card again, as its own refresh action says.

`POST …/say {"text": "…"}`  words for the bot ("help"), where `Conversation.speaks`; answered with an empty object.

Both POSTs need `Content-Type: application/json` and the header `X-Chairside: page`, which no form of another site can
send; an `Origin` or `Sec-Fetch-Site` of elsewhere is answered 403, a flood 429. A press may be sent again after
a lost answer: the form's nonce makes the repeat harmless.
"""
