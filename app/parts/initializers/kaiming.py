"""What He's two ways to start share."""

from typing import Literal

from app.parts.initializers.initializer import Initializer
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Kaiming(Initializer):
    """Weights whose size makes up for what the activation behind the layer takes away."""

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
        return TorchCall(f"nn.init.{self.kind}_", mode=self.mode, nonlinearity=self.nonlinearity)
