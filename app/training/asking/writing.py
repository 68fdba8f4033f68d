"""Writing on: a network chooses the next token by chance, and reads what it has chosen."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor
from torch.nn import functional

from app.training.building import BuiltNetwork
from app.training.going_on import going_on, knows_its_place


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
    chance = torch.Generator().manual_seed(choosing.seed)
    tokens = list(prompt)
    with closing(scores_behind(network, tokens, window)) as following:
        for scores in following:
            token = chosen(scores, choosing, chance)
            yield token
            tokens.append(token)


def scores_behind(network: BuiltNetwork, tokens: list[int], window: int) -> Generator[Tensor]:
    """The scores (vocabulary,) of what follows `tokens`, again and again; one is added to them in between."""
    with going_on(network) as able:
        read = 0
        while able and (len(tokens) <= window or not knows_its_place(network)):
            fresh, read = tokens[read:], len(tokens)
            yield network(torch.tensor([fresh]))[0, -1]
    while True:  # a window that moves on gives every place in it another place
        yield network(torch.tensor([tokens[-window:]]))[0, -1]


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
