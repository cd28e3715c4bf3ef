"""The door, who is here, apologies, and one more agency: forms for chair and note-taker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cards import kit
from cards.frame import guidance, guidance_box, head
from cards.kit import Card, Element
from meeting.model import Assurance, Standing, TurnWish
from meeting.screens.admission import ApologiesScreen, CrowdScreen, DoorLine, DoorScreen, SeatScreen
from meeting.screens.attending import PresentScreen
from meeting.screens.frame import Frame

ASKED = {"agency": "Agency", "label": "Name of the seat", "name": "Person", "email": "Work e-mail", "reason": "Why"}
SURE: Mapping[Assurance, str] = {
    Assurance.SIGNED_IN: "signed in",
    Assurance.GUEST_CODE: "guest with a code",
    Assurance.VOUCHED: "vouched for by voice",
    Assurance.ANONYMOUS: "anonymous: may observe the board, sees no content",
}


def door_card(screen: DoorScreen) -> Card:
    """Return somebody at the door: a seat, an observer's place, or no."""
    waits = screen.standing is Standing.WAITING
    asks = f"{screen.name} asks to come in" if waits else screen.name
    body = [*head(screen.frame), kit.text(asks, bold=True, size="medium")]
    body.append(kit.fact("Organisation (tenant)", screen.tenant or "not known"))
    body.extend(_sure(screen))
    if not waits:
        now = f"{screen.standing}: {screen.seat_label}" if screen.seat_label else str(screen.standing)
        return kit.card([*body, kit.fact("Now", now)], speak=f"{screen.name} was seen to")
    if screen.seats:
        body.append(kit.choice_input("seat", "Seat", screen.seats, screen.proposed, compact=True))
    if screen.wishes:
        offered = [(w, w[:1].upper() + w[1:]) for w in screen.wishes]
        body.append(kit.choice_input("wish", "Their turn", offered, screen.wishes[1], compact=True))
    body.append(kit.text_input("reason", "Reason, if you remove them", screen.reason, lines=False))
    args = {"person": screen.person, **({"digits": screen.digits} if screen.digits else {})}
    made = [kit.button("Let in", "admission.admit", args, style="positive")] if screen.seats else []
    made.append(kit.button("As observer", "admission.observe", args, free=True))
    made.append(kit.button("Remove", "admission.remove", {"subject": screen.person}, style="destructive"))
    return kit.card([*body, guidance_box(screen.frame)], *made, guidance(screen.frame), speak="Somebody is at the door")


def _sure(screen: DoorScreen) -> list[Element]:
    """Return how sure we are; for a guest without a code, what their voice has to say before they are let in."""
    if not screen.digits or screen.standing is not Standing.WAITING:
        return [kit.fact("How sure", SURE[screen.assurance])]
    return [
        kit.fact("Came by the link of", screen.invited),
        kit.fact("How sure", "not proven. Let them in only if you hear these digits in a voice you know"),
        kit.text(" ".join(screen.digits), bold=True, size="extraLarge"),
    ]


def crowd_card(screen: CrowdScreen) -> Card:
    """Return everybody at the door: one seat chosen for each, one press for all."""
    body = head(screen.frame)
    for line in screen.lines:
        body.append(kit.text(f"{line.name} asks to come in", bold=True))
        alone = kit.button("More", "admission.alone", {"person": line.person}, free=True)
        known = kit.text(
            f"{line.tenant or 'organisation not known'}; {SURE[line.assurance]}", subtle=True, size="small"
        )
        body.append(kit.columns([known], [kit.buttons(alone)]))
        seat = f"Seat of {line.name}"
        chosen = kit.choice_input(f"seats.{line.person}", seat, line.seats, line.proposed, compact=True)
        body.append({**chosen, "placeholder": "Choose a seat"})
    if screen.more:
        body.append(kit.text(f"and {screen.more} more, shown next", subtle=True))
    if screen.wishes:
        offered = [(w, w[:1].upper() + w[1:]) for w in screen.wishes]
        body.append(kit.choice_input("wish", "Their turn", offered, screen.wishes[1], compact=True))
    body.append(kit.text("Whoever has no seat chosen waits on.", subtle=True, size="small"))
    return kit.card(body, kit.button("Let in", "admission.admit_all", style="positive"), speak="People are at the door")


def accept_card(frame: Frame, words: Sequence[str]) -> Card:
    """Return the confidentiality statement that somebody outside Teams accepts before they see anything."""
    body = [*head(frame), kit.text("Confidentiality", bold=True, size="medium")]
    body.extend(kit.text(paragraph) for paragraph in words)
    body.append(kit.text("Sit where nobody else can see or hear. Do not record, photograph or copy what is shown."))
    return kit.card(body, kit.button("I accept", "admission.accept", style="positive"), speak="Confidentiality")


def present_card(screen: PresentScreen) -> Card:
    """Return who is here, to be ticked; and somebody to be removed, with a reason."""
    body = [*head(screen.frame), kit.text("Who is here", bold=True, size="medium")]
    here = ",".join(screen.here)
    body.append(kit.choice_input("here", "Here now (untick who has left)", screen.people, here, several=True))
    body.append(kit.choice_input("person", "Remove somebody", screen.removable, compact=True))
    body.append(kit.text_input("reason", "Reason for removing them", screen.reason, lines=False))
    more = []
    if screen.empty:
        heard = "Heard on the telephone, for the seat of"
        body.append(kit.choice_input("caller", heard, screen.empty, screen.caller, compact=True))
        body.append(kit.text_input("name", "Their name, if somebody else", screen.name, lines=False))
        more.append(kit.button("Here by telephone", "admission.telephone"))
    save = kit.button("Save who is here", "admission.present", {"was": here}, style="positive")
    remove = kit.button("Remove", "admission.remove", style="destructive")
    return kit.card(body, save, *more, remove, speak="Who is here")


