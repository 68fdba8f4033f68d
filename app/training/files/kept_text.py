"""From the bytes of a text file to `text.txt`, and to what is said of it."""

from pathlib import Path
from typing import Any

from app.parts.datasets.own_text import LEAST_WINDOW, LEAST_WINDOWS, LONGEST, SHORTEST, OwnText
from app.parts.problem import Problem
from app.runs.folder import write_whole
from app.training.files.encoding import ENCODINGS, decoded, likely_encodings
from app.uploads.folder import UploadFolder

MOST_WINDOWS, USUAL_WINDOW = 20_000, 64  # that are offered
SHOWN = 600  # characters of its beginning


def read_text(folder: UploadFolder, received: Path, said: dict[str, Any]) -> dict[str, Any]:
    """Stores the text in UTF-8, its lines ended by line feeds; gives what is said of it. Raises `Problem`."""
    encoding = said.get("encoding", "")
    if encoding not in ("", *ENCODINGS):
        raise Problem("Possible encodings are: {choices}.", place="/encoding", choices=", ".join(ENCODINGS))
    size = received.stat().st_size
    if size > LONGEST:
        raise Problem(
            "This text has {megabytes} MB, and {most} MB are the most. Send a part of it.",
            megabytes=round(size / 1_000_000, 1),
            most=LONGEST // 1_000_000,
        )
    content = received.read_bytes()
    encodings = [encoding] if encoding else likely_encodings(content)
    text, encoding = decoded(content, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Problem("This file is empty.")
    if len(text) < SHORTEST:
        raise Problem(
            "This text has only {count} characters; {least} are the least that anything can be learned from.",
            count=len(text),
            least=SHORTEST,
        )
    write_whole(folder.text_file, text.encode(), lasting=True)
    different = len(set(text))
    window = min(USUAL_WINDOW, max((len(text) - 1) // (5 * LEAST_WINDOWS), LEAST_WINDOW))
    dataset = OwnText(
        upload=folder.id,
        characters=len(text),
        different=different,
        window=window,
        samples=min((len(text) - 1) // window, MOST_WINDOWS),
    )
    return {
        "kind": "own_text",
        "dataset": dataset.model_dump(mode="json"),
        "count": len(text),
        "different": different,
        "lines": text.count("\n") + (not text.endswith("\n")),
        "beginning": text[:SHOWN],
        "encoding": encoding,
        "encodings": [encoding, *encodings[1:]],
        "warnings": [],
    }
