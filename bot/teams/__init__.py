"""The Teams channel: what Microsoft Teams says comes in here, what the bot says goes out here.

In: `front_door` reads a POST (`body`), checks its token (`tokens`, with the keys of `signing_keys`), its tenant and its
addresses (`gate`, `addresses`), and gives the JSON to `adapter`, which runs one SDK turn; `activities` sorts the turn
by kind, `reading` makes it one of the dataclasses of `inbound`, and the `ChannelHandler` answers. Out: `connector`
speaks the Bot Connector REST API with `credentials`, `limits`, `retries` and the errors of `failures`, and reads
rosters with `roster`. `settings` says what has to be configured, `timing` is the injectable clock, and `routes` plugs
all of it into an aiohttp application. Only `adapter` and `activities` import the SDK; a successor replaces those two.
"""
