"""What stands in the blanks."""

from typing import Any

import numpy as np
import torch

from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork

SAMPLES, WORDS = 6, 3


class FillsWork(ProbeWork):
    """The same texts with the same blanks for the whole run: `tokens` (n, places) int32, `mask` (n, places) int32 that
    is 1 where a place is blank, and the likeliest tokens there: `fills` int32 and `shares` float32 (n, places, 3)."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.rows, chosen = chosen_samples(look, SAMPLES)
        self.batch = look.samples.at(torch.from_numpy(chosen))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        shares = torch.softmax(self.look.answer(self.batch), dim=1)  # (n, vocabulary, places)
        likeliest = shares.topk(min(WORDS, shares.shape[1]), dim=1)
        return {"samples": self.rows.tolist()}, {
            "tokens": self.batch.inputs["x"].numpy().astype(np.int32),
            "mask": self.batch.inputs["mask"].numpy().astype(np.int32),
            "fills": likeliest.indices.transpose(1, 2).numpy().astype(np.int32),
            "shares": likeliest.values.transpose(1, 2).numpy().astype(np.float32),
        }
