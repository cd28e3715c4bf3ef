"""The chair's decision: the form beside the views, and what everybody sees of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cards import kit
from cards.frame import guidance, guidance_box, head, held_back, move
from cards.guided import guided
from cards.kit import Card, Element
from cards.second_look import kept, warned
from cards.short import NAME, names, share, short
from meeting.procedure import FieldType
from meeting.screens.asked import FieldView
from meeting.screens.decision import Decided, DecisionForm, DecisionScreen, ViewLine
from meeting.screens.frame import Frame

MAX_REASON = 160  # characters of one view's reason beside the form; the whole stands on the step of views
MAX_VIEWS = 36


def step_card(screen: DecisionScreen) -> Card:
    """Return the step: what was decided for each child; for the chair the form's first page while any is open."""
    frame = screen.frame
    body = head(frame)
    for one in screen.decided:
        body.extend(_decided(screen, one, share(sum(len(d.facts) for d in screen.decided))))
    if screen.open:
        body.append(kit.text(f"Not decided yet: {names(screen.open)}", bold=True, colour="warning"))
    body.extend(held_back(frame))
    if screen.form is not None:
        body.extend([*_first_page(screen.form), *kit.rows(_form_buttons(screen.form))])
    body.append(guidance_box(frame))
    made = [move(frame, screen.next_label)] if screen.may_move and not screen.open else []
    return kit.card(body, *made, guidance(frame), speak=frame.step_label)


def _decided(screen: DecisionScreen, one: Decided, most: int) -> list[Element]:
    made: list[Element] = [kit.text(short(one.label, 2 * NAME) or "The meeting", bold=True, size="medium")]
    made += [kit.text(f"Decided: {'; '.join(one.outcomes)}"), *kit.facts((n, short(t, most)) for n, t in one.facts)]
    if one.owed:
        made.append(kit.text("The reasons were said aloud and are still to be written up.", colour="warning"))
    if one.dissent:
        made.append(kit.fact("See it differently", names(one.dissent)))
    if one.differs:
        made.append(kit.text("Your differing view stands in the minutes by name.", subtle=True))
    args = {"step": screen.frame.step, "subject": one.subject}
    if screen.may_decide:
        made.append(kit.buttons(kit.button("Change", "decision.open", args, free=True)))
    elif one.may_differ and not screen.frame.closed:
        made.append(kit.buttons(kit.button("I see it differently", "decision.dissent", args, free=True)))
    return [kit.box(made)]


def form_card(form: DecisionForm) -> Card:
    """Return one page of the chair's form."""
    frame = form.frame
    body = head(frame)
    if form.about and not form.children:
        body.append(kit.text(f"For {names(form.about)}", bold=True))
    body.extend(kit.page_of(form.page, form.pages))
    body.extend(held_back(frame))
    body.extend(warned(form.warnings))
    if form.page == 1:
        body.extend(_first_page(form))
    for one in form.fields:
        body.extend(kit.field(one, may_wait=form.may_say_aloud))
    return guided(frame, body, *_form_buttons(form), speak=frame.step_label)


def _first_page(form: DecisionForm) -> list[Element]:
    made = _views(form)
    errors = form.errors or {}
    if form.children:
        made.extend(kit.wrong("For whom", errors.get("subjects", "")))
        made.append(
            kit.choice_input(
                "subjects",
                "For whom (same for all; untick the exceptions)",
                form.children,
                form.chosen_children,
                several=True,
                required=True,
            )
        )
    label = "Outcomes (one or more)" if form.several else "Outcome"
    made.extend(kit.wrong(label, errors.get("outcomes", "")))
    made.append(
        kit.choice_input(
            "outcomes", label, form.outcomes, form.chosen, required=True, several=form.several, compact=False
        )
    )
    if form.agreement:
        made.extend(kit.wrong("Agreement", errors.get("agreement", "")))
        made.append(kit.choice_input("agreement", "Agreement", form.agreement, form.agreed, required=True))
        made.extend(kit.wrong("Who differs", errors.get("differing", "")))
        made.append(
            kit.choice_input("differing", "If not by all: who differs", form.differing, form.differ, several=True)
        )
    return made


def _views(form: DecisionForm) -> list[Element]:
    """Return what each seat thinks, in the order it was given."""
    made: list[Element] = []
    room = MAX_VIEWS
    for child, lines in form.views:
        made.append(kit.text(f"Views: {short(child, 2 * NAME)}" if child else "Views", bold=True))
        made.extend(_view(line) for line in lines[:room])
        room = max(0, room - len(lines))
    return [kit.box(made)] if made else []


