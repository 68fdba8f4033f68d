"""Filters that slide over a picture."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.window import dilation, grouped, kernel, padding, slid, stride
from app.parts.part import setting
from app.parts.shapes import Image
from app.parts.torch_call import TorchCall


class Conv2d(Layer[Image]):
    """Slides small filters over the picture; each reports, place by place, how well it matches what lies under it.

    Use it for pictures: a filter finds its pattern wherever it is, with few weights. Groups as many as channels make
    it depthwise: each filter looks at one channel only. Source: LeCun et al. 1989, doi.org/10.1162/neco.1989.1.4.541.
    """

    title: ClassVar[str] = "Convolution 2-D"
    group: ClassVar[str] = "convolution"
    formula: ClassVar[str] = "y[o, r, c] = Σ K[o, i, u, v] · x[i, s·r + d·u − p, s·c + d·v − p] + b[o]"
    also: ClassVar[tuple[str, ...]] = ("conv", "cnn", "filter", "kernel", "depthwise")

    kind: Literal["conv2d"] = "conv2d"
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

    def shape_after(self, shape: Image) -> Image:
        grouped(shape.channels, self.filters, self.groups)
        return Image(
            channels=self.filters,
            height=slid(shape.height, self.kernel, self.stride, self.padding, self.dilation),
            width=slid(shape.width, self.kernel, self.stride, self.padding, self.dilation),
        )

    def module_for(self, shape: Image) -> TorchCall:
        return TorchCall(
            "nn.Conv2d",
            shape.channels,
            self.filters,
            self.kernel,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias,
        )

    def parameters(self, shape: Image) -> int:
        return (shape.channels // self.groups * self.kernel**2 + self.bias) * self.filters

    def multiply_adds(self, shape: Image) -> int:
        after = self.shape_after(shape)
        return shape.channels // self.groups * self.kernel**2 * after.numbers
