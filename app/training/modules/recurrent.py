"""PyTorch's recurrent modules as layers of a stack: one tensor in, one out, padding does not count."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from app.training.modules.over_time import counted, last
from app.training.modules.replaying import Replay, replayed
from app.training.modules.sides import Reading


class Recurrent(Reading):
    """To stand before one of PyTorch's recurrent modules: gives every state, or with `last` only that of the end.

    `places_last` says that x is (b, width, places), not (b, places, width), and that so are the states. `padded` says
    that the side `padding`, (b, places) bool, tells which places only fill up: they stand at the end, both directions
    end at their own ends, and the states there are 0.
    """

    bidirectional: bool

    def __init__(
        self,
        inputs: int,
        units: int,
        *,
        last: bool = False,
        places_last: bool = False,
        padded: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(inputs, units, batch_first=True, **options)  # pyright: ignore[reportCallIssue]
        self.last = last
        self.places_last = places_last
        self.padded = padded
        self.goes_on = False  # begins with the state in which the pass before ended
        self.keeps = False  # lays every state of a pass aside
        self.kept: Tensor | None = None  # (b, places, units) of the last pass with `keeps`
        self.carried: Any = None  # the state at the end of the last pass with `goes_on`
        self.replays = False  # goes place by place in plain arithmetic, and lays what it did aside
        self.replay: list[Replay] | None = None  # of each layer, the lowest first, in the last pass with `replays`

    def forward(self, x: Tensor) -> Tensor:  # (b, places, inputs) -> (b, places, units) or (b, units)
        x = x.transpose(1, 2) if self.places_last else x
        if self.padded:
            return self._of_unequal(x, counted(self.sides["padding"], x.shape[1]))
        states, carried = self._read(x, self.carried if self.goes_on else None)
        if self.goes_on:
            self.carried = carried
        self._keep(states)
        if self.last:
            return self._ends(carried)
        return states.transpose(1, 2) if self.places_last else states

    def follow(self, behind: Tensor) -> None:
        """Takes what is carried along of these rows."""
        if isinstance(self.carried, tuple):  # an LSTM's state and memory, each (layers, b, units)
            state, memory = self.carried  # pyright: ignore[reportUnknownVariableType]
            self.carried = state[:, behind], memory[:, behind]
        elif self.carried is not None:
            self.carried = self.carried[:, behind]

    def _of_unequal(self, x: Tensor, counts: Tensor) -> Tensor:
        if self.bidirectional:
            packed = pack_padded_sequence(x, counts.sum(1), batch_first=True, enforce_sorted=False)
            states, carried = super().forward(packed)
            states = pad_packed_sequence(states, batch_first=True, total_length=x.shape[1])[0]
            self._keep(states)
            return self._ends(carried) if self.last else states
        states, _ = self._read(x)  # what fills up comes behind all that counts; packing would be slower
        states = states * counts[..., None]
        self._keep(states)
        return last(states, counts) if self.last else states

    def _read(self, x: Tensor, start: Any = None) -> tuple[Tensor, Any]:
        """Every state of the topmost layer, and the last of all."""
        if not self.replays or self.bidirectional:
            return super().forward(x, start)
        self.replay = replayed(self, x)
        states = self.replay[-1].whole()
        return states, states[None, :, -1]

    def _keep(self, states: Tensor) -> None:
        if self.keeps:
            self.kept = states.detach()

    def _ends(self, carried: Tensor | tuple[Tensor, Tensor]) -> Tensor:
        """The state at the end of each direction of the topmost layer, side by side."""
        state = carried[0] if isinstance(carried, tuple) else carried  # (layers × directions, b, units)
        return torch.cat((state[-2], state[-1]), dim=1) if self.bidirectional else state[-1]

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, last={self.last}, places_last={self.places_last}, padded={self.padded}"


class RNN(Recurrent, nn.RNN):  # pyright: ignore[reportIncompatibleMethodOverride]  one tensor where PyTorch gives two
    """`identity` starts with state weights that keep the state as it is, and biases of 0. Source: Elman 1990, Finding
    Structure in Time; Le, Jaitly and Hinton 2015, arXiv:1504.00941."""

    def __init__(self, inputs: int, units: int, *, identity: bool = False, **options: Any) -> None:
        super().__init__(inputs, units, **options)
        if identity:
            for name, weight in self.named_parameters():
                if name.startswith("weight_hh"):
                    nn.init.eye_(weight)
                if name.startswith("bias"):
                    nn.init.zeros_(weight)

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, {self.nonlinearity}"


class LSTM(Recurrent, nn.LSTM):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Source: Hochreiter and Schmidhuber 1997, doi.org/10.1162/neco.1997.9.8.1735."""


class GRU(Recurrent, nn.GRU):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Source: Cho et al. 2014, arXiv:1406.1078."""