def _view(line: ViewLine) -> Element:
    why = kit.run(f" · {short(line.reason, MAX_REASON)}" if line.reason else "", subtle=True, size="small")
    return {**kit.rich(kit.run(f"{line.seat}: ", bold=True), kit.run(line.said), why), "spacing": "small"}


def _form_buttons(form: DecisionForm) -> list[Element]:
    args = {"step": form.frame.step}
    last = form.page == form.pages
    made = [kit.button("Record the decision" if last else "Go on", "decision.save", args, style="positive")]
    if form.may_say_aloud:
        aloud = {**args, "aloud": "yes"}
        made.append(kit.button("Said aloud, note-taker to write up", "decision.save", aloud))
    made += kept(form.warnings, "decision.save", args)
    if form.page > 1:
        made.append(kit.button("Back", "decision.back", args, free=True))
    return made


_FRAME = Frame(reference="SM-2026-0042", title="Strategy meeting", step="DECISION", step_label="Decision")
_FRAME = replace(_FRAME, number=13, count=17, chairs=True, scribe=True, visit=13)
_CHILDREN = (("c1", "Ada Brook"), ("c2", "Ben Brook"))
_OUTCOMES = (
    ("s17", "Section 47 threshold not met: continue with section 17 assessment"),
    ("s47", "Initiate or continue section 47 enquiries"),
    ("lado", "Referral to LADO"),
    ("not_decided", "Not decided: reconvene (default, not from this procedure)"),
)
_VIEWS = (
    ViewLine(seat="Police (Alex Stone)", said="met", reason="Two reports in a fortnight; the account fits the injury."),
    ViewLine(seat="Health visitor (Robin Marsh)", said="cannot say yet", reason="The medical is not back."),
)
_FORM = DecisionForm(
    frame=_FRAME,
    page=1,
    pages=3,
    views=(("Ada Brook", _VIEWS), ("Ben Brook", _VIEWS[:1])),
    children=_CHILDREN,
    chosen_children="c1,c2",
    outcomes=_OUTCOMES,
    several=True,
)


def _preview_first() -> Card:
    screen = DecisionScreen(frame=_FRAME, decided=(), open=("Ada Brook", "Ben Brook"), may_decide=True, may_move=True)
    return step_card(replace(screen, form=_FORM))


def _preview_error() -> Card:
    clash = f"excludes:{_OUTCOMES[1][1]}|{_OUTCOMES[0][1]}"
    form = replace(_FORM, errors={"outcomes": clash}, chosen="s17,s47", frame=replace(_FRAME, sentence="fields"))
    return form_card(form)


def _preview_needs() -> Card:
    people = (("Alex Stone", "Alex Stone (Police)"), ("Jo Hale", "Jo Hale (Social worker)"))
    joint = FieldView(
        id="needs.s47.joint_single",
        label="Joint with police, or single agency",
        type=FieldType.CHOICE,
        required=True,
        choices=(("joint", "Joint"), ("single", "Single")),
    )
    lead = FieldView(
        id="lead_criminal", label="If joint: police lead", type=FieldType.PERSON, required=False, choices=people
    )
    both = ("Ada Brook", "Ben Brook")
    return form_card(replace(_FORM, page=2, fields=(joint, lead), about=both, children=(), views=()))


def _preview_rationale() -> Card:
    asked = (("evidence", "Evidence"), ("impact", "Impact on the child"), ("why", "Why proportionate and defendable"))
    fields = tuple(FieldView(id=f"rationale.{k}", label=n, type=FieldType.TEXT, required=True) for k, n in asked)
    form = replace(_FORM, page=3, fields=fields, about=("Ada Brook",), children=(), views=(), may_say_aloud=True)
    return form_card(replace(form, warnings=(("evidence", "forbidden:Complete the section 47 enquiry", "ICPC"),)))


def _preview_decided() -> Card:
    one = Decided(
        subject="c1",
        label="Ada Brook",
        outcomes=("Initiate or continue section 47 enquiries",),
        facts=(("Joint with police, or single agency", "joint"), ("Lead of the criminal investigation", "Alex Stone")),
        owed=True,
        dissent=("Robin Marsh",),
        may_differ=True,
        differs=False,
    )
    frame = replace(_FRAME, chairs=False, scribe=False)
    decided = (one, replace(one, subject="c2", label="Ben Brook", may_differ=False, differs=True))
    return step_card(DecisionScreen(frame=frame, decided=decided, open=(), may_decide=False, may_move=False))


PREVIEWS: Mapping[str, Callable[[], Card]] = {
    "decision.step, the chair": _preview_first,
    "decision.form, a clash": _preview_error,
    "decision.form, what belongs to it": _preview_needs,
    "decision.form, why": _preview_rationale,
    "decision.step, an attendee": _preview_decided,
}
