"""The preview of the invitations about to be sent: who gets what, and what is sent with a reason only."""

from __future__ import annotations

from cards import kit
from cards.frame import head
from cards.invitations_words import HELD, WHY_NOT
from cards.kit import Card, Element
from meeting.screens.invitations import TableScreen
from meeting.screens.sending import ToSend

ROOM = 24  # rows of one card
NAMES = "Who it is about is told where they prepare, once they have shown who they are."
KEEP_APART = " To keep one child from an agency, do so first, on the panel."
WAYS = ("Teams", "e-mail", "")  # the last: nobody has looked


def preview_card(screen: TableScreen) -> Card:
    """Return exactly who is about to get what; nothing has been sent."""
    body = [*head(screen.frame), kit.text("Before it is sent", bold=True, size="medium")]
    if screen.starts is None:
        body.append(kit.text("Say first when the meeting begins.", colour="attention", bold=True))
    body.extend(_line(one) for one in screen.to_send[:ROOM])
    if len(screen.to_send) > ROOM:
        body.append(kit.text(f"And {len(screen.to_send) - ROOM} more."))
    joining = (("the join link", screen.joining.link), ("how to dial in", screen.joining.dial_in))
    told = ", ".join(("the reference", "when", "where", *(what for what, known in joining if known)))
    body.append(kit.text(f"Each gets: {told}, what to bring, how to answer. No name, nothing about the child."))
    body.append(kit.text(f"{NAMES}{KEEP_APART if screen.apart else ''}"))
    if screen.blank_terms:
        body.append(kit.text(f"Still to be answered: {'; '.join(screen.blank_terms)}", colour="warning", bold=True))
    if screen.unreachable:
        body.append(kit.text(f"Not reached by any of these, telephone: {', '.join(screen.unreachable)}"))
    open_ = [p.label for p in screen.proposals if p.open]
    if open_:
        body.append(kit.text(f"Suggested and not invited: {', '.join(open_)}", colour="warning", bold=True))
    body.extend(_reasons(screen))
    send = kit.button("Send invitations", "invitations.send", style="positive")
    back = kit.button("Back", "invitations.show", {"form": "table"}, free=True)
    begins = kit.button("When it begins", "invitations.show", {"form": "move"}, style="positive", free=True)
    going = begins if screen.starts is None else send
    return kit.card(body, *([going] if screen.to_send else []), *_instead(screen), back, speak="Before it is sent")


def _line(one: ToSend) -> Element:
    """Return who gets it, by which way; somebody whom neither way would reach stands out."""
    missed = one.way not in WAYS
    who = kit.run(f"{whom(one)}: ", bold=True)
    return kit.rich(who, kit.run(by_which_way(one), colour="attention" if missed else "", bold=missed))


def whom(one: ToSend) -> str:
    """Return the seat, and the person where one is named."""
    return f"{one.label}, {one.name}" if one.name else one.label


def by_which_way(one: ToSend) -> str:
    """Return by which way an invitation would reach somebody, or why by none."""
    if one.way not in WAYS:
        return f"{WHY_NOT.get(one.way, 'not reached')}: telephone"
    return "in Teams" if one.way == "Teams" or not one.mailbox else f"by e-mail, {one.mailbox}"


def _reasons(screen: TableScreen) -> list[Element]:
    """Return what is sent with a reason only, each with its own."""
    made: list[Element] = []
    typed = {key: screen.typed.get(key, "") for key in ("reason", "before_consent")}
    if screen.outside:
        told = f"{HELD['outside_pathway']}: {', '.join(screen.outside)}"
        made.append(kit.text(told, colour="warning", bold=True))
        made.append(kit.text_input("reason", "Reason for inviting outside the pathway", typed["reason"], lines=False))
    if early := ", ".join(screen.before_consent):
        told = f"{HELD['before_consent']}: {early}"
        made.append(kit.text(told, colour="warning", bold=True))
        asked = "Reason for inviting before consent is answered"
        made.append(kit.text_input("before_consent", asked, typed["before_consent"], lines=False))
    if made and screen.frame.sentence == "override":
        words = "Nothing was sent. Give the reason, which goes into the minutes."
        made.insert(0, kit.box([kit.text(words, bold=True)], style="warning"))
    return made


def _instead(screen: TableScreen) -> list[Element]:
    """Return the ways on that need no reason while consent is open: answer it, or ask only who always attends."""
    if not screen.before_consent:
        return []
    core = kit.button("Only the core agencies", "invitations.send", {"core_only": "yes"})
    ask = kit.button("Questions", "invitations.show", {"form": "questions"}, free=True)
    return [*([core] if screen.core_waits and screen.starts else []), ask]
