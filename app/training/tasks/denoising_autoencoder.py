"""What a denoising autoencoder computes."""

from collections.abc import Mapping

from torch import Tensor

from app.training.data.batch import Batch, X
from app.training.tasks.cleaning import Cleaning
from app.training.tasks.generating import no_such_class
from app.training.tasks.reconstructing import ReconstructingWork
from app.training.tasks.work import Networks


class DenoisingAutoencoderWork(Cleaning, ReconstructingWork):
    """It is measured with noise, too, and noise is laid over a sample of a person's own."""

    def entered(self, batch: Batch) -> Tensor:
        noise, x = batch.inputs.get("noise"), batch.inputs[X]
        return x if noise is None else x + self.task.noise * noise

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return self.drawn(networks, self.entered(batch), batch)

    def roughened(self, x: Tensor, noise: Tensor, amount: float) -> Tensor:
        return x + amount * self.task.noise * noise

    def cleaned(self, networks: Networks, noisy: Tensor, amount: float, label: int | None) -> Mapping[str, Tensor]:
        if label is not None:
            raise no_such_class(label)
        return {"clean": networks["decoder"](networks["encoder"](noisy))}
