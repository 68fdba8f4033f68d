"""The layer that Transformers are stacked of."""

from typing import Any, ClassVar, Literal, Self

from app.parts.layers.attending import Attending, attention_multiply_adds, attention_weights
from app.parts.part import setting
from app.parts.shapes import Ordered
from app.parts.torch_call import TorchCall

WIDER = 4  # times the width, as in the paper
WIDEST = 4096


class TransformerBlock(Attending):
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
    feedforward: int = setting(
        128,
        "Feed-forward width",
        "How many neurons the first of the two linear layers has; usually four times the width.",
        ge=1,
        le=WIDEST,
    )
    activation: Literal["gelu", "relu"] = setting(
        "gelu", "Activation", "What bends between the two linear layers.", labels={"gelu": "GELU", "relu": "ReLU"}
    )
    norm: Literal["layer_norm", "rms_norm"] = setting(
        "layer_norm",
        "Normalisation",
        "RMS normalisation leaves out the shift; it is a little quicker.",
        labels={"layer_norm": "layer normalisation", "rms_norm": "RMS normalisation"},
    )
    norm_first: bool = setting(
        True,
        "Normalise first",
        "In front of attention and linear layers, as GPT does: deep stacks learn calmly. Off: behind each sum, as in "
        "the first Transformer, which wants a warm-up.",
    )
    dropout: float = setting(
        0.0, "Dropout", "Share of what is added that is silenced at random while it learns.", ge=0, lt=1
    )

    @classmethod
    def started(cls, shape: Ordered) -> Self:
        begun = super().started(shape).model_dump()
        return cls.model_validate({**begun, "feedforward": min(WIDER * shape.at_each, WIDEST)})

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall(
            "modules.TransformerBlock",
            shape.at_each,
            self.heads,
            self.feedforward,
            **self._choices(),
            **self.options(shape),
        )

    def weights(self, shape: Ordered) -> dict[str, tuple[int, ...]]:
        width = shape.at_each
        norm = {"weight": (width,)} | ({"bias": (width,)} if self.norm == "layer_norm" else {})
        return {
            **{f"attention.{name}": sizes for name, sizes in attention_weights(width).items()},
            **{f"{place}.{name}": sizes for place in ("norm1", "norm2") for name, sizes in norm.items()},
            "linear1.weight": (self.feedforward, width),
            "linear1.bias": (self.feedforward,),
            "linear2.weight": (width, self.feedforward),
            "linear2.bias": (width,),
        }

    def multiply_adds(self, shape: Ordered) -> int:
        width = shape.at_each
        return attention_multiply_adds(shape.places, width) + 2 * shape.places * width * self.feedforward

    def within(self, shape: Ordered) -> int:
        return 7 * shape.numbers + 2 * shape.places * self.feedforward  # attention's four, two norms, the first sum

    def _choices(self) -> dict[str, Any]:
        return {
            **({"activation": self.activation} if self.activation != "gelu" else {}),
            **({"norm": self.norm} if self.norm != "layer_norm" else {}),
            **({} if self.norm_first else {"norm_first": False}),
            **({"dropout": self.dropout} if self.dropout else {}),
        }
