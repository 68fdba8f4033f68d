"""What a language model writes, and what surprises it."""

from typing import Any

import numpy as np
from torch.nn.functional import cross_entropy

from app.parts.datasets.text import Text
from app.training.asking.writing import written
from app.training.data.batch import targets_of
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tokenizers import prompt_of

LETTERS = 240  # that are written
WINDOWS = 3  # of held-out text


class WrittenWork(ProbeWork):
    """The same beginning, the same chance and the same windows for the whole run: `prompt` and `written` (n,) token
    numbers; `tokens` and `losses` (windows, places), the loss in nats of each token given those before it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        dataset = look.experiment.dataset
        if not isinstance(dataset, Text):
            raise ValueError(f"Expected a text, but got {dataset.kind}.")
        self.prompt = prompt_of(dataset, look.samples.prepared)
        self.window = dataset.window
        split = "validation" if look.samples.count("validation") else "train"
        self.batch = look.samples.batch(split, np.arange(min(WINDOWS, look.samples.count(split))))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        network, prompt = self.look.networks["main"], self.prompt.tolist()
        text = written(network, prompt, LETTERS, window=self.window)
        targets = targets_of(self.batch)
        losses = cross_entropy(self.look.answer(self.batch), targets, reduction="none")
        return {}, {
            "prompt": self.prompt.astype(np.int32),
            "written": np.array(text, np.int32),
            "tokens": targets.numpy().astype(np.int32),
            "losses": losses.numpy().astype(np.float32),
        }
