"""Circumstances that the children do not share: one form for each of those who differ, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.kit import Card
from cards.small import small_card
from dialogs.asking import Ask, Form, Reply, Show, ticket, verb, view
from dialogs.inviting import convener
from meeting.before.amending import Amend
from meeting.model import ChildId
from meeting.screens.drafting import child_form
from meeting.screens.frame import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildForm(Form):
    circumstances: tuple[str, ...] = ()
    child: str = ticket()
    more: str = ticket()


def next_child(children: Sequence[str]) -> Show:
    """Go on with the next child that differs, or with what convening asks."""
    if not children:
        return Show(view="drafting.questions", args={"page": "1"}, done="saved")
    return Show(view="drafting.child", args={"child": children[0], "more": ",".join(children[1:])}, done="saved")


@verb("drafting.child", form=ChildForm)
async def of_child(ask: Ask[ChildForm]) -> Reply:
    """Keep what is true of one child alone."""
    form = ask.form
    await ask.do(Amend(of_children={ChildId(form.child): frozenset(form.circumstances)}))
    return next_child([c for c in form.more.split(",") if c])


@view("drafting.child")
@convener
def draw_child(look: Look) -> Card:
    """What is true of one child alone."""
    return small_card(child_form(look))
