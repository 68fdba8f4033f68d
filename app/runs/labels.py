"""What people gave a run, in its folder: name, tags, note, openings. The database can be made again from it."""

import json
from dataclasses import asdict, dataclass, field

from app.runs.folder import RunFolder, write_whole

FILE = "labels.json"


@dataclass(frozen=True)
class Labels:
    """What people call a run and say of it, and how often they opened its sealed test result."""

    name: str = ""
    tags: list[str] = field(default_factory=list[str])
    note: str = ""
    openings: int = 0


def keep_labels(folder: RunFolder, labels: Labels) -> None:
    """Writes them into the run's folder."""
    write_whole(folder.path / FILE, json.dumps(asdict(labels), ensure_ascii=False).encode())


def labels_of(folder: RunFolder) -> Labels:
    """What was written last; empty where nothing was."""
    try:
        return Labels(**json.loads((folder.path / FILE).read_bytes()))
    except FileNotFoundError:
        return Labels()
