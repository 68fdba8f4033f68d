"""What a decoder reads beside a code."""

import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.problem import Problem
from app.parts.shapes import Classes
from app.training.tasks.generating import no_such_class


def beside_code(experiment: Experiment, label: int | None, count: int) -> dict[str, Tensor]:
    """The sides of so many codes, by name. Raises `Problem` where there is no such class."""
    sides = experiment.ends["decoder"].sides
    if label is not None and not sides:
        raise no_such_class(label)
    found: dict[str, Tensor] = {}
    for name, side in sides.items():
        if not isinstance(side, Classes):
            raise ValueError(f"Expected a class beside the code, but got {side}.")
        if label is None or label >= side.count:
            raise Problem(
                "This decoder reads a class, too: give its number, from 0 to {most}.",
                place="/label",
                most=side.count - 1,
            )
        found[name] = torch.full((count,), label)
    return found
