"""CIFAR-10's files in its binary version, a label byte and 3,072 bytes of pixels each. Never the pickled one."""

from pathlib import Path

import numpy as np

from app.parts.datasets.cifar10 import Cifar10
from app.parts.datasets.dataset import Array
from app.parts.problem import Problem
from app.training.files.idx import DAMAGED, LONGEST, NOT_THERE, demand_enough
from app.uploads.operator import folder_of

FILES = (*(f"data_batch_{number}.bin" for number in range(1, 6)), "test_batch.bin")
RECORD = 1 + Cifar10.image.numbers  # bytes


def cifar10(data: Path | None, samples: int) -> tuple[Array, Array]:
    """All pictures (n, 3, 32, 32) uint8 and classes (n,). Raises `Problem` where there are fewer than `samples`."""
    folder = folder_of(data, "cifar10")
    found = [] if folder is None else [folder / name for name in FILES if (folder / name).is_file()]
    if not found:
        raise Problem(NOT_THERE, dataset=Cifar10.title)
    records = np.concatenate([_read(file) for file in found])
    demand_enough(len(records), samples)
    return records[:, 1:].reshape(-1, *Cifar10.image.sizes), records[:, 0].astype(np.int64)


def _read(file: Path) -> Array:
    try:
        with file.open("rb") as stream:
            whole = np.frombuffer(stream.read(LONGEST + 1), np.uint8)
    except OSError:
        raise Problem(DAMAGED, file=file.name, dataset=Cifar10.title) from None
    if not len(whole) or len(whole) % RECORD or len(whole) > LONGEST:
        raise Problem(DAMAGED, file=file.name, dataset=Cifar10.title)
    records = whole.reshape(-1, RECORD)
    if records[:, 0].max() >= len(Cifar10.class_names):
        raise Problem(DAMAGED, file=file.name, dataset=Cifar10.title)
    return records
