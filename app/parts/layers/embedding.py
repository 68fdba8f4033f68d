"""A row of learned numbers for each token."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule
from app.parts.part import setting
from app.parts.shapes import Sequence, Tokens
from app.parts.torch_call import TorchCall


class Embedding(Weighted[Tokens]):
    """Looks up a row of numbers for each token: what the network knows of it. The rows are learned.

    Use it as the first layer wherever words, characters or other symbols come in: their numbers are names, not amounts.
    Source: Bengio et al. 2003, A Neural Probabilistic Language Model.
    """

    title: ClassVar[str] = "Embedding"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "xₜ = E[tokenₜ]"
    also: ClassVar[tuple[str, ...]] = ("word vectors", "lookup", "word2vec", "token embedding")
    sized_by: ClassVar[str] = "width"

    kind: Literal["embedding"] = "embedding"
    width: int = setting(
        16, "Width", "How many numbers stand for each token. More can tell finer differences.", ge=1, le=1024
    )

    def shape_after(self, shape: Tokens) -> Sequence:
        return Sequence(length=shape.length, width=self.width)

    def rule(self, shape: Tokens) -> Rule:
        return Rule(reads="row", makes="copy")

    def module_for(self, shape: Tokens) -> TorchCall:
        return TorchCall("nn.Embedding", shape.vocabulary, self.width)

    def weights(self, shape: Tokens) -> dict[str, tuple[int, ...]]:
        return {"weight": (shape.vocabulary, self.width)}
