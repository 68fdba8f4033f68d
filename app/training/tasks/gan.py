"""What a GAN computes."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from app.parts.tasks.gan import Gan
from app.training.data.batch import Batch, X
from app.training.modules.adversarial import Adversarial
from app.training.tasks.generating import NOTHING, GeneratingWork, Sides
from app.training.tasks.work import Move, Networks

FLAT = 1e-12  # squared slope under which a root has no gradient to speak of


class GanWork(GeneratingWork):
    """The discriminator moves so many times, each time by samples of its own, then the generator once.

    Real and drawn samples pass the discriminator one batch after the other, so that its batch norms never mix them.
    """

    task: Gan
    criterion: Adversarial  # pyright: ignore[reportIncompatibleVariableOverride]

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        generator, discriminator = networks["generator"], networks["discriminator"]
        told_apart, noise, sides = 0.0, torch.empty(0), NOTHING
        for part in self._parts(batch):
            real, sides = part.inputs[X], self.asked(part)
            noise = torch.randn(len(real), self.task.latent)
            mixing = torch.rand(len(real), *[1] * (real.dim() - 1))

            def told(
                real: Tensor = real, noise: Tensor = noise, mixing: Tensor = mixing, sides: Sides = sides
            ) -> Tensor:
                with torch.no_grad():
                    drawn = generator(noise, **sides)
                return self.told_apart(discriminator, real, drawn, mixing, sides)

            told_apart = move(("discriminator",), told)
        new = torch.randn_like(noise)
        passed = move(("generator",), lambda: self._passed(networks, new, sides))
        return {"discriminator": told_apart, "generator": passed}

    def told_apart(
        self, discriminator: nn.Module, real: Tensor, drawn: Tensor, mixing: Tensor, sides: Sides = NOTHING
    ) -> Tensor:
        """What the discriminator pays for real and drawn samples (b, …) of the same classes, and for slopes that it
        should not have."""
        task = self.task
        real = real.detach().requires_grad_(task.r1 > 0)
        of_real, of_drawn = discriminator(real, **sides), discriminator(drawn, **sides)
        loss = (self.criterion(of_real, torch.ones_like(of_real)) + self.criterion(of_drawn, _none(of_drawn))) / 2
        if task.r1:
            loss = loss + task.r1 / 2 * _squared_slope(of_real, real).mean()
        if task.gradient_penalty:
            between = (mixing * real.detach() + (1 - mixing) * drawn).requires_grad_()
            steep = (_squared_slope(discriminator(between, **sides), between) + FLAT).sqrt()
            loss = loss + task.gradient_penalty * (steep - 1).square().mean()
        return loss

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return networks["generator"](batch.inputs["noise"], **self.asked(batch))

    def entered(self, batch: Batch) -> Tensor:
        return batch.inputs["noise"]

    def through(self, networks: Networks, batch: Batch) -> Tensor:
        drawn = self.answer(networks, batch)
        networks["discriminator"](drawn, **self.asked(batch))
        return drawn

    def _passed(self, networks: Networks, noise: Tensor, sides: Sides) -> Tensor:
        """What the generator pays for samples that it draws from this noise."""
        return self.criterion.wanted(networks["discriminator"](networks["generator"](noise, **sides), **sides))

    def _parts(self, batch: Batch) -> Iterator[Batch]:
        """The samples of a batch for each of the discriminator's moves."""
        moves = max(min(self.task.discriminator_steps, batch.size // 2), 1)
        parts = {name: tensor.tensor_split(moves) for name, tensor in batch.inputs.items()}
        for number in range(moves):
            inputs = {name: part[number] for name, part in parts.items()}
            yield Batch(inputs, None, None, len(inputs[X]))


def _none(scores: Tensor) -> Tensor:
    return torch.zeros_like(scores)


def _squared_slope(scores: Tensor, at: Tensor) -> Tensor:
    """How steep each score is where it was taken, squared: (b,), with a gradient of its own."""
    (gradient,) = torch.autograd.grad(scores.sum(), at, create_graph=True)
    return gradient.flatten(1).square().sum(dim=1)
