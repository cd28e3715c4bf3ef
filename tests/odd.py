"""Odd but legal procedures, as hypothesis builds them: data for `procedures.resolve`, never Python.

What they vary is what a local document may vary: the order of the agenda and how often a kind stands in it, fields of
every type, tables, gates, conditions, views, outcomes, checkpoints, required actions, clocks, quorum, words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
Data = dict[str, Any]
T = TypeVar("T")

TYPES = ("text", "choice", "choices", "yes_no", "tick", "date", "datetime", "person", "agency", "phone", "contact")
PRESSED = ("yes_no", "tick", "date", "datetime")  # nobody can answer these by speaking
GATES = ("none", "warn", "override", "hard")
AGENCIES = ("social_care", "health", "police", "education", "housing")
WORDS = ("What *is* known", "Sorge & Trost <b>", "Is it so?", "Y pethau da", "[A] (b): c", "_Who_ says", "“Why”, then")
CHOICES = ("yes", "no", "not yet", "partly", "A & B", "only <when> asked", "*starred*", "sometimes (rarely)", "nie")
FLAGS = ("s47", "unborn", "in_hospital", "converted", "joint", "information_missing")


class Maker:
    """Draws the pieces of one procedure; every id and label is its own."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.count = 0
        self.flags: list[Data] = []

    def number(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Sequence[T], least: int = 0) -> list[T]:
        """Some of the options, in any order."""
        shuffled = list(self.draw(st.permutations(options)))
        return shuffled[: self.number(least, len(shuffled))]

    def chance(self) -> bool:
        return self.number(0, 1) == 1

    def rarely(self) -> bool:
        return self.number(0, 3) == 3

    def id(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def label(self) -> str:
        self.count += 1
        return f"{self.pick(WORDS)} {self.count}"

    def condition(self) -> str:
        """A condition over flags; those that the procedure itself sets first."""
        names = [str(flag["flag"]) for flag in self.flags] or list(FLAGS)
        first, second = self.pick(names), self.pick(FLAGS)
        return self.pick((first, f"not {first}", f"{first} or not {second}", f"not {second} and not {first}"))

    def field(self, at: int, before: Sequence[Data], gate: str) -> Data:
        kind = self.pick(TYPES)
        made: Data = {"key": self.id("f"), "label": self.label(), "type": kind, "page": 1 + at // 6}
        if kind in ("choice", "choices"):
            made["choices"] = self.some(CHOICES, least=2)
        if kind == "date":
            made["past"] = self.chance()
        made["required"] = self.chance()
        made["allow_unknown"] = self.chance() or (gate == "hard" and kind in PRESSED and made["required"])
        if before and self.rarely():
            other = self.pick(before)
            offered = ["yes", "no"] if other["type"] == "yes_no" else other.get("choices", [])
            made["when"] = f"{other['key']}={self.pick(offered)}" if offered else self.pick(("", "not ")) + other["key"]
        return made

    def fields(self, least: int = 1, most: int = 8, *, gate: str = "none", inputs: int = 6) -> list[Data]:
        """Some fields, six to a page; `inputs` is how many the first page has room for."""
        made: list[Data] = []
        for at in range(self.number(least, most)):
            made.append(self.field(at + 6 - inputs, made, gate))
        return made

    def later(self, order: Sequence[str], step: str) -> Data:
        """Where a gate acts: on leaving the step, or at a later one."""
        after = order[order.index(step) + 1 :]
        return {"gate_at": self.pick(after)} if after and self.rarely() else {}

    # ------------------------------------------------------------------------------------------------ kinds of step
    def statement(self, order: Sequence[str], step: str) -> Data:
        gate = self.pick(GATES)
        lines = [{"text": self.label(), **({"when": self.condition()} if self.rarely() else {})} for _ in range(2)]
        made: Data = {
            "gate": gate,
            "acknowledge": self.chance(),
            "acknowledge_gate": self.pick(("none", "warn", "override")),
            "lines": lines,
        }
        if self.chance():
            made |= {"text": [self.label()], "verbatim": True, "person_gate": self.pick(("none", "hard"))}
        if self.rarely():
            made |= {"fields": self.fields(1, 4, gate=gate)}
        return made

    def roll_call(self, order: Sequence[str], step: str) -> Data:
        gate = self.pick(GATES[:3])
        converts = self.chance()
        quorum = {
            "agencies": self.some(AGENCIES, least=1),
            "roles": self.some(("team_manager", "service"), least=0),
            "if_missing": "convert" if converts else "override",
            "gate": "hard" if converts and self.chance() else self.pick(("warn", "override")),
            "role_gate": self.pick(("none", "warn", "override")),
            "recheck_before": self.some(order[order.index(step) + 1 :])[:2],
        }
        keys = [{"key": "name", "label": self.label()}, {"key": "agency", "label": self.label(), "type": "agency"}]
        excuse: list[Data] = [{"key": key, "label": self.label()} for key in self.some(("reason", "information"))]
        excuse.append({"key": "agency", "label": self.label(), "type": "agency"})
        return {
            "apologies": excuse,
            "gate": gate,
            "chair_first": self.chance(),
            "quorum": quorum,
            "fields": [*keys, *self.fields(0, 3)],
        }

    def record(self, order: Sequence[str], step: str) -> Data:
        gate = self.pick(GATES)
        made: Data = {"gate": gate, "per": self.pick(("meeting", "child")), "owner": self.pick(("chair", "note_taker"))}
        made |= self.later(order, step) | {"fields": self.fields(gate=gate)}
        if self.rarely():
            made["headings"] = [{"key": self.id("h"), "label": self.label()} for _ in range(self.number(1, 3))]
        made["rows"] = [self.rows(gate) for _ in range(self.number(0, 1))]
        made["checkpoints"] = [self.checkpoint(gate) for _ in range(self.number(0, 2))]
        if self.rarely():
            made["confirm_each"] = True
        if self.rarely():
            made["minutes_lines"] = [{"text": self.label(), "when": self.condition()}]
        self.flag(step, made)
        return made

    def rows(self, gate: str) -> Data:
        made: Data = {"id": self.id("rows"), "label": self.label(), "per": self.pick(("free", "child", "purpose"))}
        if made["per"] == "purpose":
            made["each"] = [self.label() for _ in range(self.number(1, 3))]
        elif made["per"] == "free":
            made |= {"minimum": self.number(0, 2), "none_allowed": gate == "hard" or self.chance()}
        return {**made, "fields": self.fields(1, 4, gate=gate)}

    def checkpoint(self, gate: str) -> Data:
        answer = self.pick(("yes_no_later", "fields") if gate == "hard" else ("yes_no", "yes_no_later", "fields"))
        made: Data = {"id": self.id("point"), "question": self.label(), "answer": answer}
        made |= {"reason": self.pick(("always", "never")), "per": self.pick(("meeting", "child"))}
        if answer == "fields" or self.rarely():
            made["fields"] = self.fields(1, 3, gate=gate)
        if self.rarely():
            made["when"] = self.condition()
        if answer != "fields" and self.rarely():
            made["asks_action"] = self.label()
        return made

    def flag(self, step: str, made: Data) -> None:
        """Let an answer of a step set a fact that later conditions may name."""
        telling = [f for f in made["fields"] if f["type"] in ("yes_no", "choice", "text")]
        if not telling or not self.chance():
            return
        field = self.pick(telling)
        offered = ["yes"] if field["type"] == "yes_no" else field.get("choices", [])
        to = f" = {self.pick(offered)}" if offered else ""
        scope = "child" if made.get("per") == "child" else "meeting"
        self.flags.append(
            {"flag": self.id("fact"), "scope": scope, "means": "so", "set_by": [f"{step}.fields.{field['key']}{to}"]}
        )

    def turns(self, order: Sequence[str], step: str) -> Data:
        audiences = ["default", *self.some(("police", "health", "referrer", "other"))[:2]]
        prompts: list[Data] = [
            {"for": one, "fields": self.fields(1, 4 if one == "default" else 2)} for one in audiences
        ]
        for one in prompts[1:]:
            room = len(prompts[0]["fields"])
            for at, field in enumerate(one["fields"]):
                field["page"] = 1 + (room + at) // 6
            one |= {"place": "after", "once_across_seats": self.rarely()}
        speakers = (*AGENCIES, "referrer", "other")
        made: Data = {"gate": self.pick(GATES[:3]), "order": self.some(speakers, least=1), "prompts": prompts}
        return made | {"introduce_first": self.chance()}

    def questions(self, order: Sequence[str], step: str) -> Data:
        return {"only_if_asked": self.chance(), "gate": self.pick(("none", "warn"))}

    def views(self, order: Sequence[str], step: str) -> Data:
        low = self.number(-3, 3)
        high = low + self.number(1, 10)
        ends = [{"value": low, "text": self.label()}, {"value": high, "text": self.label()}]
        scale: Data = {
            "type": "scale",
            "min": low,
            "max": high,
            "danger_end": self.pick(("min", "max")),
            "anchors": ends,
        }
        threshold: Data = {"type": "threshold", "options": self.some(CHOICES, least=2), "reason": self.chance()}
        made: Data = {"per": self.pick(("child", "meeting"))}
        made["instruments"] = self.pick(([threshold], [scale], [threshold, {**scale, "reason": self.chance()}]))
        at = next((one for one in order[order.index(step) + 1 :] if one.startswith("DECI")), None)
        return made | ({"invited_gate": {"gate": self.pick(GATES[:3]), "gate_at": at}} if at else {})

    def decision(self, order: Sequence[str], step: str) -> Data:
        several = self.chance()
        outcomes = [self.outcome(several=several) for _ in range(self.number(1, 4))]
        if len(outcomes) > 2 and self.chance():
            outcomes[0]["excludes"], outcomes[1]["excludes"] = [outcomes[1]["id"]], [outcomes[0]["id"]]
        made: Data = {"gate": self.pick(("override", "hard")), "per": self.pick(("child", "meeting"))}
        made |= {"several": several, "outcomes": outcomes, "added_outcomes": ["not_decided"]}
        made["rationale"] = {"fields": self.fields(1, 4), "gate": self.pick(("override", "hard"))}
        if self.chance():
            made["agreement"] = {"gate": self.pick(("none", "warn", "override"))}
        if self.chance():
            made["forbidden"] = [{"id": self.id("never"), "structural": "warn", "text": "warn", "words": ["zzgrund"]}]
        return made

    def outcome(self, *, several: bool) -> Data:
        made: Data = {"id": self.id("o"), "label": self.label(), "starts_s47": self.chance()}
        made["answers_threshold"] = self.chance()
        if self.chance():
            made["needs"] = self.fields(1, 2)
        if self.rarely():
            made["creates_action"] = self.pick(({"label": self.label()}, {"linked_meeting": True}))
        return made

    def actions(self, order: Sequence[str], step: str) -> Data:
        fields = [{"key": "what", "label": self.label()}, {"key": "owner", "label": self.label(), "type": "person"}]
        fields.append({"key": "due", "label": self.label(), "type": "datetime"})
        made: Data = {"gate": self.pick(GATES[:3]), "fields": [*fields, *self.fields(0, 2)]}
        made["required_actions"] = [self.required_action() for _ in range(self.number(0, 2))]
        if self.rarely():
            made["suggested_actions"] = [{"id": self.id("offer"), "label": self.label(), "when": self.condition()}]
        return made | {
            "read_back": self.pick(("none", "warn", "override")),
            "owners_accept": self.chance(),
            "tags": self.some(("child", "individual", "sibling_group")),
        }

    def required_action(self) -> Data:
        made: Data = {"id": self.id("must"), "label": self.label(), "gate": self.pick(GATES), "or_rationale": True}
        made |= {"per": self.pick(("child", "meeting")), "one_may_cover_several": self.chance()}
        made["fields"] = [
            {"key": "who", "label": self.label(), "type": "person"},
            *([{"key": "due", "label": self.label(), "type": "datetime"}] if self.chance() else []),
        ]
        if self.chance():
            made["when"] = self.condition()
        if self.rarely():
            other = {"id": self.id("other"), "label": self.label(), "fields": self.fields(1, 2)}
            made |= {"alternatives": [other]}
        return made

    def closing(self, order: Sequence[str], step: str) -> Data:
        return {"fields": self.fields(0, 2), "announces": [self.label()]} if self.chance() else {}


NAMES = {  # of the kinds: the default's own id, by which a step takes what it leaves out
    "statement": "OPENING",
    "roll_call": "ROLLCALL",
    "turns": "SHARE",
    "questions": "QUESTIONS",
    "views": "VIEWS",
    "decision": "DECISION",
    "actions": "ACTIONS",
    "closing": "CLOSING",
}


def _kinds(maker: Maker) -> list[str]:
    """The kinds of an agenda in a legal order; `right` is the record at which everybody confirms the meeting."""
    free = ("statement", "record", "record")
    kinds = ["statement"] if maker.chance() else []
    kinds += maker.pick((["roll_call", "right"], ["right", "roll_call"], ["roll_call", "statement", "right"]))
    for kind, most in (("turns", 2), ("questions", 1), ("views", 1), ("decision", 1), ("actions", 1)):
        kinds += [maker.pick(free) for _ in range(maker.number(0, 1))]
        least = 1 if kind in ("decision", "actions") else 0
        kinds += [kind] * maker.number(least, most)
    return [*kinds, *(["statement"] if maker.rarely() else []), "closing"]


def _ids(maker: Maker, kinds: Sequence[str]) -> list[str]:
    ids: list[str] = []
    for kind in kinds:
        usual = NAMES.get(kind, "")
        own = maker.id(f"{kind[:4].upper()}_")
        ids.append(usual if usual and usual not in ids and maker.chance() else own)
    return ids


def _step(maker: Maker, kind: str, order: Sequence[str], step: str) -> Data:
    made: Data = {"id": step, "kind": "record" if kind == "right" else kind, "label": maker.label()}
    if kind == "right":
        name = {"key": "name", "label": maker.label(), "allow_unknown": True}
        made |= {"per": "child", "right_meeting": {"gate": maker.pick(("hard", "override"))}, "gate": "override"}
        made |= {"fields": [name, *maker.fields(0, 3, inputs=5)], "confirm_each": maker.chance()}
        return made
    if kind in ("statement", "record") and maker.rarely():
        made["when"] = maker.condition()
    made |= getattr(maker, kind)(order, step)
    if maker.chance():
        made["guidance"] = maker.label()
    return made


@st.composite
def procedures(draw: Draw) -> Data:
    """Draw the data of one procedure that `procedure check` has nothing to say about."""
    maker = Maker(draw)
    kinds = _kinds(maker)
    order = _ids(maker, kinds)
    made: Data = {"id": "odd", "title": maker.label(), "words": {"meeting_name": maker.label()}}
    made["agenda"] = [_step(maker, kind, order, step) for kind, step in zip(kinds, order, strict=True)]
    made["flags"] = maker.flags
    clocks = [
        {
            "id": maker.id("clock"),
            "what": maker.label(),
            "from_event": event,
            "limit": maker.number(1, 60),
            "unit": unit,
        }
        for event in maker.some(("decision", "meeting_end", "meeting_started"))[:2]
        for unit in maker.some(("hours", "calendar_days", "working_days"))[:1]
    ]
    made["clocks"] = clocks
    made["working_days"] = {"country": maker.pick(("England and Wales", "Scotland", "Northern Ireland"))}
    if maker.rarely():
        fixed = [one for one, kind in zip(order, kinds, strict=True) if kind == "right"]
        made["steps_may_vary"] = {"gate": "override", "fixed": fixed}
    made["convening"] = {"fields": maker.fields(0, 3)}
    return made


CHILDREN = ("Ada Quill", "Bo Quill", "Cy Quill", "D’Arcy Quill")
ABOVE = (1, 1, 2, 3)  # how many children: one is the most usual


@st.composite
def castings(draw: Draw, procedure: Data) -> Data:
    """Draw who comes and what they say, as the data of a case that this procedure takes."""
    maker = Maker(draw)
    children = [{"id": f"c{n}", "name": name} for n, name in enumerate(CHILDREN[: maker.pick(ABOVE)], start=1)]
    seats = maker.some(("police", "clinician", "nursery", "housing"), least=1)
    return {
        "children": children,
        "seats": ["chair", "notes", "worker", *seats],
        "note_taker": maker.chance(),
        "absent": seats[:1] if len(seats) > 1 and maker.rarely() else [],
        "quiet": seats[-1:] if maker.chance() else [],
        "lines": _lines(maker, procedure),
    }


def _lines(maker: Maker, procedure: Data) -> Data:
    """What everybody answers to each label: texts of their own, any of the choices, a day that has come."""
    said: Data = {}
    for field in asked(procedure):
        if field["key"] == "name":  # of a child, or of whoever introduces themselves: known already
            continue
        kind = field.get("type") or ("choice" if field.get("choices") else "text")
        if kind == "text":
            said[field["label"]] = f"{maker.pick(SAID)} {maker.id('said')}"
        elif kind == "choice":
            said[field["label"]] = maker.pick(field["choices"])
        elif kind == "choices":
            said[field["label"]] = maker.some(field["choices"], least=1)
        elif kind == "date" and field.get("past"):
            said[field["label"]] = "2020-02-29"
        elif kind == "tick" and maker.chance():
            said[field["label"]] = "true"
        elif kind == "yes_no":
            said[field["label"]] = maker.pick(("Yes", "No"))
    return said


SAID = ("Plain words.", "*Stars* and _lines_ & <b>signs</b>", "Two\nlines", "“Quoted”, it’s said", "x" * 700)


def asked(node: Any) -> list[Data]:
    """Return every field in a procedure's data."""
    if isinstance(node, dict):
        own = [node] if "key" in node and "label" in node else []
        return own + [field for value in node.values() for field in asked(value)]
    return [field for value in node for field in asked(value)] if isinstance(node, list) else []
