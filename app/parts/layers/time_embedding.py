"""How noisy a sample is, told to a network as waves of many lengths."""

from typing import ClassVar, Literal

from app.parts.layers.holding import along
from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule, summed
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class TimeEmbedding(Weighted[Shape]):
    """Adds to what arrives a row of numbers for the time of diffusion; to a picture, one number for each channel.

    Use it in networks that take noise away, since what to take away depends on how much there is. The time is written
    as sines and cosines of many lengths, and a learned linear map makes the row of them. Source: Ho et al. 2020,
    Denoising Diffusion Probabilistic Models, arXiv:2006.11239.
    """

    title: ClassVar[str] = "Time embedding"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = x + W · (sin ωₖt, cos ωₖt) + b"
    also: ClassVar[tuple[str, ...]] = ("timestep", "diffusion", "noise level", "sinusoidal", "positional")
    bends: ClassVar[bool] = False
    reads: ClassVar[str] = "time"

    kind: Literal["time_embedding"] = "time_embedding"
    waves: int = setting(
        16, "Waves", "How many wavelengths the time is written in. More tell closer times apart.", ge=1, le=128
    )

    def rule(self, shape: Shape) -> Rule:
        width = shape.at_each
        waves = StepRule(name="w", makes="time_waves", of=(self.reads,), width=2 * self.waves)
        row = StepRule(name="e", makes="dot", of=("w",), width=width, weights=("weight",), biases=("bias",))
        return stepwise(waves, row, summed("y", width, ARRIVING, "e"))

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.TimeEmbedding", self.waves, shape.at_each, **along(shape))

    def weights(self, shape: Shape) -> dict[str, tuple[int, ...]]:
        return {"weight": (shape.at_each, 2 * self.waves), "bias": (shape.at_each,)}

    def multiply_adds(self, shape: Shape) -> int:
        return shape.at_each * 2 * self.waves
