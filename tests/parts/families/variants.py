"""For each setting of a part, the same part with another value there."""

from collections.abc import Iterator
from typing import Any

from app.parts.part import Part


def variants(part: Part) -> Iterator[tuple[str, Part]]:
    """(name of the setting, changed part), for every setting but `kind`, at least one each."""
    for name, schema in type(part).model_json_schema()["properties"].items():
        if name == "kind":
            continue
        now = getattr(part, name)
        others = [value for value in _values(schema, now) if value != now]
        assert others, f"found no other value for {name}"
        for value in others:
            yield name, type(part).model_validate({**part.model_dump(), name: value})


def _values(schema: dict[str, Any], now: Any) -> list[Any]:
    if "enum" in schema:
        return schema["enum"]
    if schema["type"] == "boolean":
        return [not now]
    if schema["type"] == "array":
        return [now[:-1] or [*now, *now]] if len(now) > 1 else [[*now, schema["items"]["enum"][-1]]]
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0))
    high = schema.get("maximum", schema.get("exclusiveMaximum", now + 1))
    if schema["type"] == "integer":
        return [now + 1 if now + 1 <= high else now - 1]
    return [low + (high - low) * share for share in (0.25, 0.4)]
