"""What takes a second or two to import and most runs never need: imported at need, or when there is nothing to do."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

COMPILED = "app.training.steppers.compiled.stepper"  # more has to be done than to import it, see `compiling`
READY = "app.training.steppers.compiled.ready"
BYTE_PAIRS = "app.training.tokenizers.byte_pairs"  # its library shall never have been used before a fork
# Each where those before it leave little to do, so that whoever asks meanwhile waits for one of them and not for all.
LATE = (
    "scipy.sparse",
    "scipy.linalg",
    "scipy.optimize",
    "scipy.stats",
    "sklearn.base",
    "sklearn.datasets",
    "skimage.data",
    "app.training.files.ingest",
    "app.training.baselines",
    COMPILED,
    READY,
    BYTE_PAIRS,
)


def late(name: str) -> Any:
    """One of these modules. Raises `KeyError` for any other name."""
    if name not in LATE:
        raise KeyError(name)
    return import_module(name)


def imports() -> list[Callable[[], object]]:
    """What has to be called to import them, one by one."""
    return [partial(import_module, name) for name in LATE if name not in (COMPILED, READY, BYTE_PAIRS)]
