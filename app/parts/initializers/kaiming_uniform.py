"""Random numbers from a range that makes up for what ReLU takes away."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class KaimingUniform(Initializer):
    """Every number within a range is equally likely; the range makes up for the half that ReLU takes away.

    Use it with ReLU and its relatives, above all in deep networks. Source: He et al. 2015, arXiv:1502.01852.
    """

    title: ClassVar[str] = "He, uniform"
    formula: ClassVar[str] = "w ~ U(−r, r), r = gain · √(3 / inputs), gain of ReLU = √2"
    also: ClassVar[tuple[str, ...]] = ("he uniform", "kaiming")

    kind: Literal["kaiming_uniform"] = "kaiming_uniform"
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
        return TorchCall("nn.init.kaiming_uniform_", mode=self.mode, nonlinearity=self.nonlinearity)
