"""Where each head of attention looks."""

from math import isqrt
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.experiment.addresses import network_of
from app.runs.frames import quantised
from app.training import modules
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.roles import PLACES, attentions, shares_by_place
from app.training.probes.work import Arrays, ProbeWork

MOST_SAMPLES = 8
MOST_BYTES = 1 << 16  # of all maps; of longer sequences fewer samples are shown, then only the first places


class AttentionWork(ProbeWork):
    """The same samples for the whole run, as networks are given them but in the units of people: `inputs`, of further
    networks that read by themselves `inputs:<network>`. For each attention `maps:<address>`, bytes of the square roots
    of shares, so that small ones can be seen, (samples, heads, places that look, places looked at), and
    `roles:<address>` float32 (heads, roles), the mean share of what `about.roles` names, in these samples.
    `about.counts`, and `counts:<network>` of further networks, is how many of the places of each sample count;
    `front:<address>`, how many places of class tokens stand in front of those, where any do."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.layers = attentions(look.networks)
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
            arrays[f"roles:{address}"] = shares_by_place(maps, self.counts[name] + ahead).numpy()
        return {
            "layers": list(self.layers),
            "samples": self.rows.tolist(),
            "roles": list(PLACES),
            **front,
            **{f"counts:{name}" if name != first else "counts": own.tolist() for name, own in self.counts.items()},
        }, arrays


def _tokens_in_front(network: nn.Module) -> int:
    """How many class tokens a network puts in front of what it reads."""
    return sum(isinstance(module, modules.ClassToken) for module in network.modules())
