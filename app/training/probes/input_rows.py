"""What goes into the first layer behind an embedding and positions."""

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.training import modules
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork

MOST_WIDTH, MOST_PLACES = 64, 64  # that are shown, the first of all
MOST_NUMBERS, MOST_SAMPLES = 1 << 13, 8  # of one kind of rows


class InputRowsWork(ProbeWork):
    """The same samples for the whole run: `tokens` int32 (n, places), `embedded` float32 (n, numbers, places) the rows
    of the tokens, `positions` (numbers, places) those of the places, and `sums` (n, numbers, places) what leaves the
    layer of positions; `about.counts` is how many tokens of each sample count."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        length = look.work.given(look.samples.all.part(0, 1))[look.work.first].x.shape[-1]
        self.places = min(length, MOST_PLACES)
        embedding, _ = _first_two(look)
        self.width = min(embedding.embedding_dim, MOST_WIDTH)
        most = max(min(MOST_NUMBERS // (self.places * self.width), MOST_SAMPLES), 1)
        self.rows, chosen = chosen_samples(look, most)
        self.batch = look.samples.at(torch.from_numpy(chosen))

    @classmethod
    def sees(cls, look: Look) -> bool:
        embedding, position = _first_two(look)
        return isinstance(embedding, nn.Embedding) and isinstance(position, modules.Position)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        embedding, position = _first_two(self.look)
        tokens, counts = self.look.work.given(self.batch)[self.look.work.first]
        embedded = embedding(tokens)
        learned = isinstance(position, modules.LearnedPosition)
        rows = position.weight if learned else position.get_buffer("waves")
        count = torch.full((len(tokens),), tokens.shape[1]) if counts is None else counts.sum(1)
        return {"samples": self.rows.tolist(), "counts": count.tolist()}, {
            "tokens": tokens[:, : self.places].numpy().astype(np.int32),
            "embedded": self._shown(embedded),
            "positions": self._shown(rows[None])[0],
            "sums": self._shown(position(embedded)),
        }

    def _shown(self, rows: Tensor) -> Any:  # (n, places, width) -> (n, numbers, places)
        return rows[:, : self.places, : self.width].transpose(1, 2).contiguous().numpy()


def _first_two(look: Look) -> tuple[Any, Any]:
    """The first two layers of the network that is given the samples; None where there are fewer."""
    layers = list(look.networks[look.work.first].layers)
    first, second, *_ = [*layers, None, None]
    return first, second
