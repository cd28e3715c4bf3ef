"""Calling a meeting piece by piece: its questions a page at a time, circumstances, who leads, one more seat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from meeting.before.amending import blanks, calling_fields, term_fields
from meeting.before.subject import kinds_for
from meeting.circumstances import CIRCUMSTANCES, OF_A_CHILD
from meeting.flags import outside
from meeting.model import TERMS, ChildId
from meeting.procedure import FieldSpec, FieldType
from meeting.roles import may_chair
from meeting.screens.admission import agencies
from meeting.screens.asked import FieldView, field_view, page_shown, paged
from meeting.screens.frame import Choice, Look
from meeting.screens.small import SmallForm, asks, offers, small
from meeting.steps import fields


def answers_so_far(look: Look) -> dict[str, str]:
    """Return what convening has been told, under one key each."""
    return {**look.meeting.convened, **look.meeting.said_at(TERMS)}


def question_pages(look: Look, values: dict[str, str]) -> tuple[tuple[FieldSpec, ...], ...]:
    """Return what convening and the invitations ask, in pages of six inputs; once it runs, what was left open."""
    if look.meeting.started is not None:
        return paged(tuple(replace(f, page=1) for f in blanks(look.meeting, look.procedure)))
    specs = (*calling_fields(look.procedure), *term_fields(look.procedure))
    return paged(fields.active(specs, values, outside(look.meeting, look.procedure)))


def page_of(look: Look, page: int) -> tuple[FieldSpec, ...]:
    """Return the questions of one page as it was shown, counted from 1; nothing beyond the last."""
    pages = question_pages(look, answers_so_far(look))
    return pages[page - 1] if 0 < page <= len(pages) else ()


def page_after(before: Look, after: Look, page: int) -> int:
    """Return the page to show once one was answered: the same where its answers opened a question; 0 after the last."""
    shown = {f.key for one in question_pages(before, answers_so_far(before)) for f in one}
    known = answers_so_far(after)
    pages = question_pages(after, known)
    opened = (n for n, one in enumerate(pages[:page], 1) if any(f.key not in {*shown, *known} for f in one))
    return next(opened, page + 1 if page < len(pages) else 0)


def questions_form(look: Look) -> SmallForm:
    """Return one page of questions; the first asks for the circumstances that the local pathways go by."""
    page = int(look.args.get("page") or 0)
    if page == 0:
        return _circumstances(look)
    values = {**answers_so_far(look), **{k.removeprefix("answers."): v for k, v in look.typed.items()}}
    pages = question_pages(look, values) or ((),)  # somebody else may have answered the last of them
    page = page_shown(look, pages)
    shown = ((f, _typed(field_view(look, f, values.get(f.key, "")))) for f in pages[page - 1])
    views = (replace(view, required=f.at_once) for f, view in shown)
    press = "Save" if page == len(pages) else f"Save and go on ({page} of {len(pages)})"
    form = small(look, "What is known", press, "drafting.answer", *views)
    note = "Leave blank what is not known yet. Nothing is sent; starting the meeting asks for what is missing."
    frame = replace(form.frame, guidance=look.procedure.convening.guidance)
    return replace(form, frame=frame, note="" if look.meeting.started else note, args={"page": str(page)})


def _typed(view: FieldView) -> FieldView:
    """Return a question that may stay blank, and takes any name: few of those who will come have a seat yet."""
    if view.type in (FieldType.PERSON, FieldType.AGENCY):
        return replace(view, required=False, type=FieldType.TEXT, choices=())
    return replace(view, required=False)


def _circumstances(look: Look) -> SmallForm:
    several = len(look.meeting.children) > 1
    label = "What is true of the children" if several else "What is true of the child"
    ticks = _ticks("circumstances", label, CIRCUMSTANCES, look.meeting.circumstances)
    apart = _told_apart(look) if several else ()
    form = small(look, "Circumstances", "Save and go on", "drafting.answer", *_subject_type(look), ticks, *apart)
    note = f"{look.procedure.convening.guidance} The local pathways propose whom to invite by these.".strip()
    return replace(form, note=note, args={"page": "0"})


def _ticks(id: str, label: str, choices: Mapping[str, str], ticked: Iterable[str]) -> FieldView:
    value = ", ".join(sorted(ticked))
    listed = tuple(choices.items())
    return FieldView(id=id, label=label, type=FieldType.CHOICES, required=False, choices=listed, value=value)


def _told_apart(look: Look) -> tuple[FieldView, ...]:
    """Ask, among several, of which children something else is true; each of them is asked about next."""
    names = {str(c.id): c.name for c in look.meeting.children.values()}
    own = (str(c.id) for c in look.meeting.children.values() if c.circumstances is not None)
    return (_ticks("differ", "Who differs, and is asked about next", names, own),)


def child_form(look: Look) -> SmallForm:
    """Return the form that says of one child alone what is true, with what is said of all as it stands ticked."""
    child = look.meeting.children[ChildId(look.args.get("child", ""))]
    said = look.meeting.circumstances if child.circumstances is None else child.circumstances
    ticks = _ticks("circumstances", f"What is true of {child.name}", OF_A_CHILD, said & OF_A_CHILD.keys())
    form = small(look, "Circumstances of one child", "Save and go on", "drafting.child", ticks)
    note = "This holds in the place of what was said of all the children."
    return replace(form, note=note, args={"child": str(child.id), "more": look.args.get("more", "")})


def _subject_type(look: Look) -> tuple[FieldView, ...]:
    """Ask what the meeting is about, where the procedure has several kinds for this many children (WOK-0.7 to 0.10)."""
    kinds = kinds_for(look.procedure, len(look.meeting.children))
    now = look.typed.get("subject_type") or look.meeting.subject_type
    asked = offers(look, "subject_type", "Who it is about", tuple((t.id, t.label) for t in kinds))
    return (replace(asked, value=now),) if kinds else ()


def about_form(look: Look) -> SmallForm:
    """Return the one question of whom the meeting is about, for a chair who has started it at once."""
    form = small(look, "Who it is about", "Save", "drafting.about", *_subject_type(look))
    return form if form.fields else replace(form, nothing="This procedure has one kind of meeting for these children.")


def lead_form(look: Look) -> SmallForm:
    """Return the form that says who chairs, who is the deputy, both of the agency that chairs where one alone does, and
    who takes notes (WMT-1.1, STY-2.1).
    """
    seats: tuple[Choice, ...] = tuple((s.id, s.label) for s in look.meeting.seats.values())
    chairs = tuple((s.id, s.label) for s in look.meeting.seats.values() if may_chair(look.procedure, s))
    chair = replace(offers(look, "chair", "Chairs", chairs), value=look.meeting.chair_seat or "")
    notes = offers(look, "note_taker", "Takes notes", seats, required=False)
    notes = replace(notes, value=look.meeting.note_taker_seat or "")
    deputy = offers(look, "deputy", "Deputy chair", chairs, required=False)
    deputy = replace(deputy, value=look.meeting.deputy_seat or "")
    return small(look, "Who leads", "Save", "drafting.lead", chair, notes, deputy)


def seat_form(look: Look) -> SmallForm:
    """Return the form of one more seat, outside any pathway (SAN-1.6, LCS-1.2)."""
    reasons = look.procedure.invitations.added_agency_reasons
    why = f"Why ({', or '.join(reasons)})" if reasons else "Why"
    form = small(
        look,
        "Add a seat",
        "Add",
        "drafting.seat",
        offers(look, "agency", "Agency", agencies(look.meeting, look.procedure)),
        asks(look, "label", "Name of the seat (never a child's name)", lines=False),
        asks(look, "name", "Person", required=False, lines=False),
        asks(look, "email", "Work e-mail", required=False, lines=False),
        asks(look, "reason", why),
    )
    return replace(form, note="The reason goes into the minutes.")
