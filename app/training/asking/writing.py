"""Writing on: a network chooses the next token by chance, and reads what it has chosen."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor
from torch.nn import functional

from app.training.building import BuiltNetwork
from app.training.going_on import Texts, scores_behind


@dataclass(frozen=True)
class Choosing:
    """How the next token is chosen: by chance, as likely as softmax says of the scores over the temperature, among the
    `top_k` likeliest and the fewest that are `top_p` likely together. At temperature 0 it is the likeliest."""

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float = 1.0
    seed: int = 0


def written(
    network: BuiltNetwork, prompt: Sequence[int], count: int, *, window: int, choosing: Choosing | None = None
) -> list[int]:
    """So many tokens behind the prompt, the same for the same seed."""
    with torch.no_grad():
        return list(islice(writing(network, prompt, choosing or Choosing(), window=window), count))


def writing(network: BuiltNetwork, prompt: Sequence[int], choosing: Choosing, *, window: int) -> Iterator[int]:
    """Token after token behind the prompt, without an end. Of the network, in `eval` mode, are asked only the last
    `window` tokens where it cannot go on from what it has read."""
    texts = Texts(torch.tensor([list(prompt)]))
    with closing(scores_behind(network, texts, window)) as following:
        yield from choices(following, texts, choosing)


def choices(following: Iterator[Tensor], texts: Texts, choosing: Choosing) -> Iterator[int]:
    """Token after token of a single text, as chosen by the scores of what follows it."""
    chance = torch.Generator().manual_seed(choosing.seed)
    for scores in following:
        token = chosen(scores[0], choosing, chance)
        yield token
        texts.tokens = torch.cat((texts.tokens, torch.tensor([[token]])), dim=1)


def chosen(scores: Tensor, choosing: Choosing, chance: torch.Generator) -> int:
    """A token by its scores (vocabulary,)."""
    if choosing.temperature <= 0:
        return int(scores.argmax())
    return int(torch.multinomial(shares_of(scores, choosing), 1, generator=chance))


def shares_of(scores: Tensor, choosing: Choosing) -> Tensor:
    """How likely each token is chosen, but for a common factor, by the scores (vocabulary,)."""
    if choosing.temperature <= 0:
        return functional.one_hot(scores.argmax(), len(scores)).float()
    shares = torch.softmax(scores / choosing.temperature, dim=0)
    if choosing.top_k is not None or choosing.top_p < 1:
        likeliest = shares.sort(descending=True)
        before = likeliest.values.cumsum(0) - likeliest.values  # how likely all likelier ones are together
        left_out = (before >= choosing.top_p) | (torch.arange(len(shares)) >= (choosing.top_k or len(shares)))
        shares[likeliest.indices[left_out]] = 0
    return shares
