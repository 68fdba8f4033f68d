"""What a language model computes."""

from functools import cached_property
from math import exp, log

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.shapes import Choice
from app.parts.tasks.language_model import ENTROPY
from app.training.data.batch import Batch, counted, targets_of
from app.training.tasks.ngrams import bits_of
from app.training.tasks.supervised import Supervised
from app.training.tasks.work import Each, Networks, Tally

ORDER = 3  # of the counting that a network is compared with
CLEARLY = 0.01  # share of right tokens above the most frequent one's, or of nats saved, that counts as learning

MOST_NATS = 700.0  # per token; exp of more is no number


class LanguageModelWork(Supervised):
    """`answer` is (b, vocabulary, places) scores, the targets (b, places) token numbers."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        target = experiment.target
        if not isinstance(target, Choice):
            raise ValueError(f"Expected tokens, but got {target}.")
        self.vocabulary = target.count
        self.experiment = experiment
        self.known = len(experiment.dataset.vocabulary())  # how many letters are the tokens; 0 where they are learned

    @cached_property
    def lengths(self) -> Array:
        """How many characters each token stands for (tokens,)."""
        if self.known:
            return np.ones(self.known, np.int64)
        learned = self.prepared.learned if self.prepared else None
        if learned is None:
            raise ValueError("Expected to know how many characters a token has before anything is measured.")
        return learned.lengths

    def beside(self) -> dict[str, float]:
        if self.prepared is None:
            return {}
        entropy = self.experiment.dataset.entropy()
        known = {} if entropy is None else {ENTROPY: entropy}
        return {"bits_per_character": bits_of(ORDER, self.experiment, self.prepared), **known}

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return super().answer(networks, batch).transpose(1, 2)

    def shown(self, answer: Tensor) -> Tensor:
        return torch.softmax(answer, dim=1)

    def tally(self) -> "Tally":
        return TokenTally(self)

    def each(self, answer: Tensor, batch: Batch) -> Each:
        targets = targets_of(batch)
        share = torch.softmax(answer, dim=1).gather(1, targets[:, None])[:, 0].mean(1)
        return Each(self.losses(answer, batch).numpy(), answer.argmax(1).numpy(), share.numpy())

    def truth(self, targets: Tensor) -> Array:
        return targets.numpy()

    def measured(self, answer: Tensor, truth: Array) -> tuple[dict[str, float], None]:
        counting = TokenTally(self)
        counting.add(answer, Batch({}, torch.from_numpy(truth), None, len(truth)))
        return counting.metrics(), None

    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        most_frequent = np.bincount(truth.ravel(), minlength=self.vocabulary).max() / truth.size
        return metrics["token_accuracy"] > most_frequent + CLEARLY


class TokenTally(Tally):
    """Sums over tokens, so that every token counts alike, however many stand in a batch."""

    def __init__(self, work: LanguageModelWork) -> None:
        self._work = work
        self._loss = self._nats = 0.0
        self._right = self._tokens = self._characters = 0
        self._seen = np.zeros(work.vocabulary, np.int64)

    def add(self, answer: Tensor, batch: Batch) -> None:
        answer, batch = counted(answer, batch)
        targets = targets_of(batch)
        count = targets.numel()
        self._loss += self._work.criterion(answer, targets).item() * count
        self._nats += torch.nn.functional.cross_entropy(answer, targets).item() * count  # without smoothing
        self._right += int((answer.argmax(1) == targets).sum())
        self._tokens += count
        self._characters += int(self._work.lengths[targets.numpy()].sum())
        self._seen += np.bincount(targets.numpy().ravel(), minlength=len(self._seen))

    def metrics(self) -> dict[str, float]:
        return {
            "loss": self._loss / self._tokens,
            "bits_per_character": self._nats / self._characters / log(2),
            "perplexity": exp(min(self._nats / self._tokens, MOST_NATS)),
            "token_accuracy": self._right / self._tokens,
        }

    def learned(self) -> bool:
        """Whether it names more tokens right than the most frequent one would, or needs fewer nats than their
        frequencies: where several tokens fit alike, only those tell."""
        if self._right > self._seen.max() + CLEARLY * self._tokens:
            return True
        shares = self._seen[self._seen > 0] / self._tokens
        return self._nats / self._tokens < (1 - CLEARLY) * float(-(shares * np.log(shares)).sum())
