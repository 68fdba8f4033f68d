"""What the class sees of a run on somebody's own data: how it learns, and nothing that stands in the data."""

import json
from typing import Any

# How many samples there are of each class, and what would tell whether somebody else's text is a certain one.
HIDDEN_FIELDS = ("confusion", "test_confusion", "tokenizer", "corpus")
MARKS = (b'"type":"started"', b'"type":"evaluated"', b'"type":"warned"', b'"type":"finished"')
HIDDEN = "…"


def veiled_line(line: bytes) -> bytes:
    """A line of the log as others see it."""
    if not any(mark in line[:120] for mark in MARKS):
        return line
    event = json.loads(line)
    for name in HIDDEN_FIELDS:
        event.pop(name, None)
    if "sentence" in event:
        event["sentence"] = veiled_sentence(event["sentence"])
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def veiled_sentence(sentence: dict[str, Any]) -> dict[str, Any]:
    """A sentence without the names that it quotes: they may be those of columns or of classes."""
    values = sentence.get("values", {})
    return sentence | {"values": {key: HIDDEN if isinstance(value, str) else value for key, value in values.items()}}
