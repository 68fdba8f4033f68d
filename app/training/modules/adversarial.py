"""The losses of a discriminator and of the generator that it learns against."""

from typing import ClassVar

from torch import Tensor, nn
from torch.nn import functional


class Adversarial(nn.Module):
    """`forward` is what the discriminator pays for its scores, `wanted` what the generator pays for those of its
    own. `even` is the score that says nothing, where there is one."""

    even: ClassVar[float | None] = None

    def forward(self, scores: Tensor, real: Tensor) -> Tensor:  # both (batch, 1); real is 1, drawn 0 -> ()
        raise NotImplementedError

    def wanted(self, scores: Tensor) -> Tensor:  # (batch, 1) -> ()
        return self(scores, scores.new_ones(()).expand_as(scores))


class LeastSquares(Adversarial):
    """Source: Mao et al. 2017, arXiv:1611.04076."""

    even = 0.5

    def forward(self, scores: Tensor, real: Tensor) -> Tensor:
        return (scores - real).square().mean()


class NonSaturating(Adversarial):
    """Scores are log-odds of being real. Source: Goodfellow et al. 2014, arXiv:1406.2661."""

    even = 0.0

    def forward(self, scores: Tensor, real: Tensor) -> Tensor:
        return functional.binary_cross_entropy_with_logits(scores, real)


class Minimax(NonSaturating):
    """The generator pays what the discriminator wins of it."""

    def wanted(self, scores: Tensor) -> Tensor:
        return -self(scores, scores.new_zeros(()).expand_as(scores))


class Wasserstein(Adversarial):
    """Scores are no probabilities. Source: Arjovsky et al. 2017, arXiv:1701.07875."""

    def forward(self, scores: Tensor, real: Tensor) -> Tensor:
        return (scores * (1 - 2 * real)).mean()
