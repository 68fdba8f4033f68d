"""PyTorch's own start."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer


class Default(Initializer):
    """PyTorch's own choice for each layer: small random numbers, smaller where a neuron has many inputs.

    Use it unless you have a reason not to. It is the only one that draws the biases too; the others start them at 0.
    """

    title: ClassVar[str] = "PyTorch's default"
    formula: ClassVar[str] = "w, b ~ U(−r, r), r = 1 / √inputs"
    also: ClassVar[tuple[str, ...]] = ("standard", "lecun")

    kind: Literal["default"] = "default"

    def call(self) -> None:
        return None
