"""One mean for each channel."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.shapes import Channelled, Features
from app.parts.torch_call import TorchCall


class GlobalAvgPool(Layer[Channelled]):
    """Takes the mean of each channel over the whole picture or series: how much of the pattern is there in all?

    Use it between convolutions and the output in place of Flatten: where a pattern lies no longer matters, and far
    fewer weights are needed. Source: Lin et al. 2013, arXiv:1312.4400.
    """

    title: ClassVar[str] = "Global average pooling"
    group: ClassVar[str] = "pooling"
    formula: ClassVar[str] = "y[c] = mean of x[c]"
    also: ClassVar[tuple[str, ...]] = ("gap", "global mean pooling", "avgpool")
    bends: ClassVar[bool] = False

    kind: Literal["global_avg_pool"] = "global_avg_pool"

    def shape_after(self, shape: Channelled) -> Features:
        return Features(size=shape.channels)

    def rule(self, shape: Channelled) -> Rule:
        return Rule(reads="channel", makes="mean")

    def module_for(self, shape: Channelled) -> TorchCall:
        return TorchCall("modules.GlobalAvgPool")
