"""What recurrent layers carry along."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.layers.stack import unfolded
from app.runs.frames import Quantised, quantised
from app.training import modules
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.lower_layers import addresses_of, lower_states
from app.training.probes.work import Arrays, ProbeWork

MOST_SAMPLES, MOST_UNITS = 8, 128
MOST_NUMBERS = 1 << 17  # of all layers; longer sequences are shown for fewer samples


class StatesWork(ProbeWork):
    """The same samples for the whole run: `inputs` as people see them, and for each recurrent layer `states:<path>`,
    bytes (samples, units, places) with 0 in the middle. Where several stand on one another that is the topmost, and the
    others are `lower:<path>:l0`, `lower:<path>:l1`, …"""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.layers: dict[str, Any] = {
            placed.path: module
            for placed in unfolded(look.read_together())
            if isinstance(module := look.module(placed.path), modules.Recurrent)
        }
        places = max(look.experiment.dataset.inputs().sizes)
        self.stacked = [path for path, layer in self.layers.items() if layer.num_layers > 1]
        numbers = sum(min(MOST_UNITS, _width(layer)) * places * layer.num_layers for layer in self.layers.values())
        self.rows, chosen = chosen_samples(look, max(min(MOST_NUMBERS // max(numbers, 1), MOST_SAMPLES), 1))
        self.batch = look.samples.at(torch.from_numpy(chosen))
        self.inputs = look.samples.prepared.raw[self.rows]

    def take(self) -> tuple[dict[str, Any], Arrays]:
        arrays: Arrays = {"inputs": self.inputs.astype(np.float32)}
        with self.look.captured(self.stacked, arriving=True) as arriving:
            for path, states in self.look.kept_by(self.layers, self.batch).items():
                arrays[f"states:{path}"] = _map(states)
            for path, x in arriving().items():
                lower = addresses_of(path, self.layers[path].num_layers)[:-1]
                for address, states in zip(lower, lower_states(self.layers[path], x), strict=True):
                    arrays[f"lower:{address}"] = _map(states)
        return {"layers": list(self.layers), "samples": self.rows.tolist()}, arrays


def _map(states: Tensor) -> Quantised:
    """States (samples, places, units) as bytes (samples, units, places)."""
    return quantised(states[..., :MOST_UNITS].transpose(1, 2).numpy(), True)


def _width(module: Any) -> int:
    return module.hidden_size * (2 if module.bidirectional else 1)
