"""Files as people might bring them, made here; and uploads that the real reader made of such files."""

import json
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.training.files.ingest import ingest
from app.uploads.folder import UploadFolder
from app.uploads.operator import NOTE
from app.uploads.uploads import Uploads


def brought(data: Path, content: bytes, **said: Any) -> dict[str, Any]:
    """What is said of a file once it was read into an upload of its own below `data`. Raises `Problem`."""
    uploads = Uploads(data)
    folder = uploads.create()
    about = added(folder, content, **said)
    uploads.label(folder, "local", "made here")
    return about


def added(folder: UploadFolder, content: bytes, **said: Any) -> dict[str, Any]:
    """The same for what is added to a folder."""
    folder.received("x").write_bytes(content)
    try:
        return ingest(folder.path.parent.parent, {"upload": folder.id, "part": "x", **said})
    finally:
        folder.received("x").unlink()


def said(about: dict[str, Any]) -> list[str]:
    """The warnings in what is said of a file."""
    return [warning["template"].format(**warning["values"]) for warning in about["warnings"]]


def column(about: dict[str, Any], name: str) -> dict[str, Any]:
    """What is said of one column."""
    return next(candidate for candidate in about["columns"] if candidate["name"] == name)


def counts(about: dict[str, Any]) -> dict[str, int]:
    """How many pictures there are of each class."""
    return {label["name"]: label["count"] for label in about["classes"]}


def experiment(dataset: dict[str, Any], task: str = "classification", loss: str = "cross_entropy") -> dict[str, Any]:
    """The smallest experiment with this dataset."""
    network = {"main": {"layers": [{"kind": "flatten"}] if "classes" in dataset else []}}
    return {"dataset": dataset, "task": {"kind": task}, "loss": {"kind": loss}, "networks": network}


def csv_of(*of_a_table: str, header: str = "a,b", times: int = 10) -> bytes:
    """A table of these lines, repeated."""
    return "\n".join([header, *of_a_table * times]).encode()


def table(rows: int = 120, seed: int = 0) -> bytes:
    """A CSV with numbers, a category, dates and empty cells; whether somebody came follows from age and weather."""
    chance = np.random.default_rng(seed)
    written = ["id,age,weather,day,places,came"]
    for number in range(rows):
        age, weather = int(chance.integers(10, 80)), ("sun", "rain", "snow")[int(chance.integers(3))]
        came = int(age < 50 and weather != "snow")
        shown = "" if number % 11 == 5 else str(age)
        written.append(
            f"{number},{shown},{'' if number % 13 == 7 else weather},2024-0{1 + number % 9}-1{number % 7},"
            f"{number % 4},{came}"
        )
    return "\n".join(written).encode()


def some(label: str, count: int = 10, **how: Any) -> dict[str, bytes]:
    """So many pictures in a folder, to be zipped."""
    return {f"{label}/{number}.png": picture(**how) for number in range(count)}


def picture(colour: tuple[int, int, int] = (200, 40, 40), size: tuple[int, int] = (40, 30), form: str = "PNG") -> bytes:
    """A picture of one colour that grows darker to the right, in a format that Pillow writes."""
    width, height = size
    fade = np.linspace(1, 0.3, width)[None, :, None]
    pixels = np.broadcast_to(np.array(colour) * fade, (height, width, 3)).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(pixels).save(file, form)
    return file.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def pictures(count: int = 12, seed: int = 0) -> bytes:
    """A zip with a folder of `count` pictures for each of two classes, of several sizes."""
    chance = np.random.default_rng(seed)
    files: dict[str, bytes] = {}
    for name, base in (("red", (220, 60, 50)), ("blue", (40, 80, 210))):
        for number in range(count):
            shade = np.clip(np.array(base) + chance.integers(-30, 30, 3), 0, 255)
            size = (int(chance.integers(20, 50)), int(chance.integers(20, 50)))
            files[f"{name}/{number}.png"] = picture(tuple(shade.tolist()), size)
    return zipped(files)


def idx(array: np.ndarray[Any, Any]) -> bytes:
    """An array of unsigned bytes in MNIST's format."""
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.astype(np.uint8).tobytes()


def operators_files(data: Path, count: int = 300) -> Path:
    """Small files in the formats of MNIST and CIFAR-10, with the note that leads workers to them."""
    folder = data / "operator"
    chance = np.random.default_rng(0)
    (folder / "mnist").mkdir(parents=True)
    (folder / "cifar-10-batches-bin").mkdir()
    digits = np.arange(count) % 10
    (folder / "mnist" / "train-images-idx3-ubyte").write_bytes(idx(chance.integers(0, 256, (count, 28, 28))))
    (folder / "mnist" / "train-labels-idx1-ubyte").write_bytes(idx(digits))
    records = np.hstack([digits[:, None], chance.integers(0, 256, (count, 3072))]).astype(np.uint8)
    (folder / "cifar-10-batches-bin" / "data_batch_1.bin").write_bytes(records.tobytes())
    (data / NOTE).write_text(json.dumps({"folder": str(folder)}))
    return folder
