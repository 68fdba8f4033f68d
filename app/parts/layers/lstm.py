"""The recurrent layer with a memory and three gates."""

from typing import ClassVar, Literal

from app.parts.layers.recurrent import Chain, Recurrent
from app.parts.layers.step_rule import StepRule


class Lstm(Recurrent):
    """Carries a memory beside its state, which is not bent on its way: gates decide what is forgotten, stored and told.

    Use it where something is to be remembered over many places. As in PyTorch there are three gates, forget f, input i
    and output o, a candidate g, and two biases for each. Sources: Hochreiter and Schmidhuber 1997,
    doi.org/10.1162/neco.1997.9.8.1735; forget gate: Gers et al. 2000, doi.org/10.1162/089976600300015015.
    """

    title: ClassVar[str] = "LSTM"
    formula: ClassVar[str] = "cₜ = f ⊙ cₜ₋₁ + i ⊙ g,  hₜ = o ⊙ tanh(cₜ)"
    also: ClassVar[tuple[str, ...]] = ("recurrent", "long short-term memory", "memory cell", "gates")
    blocks: ClassVar[int] = 4
    module: ClassVar[str] = "LSTM"

    kind: Literal["lstm"] = "lstm"

    def cell(self, chain: Chain) -> tuple[StepRule, ...]:
        i, f, g, o, c, s = map(chain.named, "ifgocs")
        return (
            chain.carry("h"),
            chain.carry("c"),
            chain.summed("i", 0, "ih", "hh", then="sigmoid"),
            chain.summed("f", 1, "ih", "hh", then="sigmoid"),
            chain.summed("g", 2, "ih", "hh", then="tanh"),
            chain.summed("o", 3, "ih", "hh", then="sigmoid"),
            chain.made("c", "products", f, chain.before("c"), i, g),
            chain.made("s", "add", c, then="tanh"),
            chain.made("h", "products", o, s),
        )
