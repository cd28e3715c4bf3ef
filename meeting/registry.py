"""Where each kind of step says which commands it decides and which events it folds; the machine looks them up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from meeting.model import Meeting, PersonId
from meeting.procedure import Procedure

Events = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a rule may look at: the meeting so far, its procedure, who asks, and the time (aware UTC)."""

    meeting: Meeting
    procedure: Procedure
    by: PersonId
    now: datetime


C = TypeVar("C")
E = TypeVar("E")
Decider = Callable[[Case, C], Events]
Evolver = Callable[[Meeting, E, PersonId, datetime], Meeting]

# What a rule takes is its key's own type: no type of all of them says that.
_deciders: dict[type, Callable[..., Events]] = {}
_evolvers: dict[type, Callable[..., Meeting]] = {}
_followers: dict[type, list[Callable[..., Events]]] = {}


def decides(command: type[C]) -> Callable[[Decider[C]], Decider[C]]:
    """Register the rule that turns this command into events, or raises Refused."""

    def register(rule: Decider[C]) -> Decider[C]:
        assert command not in _deciders, command
        _deciders[command] = rule
        return rule

    return register


def evolves(event: type[E]) -> Callable[[Evolver[E]], Evolver[E]]:
    """Register how this event changes the meeting."""

    def register(fold: Evolver[E]) -> Evolver[E]:
        assert event not in _evolvers, event
        _evolvers[event] = fold
        return fold

    return register


def follows(*events: type[E]) -> Callable[[Decider[E]], Decider[E]]:
    """Register what these events bring with them; the case it is given holds the meeting after them."""

    def register(rule: Decider[E]) -> Decider[E]:
        for event in events:
            _followers.setdefault(event, []).append(rule)
        return rule

    return register


def followers(event: object) -> tuple[Callable[..., Events], ...]:
    """Return the rules that say what this event brings with it."""
    return tuple(_followers.get(type(event), ()))


def deciders() -> Mapping[type, Callable[..., Events]]:
    """Return every rule by its command's type."""
    return MappingProxyType(_deciders)


def evolvers() -> Mapping[type, Callable[..., Meeting]]:
    """Return every fold by its event's type; its keys are all events that a record can hold."""
    return MappingProxyType(_evolvers)
