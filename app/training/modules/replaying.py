"""The recurrent modules once more, place by place in plain arithmetic: gates, and gradients between two places, are
things that PyTorch's own modules keep to themselves."""

from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor


@dataclass
class Replay:
    """What one layer did at each place, each (b, units): its states, an LSTM's cells, and what its gates said.

    Gates are called as in PyTorch: an LSTM's input i, forget f and output o beside the candidate g, a GRU's reset r and
    update z (near 1 it keeps) beside the candidate n.
    """

    states: list[Tensor] = field(default_factory=list[Tensor])
    cells: list[Tensor] = field(default_factory=list[Tensor])
    gates: dict[str, list[Tensor]] = field(default_factory=dict[str, list[Tensor]])

    def whole(self) -> Tensor:
        """The states as (b, places, units)."""
        return torch.stack(self.states, dim=1)


def replayed(module: Any, x: Tensor) -> list[Replay]:
    """Each layer of a recurrent module of one direction, the lowest first: without dropout, over x (b, places, inputs),
    from a state of zeros."""
    found: list[Replay] = []
    for layer in range(module.num_layers):
        found.append(_layer(module, x, layer))
        x = found[-1].whole()
    return found


def _layer(module: Any, x: Tensor, layer: int) -> Replay:
    weight, bias = getattr(module, f"weight_ih_l{layer}"), getattr(module, f"bias_ih_l{layer}")
    inner, inner_bias = getattr(module, f"weight_hh_l{layer}"), getattr(module, f"bias_hh_l{layer}")
    arriving = x @ weight.T + bias
    found = Replay()
    # Gradients are asked for of frozen weights, too.
    state = cell = x.new_zeros(len(x), module.hidden_size, requires_grad=torch.is_grad_enabled())
    for place in range(x.shape[1]):
        carried = state @ inner.T + inner_bias
        if module.mode == "LSTM":
            i, f, g, o = (arriving[:, place] + carried).chunk(4, dim=1)
            gates = {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o.sigmoid()}
            cell = gates["f"] * cell + gates["i"] * gates["g"]
            state = gates["o"] * cell.tanh()
            found.cells.append(cell)
        elif module.mode == "GRU":
            (r, z, n), (inner_r, inner_z, inner_n) = arriving[:, place].chunk(3, dim=1), carried.chunk(3, dim=1)
            gates = {"r": (r + inner_r).sigmoid(), "z": (z + inner_z).sigmoid()}
            gates["n"] = (n + gates["r"] * inner_n).tanh()
            state = (1 - gates["z"]) * gates["n"] + gates["z"] * state
        else:
            gates = {}
            bent = torch.tanh if module.mode == "RNN_TANH" else torch.relu
            state = bent(arriving[:, place] + carried)
        found.states.append(state)
        for name, gate in gates.items():
            found.gates.setdefault(name, []).append(gate)
    return found
