"""Writing on: a network chooses the next token by chance, and reads what it has chosen."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor, nn

from app.training import modules
from app.training.building import BuiltNetwork

# What answers at each place by that place alone: with a recurrent layer that goes on, one token at a time is enough.
BY_PLACE = (
    nn.Embedding,
    nn.Linear,
    nn.LayerNorm,
    nn.Dropout,
    nn.Identity,
    nn.ReLU,
    nn.GELU,
    nn.Tanh,
    nn.Sigmoid,
    nn.SiLU,
    nn.Sequential,
    modules.Residual,
)


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
    `window` tokens where it cannot go on from the state it is in."""
    chance = torch.Generator().manual_seed(choosing.seed)
    tokens = list(prompt)
    with going_on(network) as state_is_kept:
        fresh = tokens
        while True:
            x = torch.tensor([fresh if state_is_kept else tokens[-window:]])
            token = chosen(network(x)[0, -1], choosing, chance)
            yield token
            tokens.append(token)
            fresh = tokens[-1:]


def chosen(scores: Tensor, choosing: Choosing, chance: torch.Generator) -> int:
    """A token by its scores (vocabulary,)."""
    if choosing.temperature <= 0:
        return int(scores.argmax())
    shares = torch.softmax(scores / choosing.temperature, dim=0)
    if choosing.top_k is not None or choosing.top_p < 1:
        likeliest = shares.sort(descending=True)
        before = likeliest.values.cumsum(0) - likeliest.values  # how likely all likelier ones are together
        left_out = (before >= choosing.top_p) | (torch.arange(len(shares)) >= (choosing.top_k or len(shares)))
        shares[likeliest.indices[left_out]] = 0
    return int(torch.multinomial(shares, 1, generator=chance))


@contextmanager
def going_on(network: BuiltNetwork) -> Generator[bool]:
    """Lets recurrent layers begin where the pass before ended, and gives whether the whole network can do so."""
    recurrent = [one for one in network.modules() if isinstance(one, modules.Recurrent)]
    others = [one for one in network.modules() if not isinstance(one, modules.Recurrent) and one is not network]
    able = all(isinstance(one, BY_PLACE) for one in others) and not any(
        one.bidirectional or one.padded or one.last or one.places_last for one in recurrent
    )
    try:
        for one in recurrent:
            one.goes_on = able
        yield able
    finally:
        for one in recurrent:
            one.goes_on, one.carried = False, None
