"""The plain recurrent layer."""

from typing import Any, ClassVar, Literal

from app.parts.layers.recurrent import Chain, Recurrent
from app.parts.layers.step_rule import StepRule
from app.parts.part import setting


class Rnn(Recurrent):
    """Reads place after place; its new state is a bent sum of what arrives and of its old state.

    Use it for short sequences, and to see what fails with long ones: the gradient shrinks or grows with every place it
    is carried back. As in PyTorch there are two biases. Sources: Elman 1990, Finding Structure in Time; identity start:
    Le, Jaitly and Hinton 2015, arXiv:1504.00941.
    """

    title: ClassVar[str] = "RNN"
    formula: ClassVar[str] = "hₜ = tanh(W·xₜ + b + U·hₜ₋₁ + c)"
    also: ClassVar[tuple[str, ...]] = ("recurrent", "elman", "simple rnn", "irnn")
    blocks: ClassVar[int] = 1
    module: ClassVar[str] = "RNN"

    kind: Literal["rnn"] = "rnn"
    nonlinearity: Literal["tanh", "relu"] = setting(
        "tanh",
        "Activation",
        "Tanh keeps the state between −1 and 1. ReLU lets it, and the gradient, pass as it is.",
        labels={"tanh": "Tanh", "relu": "ReLU"},
    )
    start: Literal["random", "identity"] = setting(
        "random",
        "First state weights",
        "Random as PyTorch has it, or the identity with biases of 0: at first the state is kept as it is.",
        labels={"random": "random", "identity": "identity"},
    )

    def cell(self, chain: Chain) -> tuple[StepRule, ...]:
        return (
            chain.carry("h"),
            chain.summed("a", 0, "ih"),
            chain.summed("u", 0, "hh"),
            chain.made("h", "add", chain.named("a"), chain.named("u"), then=self.nonlinearity),
        )

    def options(self) -> dict[str, Any]:
        return {
            **super().options(),
            **({"nonlinearity": "relu"} if self.nonlinearity == "relu" else {}),
            **({"identity": True} if self.start == "identity" else {}),
        }
