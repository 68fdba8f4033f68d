"""PyTorch's own start."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer


class Default(Initializer):
    """PyTorch's own choice for each layer: small random numbers, smaller where a neuron has many inputs."""

    title: ClassVar[str] = "PyTorch's default"

    kind: Literal["default"] = "default"

    def call(self) -> None:
        return None
