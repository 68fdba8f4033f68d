"""The largest number of each channel."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.shapes import Channelled, Features
from app.parts.torch_call import TorchCall


class GlobalMaxPool(Layer[Channelled]):
    """Keeps the largest number of each channel in the whole picture or series: is the pattern there at all?

    Use it between convolutions and the output in place of Flatten where one strong match decides.
    Source: Oquab et al. 2015, doi.org/10.1109/CVPR.2015.7298668.
    """

    title: ClassVar[str] = "Global max pooling"
    group: ClassVar[str] = "pooling"
    formula: ClassVar[str] = "y[c] = largest of x[c]"
    also: ClassVar[tuple[str, ...]] = ("gmp", "maxpool")

    kind: Literal["global_max_pool"] = "global_max_pool"

    def shape_after(self, shape: Channelled) -> Features:
        return Features(size=shape.channels)

    def rule(self, shape: Channelled) -> Rule:
        return Rule(reads="channel", makes="max")

    def module_for(self, shape: Channelled) -> TorchCall:
        return TorchCall("modules.GlobalMaxPool")
