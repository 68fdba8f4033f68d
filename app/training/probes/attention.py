"""Where each head of attention looks."""

from math import isqrt
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from app.experiment.addresses import network_of, parameter_address
from app.runs.frames import quantised
from app.training import modules
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.work import Networks

MOST_SAMPLES = 8
MOST_BYTES = 1 << 16  # of all maps; of longer sequences fewer samples are shown, then only the first places
ROLES = ("itself", "before", "after", "first")  # what a head may look at, wherever it looks from


class AttentionWork(ProbeWork):
    """The same samples for the whole run, as networks are given them but in the units of people: `inputs`, of further
    networks that read by themselves `inputs:<network>`. For each attention `maps:<address>`, bytes of the square roots
    of shares, so that small ones can be seen, (samples, heads, places that look, places looked at), and
    `roles:<address>` float32 (heads, roles), the mean share of what `about.roles` names. `about.counts`, and
    `counts:<network>` of further networks, is how many of the places of each sample count; `front:<address>`, how many
    places of class tokens stand in front of those, where any do."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.layers = _attentions(look.networks)
        heads = max(sum(module.heads for module in self.layers.values()), 1)
        ends = look.experiment.ends
        length = max(
            ends[name].inputs.sizes[-1] + _tokens_in_front(look.networks[name])
            for name in look.work.given(look.samples.all.part(0, 1))
        )
        self.places = min(length, max(isqrt(MOST_BYTES // heads), 1))
        most = MOST_BYTES // (heads * self.places**2)
        self.rows, chosen = chosen_samples(look, max(min(most, MOST_SAMPLES), 1))
        self.batch = look.samples.at(torch.from_numpy(chosen))
        prepared = look.samples.prepared
        self.inputs: Arrays = {}
        self.counts: dict[str, Tensor] = {}
        self.lengths: dict[str, int] = {}
        for name, (x, counts) in look.work.given(self.batch).items():
            first = name == look.work.first
            self.lengths[name] = x.shape[-1]
            seen = x.numpy() * prepared.spread + prepared.mean if first else x.numpy()
            self.inputs["inputs" if first else f"inputs:{name}"] = seen.astype(np.float32)
            self.counts[name] = torch.full((len(x),), x.shape[-1]) if counts is None else counts.sum(1)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        if not self.layers:
            return {"layers": []}, {}
        arrays: Arrays = dict(self.inputs)
        front: dict[str, int] = {}
        first = self.look.work.first
        for address, maps in self.look.kept_by(self.layers, self.batch).items():
            shown = maps[..., : self.places, : self.places]
            arrays[f"maps:{address}"] = quantised(shown.sqrt().numpy(), False, (0.0, 1.0))
            name = network_of(address) if network_of(address) in self.counts else first
            ahead = maps.shape[-1] - self.lengths[name]
            if ahead:
                front[f"front:{address}"] = ahead
            arrays[f"roles:{address}"] = _roles(maps, self.counts[name] + ahead)
        return {
            "layers": list(self.layers),
            "samples": self.rows.tolist(),
            "roles": list(ROLES),
            **front,
            **{f"counts:{name}" if name != first else "counts": own.tolist() for name, own in self.counts.items()},
        }, arrays


def _attentions(networks: Networks) -> dict[str, modules.Attention]:
    """Every attention by its address, those within blocks too."""
    found: dict[str, modules.Attention] = {}
    for name, network in networks.items():
        inner: list[tuple[str, nn.Module]] = list(network.named_modules())  # pyright: ignore[reportUnknownArgumentType]
        found |= {parameter_address(name, path): one for path, one in inner if isinstance(one, modules.Attention)}
    return found


def _tokens_in_front(network: nn.Module) -> int:
    """How many class tokens a network puts in front of what it reads."""
    return sum(isinstance(module, modules.ClassToken) for module in network.modules())


def _roles(maps: Tensor, counts: Tensor) -> Any:
    """The mean share (heads, roles) of `ROLES`, over all places that count and have a place before them, but the second
    place: there before and first are one."""
    places = torch.arange(maps.shape[-1])
    looking = (places >= 2) & (places < counts[:, None])  # (samples, places)
    itself = maps.diagonal(dim1=-2, dim2=-1)
    before = pad(maps.diagonal(-1, dim1=-2, dim2=-1), (1, 0))
    after = pad(maps.diagonal(1, dim1=-2, dim2=-1), (0, 1))
    shares = torch.stack((itself, before, after, maps[..., 0]), dim=-1)  # (samples, heads, places, roles)
    told = shares.transpose(1, 2)[looking]  # (places of all samples, heads, roles)
    return (told.mean(0) if len(told) else torch.zeros(told.shape[1:])).numpy()
