"""Drawing samples that a second network cannot tell from real ones."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.metrics import CLASSES_REACHED, CONFIDENT, DISTANCE, DIVERSITY, ISLANDS, ON_ISLANDS, of_split
from app.parts.part import setting
from app.parts.problem import Edit, Fix
from app.parts.shapes import Features
from app.parts.tasks.beginning import flattening
from app.parts.tasks.fault import Fault
from app.parts.tasks.generating import Generating
from app.parts.tasks.outcome import percent
from app.parts.tasks.reconstructing import drawn
from app.parts.tasks.task import Ends

ALIKE, APART = 0.3, 3.0  # diversity, in units of that of real samples: below all are alike, above they fly apart
MOST = 0.5  # of the islands or classes reached, and of what is drawn well
UNMOVED = 0.02  # share by which a distance may differ and still be the same
COLLAPSED = "The generator has collapsed."
STANDS_STILL = "The generator stands still."
FLIES_APART = "The game flies apart."
ALL_ALIKE = (
    "What it draws is nearly all alike: only {percent} % as different as real samples are from one another. Neither"
    " loss shows it."
)
FEW_ISLANDS = "What it draws is good, but of {percent} % of the islands only. Neither loss shows it."
FEW_CLASSES = "What it draws is good, but of {percent} % of the classes only. Neither loss shows it."
AS_AT_FIRST = (
    "What it draws is still what it drew at first: hardly any gradient reaches it. That happens where the"
    " discriminator is too far ahead to let it win anything, or where its own learning rate is too small."
)
TOO_FAR = (
    "What it draws is {times} times as different as real samples are from one another, and far from them. That"
    " happens where steps are too large."
)
CALM = "Let both learn alike: Adam with {lr}, a step each, R1 {r1}"
CALM_WITHOUT = "Let both learn alike: Adam with {lr}, a step each"
USUAL_RATE, USUAL_R1 = 0.001, 0.5


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
    faults: ClassVar[tuple[str, ...]] = (
        *(COLLAPSED, ALL_ALIKE, FEW_ISLANDS, FEW_CLASSES, STANDS_STILL, AS_AT_FIRST, FLIES_APART, TOO_FAR),
        *(CALM, CALM_WITHOUT),
    )
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

    def fault(self, metrics: Mapping[str, float], first: Mapping[str, float]) -> Fault | None:
        """That samples are all alike, the same as at first, of few kinds, or far outside. No loss shows it."""
        now, at_first = of_split(metrics, "train"), of_split(first, "train")
        varied = now.get(DIVERSITY.name)
        if varied is None:
            return None
        moved = abs(now[DISTANCE.name] - at_first[DISTANCE.name]) > UNMOVED * at_first[DISTANCE.name]
        if varied < ALIKE and not moved:
            return Fault(STANDS_STILL, AS_AT_FIRST, self._calmed())
        if varied < ALIKE:
            return Fault(COLLAPSED, ALL_ALIKE, self._calmed(), {"percent": percent(varied)})
        if varied > APART:
            return Fault(FLIES_APART, TOO_FAR, self._calmed(), {"times": varied})
        kinds = ((FEW_ISLANDS, ISLANDS, ON_ISLANDS), (FEW_CLASSES, CLASSES_REACHED, CONFIDENT))
        for sentence, reached, well in kinds:
            if now.get(reached.name, 1.0) <= MOST and now.get(well.name, 0.0) >= MOST:
                return Fault(COLLAPSED, sentence, self._calmed(), {"percent": percent(now[reached.name])})
        return None

    def _calmed(self) -> Fix:
        """The settings of a game that neither wins at once. R1 and the gradient penalty are two ways to the same."""
        by = {"kind": "adam", "lr": USUAL_RATE, "beta1": 0.5}
        edits = (
            *(Edit("add", f"/networks/{name}/optimizer", None) for name in self.titles),
            Edit("replace", "/optimizer", by),
            Edit("add", "/task/discriminator_steps", 1),
        )
        if self.gradient_penalty:
            return Fix(CALM_WITHOUT, {"lr": USUAL_RATE}, edits)
        r1 = max(self.r1, USUAL_R1)
        return Fix(CALM, {"lr": USUAL_RATE, "r1": r1}, (*edits, Edit("add", "/task/r1", r1)))

    def turns(self) -> int:
        return self.discriminator_steps

    def passes(self) -> Mapping[str, int]:
        return {"generator": 2, "discriminator": 3}  # a drawn sample for each move; real, drawn, and drawn again


WIDE = ({"kind": "linear", "units": 64}, {"kind": "leaky_relu"})
HIDDEN = (*WIDE, *WIDE)
