"""Where a number that leaves a layer comes from: which of those that arrive it reads, and what it makes of them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.parts.layers.step_rule import StepRule

Reads = Literal[
    "place", "window", "stamp", "share", "channel", "same", "order", "axes", "shifted", "scaled", "between", "row",
    "parts", "steps",
]  # fmt: skip
Makes = Literal["dot", "max", "mean", "blend", "copy", "function", "add", "concat", "steps"]


class Rule(BaseModel):
    """Where one number comes from. What it reads:

    - `place`: all numbers at its place of a sequence; of a flat list all there are
    - `window`: places r·stride + u·dilation − padding of each channel of its group, for u below `kernel`; what lies
      outside is 0, and nothing to a maximum
    - `stamp`: places r where r·stride + u·dilation − padding is its own, for u below `kernel`
    - `share`: places ⌊r·n/m⌋ to ⌈(r + 1)·n/m⌉ of n for m that leave, of its channel
    - `channel`: its whole channel
    - `same`: the one that arrives at its place
    - `order`: the one with its number where all are counted row by row
    - `axes`: the one whose place along axis `dims[i]`, from 1, is its own along axis i
    - `shifted`: the one so many rows and columns (`dims`) before it; 0 where there is none
    - `scaled`: place ⌊r / `factor`⌋ of its channel
    - `between`: along each side places ⌊p⌋ and ⌊p⌋ + 1 of its channel, for p = (r + ½) / `factor` − ½, kept inside
    - `row`: the row of a table that a token names
    - `parts`: what the layers that it holds make; where that goes `around` them, what arrives, too
    - `steps`: what the steps before the last of `steps` make, and what that last one makes leaves

    What it makes of them: the sum weighted and with a bias (`dot`), their maximum or mean, a `blend` (their mean
    weighted by how near p lies to each), a copy, a `function` of one number, their sum (`add`), or those at each
    place one after the other (`concat`).
    """

    model_config = ConfigDict(frozen=True)

    reads: Reads
    makes: Makes
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1
    factor: int = 1
    dims: tuple[int, ...] = ()
    around: bool = False
    steps: tuple[StepRule, ...] = ()


COPY = Rule(reads="same", makes="copy")
FUNCTION = Rule(reads="same", makes="function")


def stepwise(*steps: StepRule) -> Rule:
    """The rule of a layer that takes several steps."""
    return Rule(reads="steps", makes="steps", steps=steps)
