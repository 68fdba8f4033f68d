"""Minimax, for a generator and a discriminator."""

from collections.abc import Mapping
from math import log
from typing import ClassVar, Literal

from app.parts.losses.adversarial import Adversarial
from app.parts.torch_call import TorchCall


class Minimax(Adversarial):
    """The generator wins exactly what the discriminator loses: the game as it was first written down.

    Its gradient fades away where the discriminator is sure of itself, which is when the generator needs it most. Where
    the discriminator knows nothing, its loss is ln 2 and the generator's −ln 2.
    Source: Goodfellow et al. 2014, arXiv:1406.2661.
    """

    title: ClassVar[str] = "Minimax"
    formula: ClassVar[str] = "D: −½ log σ(D(x)) − ½ log (1 − σ(D(x̂))); G: log (1 − σ(D(x̂)))"
    also: ClassVar[tuple[str, ...]] = ("gan", "adversarial", "saturating", "zero-sum")
    guides: ClassVar[Mapping[str, float]] = {"discriminator": log(2), "generator": -log(2)}

    kind: Literal["minimax"] = "minimax"

    def module(self) -> TorchCall:
        return TorchCall("modules.Minimax")
