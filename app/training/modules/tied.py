"""A linear layer whose weights are the rows of an embedding."""

import torch
from torch import Tensor, nn

SPREAD = 0.02  # of the rows at first, as in GPT-2 and BERT: those of PyTorch would give scores of eight and more


class Tied(nn.Module):
    """Scores each token by how alike its row and what arrives are. Source: Press and Wolf 2016, arXiv:1608.05859."""

    def __init__(self, tokens: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(tokens))
        self._embedding: tuple[nn.Embedding, ...] = ()  # in a tuple, so that its rows are no weights of this module

    def tie(self, embedding: nn.Embedding) -> None:
        """Takes the rows of this embedding from now on, and draws them small."""
        self._embedding = (embedding,)
        nn.init.normal_(embedding.weight, std=SPREAD)

    @property
    def weight(self) -> Tensor:
        """The rows, (tokens, width)."""
        return self._embedding[0].weight

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, places, tokens)
        return nn.functional.linear(x, self.weight, self.bias)
