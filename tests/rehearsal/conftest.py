from collections.abc import AsyncIterator

import pytest

from rehearsal.teams import Meeting, MovableClock, Person, PersonKind, Settings, TeamsService
from tests.rehearsal.echo_bot import EchoBot


@pytest.fixture
def settings() -> Settings:
    return Settings.quick()


@pytest.fixture
async def teams(settings: Settings) -> AsyncIterator[TeamsService]:
    async with TeamsService(clock=MovableClock(), settings=settings) as service:
        yield service


@pytest.fixture
async def bot(teams: TeamsService) -> AsyncIterator[EchoBot]:
    echo = EchoBot(teams)
    await echo.start()
    yield echo
    await echo.stop()


@pytest.fixture
def amina(teams: TeamsService) -> Person:
    return teams.person("Amina Yusuf")


@pytest.fixture
def tom(teams: TeamsService) -> Person:
    return teams.person("Tom Ellery")


@pytest.fixture
def okafor(teams: TeamsService) -> Person:
    return teams.person("Dr Okafor", PersonKind.ANONYMOUS)


@pytest.fixture
async def meeting(teams: TeamsService, bot: EchoBot, amina: Person, tom: Person) -> Meeting:
    """A meeting of two with the bot in its chat; what installing it sent is forgotten."""
    made = teams.meeting_chat("Strategy meeting", organizer=amina, members=[tom])
    await made.install_bot(amina)
    bot.got.clear()
    return made
