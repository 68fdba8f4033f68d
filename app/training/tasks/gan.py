"""What a GAN computes."""

import torch
from torch import Tensor, nn

from app.parts.tasks.gan import Gan
from app.training.data.batch import Batch, X
from app.training.modules.adversarial import Adversarial
from app.training.tasks.generating import GeneratingWork
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
        x = batch.inputs[X]
        told_apart, noise = 0.0, torch.empty(0)
        for real in x.tensor_split(max(min(self.task.discriminator_steps, len(x) // 2), 1)):
            noise = torch.randn(len(real), self.task.latent)
            mixing = torch.rand(len(real), *[1] * (real.dim() - 1))

            def told(real: Tensor = real, noise: Tensor = noise, mixing: Tensor = mixing) -> Tensor:
                with torch.no_grad():
                    drawn = generator(noise)
                return self.told_apart(discriminator, real, drawn, mixing)

            told_apart = move(("discriminator",), told)
        new = torch.randn_like(noise)
        passed = move(("generator",), lambda: self.criterion.wanted(discriminator(generator(new))))
        return {"discriminator": told_apart, "generator": passed}

    def told_apart(self, discriminator: nn.Module, real: Tensor, drawn: Tensor, mixing: Tensor) -> Tensor:
        """What the discriminator pays for real and drawn samples (b, …), and for slopes it should not have."""
        task = self.task
        real = real.detach().requires_grad_(task.r1 > 0)
        of_real, of_drawn = discriminator(real), discriminator(drawn)
        loss = (self.criterion(of_real, torch.ones_like(of_real)) + self.criterion(of_drawn, _none(of_drawn))) / 2
        if task.r1:
            loss = loss + task.r1 / 2 * _squared_slope(of_real, real).mean()
        if task.gradient_penalty:
            between = (mixing * real.detach() + (1 - mixing) * drawn).requires_grad_()
            steep = (_squared_slope(discriminator(between), between) + FLAT).sqrt()
            loss = loss + task.gradient_penalty * (steep - 1).square().mean()
        return loss

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return networks["generator"](batch.inputs["noise"])


def _none(scores: Tensor) -> Tensor:
    return torch.zeros_like(scores)


def _squared_slope(scores: Tensor, at: Tensor) -> Tensor:
    """How steep each score is where it was taken, squared: (b,), with a gradient of its own."""
    (gradient,) = torch.autograd.grad(scores.sum(), at, create_graph=True)
    return gradient.flatten(1).square().sum(dim=1)
