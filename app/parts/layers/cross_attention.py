"""The layer in which each place looks at what another network has read."""

from typing import ClassVar, Literal

from app.parts.layers.attending import Headed
from app.parts.layers.over_time import places
from app.parts.layers.reading_memory import (
    MEMORY,
    cross_multiply_adds,
    cross_steps,
    cross_weights,
    memory_options,
    memory_width,
)
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING
from app.parts.shapes import Ordered
from app.parts.torch_call import TorchCall


class CrossAttention(Headed):
    """Each place asks with a query, and what answers with keys and values is the memory: what the encoder says of each
    place of the source. So a decoder looks up what it is writing about.

    Use it in a decoder, with what it finds added to what arrives. Places of the source that only fill up are seen by
    none. Sources: Bahdanau, Cho and Bengio 2014, arXiv:1409.0473; as here: Vaswani et al. 2017, arXiv:1706.03762.
    """

    title: ClassVar[str] = "Cross-attention"
    formula: ClassVar[str] = "y = Wₒ · [softmax(Q · K(memory)ᵀ / √d) · V(memory) of each head]"
    also: ClassVar[tuple[str, ...]] = ("encoder-decoder attention", "alignment", "source attention", "seq2seq")
    reads: ClassVar[str] = MEMORY

    kind: Literal["cross_attention"] = "cross_attention"

    def rule(self, shape: Ordered) -> Rule:
        return stepwise(*cross_steps(shape.at_each, self.heads, ARRIVING, "y"))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall(
            "modules.CrossAttention",
            shape.at_each,
            self.heads,
            memory_width(self.sides),
            **memory_options(self.sides),
            **places(shape, {}),
        )

    def weights(self, shape: Ordered) -> dict[str, tuple[int, ...]]:
        return cross_weights(shape.at_each, memory_width(self.sides))

    def multiply_adds(self, shape: Ordered) -> int:
        return cross_multiply_adds(shape.places, shape.at_each, self.sides[MEMORY])

    def within(self, shape: Ordered) -> int:
        return 2 * shape.numbers + 2 * self.sides[MEMORY].numbers  # queries and what the heads found, keys and values
