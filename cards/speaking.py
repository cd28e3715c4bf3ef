"""The form of whoever has the floor: what their agency is asked, and every way to end a turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards import kit
from cards.frame import head
from cards.guided import guided
from cards.kit import Card, Element
from cards.second_look import kept, warned
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.frame import Frame
from meeting.screens.turns import SpeakScreen


def speak_card(screen: SpeakScreen) -> Card:
    """Return the form of a turn; its head names agency and person, as the minutes do (LCS-3.5a)."""
    frame = screen.frame
    body = head(frame)
    who = f"{screen.label} – {screen.who}" if screen.who else screen.label
    body.append(kit.text(f"For {who}" if screen.behalf else f"Your turn: {who}", bold=True, size="medium"))
    lines = ["Say your name and agency first."] if screen.introduce else []
    lines += [screen.reminder] if screen.reminder else []
    lines += ["Information handed in stands below: read it out."] if screen.supplied else []
    lines += ["You prepared this; change what is not right."] if screen.prepared else []
    lines += [f"Page {screen.page} of {screen.pages}"] if screen.pages > 1 else []
    body.extend(kit.text(line, subtle=True) for line in lines)
    body.extend(warned(screen.warnings))
    for view in screen.fields:
        body.extend(kit.field(view, may_wait=True))
    main, more = _speak_buttons(screen)
    return guided(frame, [*body, *kit.rows(main)], *more, speak=f"Turn of {screen.label}")


def _speak_buttons(screen: SpeakScreen) -> tuple[list[Element], list[Element]]:
    """Return the ways to end a turn, and what else may be done from it."""
    args = {"step": screen.step, "seat": screen.seat, "turn": str(screen.turn), "page": str(screen.page)}
    last = screen.page == screen.pages
    end = "Record" if screen.behalf else "I have finished"
    main = [kit.button(end if last else "Save and go on", "turns.finish", args, style="positive")]
    main += kept(screen.warnings, "turns.finish", args)
    main.append(kit.button("Said aloud, note-taker to write up", "turns.said_aloud", args))
    if screen.may_fill:
        main.append(kit.button("Nothing further known", "turns.nothing_further", args))
    main.append(kit.button("Nothing held", "turns.nothing_held", args, free=True))
    more = []
    if screen.behalf:
        more.append(kit.button("Back to the round", "turns.step", {}, free=True))
        if screen.frame.chairs:
            more.append(kit.button("End turn (no answer)", "turns.end", args, free=True))
    if screen.page > 1:
        more.append(kit.button("Page before", "turns.page_before", args, free=True))
    more.append(kit.button("Ask a question", "chairing.form", {"form": "question"}, free=True))
    return main, more


TOPICS = ("Family health", "Maternity health", "School health", "Mental health", "Domestic abuse", "Substances")
_FRAME = Frame(
    reference="SM-2026-0042", title="Strategy meeting", step="SHARE", step_label="Information", number=9, count=14
)


def _speech(*, behalf: bool) -> Card:
    screen = SpeakScreen(
        frame=_FRAME,
        step="SHARE",
        seat="health",
        label="Health visitor",
        who="Robin Marsh",
        turn=2,
        fields=tuple(
            FieldView(id=f"answers.k{i}", label=label, type=FieldType.TEXT, required=True, allow_unknown=True)
            for i, label in enumerate(TOPICS)
        ),
        page=2,
        pages=2,
        behalf=behalf,
        introduce=True,
        reminder="Relevant and proportionate",
        prepared=not behalf,
        supplied=behalf,
        may_fill=True,
    )
    return speak_card(screen)


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "turns: my turn": lambda: _speech(behalf=False),
    "turns: on behalf": lambda: _speech(behalf=True),
}
