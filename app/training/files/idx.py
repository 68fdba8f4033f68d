"""MNIST's files: the idx format, plain or compressed with gzip."""

import gzip
import struct
import zlib
from pathlib import Path

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.mnist import Mnist
from app.parts.problem import Edit, Fix, Problem
from app.uploads.operator import folder_of

PICTURES, LABELS = 0x803, 0x801  # magic numbers: unsigned bytes in three dimensions, and in one
PARTS = ("train", "t10k")
LONGEST = 200_000_000  # bytes of one file once unpacked
NOT_THERE = (
    "This server has no files of {dataset}. Whoever runs it can put them into a folder and name it in the setting "
    "TRAINYARD_DATASETS."
)
DAMAGED = "The file {file} in the operator's folder is damaged, or in another format than that of {dataset}."


def mnist(data: Path | None, samples: int) -> tuple[Array, Array]:
    """All pictures (n, 1, 28, 28) uint8 and digits (n,). Raises `Problem` where there are fewer than `samples`."""
    folder = folder_of(data, "mnist")
    if folder is None:
        raise Problem(NOT_THERE, dataset=Mnist.title)
    side = Mnist.image.height
    pictures: list[Array] = []
    labels: list[Array] = []
    for part in PARTS:
        names = _file(folder, f"{part}-images", "idx3"), _file(folder, f"{part}-labels", "idx1")
        if names[0] is None or names[1] is None:
            continue  # the training files alone are a set too
        pictures.append(_read(names[0], PICTURES, (side, side)))
        labels.append(_read(names[1], LABELS, ()))
        if len(pictures[-1]) != len(labels[-1]) or labels[-1].max(initial=0) > 9:
            raise Problem(DAMAGED, file=names[1].name, dataset=Mnist.title)
    if not pictures:
        raise Problem(NOT_THERE, dataset=Mnist.title)
    raw, digits = np.concatenate(pictures)[:, None], np.concatenate(labels)
    demand_enough(len(raw), samples)
    return raw, digits.astype(np.int64)


def demand_enough(count: int, samples: int) -> None:
    """Raises `Problem` where files hold fewer pictures than asked for."""
    if count < samples:
        use_all = Fix("Use {count} samples", {"count": count}, (Edit("replace", "/samples", count),))
        raise Problem(
            "The files hold {count} pictures, fewer than the {samples} that are asked for.",
            place="/samples",
            count=count,
            samples=samples,
            fixes=(use_all,) if count >= 20 else (),
        )


def _file(folder: Path, name: str, form: str) -> Path | None:
    spellings = [f"{name}{dot}{form}-ubyte{end}" for dot in "-." for end in ("", ".gz")]
    return next((folder / spelling for spelling in spellings if (folder / spelling).is_file()), None)


def _read(file: Path, magic: int, sizes: tuple[int, ...]) -> Array:
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
            whole = stream.read(LONGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise Problem(DAMAGED, file=file.name, dataset=Mnist.title) from None
    header = struct.calcsize(f">2I{len(sizes)}I")
    if len(whole) < header:
        raise Problem(DAMAGED, file=file.name, dataset=Mnist.title)
    found, count, *rest = struct.unpack(f">2I{len(sizes)}I", whole[:header])
    if found != magic or tuple(rest) != sizes or len(whole) != header + count * int(np.prod(sizes, initial=1)):
        raise Problem(DAMAGED, file=file.name, dataset=Mnist.title)
    return np.frombuffer(whole, np.uint8, offset=header).reshape(count, *sizes)
