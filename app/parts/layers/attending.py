"""What layers share in which places of a sequence look at one another."""

from typing import Any, ClassVar, Self

from app.parts.layers.layer import Weighted
from app.parts.layers.over_time import places
from app.parts.layers.step_rule import StepRule, linear_step
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Ordered, Shape

FIRST_HEADS = (4, 2, 1)  # as many heads as share the width evenly, to begin with


class Headed(Weighted[Ordered]):
    """Several heads look at once, each with its own share of the numbers at a place."""

    group: ClassVar[str] = "sequence"

    heads: int = setting(
        4,
        "Heads",
        "How many look at once. Each has its own share of the numbers at a place, and looks for something else.",
        ge=1,
        le=64,
    )

    @classmethod
    def started(cls, shape: Ordered) -> Self:
        return cls.model_validate({"heads": next(heads for heads in FIRST_HEADS if shape.at_each % heads == 0)})

    def shape_after(self, shape: Ordered) -> Shape:
        width = shape.at_each
        if width % self.heads:
            most = max(heads for heads in range(1, self.heads) if width % heads == 0)
            raise Problem(
                "{heads} heads cannot share {width} numbers evenly. The number of heads must divide the width.",
                place="/heads",
                heads=self.heads,
                width=width,
                fixes=(Fix("Use {heads} heads", {"heads": most}, (Edit("add", "/heads", most),)),),
            )
        return shape


class Attending(Headed):
    """The heads look at the sequence that arrives."""

    one_way: ClassVar[tuple[Edit, ...]] = (Edit("add", "/causal", True),)

    causal: bool = setting(
        False,
        "Only backwards",
        "Each place sees itself and what stands before it, never what comes. For what predicts the next place.",
    )
    rotary: bool = setting(
        False,
        "Rotary positions",
        "Turns queries and keys by an angle that grows with their place, so that scores depend on how far two places "
        "lie apart. In place of a layer of positions. Source: Su et al. 2021, arXiv:2104.09864.",
    )

    @property
    def looks_ahead(self) -> bool:
        return not self.causal

    def shape_after(self, shape: Ordered) -> Shape:
        after = super().shape_after(shape)
        width = shape.at_each
        if self.rotary and width // self.heads % 2:
            raise Problem(
                "Rotary positions turn numbers in pairs, but each head has {width}. Use a width that leaves each head "
                "an even number.",
                place="/rotary",
                width=width // self.heads,
                fixes=(Fix("Leave them out", edits=(Edit("add", "/rotary", False),)),),
            )
        return after

    def attention_steps(self, width: int, of: str, name: str, within: str = "") -> tuple[StepRule, ...]:
        """The steps of attention over the table `of`, whose last is called `name`. `within` stands before the names of
        its weights."""
        sums = [linear_step(one, of, f"{within}in_proj", width, first=at * width) for at, one in enumerate("qkv")]
        turned = [self._turned(one, width) for one in "qk"] if self.rotary else []
        query, key = [one.name for one in turned or sums[:2]]
        seen = (query, key, "v")
        found = StepRule(name="s", makes="attend", of=seen, width=width, heads=self.heads, causal=self.causal)
        return (*sums, *turned, found, linear_step(name, "s", f"{within}out_proj", width))

    def _turned(self, of: str, width: int) -> StepRule:
        return StepRule(name=f"{of}′", makes="turn", of=(of,), width=width, heads=self.heads)

    def options(self, shape: Ordered) -> dict[str, Any]:
        """The options of the module that differ from its defaults."""
        return {
            **({"causal": True} if self.causal else {}),
            **({"rotary": True} if self.rotary else {}),
            **places(shape, self.sides),
        }


def attention_weights(width: int) -> dict[str, tuple[int, ...]]:
    """The sizes of what attention learns: the sums for queries, keys and values, and the one behind."""
    return {
        "in_proj.weight": (3 * width, width),
        "in_proj.bias": (3 * width,),
        "out_proj.weight": (width, width),
        "out_proj.bias": (width,),
    }


def attention_multiply_adds(places: int, width: int) -> int:
    """Four sums at each place; and for each pair of places the score, and its share of the mean."""
    return 4 * places * width**2 + 2 * places**2 * width
