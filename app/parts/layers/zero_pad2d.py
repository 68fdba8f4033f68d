"""A frame of zeros."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.part import setting
from app.parts.shapes import Image
from app.parts.torch_call import TorchCall


class ZeroPad2d(Layer[Image]):
    """Adds zeros around the picture, as many on each side as you say.

    Use it to meet a size: an odd picture that a pool has halved is one pixel short when it is made larger again.
    """

    title: ClassVar[str] = "Zero padding 2-D"
    group: ClassVar[str] = "shape"
    formula: ClassVar[str] = "y[c, r, q] = x[c, r − top, q − left], or 0 outside"
    also: ClassVar[tuple[str, ...]] = ("pad", "zeropadding", "border", "margin", "frame")
    bends: ClassVar[bool] = False

    kind: Literal["zero_pad2d"] = "zero_pad2d"
    left: int = setting(1, "Left", "Columns of zeros added at the left.", ge=0, le=32)
    right: int = setting(1, "Right", "Columns of zeros added at the right.", ge=0, le=32)
    top: int = setting(1, "Top", "Rows of zeros added at the top.", ge=0, le=32)
    bottom: int = setting(1, "Bottom", "Rows of zeros added at the bottom.", ge=0, le=32)

    def shape_after(self, shape: Image) -> Image:
        return shape.with_sizes(
            shape.channels, shape.height + self.top + self.bottom, shape.width + self.left + self.right
        )

    def rule(self, shape: Image) -> Rule:
        return Rule(reads="shifted", makes="copy", dims=(self.top, self.left))

    def module_for(self, shape: Image) -> TorchCall:
        return TorchCall("nn.ZeroPad2d", [self.left, self.right, self.top, self.bottom])
