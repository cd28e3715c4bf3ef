"""How the table of invitations says what became of each."""

from __future__ import annotations

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "not sent": "not sent yet",
    "no address": "nothing is known to reach them by: telephone",
    "here": "knows of it already",
    "waiting": "no answer yet",
    "stuck": "not delivered yet, it is tried again: telephone",
    "attending": "attending",
    "apologies": "apologies",
    "undelivered": "could not be delivered: telephone",
    "exhausted": "no answer, nobody left to ask: telephone",
}
WHY_NOT: Mapping[str, str] = {
    "no_address": "no address is known",
    "no_mail_server": "this service sends no e-mail",
    "address_refused": "their mail server refuses the address",
    "domain_not_allowed": "the address is not on the agency's list",
}
HELD: Mapping[str, str] = {
    "outside_pathway": "Outside the local pathway",
    "before_consent": "Consent to contact agencies is not answered yet, and comes before",
}
"""What is sent with a reason only, by the code of what holds it back."""
NEED = ("undelivered", "stuck", "no address", "exhausted", "not sent", "waiting", "apologies", "attending", "here")
"""What needs the convener first."""
WHEN: Mapping[str, str] = {
    "waiting": "asked",
    "exhausted": "asked",
    "attending": "answered",
    "apologies": "answered",
    "undelivered": "tried",
    "stuck": "since",
}
COUNTED: Mapping[str, str] = {
    "attending": "attending",
    "apologies": "cannot come",
    "waiting": "without an answer yet",
    "exhausted": "without an answer: telephone",
    "undelivered": "not delivered: telephone",
    "no address": "without an address: telephone",
    "stuck": "not delivered yet: telephone",
    "not sent": "not sent yet",
}
COLOURS: Mapping[str, str] = {
    "attending": "good",
    "undelivered": "attention",
    "stuck": "attention",
    "exhausted": "attention",
    "no address": "attention",
}
