"""After the meeting: what was told since, what waits, escalations, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from cards import kit
from cards.frame import DEFAULT, guidance, guidance_box, head
from cards.kit import Card, Element
from cards.short import share, short
from cards.times import moment
from meeting.screens.afterwards import AfterScreen, EscalationLine, Said
from meeting.screens.frame import Frame

MOST = 4


def after_card(screen: AfterScreen) -> Card:
    """Return what comes after the meeting, for one person."""
    body = [*head(screen.frame), kit.heading("After the meeting")]
    body.extend(kit.fact("Further meeting", reference) for reference in screen.links)
    body.extend(_told("Updates", screen.updates))
    asked = ((at, by, text or "What became of it?") for at, by, text in screen.requests)
    body.extend(_told("Asked, not answered yet", asked))
    body.extend(_told("Developments", screen.developments))
    body.extend(kit.box(_escalation(line)) for line in screen.escalations[:MOST])
    body.extend(_challenges(screen))
    body.append(guidance_box(screen.frame))
    return kit.card(body, *_ways(screen), guidance(screen.frame), speak="After the meeting")


def _told(title: str, told: Iterable[Said]) -> list[Element]:
    shown = list(told)[:MOST]
    if not shown:
        return []
    room = share(2 * len(shown))
    lines = (kit.fact(", ".join(filter(None, (moment(at), by))), short(text, room)) for at, by, text in shown)
    return [kit.text(title, bold=True), *lines]


def _escalation(line: EscalationLine) -> list[Element]:
    default = f" ({DEFAULT})" if line.by_default else ""
    items = [kit.text(f"Escalation {line.id[1:]}: {line.stage}{default}", bold=True)]
    items.append(kit.fact("Challenge", short(line.challenge, 300)))
    items.extend(kit.fact("So far", short(text, 200)) for text in line.moves[-2:])
    if line.resolved:
        return [*items, kit.fact("Resolved", short(line.resolved, 300))]
    if line.due is not None:
        items.append(kit.fact("This stage ends", moment(line.due)))
    if line.may_resolve:
        title = "Next stage, or resolved" if line.may_move else "Resolved"
        items.append(kit.buttons(kit.button(title, "afterwards.open", {"show": "stage", "escalation": line.id})))
    return items


def _challenges(screen: AfterScreen) -> list[Element]:
    """Return the challenges that can still be taken to the protocol."""
    made: list[Element] = []
    for challenge, words in screen.to_escalate[:MOST]:
        press = kit.button("Escalate", "afterwards.escalate", {"challenge": challenge})
        made.append(kit.columns([kit.fact("Challenge", short(words, 200))], [kit.buttons(press)]))
    if made:
        line = f"Protocol: {screen.protocol}{f', {screen.protocol_link}' if screen.protocol_link else ''}"
        made.append(kit.text(line, subtle=True, size="small"))
    return made


def _ways(screen: AfterScreen) -> list[Element]:
    def way(title: str, show: str, style: str = "") -> Element:
        return kit.button(title, "afterwards.open", {"show": show}, style=style)

    made = [kit.button("Your actions", "follow_up.mine"), kit.button("Deadlines", "follow_up.deadlines")]
    if screen.frame.chairs:
        answers = f"Answer actions ({screen.waiting})" if screen.waiting else "Answer actions"
        made.append(kit.button(answers, "follow_up.waiting"))
        tell = way("Tell everybody", "tell", "positive" if screen.requests else "")
        made = [tell, *made] if screen.requests else [*made, tell]
        made.append(way("Call a further meeting", "reconvene"))
        made.append(way("Shut somebody out", "shut"))
        made.append(way("Hand over the chair's part", "succeed"))
    else:
        made.append(way("Ask for an update", "ask"))
    made.append(way("Report a development", "develop"))
    return made


_AT = datetime(2027, 1, 12, 10, 30, tzinfo=UTC)


def _preview() -> Card:
    line = EscalationLine(
        id="e1",
        challenge="The police were not heard before the decision",
        stage="Between managers",
        due=_AT,
        by_default=True,
        moves=("Spoke on the telephone, no agreement",),
        resolved="",
        may_move=True,
        may_resolve=True,
    )
    frame = Frame(reference="SM-2026-0042", title="Strategy meeting", role_label="Chair", chairs=True, closed=True)
    return after_card(
        AfterScreen(
            frame=frame,
            updates=((_AT, "Carys Hale", "The enquiry ended; a plan with the family is agreed."),),
            requests=((_AT, "Paul Grant", "Was the medical done?"),),
            escalations=(line,),
            to_escalate=(("ch2", "The share with the school was refused"),),
            developments=((_AT, "Sara Lund", "The father has moved back in."),),
            links=("SM-2027-0007",),
            protocol="local escalation protocol",
            protocol_link="",
            waiting=1,
        )
    )


PREVIEWS: Mapping[str, Callable[[], Card]] = {"afterwards.card": _preview}
