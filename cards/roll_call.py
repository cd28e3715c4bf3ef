"""The roll call: one's introduction, who is here, and how each is related to each child."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards import kit
from cards.chairing import quorum_fact
from cards.frame import guidance, guidance_box, head, heard, held_back, move
from cards.guided import guided
from cards.kit import Card, Element
from cards.short import ROW_BUTTONS
from meeting.ids import spoken
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.board import QuorumLine
from meeting.screens.frame import Frame
from meeting.screens.roll_call import Attendance, RelatingScreen, RollCallScreen

STATES = {
    "introduced": ("introduced", "good"),
    "heard": ("introduced, heard aloud", "good"),
    "here": ("here, not introduced yet", "warning"),
    "left": ("has left", ""),
    "apologies": ("apologies", ""),
    "absent": ("not here", "warning"),
    "observer": ("observes", ""),
}
HERE = ("introduced", "heard", "here")


def roll_call_card(screen: RollCallScreen) -> Card:
    """Return who is here: for chair and note-taker with what to do about it, for everybody else to read."""
    frame = screen.frame
    body = head(frame)
    body.append(quorum_fact(screen.quorum))
    rows = screen.rows if frame.scribe else tuple(r for r in screen.rows if r.state in (*HERE, "observer"))
    waiting = [r.person for r in rows if r.state == "here"][:ROW_BUTTONS]
    empty = [r.seat for r in rows if r.by_telephone][: ROW_BUTTONS - len(waiting)]
    body.extend(_row(screen, r, button=r.person in waiting or (r.by_telephone and r.seat in empty)) for r in rows)
    body.extend(kit.text(f"Nobody is here as {role.lower()}: {why}.", colour="warning") for role, why in screen.absent)
    body.extend(held_back(frame))
    if frame.scribe and not frame.closed:
        body.extend(kit.rows(_about(frame.step)))
    body.append(guidance_box(frame))
    return kit.card(body, *_foot(screen), speak=frame.step_label)


def _row(screen: RollCallScreen, row: Attendance, *, button: bool) -> Element:
    word, colour = STATES[row.state]
    more = f": {row.note}" if row.note else ""
    more += "; sent information" if row.supplied else ""
    agency = spoken(row.agency)
    known = f" ({agency})" if agency and not row.label.lower().startswith(agency.lower()) else ""
    title = kit.rich(
        kit.run(f"{row.label}{known}", bold=True),
        kit.run(f"  {row.name}" if row.name else ""),
        kit.run(f"  {word}{more}", colour=colour, size="small"),
        *(kit.run(f"  {question}: {answer}", colour="attention", size="small") for question, answer in row.warns),
    )
    if not button or not screen.frame.scribe or screen.frame.closed:
        return title
    args = {"step": screen.frame.step, "person": row.person}
    heard = kit.button("Heard", "roll_call.heard", args, free=True)
    if row.by_telephone:
        heard = kit.button("Here by telephone", "admission.telephone", {"seat": row.seat}, free=True)
    return kit.columns([title], [kit.buttons(heard)])


def _about(step: str) -> list[Element]:
    forms = {"present": "Who is here", "apologies": "Record apologies", "seat": "Add an agency"}
    made = [kit.button(title, "chairing.form", {"form": form}, free=True) for form, title in forms.items()]
    return [*made, kit.button("Write for somebody", "roll_call.choose", {"step": step}, free=True)]


def choose_card(screen: RollCallScreen) -> Card:
    """Return the choice of somebody whose introduction chair or note-taker writes down."""
    here = [(r.person, f"{r.label}: {r.name}") for r in screen.rows if r.state in HERE]
    body = [*head(screen.frame), kit.choice_input("person", "Whose introduction", here, required=True, compact=True)]
    made = kit.button("Write", "roll_call.open", {"step": screen.frame.step}, style="positive")
    back = kit.button("Back", "roll_call.step", free=True)
    return guided(screen.frame, body, made, back, speak="Whose introduction")


def _foot(screen: RollCallScreen) -> list[Element]:
    frame = screen.frame
    made: list[Element] = []
    if screen.waits and frame.scribe and not frame.closed:
        args = {"step": frame.step}
        made += heard(frame, "All introduced aloud", "roll_call.all_heard", args, on=screen.heard_on)
    if screen.may_move:
        made.append({**move(frame, screen.next_label), "style": "default" if made else "positive"})
    made.append(guidance(frame))
    return made


def relating_card(screen: RelatingScreen) -> Card:
    """Return one's relationship to each child, changed for that child only."""
    body = [*head(screen.frame), kit.text("My relationship to each child", bold=True, size="medium")]
    body.extend(kit.page_of(screen.page, screen.pages))
    for name, views in screen.children:
        for view in views:
            body.extend(kit.field(replace(view, label=f"{name}: {view.label}")))
    last = screen.page == screen.pages
    title = "Save" if last else "Save and go on"
    save = kit.button(title, "roll_call.relationship", {"page": str(screen.page)}, style="positive")
    back = kit.button("Back", "roll_call.step", free=True)
    return guided(screen.frame, body, save, back, speak="My relationship to each child")


def _frame(*, scribe: bool) -> Frame:
    return Frame(
        reference="SM-2026-0042",
        title="Strategy meeting",
        step="ROLLCALL",
        step_label="Introductions and apologies",
        number=2,
        count=14,
        guidance="Full name, designation, contact, relationship to the child.",
        scribe=scribe,
        chairs=scribe,
        visit=2,
    )


_ROWS = tuple(
    Attendance(
        seat=s,
        label=label,
        agency=agency,
        person=p,
        name=name,
        state=state,
        note=note,
        supplied=supplied,
        by_telephone=state == "absent",
    )
    for s, label, agency, p, name, state, note, supplied in (
        ("chair", "Chair", "social_care", "p1", "Morgan Vale", "introduced", "", False),
        ("health", "Health visitor", "health", "p2", "Robin Marsh", "heard", "", False),
        ("school", "School", "education", "p3", "Pat Reed", "here", "", False),
        ("gp", "GP", "health", "", "Dr Ash Poole", "apologies", "In clinic", True),
        ("police", "Police", "police", "", "Alex Stone", "absent", "", False),
    )
)


def _step(*, scribe: bool) -> RollCallScreen:
    return RollCallScreen(
        frame=_frame(scribe=scribe),
        rows=_ROWS,
        quorum=QuorumLine(here=2, of=3, missing=("police",), roles=(), from_default=False),
        converts=True,
        waits=True,
        may_move=scribe,
        next_label="Child details; right meeting",
    )


def _relating() -> Card:
    view = FieldView(
        id="answers.role.c1", label="Relationship", type=FieldType.TEXT, required=True, value="Class teacher"
    )
    children = (("Ada Brook", (view,)), ("Ben Brook", (replace(view, id="answers.role.c2", value="none"),)))
    return relating_card(RelatingScreen(frame=_frame(scribe=False), children=children, page=1, pages=1))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "roll call: who is here, chair": lambda: roll_call_card(_step(scribe=True)),
    "roll call: who is here, attendee": lambda: roll_call_card(_step(scribe=False)),
    "roll call: whose introduction": lambda: choose_card(_step(scribe=True)),
    "roll call: my relationship to each child": _relating,
}
