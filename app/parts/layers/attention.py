"""The layer in which every place of a sequence looks at all others."""

from typing import ClassVar, Literal

from app.parts.layers.attending import Attending
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING
from app.parts.shapes import Ordered
from app.parts.torch_call import TorchCall


class Attention(Attending):
    """Each place asks with a query, every place answers with a key, and what it takes from there is a value: the better
    query and key agree, the more of the value is taken.

    Use it where what matters may stand anywhere in a sequence. By itself it does not know in which order places stand:
    give it positions. Queries, keys and values are learned weighted sums, d is how many numbers a head has, and shares
    of all places add up to 1. Source: Vaswani et al. 2017, arXiv:1706.03762.
    """

    title: ClassVar[str] = "Attention"
    formula: ClassVar[str] = "y = Wₒ · [softmax(Q · Kᵀ / √d) · V of each head]"
    also: ClassVar[tuple[str, ...]] = (
        "self-attention",
        "multi-head attention",
        "query key value",
        "transformer",
        "grouped-query attention",
        "multi-query attention",
    )

    kind: Literal["attention"] = "attention"

    def rule(self, shape: Ordered) -> Rule:
        return stepwise(*self.attention_steps(shape.at_each, ARRIVING, "y"))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall("modules.Attention", shape.at_each, self.heads, **self.options(shape))

    def weights(self, shape: Ordered) -> dict[str, tuple[int, ...]]:
        return self.attention_weights(shape.at_each)

    def multiply_adds(self, shape: Ordered) -> int:
        return self.attention_multiply_adds(shape.places, shape.at_each)

    def within(self, shape: Ordered) -> int:
        return self.attention_within(shape.places, shape.at_each)
