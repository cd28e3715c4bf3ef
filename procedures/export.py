"""The JSON Schemas that editors check procedure files against; `python -m procedures.export` writes them afresh."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from procedures.files import HERE
from procedures.schema import DefaultFile, ProcedureFile

FILES: dict[Path, type[BaseModel]] = {
    HERE / "schema" / "procedure.schema.json": ProcedureFile,
    HERE / "schema" / "default.schema.json": DefaultFile,
}


def exported(model: type[BaseModel]) -> str:
    """Return the JSON Schema of a file's model, as it is committed."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write both schemas."""
    for path, model in FILES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(exported(model), encoding="utf-8")


if __name__ == "__main__":
    main()
