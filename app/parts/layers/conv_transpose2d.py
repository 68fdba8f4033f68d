"""A convolution read backwards: pictures become larger."""

from math import prod
from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule
from app.parts.layers.window import demand_room, dilation, grouped, kernel, stride
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Image
from app.parts.torch_call import TorchCall


class ConvTranspose2d(Weighted[Image]):
    """Stamps a filter for every pixel, as strong as the pixel is, and adds up where the stamps overlap.

    Use it to make pictures larger in a way that is learned; a stride of 2 doubles them. Where the kernel size is no
    multiple of the stride, a chessboard may show. Source: Zeiler et al. 2010, doi.org/10.1109/CVPR.2010.5539957.
    """

    title: ClassVar[str] = "Transposed convolution 2-D"
    group: ClassVar[str] = "convolution"
    formula: ClassVar[str] = "y[o, s·r + d·u − p, s·c + d·v − p] = Σ K[i, o, u, v] · x[i, r, c] + b[o]"
    also: ClassVar[tuple[str, ...]] = ("deconvolution", "upconvolution", "fractionally strided")
    bends: ClassVar[bool] = False
    followed_by: ClassVar[str] = "relu"
    sized_by: ClassVar[str] = "filters"

    kind: Literal["conv_transpose2d"] = "conv_transpose2d"
    filters: int = setting(16, "Filters", "How many stamps for each pixel; each gives one channel.", ge=1, le=1024)
    kernel: int = kernel(2)
    stride: int = stride(2)
    padding: int = setting(0, "Padding", "Pixels cut off on every side of the result.", ge=0, le=15)
    output_padding: int = setting(
        0, "Output padding", "Pixels added at the right and at the bottom, to meet a wanted size.", ge=0, le=15
    )
    dilation: int = dilation()
    groups: int = setting(
        1, "Groups", "Parts into which the channels fall, each with stamps of its own.", ge=1, le=1024
    )
    bias: bool = setting(True, "Bias", "A number that each filter adds everywhere.")

    def shape_after(self, shape: Image) -> Image:
        grouped(shape.channels, self.filters, self.groups)
        most = max(self.stride, self.dilation) - 1
        if self.output_padding > most:
            raise Problem(
                "The output padding must be smaller than the stride or the dilation, so {most} is the most here.",
                place="/output_padding",
                most=most,
                fixes=(Fix("Set it to {value}", {"value": most}, (Edit("add", "/output_padding", most),)),),
            )
        grown = [self._uncut(side) - 2 * self.padding for side in shape.sides]
        if min(grown) < 1:
            fitting = (self._uncut(min(shape.sides)) - 1) // 2
            raise Problem(
                "A padding of {padding} cuts the whole picture away. {fitting} is the most here.",
                place="/padding",
                padding=self.padding,
                fitting=fitting,
                fixes=(Fix("Set it to {value}", {"value": fitting}, (Edit("add", "/padding", fitting),)),),
            )
        demand_room(grown, "/stride")
        return shape.with_sizes(self.filters, *grown)

    def rule(self, shape: Image) -> Rule:
        return Rule(
            reads="stamp",
            makes="dot",
            kernel=self.kernel,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            groups=self.groups,
        )

    def module_for(self, shape: Image) -> TorchCall:
        return TorchCall(
            "nn.ConvTranspose2d",
            shape.channels,
            self.filters,
            self.kernel,
            stride=self.stride,
            padding=self.padding,
            output_padding=self.output_padding,
            groups=self.groups,
            bias=self.bias,
            dilation=self.dilation,
        )

    def weights(self, shape: Image) -> dict[str, tuple[int, ...]]:
        weight = {"weight": (shape.channels, self.filters // self.groups, self.kernel, self.kernel)}
        return weight | ({"bias": (self.filters,)} if self.bias else {})

    def multiply_adds(self, shape: Image) -> int:
        return prod(self.weights(shape)["weight"][1:]) * shape.numbers

    def _uncut(self, side: int) -> int:
        """How long a side becomes before the padding is cut off: s(n − 1) + d(k − 1) + 1 + output padding."""
        return self.stride * (side - 1) + self.dilation * (self.kernel - 1) + 1 + self.output_padding
