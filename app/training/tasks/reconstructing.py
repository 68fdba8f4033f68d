"""What tasks compute that draw samples again."""

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.parts.tasks.reconstructing import ODD, Reconstructing
from app.training.data.batch import Batch
from app.training.tasks.regression import RegressionWork
from app.training.tasks.supervised import Collecting
from app.training.tasks.work import Move, Networks, Tally


class ReconstructingWork(RegressionWork):
    """Encoder and decoder move together, by how far what is drawn is from the sample."""

    task: Reconstructing

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        x = batch.inputs["x"]
        noisy = self.with_noise(x)
        return {"loss": move(("encoder", "decoder"), lambda: self.loss(self.drawn(networks, noisy, batch), batch))}

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return self.drawn(networks, batch.inputs["x"], batch)

    def tally(self) -> Tally:
        return Reconstructed(self)

    def with_noise(self, x: Tensor) -> Tensor:
        """Samples (b, …) with the noise over them through which they are to be drawn again."""
        return x + self.task.noise * torch.randn_like(x) if self.task.noise else x

    def drawn(self, networks: Networks, x: Tensor, batch: Batch) -> Tensor:
        """What the decoder makes of the code of `x`, which may be roughened; `batch` holds what else is known."""
        return networks["decoder"](networks["encoder"](x))

    def codes(self, networks: Networks, x: Tensor) -> Tensor:
        """The codes (b, code) that samples (b, …) are drawn again from."""
        return networks["encoder"](x)


class Reconstructed(Collecting):
    """Metrics are those of the samples whose classes were learned; how well the loss tells the others stands beside."""

    def __init__(self, work: ReconstructingWork) -> None:
        super().__init__(work)
        self._losses: list[Array] = []
        self._odd: list[Array] = []

    def add(self, answer: Tensor, batch: Batch) -> None:
        if ODD in batch.inputs:
            odd = batch.inputs[ODD]
            self._losses.append(self.losses(answer, batch).numpy())
            self._odd.append(odd.numpy())
            learned = ~odd
            answer, batch = answer[learned], batch.each(lambda tensor: tensor[learned], int(learned.sum()))
        self.take_in(answer, batch)

    def take_in(self, answer: Tensor, batch: Batch) -> None:
        """Keeps what metrics need of these samples."""
        super().add(answer, batch)

    def losses(self, answer: Tensor, batch: Batch) -> Tensor:
        """What is lost of each sample (b,)."""
        return self._work.losses(answer, batch)

    def metrics(self) -> dict[str, float]:
        odd = np.concatenate([*self._odd, np.zeros(0, bool)])
        if not odd.any():
            return super().metrics()
        return super().metrics() | {"auroc": auroc(np.concatenate(self._losses), odd)}


def auroc(scores: Array, odd: Array) -> float:
    """The chance that an odd sample has a higher score than another one; equal scores count half. Source: Mann and
    Whitney 1947."""
    others = np.sort(scores[~odd])
    below, upto = (np.searchsorted(others, scores[odd], side) for side in ("left", "right"))
    return float((below + upto).mean() / 2 / len(others))
