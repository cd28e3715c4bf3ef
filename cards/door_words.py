"""The sentences at the door: who may come in, by which way, and which meeting a chat holds."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "no_address": "This seat was invited without an e-mail address. Ask the chair to answer for you.",
    "code_wait": "Too many codes were asked for. Wait ten minutes, or read digits aloud to the chair.",
    "code_wrong": "That is not the code. Look at the newest letter, and try again.",
    "already_in": "Your seat is taken in another browser. Use a code, or ask the chair to mark you as gone.",
    "name_needed": "Say who you are, as the chair knows you.",
    "join_in_teams": "This seat is yours. Join the meeting in Teams; its papers open here once they were sent to you.",
    "not_your_seat": "This link is for somebody else's seat. Open the link that you were sent.",
    "not_signed_in": "Signing in is not possible now. Use a code.",
    "digits_changed": "Other digits stand at this door now. Listen again before you let anybody in.",
    "code_worn_out": "That is not the code either, and after so many tries it no longer works. Ask for a new one.",
    "code_gone": "That code no longer works. Ask for a new one.",
    "anonymous_no_seat": "An anonymous guest cannot hold a seat; ask them to join with their invited address.",
    "chat_taken": "This chat holds {0} already. Close or cancel that meeting first.",
    "held_elsewhere": "{0} is held in another chat already.",
    "not_invited": "You have no seat in this meeting yet. The chair or note-taker can give you one.",
    "not_your_card": "This card was made for somebody else. Write to me, and I make you one.",
}
