"""The bots that are compared, each started as a process of its own: `python BOT.py PORT KEYS_URL [patched]`."""
