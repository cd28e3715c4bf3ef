"""Local pathways: who is asked to come for which child, by area. A deployment's own file, checked like a procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from meeting.circumstances import CIRCUMSTANCES
from meeting.conditions import ConditionError, parse_condition
from meeting.model import Contact, Local, Route
from procedures import schema, shape
from procedures.faults import Fault, Faulty, Finding, did_you_mean, fault_of, faults_of_notation
from procedures.files import default_data
from procedures.reading import Source, read
from procedures.schema import Key, Text, When, Written

Domain = Annotated[str, Field(pattern=schema.DOMAIN_PATTERN)]
# One plain mailbox, as a letter can be sent to: no display name, no second address, no blank.
_MAILBOX = re.compile(r"[^\s@,;<>\"()]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class ContactData(Written):
    """Somebody who can be asked; the first of a route is asked first, the others cover in turn."""

    name: Text
    email: str = ""
    aad: Annotated[str, Field(description="Entra object id, where it is known")] = ""


class RouteData(Written):
    """One way from circumstances to a seat."""

    role: Key
    label: Annotated[Text, Field(description="What the shared chat calls the seat; never a child's name")]
    why: Annotated[Text, Field(description="What the convener reads beside the proposal")]
    when: When | None = None
    contacts: list[ContactData] = Field(default=[])
    areas: dict[Key, list[ContactData]] = Field(default={}, description="Contacts by area, before `contacts`")
    cover_minutes: Annotated[int, Field(ge=0, le=10_080)] = 0


class PathwayData(Written):
    """The routes of one agency; its key is the agency's, as the procedure names it."""

    label: Text
    routes: Annotated[list[RouteData], Field(min_length=1)]


class PathwaysFile(Written):
    """A deployment's pathways."""

    title: Text
    areas: dict[Key, Text] = Field(default={})
    domains: dict[Key, list[Domain]] = Field(default={}, description="agency: where its mailboxes may be")
    marking: Annotated[str, Field(max_length=80, description="What stands at the head of the minutes")] = ""
    pathways: Annotated[dict[Key, PathwayData], Field(min_length=1)]


class Pathways:
    """A deployment's pathways, ready to be asked; an empty one proposes nobody and allows every mailbox."""

    def __init__(self, file: PathwaysFile | None = None) -> None:
        self._file = file

    @property
    def areas(self) -> Mapping[str, str]:
        """Return (id, label) of the areas; empty where there is only one."""
        return self._file.areas if self._file else {}

    def local(self, area: str = "") -> Local:
        """Return what a meeting of an area keeps: domains, the marking, and every route that has a contact there."""
        if self._file is None:
            return Local()
        domains = {a: tuple(d) for a, d in self._file.domains.items()}
        return Local(area=area, domains=domains, routes=tuple(self._routes(area)), marking=self._file.marking)

    def _routes(self, area: str) -> Iterator[Route]:
        assert self._file is not None
        for agency, pathway in self._file.pathways.items():
            for route in pathway.routes:
                contacts = tuple(
                    Contact(name=c.name, email=c.email, aad=c.aad)
                    for c in (*route.areas.get(area, []), *route.contacts)
                )
                if contacts:
                    yield Route(
                        agency=agency,
                        role=route.role,
                        label=route.label,
                        why=route.why,
                        when=route.when or "",
                        contacts=contacts,
                        cover_minutes=route.cover_minutes,
                    )


def load_pathways(path: Path) -> Pathways:
    """Return the pathways in a file; raises Faulty with every fault."""
    source = read(path)
    faults = _faults(source)
    if faults:
        raise Faulty(faults)
    return Pathways(PathwaysFile.model_validate(source.data))


def check_pathways(path: Path) -> tuple[Fault, ...]:
    """Return every fault of a file of pathways, each with its key, its line and a remedy."""
    return _faults(read(path))


