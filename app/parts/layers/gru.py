"""The recurrent layer with two gates."""

from typing import ClassVar, Literal

from app.parts.layers.recurrent import Chain, Recurrent
from app.parts.layers.step_rule import StepRule


class Gru(Recurrent):
    """Mixes its old state with a candidate for the new one; a gate says how much of the old is kept.

    Use it like LSTM, with a quarter fewer weights. As in PyTorch z near 1 keeps the old state (textbooks often write it
    the other way round), the reset gate r stands behind the state's weights, and there are two biases.
    Source: Cho et al. 2014, arXiv:1406.1078.
    """

    title: ClassVar[str] = "GRU"
    formula: ClassVar[str] = "hₜ = (1 − z) ⊙ n + z ⊙ hₜ₋₁"
    also: ClassVar[tuple[str, ...]] = ("recurrent", "gated recurrent unit", "gates")
    blocks: ClassVar[int] = 3
    module: ClassVar[str] = "GRU"

    kind: Literal["gru"] = "gru"

    def cell(self, chain: Chain) -> tuple[StepRule, ...]:
        r, z, a, u, v, n, k = map(chain.named, "rzauvnk")
        return (
            chain.carry("h"),
            chain.summed("r", 0, "ih", "hh", then="sigmoid"),
            chain.summed("z", 1, "ih", "hh", then="sigmoid"),
            chain.summed("a", 2, "ih"),
            chain.summed("u", 2, "hh"),
            chain.made("v", "products", r, u),
            chain.made("n", "add", a, v, then="tanh"),
            chain.made("k", "rest", z),
            chain.made("h", "products", k, n, z, chain.before("h")),
        )
