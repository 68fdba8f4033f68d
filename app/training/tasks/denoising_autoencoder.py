"""What a denoising autoencoder computes."""

from torch import Tensor

from app.training.data.batch import Batch, X
from app.training.tasks.reconstructing import ReconstructingWork
from app.training.tasks.work import Networks


class DenoisingAutoencoderWork(ReconstructingWork):
    """It is measured with noise, too. A sample of a person's own comes without any, and is drawn as it is."""

    def entered(self, batch: Batch) -> Tensor:
        noise, x = batch.inputs.get("noise"), batch.inputs[X]
        return x if noise is None else x + self.task.noise * noise

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return self.drawn(networks, self.entered(batch), batch)
