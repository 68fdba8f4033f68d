"""What a variational autoencoder computes."""

from typing import NamedTuple

import torch
from torch import Tensor

from app.parts.tasks.variational_autoencoder import VariationalAutoencoder
from app.training.data.batch import Batch, X
from app.training.tasks.drawing_new import DrawingNew, diversity
from app.training.tasks.reconstructing import Reconstructed, ReconstructingWork
from app.training.tasks.work import Move, Networks, Tally

ACTIVE = 0.01  # variance of a number's middles over samples; less tells nothing. Burda et al. 2016, arXiv:1509.00519
WIDEST = 10.0  # of the logarithm of a variance, so that none overflows


class Cloud(NamedTuple):
    """What the encoder says of samples: a round cloud of codes for each."""

    middle: Tensor  # (b, code)
    log_variance: Tensor  # (b, code)

    def at(self, chance: Tensor) -> Tensor:
        """The points that standard normal numbers (b, code) stand for in it, with a gradient to its ends."""
        return self.middle + (self.log_variance / 2).exp() * chance

    def told(self) -> Tensor:
        """How much each number of the code tells, in nats: its KL divergence from a standard normal one, (b, code).
        Source: Kingma and Welling 2014, arXiv:1312.6114, appendix B."""
        return (self.middle.square() + self.log_variance.exp() - 1 - self.log_variance) / 2


class VariationalAutoencoderWork(DrawingNew, ReconstructingWork):
    """It learns from a random point of each cloud, is measured by one that stays, and answers by the middle."""

    task: VariationalAutoencoder

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        x = batch.inputs[X]
        noisy = self.with_noise(x)
        chance = torch.randn(len(x), self.task.code)

        def paid() -> Tensor:
            cloud = self.cloud(networks, noisy)
            lost = self.criterion(networks["decoder"](cloud.at(chance)), x) * self.weight(x)
            return lost + self.task.beta * cloud.told().sum(dim=1).mean()

        return {"loss": move(("encoder", "decoder"), paid)}

    def drawn(self, networks: Networks, x: Tensor, batch: Batch) -> Tensor:
        return networks["decoder"](self.cloud(networks, x).middle)

    def codes(self, networks: Networks, x: Tensor) -> Tensor:
        return self.cloud(networks, x).middle

    def cloud(self, networks: Networks, x: Tensor) -> Cloud:
        """Where the codes of samples (b, …) lie."""
        middle, log_variance = networks["encoder"](x).chunk(2, dim=1)
        return Cloud(middle, log_variance.clamp(-WIDEST, WIDEST))

    def lost(self, drawn: Tensor, x: Tensor) -> Tensor:
        """What is lost of each sample (b,), in nats but for a constant: the loss summed over its numbers, with the
        spread of the data as its unit. Of the squared error it is that of a gaussian."""
        return torch.vmap(self.criterion)(drawn[:, None], x[:, None]) * self.weight(x)

    def weight(self, x: Tensor) -> float:
        """From the mean over the numbers of a sample to nats."""
        return x[0].numel() / (2 * self.task.spread**2)

    def measurable(self, networks: Networks, batch: Batch) -> Tensor:
        """Side by side for each sample: what is lost from its point (1), its middle, how much each number tells,
        the answer, and where it is examined what is drawn from its chance, a new sample."""
        cloud = self.cloud(networks, batch.inputs[X])
        lost = self.lost(networks["decoder"](cloud.at(batch.inputs["chance"])), batch.inputs[X])
        answer = networks["decoder"](cloud.middle).flatten(1)
        new = [self.new(networks, batch).flatten(1)] if self.examination else []
        return torch.cat([lost[:, None], cloud.middle, cloud.told(), answer, *new], dim=1)

    def new(self, networks: Networks, batch: Batch) -> Tensor:
        return networks["decoder"](batch.inputs["chance"])

    def tally(self) -> Tally:
        return Elbo(self)


class Elbo(Reconstructed):
    """The metrics of a variational autoencoder over what `measurable` gave."""

    def __init__(self, work: VariationalAutoencoderWork) -> None:
        super().__init__(work)
        self._task = work.task
        self._examination = work.examination
        self._clouds: list[Tensor] = []
        self._new: list[Tensor] = []
        self._real: list[Tensor] = []

    def take_in(self, answer: Tensor, batch: Batch) -> None:
        told = 1 + 2 * self._task.code
        x = batch.inputs[X]
        numbers = x[0].numel()
        self._clouds.append(answer[:, :told])
        if self._examination:
            self._new.append(answer[:, told + numbers :])
            self._real.append(x.flatten(1))
        super().take_in(answer[:, told : told + numbers].reshape(x.shape), batch)

    def losses(self, answer: Tensor, batch: Batch) -> Tensor:
        return answer[:, 0]

    def metrics(self) -> dict[str, float]:
        clouds, code = torch.cat(self._clouds), self._task.code
        lost, middles, told = clouds[:, 0], clouds[:, 1 : 1 + code], clouds[:, 1 + code :]
        reconstruction, kl = lost.mean().item(), told.sum(dim=1).mean().item()
        active = int((middles.var(dim=0, correction=0) > ACTIVE).sum())
        found = {"loss": reconstruction + self._task.beta * kl, "reconstruction": reconstruction, "kl": kl}
        others = {name: value for name, value in super().metrics().items() if name != "loss"}
        return found | {"active_units": float(active)} | others | self._examined()

    def _examined(self) -> dict[str, float]:
        """What is said of new samples, drawn from chance alone."""
        if self._examination is None:
            return {}
        new, real = torch.cat(self._new), torch.cat(self._real)
        return self._examination.metrics(new, None) | {"diversity": diversity(new, real)}
