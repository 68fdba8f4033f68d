"""What tasks compute that draw samples again."""

import torch
from torch import Tensor

from app.parts.tasks.reconstructing import Reconstructing
from app.training.data.batch import Batch
from app.training.tasks.regression import RegressionWork
from app.training.tasks.work import Move, Networks


class ReconstructingWork(RegressionWork):
    """Encoder and decoder move together, by how far what is drawn is from the sample."""

    task: Reconstructing

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        x = batch.inputs["x"]
        noisy = x + self.task.noise * torch.randn_like(x) if self.task.noise else x

        return {"loss": move(("encoder", "decoder"), lambda: self.loss(self.drawn(networks, noisy, batch), batch))}

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return self.drawn(networks, batch.inputs["x"], batch)

    def drawn(self, networks: Networks, x: Tensor, batch: Batch) -> Tensor:
        """What the decoder makes of the code of `x`, which may be roughened; `batch` holds what else is known."""
        return networks["decoder"](networks["encoder"](x))
