"""What layers share that read what another network has written at each place: its memory."""

from collections.abc import Mapping
from typing import Any

from app.parts.layers.step_rule import StepRule, linear_step
from app.parts.shapes import Padding, Sequence, Shape

MEMORY = "memory"  # the side that holds what the encoder says of each place of the source
MEMORY_PADDING = "memory_padding"  # the side that says which of these places only fill up


def memory_width(sides: Mapping[str, Shape]) -> int:
    """How many numbers the memory holds at each place."""
    return sides[MEMORY].at_each


def memory_options(sides: Mapping[str, Shape]) -> dict[str, Any]:
    """The options of a module that reads the memory: that places of it only fill up."""
    return {"memory_padded": True} if isinstance(sides.get(MEMORY_PADDING), Padding) else {}


def cross_weights(width: int, memory: int) -> dict[str, tuple[int, ...]]:
    """The sizes of what cross-attention learns: the sums for queries, for keys and values, and the one behind."""
    return {
        "query_proj.weight": (width, width),
        "query_proj.bias": (width,),
        "memory_proj.weight": (2 * width, memory),
        "memory_proj.bias": (2 * width,),
        "out_proj.weight": (width, width),
        "out_proj.bias": (width,),
    }


def cross_steps(
    width: int, heads: int, of: str, name: str, *, within: str = "", mark: str = ""
) -> tuple[StepRule, ...]:
    """The steps of cross-attention of the table `of` to the memory, whose last is called `name`. `within` stands before
    the names of its weights, `mark` behind those of its other steps."""
    query, key, value, found = (f"{letter}{mark}" for letter in "qkvs")
    projection = f"{within}memory_proj"
    return (
        linear_step(query, of, f"{within}query_proj", width),
        linear_step(key, MEMORY, projection, width),
        linear_step(value, MEMORY, projection, width, first=width),
        StepRule(name=found, makes="attend", of=(query, key, value), width=width, heads=heads),
        linear_step(name, found, f"{within}out_proj", width),
    )


def cross_multiply_adds(places: int, width: int, memory: Shape) -> int:
    """Two sums at each place, two at each place of the memory; and for each pair the score, and its share of the
    mean."""
    read = memory.places if isinstance(memory, Sequence) else 1
    return 2 * places * width**2 + 2 * read * width * memory.at_each + 2 * places * read * width
