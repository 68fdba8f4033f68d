"""Waves that tell each place from all others."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.over_time import places
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule, summed
from app.parts.shapes import Ordered
from app.parts.torch_call import TorchCall


class SinusoidalPosition(Layer[Ordered]):
    """Adds to what stands at each place waves of many lengths, whose heights there are like the digits of a clock.

    Use it in front of attention, which by itself does not know in which order places stand. Nothing is learned, and
    there is a place for any length; k counts pairs of numbers, d is how many numbers stand at a place.
    Source: Vaswani et al. 2017, arXiv:1706.03762.
    """

    title: ClassVar[str] = "Sinusoidal positions"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "yₜ[2k] = xₜ[2k] + sin(t / 10000^(2k / d)),  yₜ[2k+1] = xₜ[2k+1] + cos(t / 10000^(2k / d))"
    also: ClassVar[tuple[str, ...]] = ("positional encoding", "sine", "transformer")
    bends: ClassVar[bool] = False

    kind: Literal["sinusoidal_position"] = "sinusoidal_position"

    def rule(self, shape: Ordered) -> Rule:
        width = shape.at_each
        waves = StepRule(name="p", makes="place_waves", of=(), width=width)
        return stepwise(waves, summed("y", width, ARRIVING, "p"))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall("modules.SinusoidalPosition", shape.places, shape.at_each, **places(shape, {}))
