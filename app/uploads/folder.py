"""The folder of an upload: where each of its files stands, and who may write them."""

import fcntl
import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.runs.folder import is_id, new_id

LETTER = "u"
GONE = "This data is not on this server, or it is not yours."


def is_upload(text: str) -> bool:
    """Whether `text` could be the name of an upload. Nothing else ever becomes part of a path."""
    return is_id(text, LETTER)


class UploadFolder:
    """The paths of one upload. Making the object touches no disk.

    The server writes `received` (what was sent, as it came) and at last `label.json`, with which the upload is there
    for all; a worker makes the normal form of what was sent: `table.npz`, `pictures.npz` or `text.txt`, and
    `about.json`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name
        self.label_file = path / "label.json"
        self.about_file = path / "about.json"
        self.table_file = path / "table.npz"
        self.pictures_file = path / "pictures.npz"
        self.text_file = path / "text.txt"
        self.lock_file = path / "lock"

    @classmethod
    def of(cls, data: Path, upload: str) -> "UploadFolder":
        """The folder of an upload below a data folder. Raises `ValueError` where `upload` is no upload's name."""
        if not is_upload(upload):
            raise ValueError(f"Expected the name of an upload, but got {upload[:40]!r}.")
        return cls(data / "uploads" / upload)

    @classmethod
    def create(cls, data: Path) -> "UploadFolder":
        """A new, empty folder below a data folder."""
        upload = cls(data / "uploads" / new_id(LETTER))
        upload.path.mkdir(parents=True)
        return upload

    def received(self, part: str = "") -> Path:
        """Where what was sent stands until it has been read; `part` tells apart what is added later."""
        return self.path / (f"received-{part}" if part else "received")

    def label(self) -> dict[str, Any] | None:
        """Owner, name and time; None where the upload is not there, or not yet."""
        return _json(self.label_file)

    def about(self) -> dict[str, Any] | None:
        """What a worker found in it; None where the upload is not there, or not yet."""
        return _json(self.about_file)

    def bytes(self) -> int:
        """How much room it takes."""
        try:
            return sum(file.stat().st_size for file in self.path.iterdir())
        except FileNotFoundError:
            return 0

    @contextmanager
    def lock(self) -> Generator[None]:
        """Only one at a time adds to an upload; others wait here."""
        with self.lock_file.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _json(file: Path) -> dict[str, Any] | None:
    try:
        return json.loads(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
