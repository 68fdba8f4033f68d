"""One of several steps that lead from what arrives at a layer to what leaves it."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

ARRIVING = "x"  # the name of what arrives

StepMakes = Literal[
    "dot", "add", "products", "largest", "rest", "before", "end", "mean", "peak", "counted", "concat", "norm", "rms",
    "share", "turn", "attend", "look_up", "place_row", "place_waves", "time_waves", "led",
]  # fmt: skip
Bend = Literal["tanh", "sigmoid", "relu", "gelu", "silu"]


class StepRule(BaseModel):
    """A table of numbers that is made of earlier ones: a row for each place, `width` numbers in a row. What arrives and
    what leaves are such tables too: a flat list has one row, a picture a row for each pixel, row by row, with a number
    for each channel. A table of one row is read as if it stood at every place. A number at place t, in column u, is:

    - `dot`: for each table that is read, Σᵢ W[`first` + u · `every`, i] · number i at place t, plus a bias
      [`first` + u · `every`]
    - `add`: the sum of the numbers at t, u of all that it reads
    - `products`: the sum of the products of each two that it reads, at t, u
    - `largest`: the largest of the numbers at t, u of all that it reads
    - `rest`: 1 − the number at t, u
    - `before`: the one at t − 1, u; 0 at the first place
    - `end`: the one at the last place; it has one row
    - `mean`, `peak`: the mean, or the largest, of column u over all places; they have one row
    - `counted`: the one at t, u; 0 at a place that only fills up
    - `concat`: the rows behind one another
    - `norm`: (the number − mean) / √(variance + `eps`), of the row at t, or where `whole`, of all rows together; of
      `groups` that share the columns, each by itself. Where there are weights, · W[u] + bias[u]; or · W[u, t] +
      bias[u, t] where there is one for each place
    - `rms`: the same with the number / √(mean of squares + `eps`), and no bias
    - `share`: e to the number / the sum of these of the row
    - `turn`: the number a and its partner b, half the width of a head away in its head, turned by t · 10000^(−2m / d),
      for pair m of a head with d numbers: a·cos − b·sin in the first half, a·cos + b·sin in the other
    - `attend`: Σₛ shareₛ · v[s, u] over places s, where the shares are the softmax of q[t]·k[s] / √d over the d numbers
      of its head; `causal`: over places up to t. So many heads as `shared` says read the keys and values of one head.
      `alibi`: less 2^(−8 · (h + 1) / heads) · |t − s| in head h, from 0
    - `look_up`: W[n, u], where n is the number that is read
    - `place_row`: W[t, u]
    - `place_waves`: sin of t · 10000^(−u / d) for even u, cos of t · 10000^(−(u − 1) / d) for odd ones, where d is
      `width`, or the even number above it
    - `led`: W[u] at the first place, and at each other the one at t − 1, u: it has one place more
    - `time_waves`: sin of ωₖ times the number that is read, for n waves k = u, then cos of it for k = u − n, where
      ωₖ is 100^(k / (n − 1)), and 2n is `width`

    It reads `of`, by name: earlier steps, what arrives, or a side that the layer reads, such as `memory`. `backwards`,
    a table is read from the last place to the first. Of sequences that are filled up, the last place is the last that
    counts; `mean` and `peak` see those that count only, except where `whole`, and so does `attend` where it is not
    `causal`. `then` is a function of the number that was made. Weights and biases are named as in the module.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    makes: StepMakes
    of: tuple[str, ...]
    width: int
    weights: tuple[str, ...] = ()
    biases: tuple[str, ...] = ()
    first: int = 0
    every: int = 1
    heads: int = 1
    groups: int = 1
    shared: int = 1
    causal: bool = False
    alibi: bool = False
    backwards: bool = False
    whole: bool = False
    eps: float = 0.0
    then: Bend | None = None


def linear_step(name: str, of: str, module: str, width: int, *, first: int = 0, then: Bend | None = None) -> StepRule:
    """The sum that a linear layer makes at each place; `module` is what it is called."""
    weights, biases = (f"{module}.weight",), (f"{module}.bias",)
    return StepRule(
        name=name, makes="dot", of=(of,), width=width, weights=weights, biases=biases, first=first, then=then
    )


def summed(name: str, width: int, *of: str) -> StepRule:
    """What is added in the same place."""
    return StepRule(name=name, makes="add", of=of, width=width)


def chain_of(steps: Iterable[StepRule]) -> int:
    """The longest chain of steps each of which reads the one before, at one place. What is carried from another place
    is no step."""
    found: dict[str, int] = {}
    for step in steps:
        found[step.name] = (step.makes != "before") + max((found.get(name, 0) for name in step.of), default=0)
    return max(found.values())
