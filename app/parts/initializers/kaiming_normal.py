"""Normally distributed numbers that make up for what ReLU takes away."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class KaimingNormal(Initializer):
    """Normally distributed numbers, of a spread that makes up for the half that ReLU takes away.

    Use it with ReLU and its relatives, above all in deep networks. Source: He et al. 2015, arXiv:1502.01852.
    """

    title: ClassVar[str] = "He, normal"
    formula: ClassVar[str] = "w ~ N(0, σ²), σ = gain / √inputs, gain of ReLU = √2"
    also: ClassVar[tuple[str, ...]] = ("he normal", "kaiming")

    kind: Literal["kaiming_normal"] = "kaiming_normal"
    mode: Literal["fan_in", "fan_out"] = setting(
        "fan_in",
        "Keeps the size of",
        "What stays as large as it was: the signals forward, or the gradients backward.",
        labels={"fan_in": "signals", "fan_out": "gradients"},
    )
    nonlinearity: Literal["relu", "tanh", "sigmoid", "selu", "linear"] = setting(
        "relu",
        "Activation",
        "The activation behind the layer. The more it takes away, the larger the weights must be.",
        labels={"relu": "ReLU", "tanh": "Tanh", "sigmoid": "Sigmoid", "selu": "SELU", "linear": "none"},
    )

    def call(self) -> TorchCall:
        return TorchCall("nn.init.kaiming_normal_", mode=self.mode, nonlinearity=self.nonlinearity)
