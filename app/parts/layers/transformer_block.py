"""The layer that Transformers are stacked of."""

from typing import ClassVar, Literal

from app.parts.layers.block import Block
from app.parts.layers.rule import Rule, stepwise
from app.parts.shapes import Ordered
from app.parts.torch_call import TorchCall


class TransformerBlock(Block):
    """Attention, in which places look at one another, then two linear layers that think at each place by itself. What
    each of the two finds is added to what came in.

    Use it in stacks behind an embedding and positions: looking back only it is a block of GPT, looking everywhere one
    of BERT. Sources: Vaswani et al. 2017, arXiv:1706.03762; normalising first: Xiong et al. 2020, arXiv:2002.04745.
    """

    title: ClassVar[str] = "Transformer block"
    formula: ClassVar[str] = "z = x + attention(norm(x)),  y = z + W₂ · f(W₁ · norm(z) + b₁) + b₂"
    also: ClassVar[tuple[str, ...]] = (
        "encoder layer",
        "decoder layer",
        "gpt",
        "bert",
        "self-attention",
        "feed-forward",
    )

    kind: Literal["transformer_block"] = "transformer_block"

    def rule(self, shape: Ordered) -> Rule:
        """The steps of attention, of two norms, of two linear layers, and of what is added."""
        width = shape.at_each
        return stepwise(*self.staged(width, self.looking(width), self.thinking(width)))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall(
            "modules.TransformerBlock",
            shape.at_each,
            self.heads,
            self.feedforward,
            **self.choices(),
            **self.options(shape),
        )
