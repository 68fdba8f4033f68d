"""The recurrent layer with two gates."""

from typing import ClassVar, Literal

from app.parts.layers.recurrent import Recurrent


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
