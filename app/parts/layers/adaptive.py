"""What every adaptive pool has: a size that it gives, whatever comes."""

from typing import ClassVar, Literal, TypeVar

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.part import setting
from app.parts.shapes import Channelled
from app.parts.torch_call import TorchCall

Taken = TypeVar("Taken", bound=Channelled)


class AdaptivePool(Layer[Taken]):
    """Windows as large as it takes to give `output_size` of them. A subclass is named as PyTorch's."""

    group: ClassVar[str] = "pooling"
    makes: ClassVar[Literal["max", "mean"]]

    output_size: int = setting(
        2, "Size it gives", "Side of the result, in pixels or moments, whatever the input.", ge=1, le=64
    )

    def shape_after(self, shape: Taken) -> Taken:
        return shape.with_sizes(shape.channels, *(self.output_size,) * len(shape.sides))

    def rule(self, shape: Taken) -> Rule:
        return Rule(reads="share", makes=self.makes)

    def module_for(self, shape: Taken) -> TorchCall:
        return TorchCall(f"nn.{type(self).__name__}", self.output_size)
