"""The JSON Schemas that editors use are those of the code, and agree with it on the shipped files."""

import json

import pytest
from jsonschema import Draft202012Validator

from procedures.export import FILES, exported
from procedures.files import DEFAULT
from procedures.reading import read
from procedures.schema import DefaultFile
from tests.unit.procedures.files import ALL


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_committed_schema_is_a_fresh_export(path):
    """Else run `python -m procedures.export`."""
    assert path.read_text(encoding="utf-8") == exported(FILES[path])


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_what_we_accept_an_editor_accepts(path):
    schema = next(json.loads(exported(m)) for m in FILES.values() if (m is DefaultFile) is (path == DEFAULT))
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(read(path).data)) == []


def test_an_editor_underlines_an_unknown_key():
    schema = next(json.loads(exported(m)) for m in FILES.values() if m is not DefaultFile)
    assert list(Draft202012Validator(schema).iter_errors({"id": "some", "title": "Some", "agenad": []}))
