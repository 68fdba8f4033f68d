"""Non-saturating, for a generator and a discriminator."""

from collections.abc import Mapping
from math import log
from typing import ClassVar, Literal

from app.parts.losses.adversarial import Adversarial
from app.parts.torch_call import TorchCall


class NonSaturating(Adversarial):
    """The discriminator says how probable it is that a sample is real; the generator wants that to be high for its own.

    The usual choice where samples are pictures, most often with an R1 penalty. Where the discriminator knows nothing,
    both losses are ln 2, about 0.69. Source: Goodfellow et al. 2014, arXiv:1406.2661.
    """

    title: ClassVar[str] = "Non-saturating"
    formula: ClassVar[str] = "D: −½ log σ(D(x)) − ½ log (1 − σ(D(x̂))); G: −log σ(D(x̂))"
    also: ClassVar[tuple[str, ...]] = ("gan", "adversarial", "cross-entropy")
    guides: ClassVar[Mapping[str, float]] = {"discriminator": log(2), "generator": log(2)}

    kind: Literal["non_saturating"] = "non_saturating"

    def module(self) -> TorchCall:
        return TorchCall("modules.NonSaturating")
