"""The step that layers of normalisation share."""

from typing import Literal

from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.shapes import Shape


def norm_step(
    shape: Shape,
    eps: float,
    makes: Literal["norm", "rms"] = "norm",
    *,
    learned: bool,
    whole: bool,
    groups: int = 1,
) -> StepRule:
    """What such a layer makes of each number that arrives; `learned` says that it has a scale, and a shift where it
    subtracts the mean."""
    weights = ("weight",) if learned else ()
    biases = ("bias",) if learned and makes == "norm" else ()
    return StepRule(
        name="y",
        makes=makes,
        of=(ARRIVING,),
        width=shape.at_each,
        weights=weights,
        biases=biases,
        groups=groups,
        whole=whole,
        eps=eps,
    )
