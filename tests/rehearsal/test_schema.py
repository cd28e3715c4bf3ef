"""The compiled schema says the same as the official one, only faster and with a place."""

import copy
import json
import random
from pathlib import Path

import jsonschema
import pytest

from rehearsal.teams.house import HouseRules, elements
from rehearsal.teams.schema import card_check, official_schema
from tests.rehearsal.echo_bot import card, execute, text

RICH = card(
    text("Words", size="large", color="Good", isSubtle=True),
    {"type": "RichTextBlock", "inlines": ["plain", {"type": "TextRun", "text": "run", "italic": True}]},
    {
        "type": "ColumnSet",
        "columns": [{"type": "Column", "width": "auto", "items": [text("left")]}, {"items": [text("right")]}],
    },
    {
        "type": "Table",
        "columns": [{"width": 1}, {"width": "30px"}],
        "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [text("cell")]}]}],
    },
    {"type": "FactSet", "facts": [{"title": "Quorum", "value": "3 of 3"}]},
    {"type": "Container", "items": [text("in")], "selectAction": execute("Go"), "style": None},
    {"type": "Image", "url": "data:image/png;base64,AA", "altText": "a dot", "height": "auto"},
    {"type": "Input.Text", "id": "a", "label": "A", "maxLength": 10, "inlineAction": execute("Send")},
    {"type": "Input.Number", "id": "b", "label": "B", "min": 0, "max": 9.5, "value": 1},
    {"type": "Input.Date", "id": "c", "label": "C", "min": "2026-01-01"},
    {"type": "Input.Time", "id": "d", "label": "D"},
    {"type": "Input.Toggle", "id": "e", "title": "E", "isRequired": True, "errorMessage": "Tick it"},
    {"type": "Input.ChoiceSet", "id": "f", "label": "F", "choices": [{"title": "x", "value": "y"}]},
    {
        "type": "ActionSet",
        "actions": [
            {"type": "Action.ShowCard", "title": "More", "card": {"type": "AdaptiveCard", "body": [text("more")]}},
            {"type": "Action.ToggleVisibility", "title": "T", "targetElements": ["a", {"elementId": "b"}]},
            execute("Do", fallback={"type": "Action.Submit", "title": "Do", "data": {}}, style="positive"),
        ],
    },
    refresh=["29:1"],
    actions=[{"type": "Action.OpenUrl", "title": "Read", "url": "https://example.org/"}],
)
ODDITIES = [None, 1, True, "x", [], {}, ["x"], {"type": "Nonsense"}, {"type": "TextBlock"}]


@pytest.fixture(scope="module")
def official():
    return jsonschema.Draft6Validator(official_schema())


def test_a_card_of_every_kind_is_valid_to_both(official):
    assert card_check()(RICH) is None
    assert official.is_valid(RICH)


def test_a_thousandfold_spoilt_card_is_judged_alike_by_both(official):
    chance = random.Random(7)
    small = [{**RICH, "body": [element]} for element in RICH["body"]]
    verdicts = set()
    for _ in range(400):
        spoilt = copy.deepcopy(chance.choice(small))
        spoil(spoilt, chance)
        verdict = card_check()(spoilt) is None
        verdicts.add(verdict)
        assert verdict == official.is_valid(spoilt), spoilt
    assert verdicts == {True, False}


def spoil(content, chance):
    target = chance.choice([each for each in elements(content) if each])
    name = chance.choice([*target, "txt", "id", "isVisible", "type"])
    if chance.random() < 0.3:
        target.pop(name, None)
    else:
        target[name] = chance.choice(ODDITIES)


def test_a_fault_is_named_with_its_place():
    spoilt = card({"type": "Container", "items": [text("fine"), {"type": "TextBlock", "txt": "no"}]})
    assert card_check()(spoilt) == ".body[0].items[1].txt: is not part of schema 1.5"


def test_the_documented_card_is_valid():
    payloads = Path(__file__).parents[1] / "protocol" / "payloads"
    sent = json.loads((payloads / "outbound-send-card.json").read_text("utf-8"))
    content = sent["body"]["attachments"][0]["content"]
    assert HouseRules(card_bytes=28 * 1024, refresh_people=60).problems(content) == ()


def rules(content):
    return [each.rule for each in HouseRules(card_bytes=28 * 1024, refresh_people=60).problems(content)]


@pytest.mark.parametrize(
    ("rule", "spoilt"),
    [
        ("card-too-big", card(text("x" * 29_000))),
        ("schema", card({"type": "TextBlock"})),
        ("refresh-people", card(refresh=["29:x"] * 61)),
        ("version", {**card(), "version": "1.6"}),
        ("input-without-label", card({"type": "Input.Text", "id": "a"})),
        ("required-without-error", card({"type": "Input.Text", "id": "a", "label": "A", "isRequired": True})),
        ("mention", {**card(text("hi")), "msteams": {"entities": [{"type": "mention", "text": "<at>T</at>"}]}}),
        (
            "refresh-for-nobody-named",
            {**card(), "refresh": {"action": {"type": "Action.Execute", "verb": "v"}}},
        ),
    ],
)
def test_each_house_rule_has_a_name(rule, spoilt):
    assert rules(spoilt) == [rule]


def test_two_inputs_of_one_id_are_found_also_in_a_folded_card():
    field = {"type": "Input.Text", "id": "a", "label": "A"}
    folded = {"type": "Action.ShowCard", "title": "More", "card": {"type": "AdaptiveCard", "body": [field]}}
    assert rules(card(field, actions=[folded])) == ["duplicate-input"]


def test_sixty_people_may_be_listed():
    assert rules(card(refresh=["29:x"] * 60)) == []
