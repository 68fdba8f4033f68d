"""What layers share in which places of a sequence look at one another."""

from typing import Any, ClassVar, Self

from app.parts.layers.layer import Weighted
from app.parts.layers.over_time import places
from app.parts.layers.step_rule import StepRule, linear_step
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Ordered, Shape

EPS = 1e-5  # of the norms of queries and keys
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
                fixes=(Fix("Set it to {value}", {"value": most}, (Edit("add", "/heads", most),)),),
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
    alibi: bool = setting(
        False,
        "ALiBi",
        "Takes from each score the more, the farther two places lie apart: m · distance, with m = 2^(−8 / heads) for "
        "the first head, its square for the second, and so on. In place of a layer of positions; texts may then be "
        "longer than those it learned from. Source: Press, Smith and Lewis 2021, arXiv:2108.12409.",
    )
    kv_heads: int | None = setting(
        None,
        "Key and value heads",
        "Some heads share keys and values: fewer weights, and less to keep in mind while it writes. Must divide the "
        "number of heads; 1 is multi-query attention. Without, each head has its own. Sources: Shazeer 2019, "
        "arXiv:1911.02150; Ainslie et al. 2023, arXiv:2305.13245.",
        ge=1,
        le=64,
    )
    qk_norm: bool = setting(
        False,
        "Normalise queries and keys",
        "Divides the queries and keys of each head by the root of their mean square, and scales each number by what it "
        "learns: scores cannot grow without bound. Sources: Henry et al. 2020, arXiv:2010.04245; as here: Qwen3, "
        "arXiv:2505.09388.",
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
        if self.kv_heads is not None and self.heads % self.kv_heads:
            most = max(some for some in range(1, self.heads + 1) if self.heads % some == 0 and some <= self.kv_heads)
            raise Problem(
                "{heads} heads cannot share {shared} of keys and values evenly: that number must divide the heads.",
                place="/kv_heads",
                heads=self.heads,
                shared=self.kv_heads,
                fixes=(Fix("Set it to {value}", {"value": most}, (Edit("add", "/kv_heads", most),)),),
            )
        return after

    def key_width(self, width: int) -> int:
        """How many numbers the keys of a place have, and its values."""
        return width // self.heads * (self.kv_heads or self.heads)

    def attention_steps(self, width: int, of: str, name: str, within: str = "") -> tuple[StepRule, ...]:
        """The steps of attention over the table `of`, whose last is called `name`. `within` stands before the names of
        its weights."""
        keys = self.key_width(width)
        sums = [
            linear_step("q", of, f"{within}in_proj", width),
            linear_step("k", of, f"{within}in_proj", keys, first=width),
            linear_step("v", of, f"{within}in_proj", keys, first=width + keys),
        ]
        query, key, value = sums
        steps = list(sums)
        for change in (self._normed if self.qk_norm else None, self._turned if self.rotary else None):
            if change is not None:
                query, key = change(query, self.heads, within), change(key, self.kv_heads or self.heads, within)
                steps += [query, key]
        found = StepRule(
            name="s",
            makes="attend",
            of=(query.name, key.name, value.name),
            width=width,
            heads=self.heads,
            shared=self.heads // (self.kv_heads or self.heads),
            causal=self.causal,
            alibi=self.alibi,
        )
        return (*steps, found, linear_step(name, "s", f"{within}out_proj", width))

    def _normed(self, of: StepRule, heads: int, within: str) -> StepRule:
        weights = (f"{within}{'query' if of.name == 'q' else 'key'}_norm.weight",)
        name, width = f"{of.name}̂", of.width
        return StepRule(name=name, makes="rms", of=(of.name,), width=width, weights=weights, groups=heads, eps=EPS)

    def _turned(self, of: StepRule, heads: int, _within: str) -> StepRule:
        return StepRule(name=f"{of.name}′", makes="turn", of=(of.name,), width=of.width, heads=heads)

    def options(self, shape: Ordered) -> dict[str, Any]:
        """The options of the module that differ from its defaults."""
        return {
            **({"causal": True} if self.causal else {}),
            **({"rotary": True} if self.rotary else {}),
            **({"alibi": True} if self.alibi else {}),
            **({"kv_heads": self.kv_heads} if self.kv_heads is not None else {}),
            **({"qk_norm": True} if self.qk_norm else {}),
            **places(shape, self.sides),
        }

    def attention_weights(self, width: int) -> dict[str, tuple[int, ...]]:
        """The sizes of what attention learns: the sums for queries, keys and values, and the one behind."""
        keys = self.key_width(width)
        norms = {"query_norm.weight": (width,), "key_norm.weight": (keys,)} if self.qk_norm else {}
        return {
            "in_proj.weight": (width + 2 * keys, width),
            "in_proj.bias": (width + 2 * keys,),
            "out_proj.weight": (width, width),
            "out_proj.bias": (width,),
            **norms,
        }

    def attention_multiply_adds(self, places: int, width: int) -> int:
        """Four sums at each place; and for each pair of places the score, and its share of the mean."""
        return 2 * places * width * (width + self.key_width(width)) + 2 * places**2 * width

    def attention_within(self, places: int, width: int) -> int:
        """Queries, keys, values and what the heads found; queries and keys twice where they are normalised."""
        keys = self.key_width(width)
        return places * (2 * width + 2 * keys + (width + keys if self.qk_norm else 0))
