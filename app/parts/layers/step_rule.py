"""One of several steps that lead from what arrives at a layer to what leaves it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

ARRIVING = "x"  # the name of what arrives

StepMakes = Literal[
    "dot", "add", "products", "rest", "before", "end", "counted", "concat", "norm", "turn", "attend"
]  # fmt: skip
Bend = Literal["tanh", "sigmoid", "relu", "gelu"]


class StepRule(BaseModel):
    """A table of numbers that is made of earlier ones: a row for each place, `width` numbers in a row. What arrives and
    what leaves are such tables too; a flat list is a table of one row. A number at place t, in column u, is:

    - `dot`: for each table that is read, Σᵢ W[`first` + u, i] · number i at place t, plus a bias [`first` + u]
    - `add`: the sum of the numbers at t, u of all that it reads
    - `products`: the sum of the products of each two that it reads, at t, u
    - `rest`: 1 − the number at t, u
    - `before`: the one at t − 1, u; 0 at the first place
    - `end`: the one at the last place
    - `counted`: the one at t, u; 0 at a place that only fills up
    - `concat`: the rows behind one another
    - `norm`: (the number − mean) / √(variance + `eps`) · W[u] + bias[u], of the row at t; without biases
      the number / √(mean of squares + `eps`) · W[u]
    - `turn`: the number a and its partner b, half the width of a head away in its head, turned by t · 10000^(−2m / d),
      for pair m of a head with d numbers: a·cos − b·sin in the first half, a·cos + b·sin in the other
    - `attend`: Σₛ shareₛ · v[s, u] over places s, where the shares are the softmax of q[t]·k[s] / √d over the d numbers
      of its head; `causal`: over places up to t

    It reads `of`, by name. `backwards`, a table is read from the last place to the first. Of sequences that are filled
    up, the last place is the last that counts, and `attend` sees those that count only, where it is not `causal`.
    `then` is a function of the number that was made. Weights and biases are named as in the module.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    makes: StepMakes
    of: tuple[str, ...]
    width: int
    weights: tuple[str, ...] = ()
    biases: tuple[str, ...] = ()
    first: int = 0
    heads: int = 1
    causal: bool = False
    backwards: bool = False
    eps: float = 0.0
    then: Bend | None = None


def linear_step(name: str, of: str, module: str, width: int, *, first: int = 0, then: Bend | None = None) -> StepRule:
    """The sum that a linear layer makes at each place; `module` is what it is called."""
    weights, biases = (f"{module}.weight",), (f"{module}.bias",)
    return StepRule(
        name=name, makes="dot", of=(of,), width=width, weights=weights, biases=biases, first=first, then=then
    )
