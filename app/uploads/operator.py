"""Where the operator keeps well-known sets in their own formats, and how workers learn of it.

Workers get nothing of the server's environment that could be a secret, so a note in the data folder tells them.
"""

import json
from pathlib import Path

from app.runs.folder import write_whole

NOTE = "datasets.json"
# Where the files may stand below the operator's folder; the last ones are what torchvision makes.
PLACES = {
    "mnist": ("", "mnist", "MNIST", "MNIST/raw"),
    "cifar10": ("", "cifar10", "cifar-10-batches-bin"),
}
FIRST_FILES = {
    "mnist": ("train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte"),
    "cifar10": ("data_batch_1.bin",),
}


def tell_workers(data: Path, datasets: Path | None) -> None:
    """Writes the note. Without a folder there is none."""
    note = data / NOTE
    if datasets is None:
        note.unlink(missing_ok=True)
    else:
        write_whole(note, json.dumps({"folder": str(datasets.absolute())}).encode())


def folder_of(data: Path | None, kind: str) -> Path | None:
    """The folder in which the files of a kind stand, if there is one."""
    if data is None:
        return None
    try:
        root = Path(json.loads((data / NOTE).read_bytes())["folder"])
    except FileNotFoundError:
        return None
    found = (root / place for place in PLACES[kind])
    return next((folder for folder in found if any((folder / name).is_file() for name in FIRST_FILES[kind])), None)


def offered(data: Path) -> dict[str, bool]:
    """Which of the well-known sets are there."""
    return {kind: folder_of(data, kind) is not None for kind in PLACES}
