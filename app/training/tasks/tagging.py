"""What tagging computes."""

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.training.data.batch import Batch, counted, targets_of
from app.training.tasks.choosing import CLEARLY, ChoosingWork
from app.training.tasks.work import Each, Networks, Tally


class TaggingWork(ChoosingWork):
    """`answer` is (b, labels, places) scores, the targets (b, places) label numbers."""

    right = "accuracy"

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return super().answer(networks, batch).transpose(1, 2)

    def tally(self) -> "Tally":
        return TagTally(self)

    def each(self, answer: Tensor, batch: Batch) -> Each:
        choice = self.chosen(answer)
        right = (choice == targets_of(batch).numpy()).astype(float)
        counts = np.ones_like(right) if batch.weight is None else batch.weight.numpy()
        share = (right * counts).sum(1) / counts.sum(1)
        return Each(self.losses(answer, batch).numpy(), choice, share)

    def scores(self, counts: Array) -> dict[str, float]:
        return {"accuracy": float(np.diag(counts).sum() / max(counts.sum(), 1))}

    def share(self, answer: Tensor, choice: Array, truth: Array) -> Array:
        return (choice == truth).mean(axis=1)


class TagTally(Tally):
    """Sums over places, so that every place counts alike, however many stand in a batch."""

    def __init__(self, work: TaggingWork) -> None:
        self._work = work
        self._loss = 0.0
        self._places = self._exact = self._sequences = 0
        self._confusion = np.zeros((work.classes, work.classes), np.int64)

    def add(self, answer: Tensor, batch: Batch) -> None:
        wrong = answer.argmax(1) != targets_of(batch)
        if batch.weight is not None:
            wrong = wrong & (batch.weight > 0)
        self._exact += int((~wrong).all(1).sum())
        self._sequences += len(wrong)
        answer, batch = counted(answer, batch)
        self._loss += self._work.loss(answer, batch).item() * targets_of(batch).numel()
        self._places += targets_of(batch).numel()
        pairs = targets_of(batch) * self._work.classes + answer.argmax(1)
        counts = torch.bincount(pairs.flatten(), minlength=self._confusion.size).numpy()
        self._confusion += counts.reshape(self._confusion.shape)

    def metrics(self) -> dict[str, float]:
        return {
            "loss": self._loss / self._places,
            **self._work.scores(self._confusion),
            "exact": self._exact / self._sequences,
        }

    def learned(self) -> bool:
        most_frequent = self._confusion.sum(axis=1).max() / self._places
        return self.metrics()["accuracy"] > min(most_frequent + CLEARLY, 1 - 1e-9)
