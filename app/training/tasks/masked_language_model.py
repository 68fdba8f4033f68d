"""What a masked language model computes."""

import numpy as np
import torch
from torch import Tensor

from app.parts.tasks.masked_language_model import BLANK, MaskedLanguageModel
from app.training.data.batch import Batch, X, targets_of
from app.training.tasks.language_model import LanguageModelWork, TokenTally
from app.training.tasks.work import Each, Move, Networks

MASK = "mask"
BEHIND_ALL = 2.0  # above every number drawn: what only fills up is never blank


class MaskedLanguageModelWork(LanguageModelWork):
    """`answer` is (b, vocabulary, places) scores; the weight of a batch is its mask, so only blank places count."""

    task: MaskedLanguageModel

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        return super().step(networks, self.masked(batch), move)

    def masked(self, batch: Batch) -> Batch:
        """The batch with other places blank, as chance has it now."""
        padding = batch.inputs["padding"]
        counts = (~padding).sum(1, keepdim=True)
        blanks = torch.maximum((self.task.masked * counts).round(), counts.clamp(max=1))
        order = torch.rand(padding.shape).masked_fill(padding, BEHIND_ALL).argsort(1).argsort(1)
        mask = order < blanks
        return batch._replace(inputs={**batch.inputs, MASK: mask}, weight=mask.float())

    def entered(self, batch: Batch) -> Tensor:
        mask, x = batch.inputs.get(MASK), batch.inputs[X]
        return x if mask is None else x.masked_fill(mask, BLANK)

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        given = {name: tensor for name, tensor in batch.inputs.items() if name != MASK}
        return super().answer(networks, batch._replace(inputs={**given, X: self.entered(batch)}))

    def beside(self) -> dict[str, float]:
        if self.prepared is None:
            return {}
        prepared = self.prepared
        rows = prepared.held_back
        hidden = prepared.inputs[rows][self.task.inputs(prepared)[MASK][rows]]
        return {"token_accuracy": float(np.bincount(hidden).max() / len(hidden))} if len(hidden) else {}

    def tally(self) -> "CountingMasked":
        return CountingMasked(self)

    def each(self, answer: Tensor, batch: Batch) -> Each:
        """`choice` is the text with the blanks filled in, `share` what the words that stood there are given."""
        targets = targets_of(batch)
        mask = batch.inputs.get(MASK, torch.ones_like(targets, dtype=torch.bool))
        right = torch.softmax(answer, dim=1).gather(1, targets[:, None])[:, 0]
        share = (right * mask).sum(1) / mask.sum(1).clamp(min=1)
        text = torch.where(mask, answer.argmax(1), targets)
        return Each(self.losses(answer, batch).numpy(), text.numpy(), share.numpy())


class CountingMasked(TokenTally):
    """A token is a word, so there are no bits per character."""

    def metrics(self) -> dict[str, float]:
        return {name: value for name, value in super().metrics().items() if name != "bits_per_character"}
