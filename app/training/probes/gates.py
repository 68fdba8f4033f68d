"""What the gates of recurrent layers say, and how much of the loss reaches back through them."""

from math import log
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.layers.over_time import PADDING
from app.parts.layers.stack import unfolded
from app.runs.frames import quantised
from app.training import modules
from app.training.modules.over_time import counted
from app.training.modules.replaying import Replay
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.lower_layers import addresses_of
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.supervised import Supervised

MOST_SAMPLES, MOST_UNITS, MOST_PLACES = 8, 64, 256
MOST_NUMBERS = 1 << 17  # of all maps of all layers
KEEPS = ("f", "z")  # the gates that say how much of the old stays
MAPS = 5  # an LSTM's, at most
LEAST = 1e-6  # of a gate: so that its logarithm is a number


class GatesWork(ProbeWork):
    """The first samples that `states` shows. For each recurrent layer of one direction, from an exact replay:
    `gate:<name>:<path>` and, of an LSTM, `gate:c:<path>`, bytes (samples, units, places); `half_life:<path>` (units,)
    in time steps, from the mean of ln f (or ln z) over all places that count; `gradient:<path>` (places,), the mean
    length of ∂L/∂h, and of an LSTM `cell_gradient:<path>` of ∂L/∂c. Units are sorted by their half-life, longest first,
    and `about.order` says which they are. Of layers that stand on one another `<path>` is the topmost; the lower
    ones have everything except gradients, under `<path>:l0`, `<path>:l1`, …"""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        places = max(look.experiment.dataset.inputs().sizes)
        self.layers: dict[str, Any] = {
            placed.path: module
            for placed in unfolded(look.read_together())
            if isinstance(module := look.module(placed.path), modules.Recurrent)
            and not module.bidirectional
            and places <= MOST_PLACES
        }
        numbers = sum(
            min(MOST_UNITS, layer.hidden_size) * places * MAPS * layer.num_layers for layer in self.layers.values()
        )
        _, chosen = chosen_samples(look, max(min(MOST_NUMBERS // max(numbers, 1), MOST_SAMPLES), 1))
        self.batch = look.samples.at(torch.from_numpy(chosen))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        arrays: Arrays = {}
        order: dict[str, list[int]] = {}
        work = self.look.work
        if not self.layers or not isinstance(work, Supervised):
            return {"layers": [], "order": {}}, arrays
        with torch.enable_grad():
            answer, replays = self._replayed()
            loss = work.loss(answer, self.batch)
        for path, of_each in replays.items():
            topmost = of_each[-1]
            counts = self._counts(self.layers[path], len(topmost.states))
            for address, replay in zip(addresses_of(path, len(of_each)), of_each, strict=True):
                if (kept := _kept(replay, counts)) is not None:
                    units = kept.argsort(descending=True, stable=True)[:MOST_UNITS]
                    arrays |= _maps(address, replay, units, counts)
                    arrays[f"half_life:{address}"] = kept[units].numpy().astype(np.float32)
                    order[address] = units.tolist()
            arrays[f"gradient:{path}"] = _lengths(loss, topmost.states)
            if topmost.cells:
                arrays[f"cell_gradient:{path}"] = _lengths(loss, topmost.cells)
        return {"layers": list(replays), "order": order}, arrays

    def _replayed(self) -> tuple[Tensor, dict[str, list[Replay]]]:
        """The answer to the samples, and what each layer of those at a path did for it."""
        for module in self.layers.values():
            module.replays = True
        found: dict[str, list[Replay]] = {}
        try:
            answer = self.look.answer(self.batch)
        finally:
            for path, module in self.layers.items():
                of_each: list[Replay] | None = module.replay
                module.replays, module.replay = False, None
                if of_each is not None:
                    found[path] = of_each
        return answer, found

    def _counts(self, module: Any, places: int) -> Tensor:
        """Which of so many places count for a layer: (samples, places)."""
        if module.padded:
            return counted(self.batch.inputs[PADDING], places)
        return torch.ones(self.batch.size, places, dtype=torch.bool)


def _maps(address: str, replay: Replay, units: Tensor, counts: Tensor) -> Arrays:
    """What the gates of these units say where places count, and an LSTM's cells."""
    found: Arrays = {}
    for name, steps in {**replay.gates, **({"c": replay.cells} if replay.cells else {})}.items():
        numbers = torch.stack(steps, dim=2).detach()[:, units] * counts[:, None]  # (samples, units, places)
        signed = name in ("g", "n", "c")
        found[f"gate:{name}:{address}"] = quantised(numbers.numpy(), signed, None if signed else (0.0, 1.0))
    return found


def _kept(replay: Replay, counts: Tensor) -> Tensor | None:
    """The half-life of each unit (units,) in time steps: after so many, half of what it stored is left."""
    steps = next((replay.gates[name] for name in KEEPS if name in replay.gates), None)
    if steps is None:
        return None
    logs = torch.stack(steps, dim=1).detach().clamp(LEAST, 1 - LEAST).log()  # (samples, places, units)
    return -log(2) / logs[counts].mean(0)


def _lengths(loss: Tensor, steps: list[Tensor]) -> Any:
    """How long the gradient of the loss is at each place, for a single sample, on average: (places,)."""
    gradients: tuple[Any, ...] = torch.autograd.grad(loss, steps, retain_graph=True, allow_unused=True)
    lengths = [
        0.0 if gradient is None else float(gradient.norm(dim=1).mean()) * len(gradient) for gradient in gradients
    ]
    return np.array(lengths, np.float32)
