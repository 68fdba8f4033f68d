"""Networks in plain PyTorch, as everyone writes them first, for what we build of modules of our own."""

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from app.experiment.experiment import Experiment
from app.parts.shapes import Tokens


def tokens_of(experiment: Experiment) -> tuple[int, int]:
    """How many tokens there are, and how many stand in a window."""
    inputs = experiment.dataset.inputs()
    if not isinstance(inputs, Tokens):
        raise TypeError(f"Expected tokens, but got {inputs}.")
    return inputs.vocabulary, inputs.length


class Gpt(nn.Module):
    """Four blocks, normalised in front, that look backwards; learned positions. Like Karpathy's nanoGPT."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        vocabulary, places = tokens_of(experiment)
        self.embedding = nn.Embedding(vocabulary, 64)
        self.positions = nn.Parameter(torch.randn(places, 64) * 0.02)
        self.blocks = nn.Sequential(*(Block(64, 4) for _ in range(4)))
        self.norm = nn.LayerNorm(64)
        self.head = nn.Linear(64, vocabulary)

    def forward(self, x: Tensor) -> Tensor:  # (b, places) -> (b, vocabulary, places)
        return self.head(self.norm(self.blocks(self.embedding(x) + self.positions))).transpose(1, 2)


class Block(nn.Module):
    """Attention and two linear layers, each added to what it was given."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.sums, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.thinking = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        batch, places, width = x.shape
        of_heads = self.sums(self.norm1(x)).view(batch, places, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        found = scaled_dot_product_attention(of_heads[0], of_heads[1], of_heads[2], is_causal=True)
        x = x + self.out(found.transpose(1, 2).reshape(batch, places, width))
        return x + self.thinking(self.norm2(x))


class Lstm(nn.Module):
    """An embedding, PyTorch's LSTM of 96 units, and a linear layer."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        vocabulary, _ = tokens_of(experiment)
        self.embedding = nn.Embedding(vocabulary, 16)
        self.lstm = nn.LSTM(16, 96, batch_first=True)
        self.head = nn.Linear(96, vocabulary)

    def forward(self, x: Tensor) -> Tensor:  # (b, places) -> (b, vocabulary, places)
        return self.head(self.lstm(self.embedding(x))[0]).transpose(1, 2)
