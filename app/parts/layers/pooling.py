"""What every pool with a sliding window has."""

from typing import ClassVar, Literal, TypeVar

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.layers.window import kernel, slid, stride
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled
from app.parts.torch_call import TorchCall

Taken = TypeVar("Taken", bound=Channelled)


class Pooling(Layer[Taken]):
    """A window that makes one number of all that lies under it. A subclass is named as PyTorch's."""

    group: ClassVar[str] = "pooling"
    makes: ClassVar[Literal["max", "mean"]]

    kernel: int = kernel(2, "Window size")
    stride: int = stride(2)
    padding: int = setting(0, "Padding", "Places added on every side; at most half the kernel size.", ge=0, le=15)

    def shape_after(self, shape: Taken) -> Taken:
        if self.padding > self.kernel // 2:
            fitting = self.kernel // 2
            raise Problem(
                "A padding of {padding} is more than half the window of {kernel}, so a window could lie outside.",
                place="/padding",
                padding=self.padding,
                kernel=self.kernel,
                fixes=(Fix("Set it to {value}", {"value": fitting}, (Edit("add", "/padding", fitting),)),),
            )
        return shape.with_sizes(shape.channels, *slid(shape.sides, self.kernel, self.stride, self.padding))

    def rule(self, shape: Taken) -> Rule:
        return Rule(reads="window", makes=self.makes, kernel=self.kernel, stride=self.stride, padding=self.padding)

    def module_for(self, shape: Taken) -> TorchCall:
        return TorchCall(f"nn.{type(self).__name__}", self.kernel, stride=self.stride, padding=self.padding)
