"""Least squares, for a generator and a discriminator."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from app.parts.losses.adversarial import Adversarial
from app.parts.torch_call import TorchCall


class LeastSquares(Adversarial):
    """The discriminator's score is drawn to 1 for real samples and to 0 for drawn ones; the generator wants 1 for its
    own.

    Calm, and its gradient never fades away: begin with it. Where the discriminator knows nothing, both losses are 0.25.
    Source: Mao et al. 2017, Least Squares Generative Adversarial Networks, arXiv:1611.04076.
    """

    title: ClassVar[str] = "Least squares"
    formula: ClassVar[str] = "D: ½ (D(x) − 1)² + ½ D(x̂)²; G: (D(x̂) − 1)²"
    also: ClassVar[tuple[str, ...]] = ("lsgan", "adversarial", "gan")
    guides: ClassVar[Mapping[str, float]] = {"discriminator": 0.25, "generator": 0.25}

    kind: Literal["least_squares"] = "least_squares"

    def module(self) -> TorchCall:
        return TorchCall("modules.LeastSquares")
