"""What every convolution has: filters with a window each."""

from math import prod
from typing import ClassVar, Self, TypeVar

from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule
from app.parts.layers.window import dilation, grouped, kernel, padding, slid, stride
from app.parts.part import setting
from app.parts.shapes import Channelled
from app.parts.torch_call import TorchCall

Taken = TypeVar("Taken", bound=Channelled)


class Convolution(Weighted[Taken]):
    """Filters that slide over a picture or a series. A subclass is named as PyTorch's for so many directions."""

    group: ClassVar[str] = "convolution"
    bends: ClassVar[bool] = False
    followed_by: ClassVar[str] = "relu"
    sized_by: ClassVar[str] = "filters"

    filters: int = setting(16, "Filters", "How many patterns to look for; each gives one channel.", ge=1, le=1024)
    kernel: int = kernel(3)
    stride: int = stride(1)
    padding: int = padding(0)
    dilation: int = dilation()
    groups: int = setting(
        1,
        "Groups",
        "Parts into which the channels fall, each with filters of its own. As many as channels is depthwise.",
        ge=1,
        le=1024,
    )
    bias: bool = setting(True, "Bias", "A number that each filter adds everywhere.")

    @classmethod
    def started(cls, shape: Taken) -> Self:
        return cls.model_validate({"padding": 1})  # keeps the size, also of a picture smaller than the window

    def shape_after(self, shape: Taken) -> Taken:
        grouped(shape.channels, self.filters, self.groups)
        return shape.with_sizes(self.filters, *slid(shape.sides, self.kernel, self.stride, self.padding, self.dilation))

    def rule(self, shape: Taken) -> Rule:
        return Rule(
            reads="window",
            makes="dot",
            kernel=self.kernel,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            groups=self.groups,
        )

    def module_for(self, shape: Taken) -> TorchCall:
        return TorchCall(
            f"nn.{type(self).__name__}",
            shape.channels,
            self.filters,
            self.kernel,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias,
        )

    def weights(self, shape: Taken) -> dict[str, tuple[int, ...]]:
        window = (self.kernel,) * len(shape.sides)
        weight = {"weight": (self.filters, shape.channels // self.groups, *window)}
        return weight | ({"bias": (self.filters,)} if self.bias else {})

    def multiply_adds(self, shape: Taken) -> int:
        return prod(self.weights(shape)["weight"][1:]) * self.shape_after(shape).numbers
