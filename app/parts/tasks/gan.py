"""Drawing samples that a second network cannot tell from real ones."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.part import setting
from app.parts.shapes import Features
from app.parts.tasks.beginning import flattening
from app.parts.tasks.generating import Generating
from app.parts.tasks.reconstructing import drawn
from app.parts.tasks.task import Ends


class Gan(Generating):
    """A generator draws samples from noise; a discriminator learns to tell them from real ones, and the generator
    learns from its gradient to be taken for real.

    Neither loss says how good the samples are: equal losses are no success. Look at what is drawn, how much of the real
    data it covers and how different samples are from one another. Source: Goodfellow et al. 2014, Generative
    Adversarial Nets, arXiv:1406.2661.
    """

    title: ClassVar[str] = "GAN"
    also: ClassVar[tuple[str, ...]] = ("generative adversarial network", "generator", "discriminator", "fake")
    losses: ClassVar[tuple[str, ...]] = ("discriminator", "generator")
    titles: ClassVar[Mapping[str, str]] = {"generator": "Generator", "discriminator": "Discriminator"}
    feeds: ClassVar[Mapping[str, str]] = {"discriminator": "generator"}
    moves: ClassVar[Mapping[str, tuple[str, ...]]] = {"discriminator": ("discriminator",), "generator": ("generator",)}
    # Each network moves by its own optimizer, which stands at its track.
    bar: ClassVar[tuple[str, ...]] = (
        "/training/batch_size",
        "/loss",
        "/task/latent",
        "/task/discriminator_steps",
        "/networks",
    )

    kind: Literal["gan"] = "gan"
    latent: int = setting(
        8, "Latent numbers", "How many random numbers the generator makes a sample from.", ge=1, le=512
    )
    discriminator_steps: int = setting(
        1, "Discriminator steps", "How often the discriminator moves before the generator moves once.", ge=1, le=20
    )
    r1: float = setting(
        0.0,
        "R1",
        "Keeps the discriminator's score flat around real samples, which calms the game. Source: Mescheder et al. 2018,"
        " arXiv:1801.04406.",
        ge=0,
        le=1000,
        log=True,
    )
    gradient_penalty: float = setting(
        0.0,
        "Gradient penalty",
        "Keeps the slope of the score near 1 between real and drawn samples, as Wasserstein needs it. Source: Gulrajani"
        " et al. 2017, arXiv:1704.00028.",
        ge=0,
        le=1000,
        log=True,
    )

    def noise_sizes(self, prepared: Prepared) -> tuple[int, ...]:
        return (self.latent,)

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        sample, told = dataset.inputs(), self.told(dataset)
        return {
            "generator": Ends(Features(size=self.latent), sample, told),
            "discriminator": Ends(sample, Features(size=at_each), told),
        }

    def networks(self, dataset: Dataset) -> dict[str, dict[str, Any]]:
        hidden = self.with_class([*HIDDEN])
        return {
            "generator": {"layers": [*hidden, *drawn(dataset.inputs())], "head": False},
            "discriminator": {"layers": [*flattening(dataset.inputs()), *hidden]},
        }

    def turns(self) -> int:
        return self.discriminator_steps

    def passes(self) -> Mapping[str, int]:
        return {"generator": 2, "discriminator": 3}  # a drawn sample for each move; real, drawn, and drawn again


WIDE = ({"kind": "linear", "units": 64}, {"kind": "leaky_relu"})
HIDDEN = (*WIDE, *WIDE)