def _faults(source: Source) -> tuple[Fault, ...]:
    slips = faults_of_notation(source)
    found = list(shape.findings(source.data, PathwaysFile)) if source.data is not None or not slips else []
    if not found and not slips:
        found = list(_findings(PathwaysFile.model_validate(source.data)))
    made = (fault_of(source, one) for one in found)
    return tuple(sorted((*slips, *made), key=lambda fault: (fault.line, fault.key)))


def _findings(file: PathwaysFile) -> Iterator[Finding]:
    known = {*CIRCUMSTANCES, *(f["flag"] for f in default_data()["flags"])}
    for agency, pathway in file.pathways.items():
        if file.domains and agency not in file.domains:
            remedy = did_you_mean(agency, file.domains, "Add it there, with its domains, or mend its name; there are")
            yield Finding(place=("pathways", agency), wrong=f"'{agency}' has no domains", remedy=remedy)
            continue
        for number, route in enumerate(pathway.routes):
            place: tuple[Any, ...] = ("pathways", agency, "routes", number)
            yield from _condition(route, place, known)
            yield from _contacts(file, route, place)
            for key, contacts in (("contacts", route.contacts), *((f"areas.{a}", c) for a, c in route.areas.items())):
                at = (*place, *key.split("."))
                for index, contact in enumerate(contacts):
                    yield from _contact(file, agency, contact, (*at, index))


def _condition(route: RouteData, place: tuple[Any, ...], known: set[str]) -> Iterator[Finding]:
    try:
        terms = parse_condition(route.when).terms() if route.when else ()
    except ConditionError as wrong:
        yield Finding(place=(*place, "when"), wrong=str(wrong), remedy="Write names joined by 'and' and 'or'.")
        return
    for term in terms:
        if term.name not in known or term.value is not None:
            remedy = did_you_mean(term.name, known, "Known are")
            yield Finding(place=(*place, "when"), wrong=f"'{term.name}' is no circumstance", remedy=remedy)


def _contacts(file: PathwaysFile, route: RouteData, place: tuple[Any, ...]) -> Iterator[Finding]:
    for area in route.areas:
        if area not in file.areas:
            remedy = did_you_mean(area, file.areas, "Areas are")
            yield Finding(place=(*place, "areas", area), wrong=f"no area '{area}'", remedy=remedy)
    empty = [a for a in (file.areas or {"": ""}) if not (route.contacts or route.areas.get(a))]
    if empty:
        where = f" in {', '.join(empty)}" if file.areas else ""
        remedy = "List at least one contact, or contacts for each area."
        yield Finding(place=place, wrong=f"nobody to invite{where}: this route has no contacts", remedy=remedy)
    fewest = min((len(route.contacts) + len(route.areas.get(a, [])) for a in (file.areas or {"": ""})), default=0)
    if route.cover_minutes and fewest == 1:
        remedy = "Add a second contact, or take cover_minutes away."
        yield Finding(place=(*place, "cover_minutes"), wrong="nobody is there to cover", remedy=remedy)


def _contact(file: PathwaysFile, agency: str, contact: ContactData, place: tuple[Any, ...]) -> Iterator[Finding]:
    if not (contact.email or contact.aad):
        remedy = "Write email, or aad (the Entra object id)."
        yield Finding(place=place, wrong=f"{contact.name} cannot be reached", remedy=remedy)
    if contact.email and not _MAILBOX.fullmatch(contact.email):
        remedy = "Write one address alone, like duty.desk@police.example."
        yield Finding(place=(*place, "email"), wrong=f"'{contact.email}' is no mailbox", remedy=remedy)
        return
    allowed = file.domains.get(agency, [])
    domain = contact.email.rpartition("@")[2].casefold()
    inside = any(domain == d or domain.endswith(f".{d}") for d in allowed)
    if contact.email and file.domains and not inside:
        listed = ", ".join(allowed) or "none"
        remedy = f"Use a mailbox of these domains, or add this one under domains.{agency}: {listed}."
        yield Finding(place=(*place, "email"), wrong=f"'{domain}' is no domain of {agency}", remedy=remedy)
