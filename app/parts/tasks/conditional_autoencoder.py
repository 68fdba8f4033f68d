"""Drawing a sample again from a few numbers and the name of its class."""

from typing import Any, ClassVar, Literal

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Classes
from app.parts.tasks.reconstructing import Reconstructing
from app.parts.tasks.task import Ends


class ConditionalAutoencoder(Reconstructing):
    """An autoencoder whose decoder is also told the class, so that it can draw another class in the same hand.

    What the class says need not stand in the code, and is drawn to order: give the code of a seven and ask for a three.
    Source: Sohn, Lee and Yan 2015, Learning Structured Output Representation using Deep Conditional Generative Models.
    """

    title: ClassVar[str] = "Conditional autoencoder"
    also: ClassVar[tuple[str, ...]] = ("drawing to order", "style", "conditional", "disentangle")
    predicts: ClassVar[bool] = False

    kind: Literal["conditional_autoencoder"] = "conditional_autoencoder"
    code: int = setting(
        4, "Code", "How many numbers stand between encoder and decoder. Few leave no room for the class.", ge=1, le=512
    )

    def check(self, dataset: Dataset) -> None:
        super().check(dataset)
        target = dataset.target()
        if not isinstance(target, Classes):
            raise Problem(
                "{task} does not fit data whose target is {target}.", task=type(self).title, target=target.noun
            )

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        return {**super().inputs(prepared), "label": prepared.targets}

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        ends = super().ends(dataset, at_each)
        decoder = ends["decoder"]
        return {**ends, "decoder": Ends(decoder.inputs, decoder.outputs, {"label": dataset.target()})}

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        networks = super().networks(dataset)
        first, *others = networks["decoder"]["layers"]
        return {**networks, "decoder": {**networks["decoder"], "layers": [first, {"kind": "class_embedding"}, *others]}}
