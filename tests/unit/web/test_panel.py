"""The panel beside the cards: which limits it shows, and when."""

from datetime import timedelta

from meeting.model import PersonId
from tests.unit.meeting.world import CHAIR, Table, at, decision_for
from web.panel import panel_of


def shown(table: Table, person: PersonId = CHAIR) -> dict[str, str]:
    panel = panel_of(table.meeting, table.procedure, person=person, now=table.now)
    return {each.what: each.due for each in panel.deadlines}


def test_a_limit_is_shown_only_where_it_runs():
    """What an outcome brings with it is due once it was decided; a limit of hours has its time, one of days its day."""
    table = at("DECISION")
    table.do(decision_for(table, "s47"))
    assert "Referral to the LADO made" not in shown(table)
    assert shown(table)["Child seen"].count(":") == 1
    assert "Child seen" in shown(table, PersonId("nobody of this meeting"))
    table.wait(hours=25)
    assert shown(table)["Child seen"].endswith(", overdue")

    other = at("DECISION")
    other.do(decision_for(other, "lado"))
    due = shown(other)["Referral to the LADO made"]
    assert due.split()[-1] == str((other.now + timedelta(days=1)).year)
