"""The layer that decoders of Transformers are stacked of."""

from typing import ClassVar, Literal

from app.parts.layers.block import Block, Sublayer
from app.parts.layers.reading_memory import (
    MEMORY,
    cross_multiply_adds,
    cross_steps,
    cross_weights,
    memory_options,
    memory_width,
)
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import StepRule
from app.parts.part import setting
from app.parts.shapes import Ordered
from app.parts.torch_call import TorchCall


class DecoderBlock(Block):
    """A Transformer block that also reads a memory: attention to what was written so far, then cross-attention to what
    the encoder says of the source, then two linear layers. What each finds is added to what came in.

    Use it in stacks in a decoder, behind an embedding and positions. Source: Vaswani et al. 2017, arXiv:1706.03762.
    """

    title: ClassVar[str] = "Decoder block"
    formula: ClassVar[str] = (
        "z = x + attention(norm(x)),  u = z + attention(norm(z), memory),  y = u + W₂ · f(W₁ · norm(u) + b₁) + b₂"
    )
    also: ClassVar[tuple[str, ...]] = ("transformer decoder layer", "encoder-decoder", "cross-attention", "seq2seq")
    reads: ClassVar[str] = MEMORY

    kind: Literal["decoder_block"] = "decoder_block"
    causal: bool = setting(
        True,
        "Only backwards",
        "Each place sees itself and what stands before it, never what comes. For what predicts the next place.",
    )

    def rule(self, shape: Ordered) -> Rule:
        """The steps of attention, of cross-attention, of three norms, of two linear layers, and of what is added."""
        width = shape.at_each

        def looked_up(of: str) -> tuple[StepRule, ...]:
            return cross_steps(width, self.heads, of, "c", within="cross_attention.", mark="ₘ")

        stages = (self.looking(width), Sublayer(looked_up, "norm_memory", "o", "u"), self.thinking(width))
        return stepwise(*self.staged(width, *stages))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall(
            "modules.DecoderBlock",
            shape.at_each,
            self.heads,
            self.feedforward,
            memory_width(self.sides),
            **memory_options(self.sides),
            **self.choices(),
            **self.options(shape),
        )

    def weights(self, shape: Ordered) -> dict[str, tuple[int, ...]]:
        width = shape.at_each
        crossing = cross_weights(width, memory_width(self.sides))
        return {
            **super().weights(shape),
            **{f"cross_attention.{name}": sizes for name, sizes in crossing.items()},
            **self.norm_weights("norm_memory", width),
        }

    def multiply_adds(self, shape: Ordered) -> int:
        return super().multiply_adds(shape) + cross_multiply_adds(shape.places, shape.at_each, self.sides[MEMORY])

    def within(self, shape: Ordered) -> int:
        return super().within(shape) + 3 * shape.numbers + 2 * self.sides[MEMORY].numbers
