"""Wasserstein, for a generator and a discriminator."""

from typing import ClassVar, Literal

from app.parts.losses.adversarial import Adversarial
from app.parts.torch_call import TorchCall


class Wasserstein(Adversarial):
    """The discriminator is a critic, whose scores are no probabilities: it wants them far apart, the generator
    wants its own high.

    It needs the gradient penalty of the task, without which the scores grow without bound, and several steps of the
    critic for each of the generator. Source: Arjovsky et al. 2017, Wasserstein GAN, arXiv:1701.07875.
    """

    title: ClassVar[str] = "Wasserstein"
    formula: ClassVar[str] = "D: ½ D(x̂) − ½ D(x); G: −D(x̂)"
    also: ClassVar[tuple[str, ...]] = ("wgan", "critic", "earth mover", "adversarial")

    kind: Literal["wasserstein"] = "wasserstein"

    def module(self) -> TorchCall:
        return TorchCall("modules.Wasserstein")
