"""What each head of attention does, measured: the mean share it gives to places of a kind."""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from app.experiment.addresses import network_of, parameter_address
from app.parts.datasets.prepared import Array
from app.parts.layers.over_time import PADDING
from app.parts.shapes import Tokens
from app.training import modules
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look, keeping
from app.training.tasks.work import Networks

PLACES = ("itself", "before", "after", "first")  # what a head may look at, wherever it looks from
ROLES = (*PLACES, "followed")
MOST_SAMPLES = 16
MOST_NUMBERS = 1 << 20  # of all maps
TEXTS, LEAST_TOKENS = 8, 4  # that repeat themselves; the fewest tokens that one repeats
REPEATS = 19  # stream of randomness


class Roles:
    """The same samples, and the same texts that repeat themselves, for the whole run."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.layers = attentions(look.networks)
        heads = max(sum(module.heads for module in self.layers.values()), 1)
        length = max(given.x.shape[-1] for given in look.work.given(look.samples.all.part(0, 1)).values())
        _, chosen = chosen_samples(look, max(min(MOST_NUMBERS // (heads * length**2), MOST_SAMPLES), 1))
        self.batch = look.samples.at(torch.from_numpy(chosen))
        self.counts: dict[str, Tensor] = {}
        self.lengths: dict[str, int] = {}
        for name, (x, counts) in look.work.given(self.batch).items():
            self.lengths[name] = x.shape[-1]
            self.counts[name] = torch.full((len(x),), x.shape[-1]) if counts is None else counts.sum(1)
        self.halves, self.repeated = repeating(look.experiment.dataset.inputs(), look.experiment.dataset.pads)

    def measured(self) -> dict[str, Array]:
        """By address of an attention the mean share (heads, roles) that its heads give to `ROLES`. The last is what
        stood behind the token before, in texts that repeat random tokens: 0 where nothing of that kind is read."""
        found: dict[str, Array] = {}
        first = self.look.work.first
        followed = self._followed()
        for address, maps in self.look.kept_by(self.layers, self.batch).items():
            name = network_of(address) if network_of(address) in self.counts else first
            places = shares_by_place(maps, self.counts[name] + maps.shape[-1] - self.lengths[name])
            copied = followed.get(address, torch.zeros(len(places)))
            found[address] = torch.cat((places, copied[:, None]), dim=1).numpy()
        return found

    def _followed(self) -> dict[str, Tensor]:
        name = self.look.work.first
        own = {address: layer for address, layer in self.layers.items() if network_of(address) == name}
        if not len(self.repeated) or not own:
            return {}
        sides = {PADDING: torch.zeros(self.repeated.shape, dtype=torch.bool)} if PADDING in self.batch.inputs else {}
        with keeping(own):
            self.look.networks[name](self.repeated, **sides)
            kept = {address: module.kept for address, module in own.items()}
        length = self.repeated.shape[1]
        return {
            address: shares_of_what_followed(maps, self.halves, maps.shape[-1] - length)
            for address, maps in kept.items()
            if maps is not None and maps.shape[-1] >= length
        }


def attentions(networks: Networks) -> dict[str, modules.Attention]:
    """Every attention by its address, those within blocks too."""
    found: dict[str, modules.Attention] = {}
    for name, network in networks.items():
        inner: list[tuple[str, nn.Module]] = list(network.named_modules())  # pyright: ignore[reportUnknownArgumentType]
        found |= {
            parameter_address(name, path): module for path, module in inner if isinstance(module, modules.Attention)
        }
    return found


def repeating(shape: Any, pads: bool) -> tuple[list[int], Tensor]:
    """Texts (texts, places) of random tokens that come again and again in the same order, and after how many places
    each does. They differ in that: a head that looks back so far is none that looks for a token. No text where nothing
    can be told from them."""
    lowest = int(pads)  # token 0 only fills up
    most = min(shape.length // 2, shape.vocabulary - lowest) if isinstance(shape, Tokens) else 0
    if most < LEAST_TOKENS:
        return [], torch.zeros(0, 0, dtype=torch.int64)
    random = np.random.default_rng(REPEATS)
    halves = np.linspace(max(most // 2, LEAST_TOKENS), most, TEXTS).round().astype(np.int64).tolist()
    tokens = [random.permutation(shape.vocabulary - lowest)[:half] + lowest for half in halves]
    return halves, torch.from_numpy(np.stack([np.resize(text, shape.length) for text in tokens]))


def shares_by_place(maps: Tensor, counts: Tensor) -> Tensor:
    """The mean share (heads, `PLACES`) of maps (samples, heads, places, places), over all places that count
    and have a place before them, but the second place: there before and first are one."""
    places = torch.arange(maps.shape[-1])
    looking = (places >= 2) & (places < counts[:, None])  # (samples, places)
    itself = maps.diagonal(dim1=-2, dim2=-1)
    before = pad(maps.diagonal(-1, dim1=-2, dim2=-1), (1, 0))
    after = pad(maps.diagonal(1, dim1=-2, dim2=-1), (0, 1))
    shares = torch.stack((itself, before, after, maps[..., 0]), dim=-1)  # (samples, heads, places, roles)
    told = shares.transpose(1, 2)[looking]  # (places of all samples, heads, roles)
    return told.mean(0) if len(told) else torch.zeros(told.shape[1:])


def shares_of_what_followed(maps: Tensor, halves: list[int], front: int) -> Tensor:
    """The mean share (heads,) that the second time of each token gives to what stood behind the first. `front` is how
    many class tokens stand in front. As in Olsson et al. 2022, arXiv:2209.11895."""
    found: list[Tensor] = []
    for attention, half in zip(maps, halves, strict=True):  # (heads, places, places)
        again = torch.arange(half, 2 * half)
        found.append(attention[:, front + again, front + again - half + 1])
    return torch.cat(found, dim=1).mean(1)
