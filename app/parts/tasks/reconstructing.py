"""What every task owes that draws samples again from a few numbers."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.metrics import AUROC, CONFIDENT, LOSS, MAE, R2, RMSE, Metric
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Channelled, Classes, Features, Shape
from app.parts.tasks.beginning import flattening
from app.parts.tasks.task import Ends, Task


class Reconstructing(Task):
    """An encoder squeezes each sample into a few numbers, the code, and a decoder draws it again from them."""

    needs: ClassVar[tuple[type[Shape], ...]] = (Shape,)  # whatever the labels are, they need not be read
    learns: ClassVar[Literal["target", "inputs", "nothing"]] = "inputs"
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, AUROC, RMSE, MAE, R2)
    score: ClassVar[Metric] = R2
    shown: ClassVar[tuple[Metric, ...]] = (AUROC, R2, RMSE, LOSS)
    titles: ClassVar[Mapping[str, str]] = {"encoder": "Encoder", "decoder": "Decoder"}
    feeds: ClassVar[Mapping[str, str]] = {"decoder": "encoder"}
    nothing: ClassVar[str] = "After {steps} steps the network is no better than always drawing the mean of all samples."

    code: int
    noise: float = setting(
        0.0,
        "Input noise",
        "Spread of the noise that the encoder sees while it learns. What is drawn is compared with the clean sample.",
        ge=0,
        le=2,
        step=0.01,
    )

    def check(self, dataset: Dataset) -> None:
        inputs = dataset.inputs()
        if not isinstance(inputs, Features | Channelled):
            raise Problem(
                "{task} draws numbers again, but a sample of these data is {inputs}.",
                task=type(self).title,
                inputs=inputs.noun,
            )

    def shown_of(self, dataset: Dataset) -> tuple[Metric, ...]:
        target = dataset.target()
        apart = isinstance(target, Classes) and bool(dataset.kept_apart(np.arange(target.count)).any())
        said = {AUROC: apart, CONFIDENT: dataset.shows_classes()}
        return tuple(metric for metric in super().shown_of(dataset) if said.get(metric, True))

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        odd = never_learned(prepared)
        return {**super().inputs(prepared)} | ({ODD: odd} if odd.any() else {})

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        code = Features(size=self.code)
        return {"encoder": Ends(dataset.inputs(), code), "decoder": Ends(code, dataset.inputs().answered(at_each))}

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        return {
            "encoder": {"layers": [*flattening(dataset.inputs()), *HIDDEN]},
            "decoder": {"layers": [*HIDDEN, *drawn(dataset.inputs())], "head": False},
        }


ODD = "odd"  # whether a sample is of a class that was never learned


def never_learned(prepared: Prepared) -> Array:
    """(n,) bool: the samples of classes that the training samples do not have."""
    targets, known = prepared.targets, prepared.targets[prepared.train]
    classes = targets.ndim == 1 and targets.dtype == np.int64
    return ~np.isin(targets, known) if classes else np.zeros(len(targets), bool)


HIDDEN = ({"kind": "linear", "units": 256}, {"kind": "gelu"})


def drawn(shape: Shape) -> list[dict[str, Any]]:
    """The last layers of a network that draws such a sample from a flat list."""
    linear = {"kind": "linear", "units": shape.numbers}
    return [linear] if isinstance(shape, Features) else [linear, {"kind": "reshape", "sizes": list(shape.sizes)}]
