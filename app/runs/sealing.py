"""The sealed test result: the log keeps it, and readers leave it out until somebody opens it."""

import json
from typing import Any

PREFIX = "test_"
MARK = b'"test_'


def without_test(metrics: dict[str, Any]) -> dict[str, Any]:
    """Metrics by name, without those of the test samples."""
    return {name: value for name, value in metrics.items() if not name.startswith(PREFIX)}


def sealed_event(event: dict[str, Any]) -> dict[str, Any]:
    """An event of the log as it is told while the test result is sealed."""
    kept = without_test(event)  # `test_confusion`
    return kept | {"metrics": without_test(event["metrics"])} if "metrics" in event else kept


def sealed_line(line: bytes) -> bytes:
    """The same for a line of the log."""
    if MARK not in line:
        return line
    return json.dumps(sealed_event(json.loads(line)), ensure_ascii=False, separators=(",", ":")).encode()
