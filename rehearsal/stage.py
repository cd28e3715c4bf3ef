"""One case on the stage: a local Teams, the real service, and everybody of the case with a screen of their own."""

from __future__ import annotations

import secrets
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr

from bot.app import Service, serving
from bot.convening import convene_plan
from bot.settings import Settings
from meeting.procedure import Procedure
from rehearsal.case import Case
from rehearsal.postbox import Postbox, postbox
from rehearsal.teams import Meeting, MovableClock, Person, TeamsService
from rehearsal.teams import Settings as TeamsHabits
from storage.failpoints import At, nowhere

# Names that no deployment gives its own: a rehearsal clears its folder before it begins.
DATABASE, KEYRING = "rehearsal.db", "rehearsal-keys.json"


@dataclass(slots=True, kw_only=True)
class Stage:
    """Everything that a play or a test holds on to."""

    case: Case
    procedure: Procedure
    teams: TeamsService
    service: Service
    clock: MovableClock
    people: Mapping[str, Person]
    chat: Meeting
    folder: Path
    post: Postbox

    @property
    def chair(self) -> Person:
        """The one who chairs the case."""
        return self.people[self.case.data["chair"]]

    async def settle(self) -> None:
        """Wait until every screen and the outbox rest; boards that wait for their three seconds stay as they are."""
        await self.teams.settle()


@asynccontextmanager
async def staged(  # noqa: PLR0913  (a stage has many props)
    case: Case,
    procedure: Procedure,
    folder: Path,
    *,
    habits: TeamsHabits | None = None,
    at: At = nowhere,
    convene: bool = True,
    local: bool = False,
    clock: MovableClock | None = None,
    post: Postbox | None = None,
) -> AsyncIterator[Stage]:
    """Set the stage: the service runs, the meeting is convened, its chat exists, the bot is not in it yet.

    `local` keeps the case's own pathways, for a meeting that is convened from a card.
    """
    clock = clock or MovableClock(case.clock)
    async with TeamsService(clock=clock, settings=habits or TeamsHabits.quick()) as teams:
        people = {s["id"]: _person(teams, s) for s in case.data["seats"]}
        pathways = pathways_file(case, folder) if local else None
        async with _reached(post) as box, _served(teams, folder, box, pathways, clock, at) as service:
            if convene:
                await convene_plan(service.store, with_identities(case, people), procedure, now=clock.now)
            yield Stage(
                case=case,
                procedure=procedure,
                teams=teams,
                service=service,
                clock=clock,
                people=people,
                chat=_chat(teams, people[case.data["chair"]], people),
                folder=folder,
                post=box,
            )


@asynccontextmanager
async def _served(
    teams: TeamsService, folder: Path, box: Postbox, pathways: Path | None, clock: MovableClock, at: At
) -> AsyncIterator[Service]:
    """Run the service, known to the local Teams."""
    async with serving(settings_for(teams, folder, box, pathways=pathways), now=clock.now, at=at) as service:
        teams.connect(f"http://127.0.0.1:{service.port}/api/messages")
        teams.outbox_idle = service.dispatcher.rest
        yield service


@asynccontextmanager
async def _reached(post: Postbox | None) -> AsyncIterator[Postbox]:
    """Give the mail server that was brought along, or run one."""
    if post is not None:
        yield post
        return
    async with postbox() as own:
        yield own


def _chat(teams: TeamsService, chair: Person, people: Mapping[str, Person]) -> Meeting:
    return teams.meeting_chat("Meeting", organizer=chair, members=[p for p in people.values() if p is not chair])


def pathways_file(case: Case, folder: Path) -> Path | None:
    """Write the local pathways of a case's partners as a deployment has them; None where the case names none."""
    if "pathways" not in case.data:
        return None
    file = folder / "pathways.yaml"
    file.write_text(yaml.safe_dump(case.data["pathways"], allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def settings_for(
    teams: TeamsService, folder: Path, post: Postbox | None = None, *, pathways: Path | None = None
) -> Settings:
    """Return the service's settings for a local Teams and a mail server, with its data in a folder."""
    port = _free_port()
    settings = Settings(
        app_id=teams.account.app_id,
        app_password=SecretStr(teams.account.password),
        app_tenant=teams.tenant,
        tenants=frozenset({teams.tenant}),
        service_hosts=frozenset({"127.0.0.1"}),
        authority=teams.base_url,
        openid_url=teams.openid_url,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        database=f"sqlite:///{folder / DATABASE}",
        keyring=folder / KEYRING,
        rehearsal=True,
        smtp_host="127.0.0.1" if post else "",
        smtp_port=post.port if post else 587,
        smtp_tls="none",
        smtp_from="chairside@council.example.org" if post else "",
    )
    return settings.model_copy(update={"pathways": pathways}) if pathways else settings


def _free_port() -> int:
    """Return a port that nobody uses: links in letters name it before the service listens.

    It lies below those that the system hands out by itself, so that no connection takes it meanwhile.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                one.bind(("127.0.0.1", port))
                return port


def with_identities(case: Case, people: Mapping[str, Person]) -> dict[str, Any]:
    """Return the case's data with the sign-in that each invited person has in the local Teams."""
    seats = [{**s, "aad": people[s["id"]].aad_object_id or ""} for s in case.data["seats"]]
    return {**case.data, "seats": seats}


def _person(teams: TeamsService, seat: Mapping[str, Any]) -> Person:
    return teams.person(seat["name"], email=seat["email"])