def apologies_card(screen: ApologiesScreen) -> Card:
    """Return the form of an apology: whose, why, and the information that was sent (SAN-4.2, LCS-4.4c)."""
    body = [*head(screen.frame), kit.text("Record apologies", bold=True, size="medium")]
    body.extend(kit.facts(screen.recorded))
    words = screen.words
    body.append(kit.choice_input("seat", words["agency"], screen.seats, screen.seat, required=True, compact=True))
    reason = f"{words['reason']}, or: not known"
    body.append(kit.text_input("reason", reason, screen.reason, required=True, lines=False))
    body.append(kit.text_input("information", words["information"], screen.information))
    made = kit.button("Record apologies", "admission.apologies", style="positive")
    return kit.card(body, made, speak="Record apologies")


def seat_card(screen: SeatScreen) -> Card:
    """Return the form that adds an agency, and says why (SAN-1.6)."""
    typed = dict(screen.typed)
    body = [*head(screen.frame), kit.text("Add an agency", bold=True, size="medium")]
    for key, code in screen.errors:
        body.extend(kit.wrong(ASKED.get(key, key), code))
    body.append(kit.choice_input("agency", "Agency", screen.agencies, typed["agency"], required=True, compact=True))
    hint = "as the chat may see it; never a child's name"
    body.append(kit.text_input("label", "Name of the seat", typed["label"], lines=False, hint=hint))
    body.append(kit.text_input("name", "Person", typed["name"], lines=False))
    body.append(kit.text_input("email", "Work e-mail", typed["email"], lines=False))
    if screen.reasons:
        offered = [(r, r[:1].upper() + r[1:]) for r in screen.reasons]
        body.append(kit.choice_input("why", "Why", offered, typed["why"]))
    label = "Or another reason" if screen.reasons else "Why"
    body.append(kit.text_input("reason", label, typed["reason"], lines=False))
    return kit.card(body, kit.button("Add", "admission.seat", style="positive"), speak="Add an agency")


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", chairs=True, scribe=True)
_SEATS = (("school", "School – Pat Reed"), ("police", "Police – taken by Alex Stone"))


def _door(*, waiting: bool) -> Card:
    return door_card(
        DoorScreen(
            frame=_FRAME,
            person="p9",
            name="Pat Read",
            tenant="school.example",
            assurance=Assurance.SIGNED_IN,
            standing=Standing.WAITING if waiting else Standing.SEATED,
            seat_label="School",
            seats=_SEATS,
            proposed="school",
            wishes=tuple(TurnWish),
            reason="",
        )
    )


def _voice() -> Card:
    """A guest whose code has not come."""
    return door_card(
        DoorScreen(
            frame=_FRAME,
            person="guest:school",
            name="Pat Reed",
            tenant="outside Teams",
            assurance=Assurance.VOUCHED,
            standing=Standing.WAITING,
            seat_label="",
            seats=_SEATS,
            proposed="school",
            wishes=(),
            reason="",
            digits="4821",
            invited="Pat Reed (School)",
        )
    )


def _crowd() -> Card:
    names = (("p9", "Pat Read", "school"), ("p8", "Alex Stone", ""), ("p7", "Sam Hill", ""))
    lines = tuple(
        DoorLine(
            person=person,
            name=name,
            tenant="police.example" if n == 1 else "",
            assurance=Assurance.ANONYMOUS if person == "p7" else Assurance.SIGNED_IN,
            seats=(*(() if person == "p7" else _SEATS), ("observer", "Observer: sees the board only")),
            proposed=seat,
        )
        for n, (person, name, seat) in enumerate(names)
    )
    return crowd_card(CrowdScreen(frame=_FRAME, lines=lines, more=2, wishes=()))


def _present() -> Card:
    people = (("p1", "Morgan Vale (Chair)"), ("p2", "Alex Stone (Police)"), ("p3", "Kim Lowe (observer)"))
    return present_card(
        PresentScreen(frame=_FRAME, people=people, here=("p1",), removable=people[1:], reason="", empty=_SEATS[:1])
    )


def _apologies() -> Card:
    recorded = (("GP", "In clinic"),)
    words = {"agency": "Who did not attend", "reason": "Reason", "information": "Information sent"}
    screen = ApologiesScreen(
        frame=_FRAME, seats=_SEATS, seat="", reason="", information="", words=words, recorded=recorded
    )
    return apologies_card(screen)


def _seat() -> Card:
    keys = ("label", "agency", "name", "email", "why", "reason")
    screen = SeatScreen(
        frame=_FRAME,
        agencies=(("housing", "Housing"), ("probation", "Probation")),
        reasons=("has concerns about the child", "involved in the child's life"),
        typed=tuple((key, "") for key in keys),
        errors=(("reason", "required"),),
    )
    return seat_card(screen)


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "admission: somebody at the door": lambda: _door(waiting=True),
    "admission: a guest reads digits aloud": _voice,
    "admission: several at the door": _crowd,
    "admission: what a guest accepts": lambda: accept_card(_FRAME, ("What is said here is confidential.",)),
    "admission: seen to": lambda: _door(waiting=False),
    "admission: who is here": _present,
    "admission: apologies": _apologies,
    "admission: one more agency": _seat,
}
