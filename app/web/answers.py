"""JSON as we send it: compact, and unable to hold NaN."""

import json
import math
from typing import Any, cast

from starlette.responses import Response

from app.runs.log import sendable


def encoded(value: Any) -> bytes:
    """`value` as JSON; non-finite numbers become the strings NaN, Infinity, -Infinity."""
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")  # a lone surrogate becomes a question mark


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return sendable(value)
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in cast("list[Any]", value)]
    return value


def event_told(event: str, data: Any) -> str:
    """One server-sent event."""
    return f"event: {event}\ndata: {encoded(data).decode()}\n\n"


class Json(Response):
    """An answer in JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return encoded(content)
