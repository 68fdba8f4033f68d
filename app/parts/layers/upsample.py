"""Larger pictures and longer series, without weights."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.layers.window import demand_room
from app.parts.part import setting
from app.parts.shapes import Channelled, Image
from app.parts.torch_call import TorchCall


class Upsample(Layer[Channelled]):
    """Makes pictures or series larger by a whole factor: by copying each number, or by blending neighbours.

    Use it to undo what a pool has made smaller, as in a U-Net; a convolution behind it draws the detail. It learns
    nothing, and leaves no chessboard as transposed convolutions may. Source: Odena et al. 2016,
    doi.org/10.23915/distill.00003.
    """

    title: ClassVar[str] = "Upsample"
    group: ClassVar[str] = "shape"
    formula: ClassVar[str] = "y[c, r, q] = x[c, ⌊r/s⌋, ⌊q/s⌋], or a blend of the nearest"
    also: ClassVar[tuple[str, ...]] = ("upsampling", "enlarge", "interpolate", "resize", "unpool", "bilinear")
    bends: ClassVar[bool] = False

    kind: Literal["upsample"] = "upsample"
    scale_factor: int = setting(2, "Factor s", "How many times as high and as wide, or as long.", ge=2, le=8)
    mode: Literal["nearest", "bilinear"] = setting(
        "nearest",
        "What comes between",
        "Copies keep edges sharp and square; blending makes them smooth.",
        labels={"nearest": "copies", "bilinear": "blends"},
    )

    def shape_after(self, shape: Channelled) -> Channelled:
        sides = [side * self.scale_factor for side in shape.sides]
        demand_room(sides, "/scale_factor")
        return shape.with_sizes(shape.channels, *sides)

    def rule(self, shape: Channelled) -> Rule:
        if self.mode == "nearest":
            return Rule(reads="scaled", makes="copy", factor=self.scale_factor)
        return Rule(reads="between", makes="blend", factor=self.scale_factor)

    def module_for(self, shape: Channelled) -> TorchCall:
        blend = "bilinear" if isinstance(shape, Image) else "linear"  # PyTorch's names for it
        return TorchCall(
            "nn.Upsample", scale_factor=self.scale_factor, mode="nearest" if self.mode == "nearest" else blend
        )
