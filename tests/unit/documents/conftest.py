"""One meeting's minutes with every kind of block, and the process that prints them: made once for all their tests."""

from dataclasses import replace

import pytest

from documents.minutes import minutes_of
from documents.model import Block, Fact, Fields, Lines, Paragraph, Redline, Section, Tone
from documents.printing import Printer
from tests.unit.documents.played import convened, gathered, whole

EACH: tuple[Block, ...] = (
    *(Paragraph(text=f"A paragraph: {tone}", tone=tone) for tone in Tone),
    Fields(facts=(Fact(label="Seen?", value="9:30", how="corrected"), Fact(label="By", value="Jo")), how="heard aloud"),
    Lines(items=("Health", "Police"), caption="Order", ordered=True),
    Lines(items=("Milk", "A warm room"), caption="Next"),
    Redline(before="Seen on Monday at home.", after="Seen on Tuesday, at 9:30, at home.", caption="Reason"),
)


@pytest.fixture(scope="session")
def minutes():
    play = whole(gathered(convened("san", seats=5)))
    document = minutes_of(play.meeting, play.procedure, play.now, ["Past its review month"], fictional=True)
    return replace(document, sections=(*document.sections, Section(heading="Each kind", blocks=EACH)))


@pytest.fixture(scope="session")
def printer():
    made = Printer(seconds=300.0)  # on a machine that may be busy; a hang still ends
    yield made
    made.close()


@pytest.fixture(scope="session")
def printed_minutes(minutes, printer):
    return printer.pdf(minutes)
