"""Has the loop compiled, or loaded where that was kept."""

from typing import Any

import numba
import numpy as np

from app.training.steppers.compiled import kernel, opcodes

train: Any = kernel.train  # pyright: ignore[reportUnknownVariableType] - Numba tells nothing of its types


def compile_now() -> None:
    """Compiles the loop by one step of the smallest network; what was kept of it is taken instead."""
    train(*_smallest())


def kept() -> bool:
    """Whether it need not be compiled."""
    types = tuple(numba.typeof(argument) for argument in _smallest())
    return train._cache.load_overload(types, train.targetctx) is not None  # noqa: SLF001 - who asks would compile it


def _smallest() -> tuple[Any, ...]:
    """The arguments for one step of a network with one weight."""
    ones = np.ones((1, 1), np.float32)
    return (
        (ones, ones, np.empty(0, np.int64)),
        np.array([[opcodes.LINEAR, 0, -1, 1, 1, 1, 0, -1, -1, -1]]),
        np.zeros((1, 2), np.float32),
        np.ones(1, np.float32),
        np.ones(1, np.float32),
        np.zeros((2, 1), np.float32),
        np.zeros(1, np.int64),
        (1, 1, 0),
        (opcodes.MSE, 0.0),
        (opcodes.SGD, 0, 0.1),
        np.zeros(4),
        np.zeros(4),
        np.ones(1),
        np.empty((0, 1), np.float32),
    )
