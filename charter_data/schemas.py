"""JSON Schemas of the data files, made from the records, so that editors can help while one writes."""

import json
from pathlib import PurePath
from typing import Any

from charter_data.drafts import MODELS
from charter_data.models import Record, Service

SERVICES = "services.yml"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Give the text of every schema by its file name."""
    models: dict[str, type[Record]] = {**MODELS, SERVICES: Service}
    return {f"{PurePath(name).stem}.schema.json": _text(model) for name, model in sorted(models.items())}


def schema_for(name: str) -> str:
    """Give the schema's file name for a data file such as `charter.yml` or `services/KBK.yml`."""
    return f"{'services' if name.startswith('services/') else PurePath(name).stem}.schema.json"


def _text(model: type[Record]) -> str:
    schema: dict[str, Any] = {"$schema": DIALECT, **model.model_json_schema(mode="validation")}
    return json.dumps(schema, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
