"""Drawing samples again from a few numbers that are spread like noise, so that noise can be drawn, too."""

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.metrics import (
    ACTIVE_UNITS,
    AUROC,
    CONFIDENT,
    DIVERSITY,
    EXAMINED,
    KL,
    LOSS,
    MAE,
    R2,
    RECONSTRUCTION,
    RMSE,
    Metric,
)
from app.parts.part import setting
from app.parts.problem import Edit, Fix
from app.parts.shapes import Features
from app.parts.tasks.fault import Fault
from app.parts.tasks.reconstructing import Reconstructing
from app.parts.tasks.task import Ends

CHANCE = 8  # stream of randomness
COLLAPSED = "The posterior has collapsed."
TOO_DEAR = (
    "No number of the code tells anything: a nat that it tells costs {beta} (β), more than it saves, so the decoder"
    " draws the mean of all samples whatever is asked. Try β {better}."
)
TOO_LIGHT = (
    "No number of the code tells anything: with {spread} as the spread of the data what is lost weighs too little to"
    " pay for it, so the decoder draws the mean of all samples whatever is asked. Try {better}."
)
SET_BETA, SET_SPREAD = "Set β to {better}", "Set the spread of the data to {better}"


class VariationalAutoencoder(Reconstructing):
    """An autoencoder whose code is a cloud, not a point: the encoder says where its middle lies and how wide it is, and
    the decoder draws from a random point of it. What pulls all clouds to one round cloud about 0 lets random numbers
    be drawn as new samples.

    The loss is what is lost, summed over all numbers of a sample and measured by the spread of its noise, plus β times
    how much a cloud tells (KL divergence). Where that costs more than it saves, a number of the code tells nothing any
    more: the posterior collapses. Source: Kingma and Welling 2014, Auto-Encoding Variational Bayes, arXiv:1312.6114.
    """

    title: ClassVar[str] = "Variational autoencoder"
    also: ClassVar[tuple[str, ...]] = ("vae", "beta-vae", "latent", "posterior collapse", "kl divergence", "elbo")
    examined: ClassVar[bool] = True
    metrics: ClassVar[tuple[Metric, ...]] = (
        LOSS,
        AUROC,
        RECONSTRUCTION,
        KL,
        ACTIVE_UNITS,
        RMSE,
        MAE,
        R2,
        *EXAMINED,
        DIVERSITY,
    )
    shown: ClassVar[tuple[Metric, ...]] = (AUROC, R2, ACTIVE_UNITS, CONFIDENT, KL)
    solvable: ClassVar[bool] = False  # a cloud tells less than a point
    faults: ClassVar[tuple[str, ...]] = (COLLAPSED, TOO_DEAR, TOO_LIGHT, SET_BETA, SET_SPREAD)

    kind: Literal["variational_autoencoder"] = "variational_autoencoder"
    code: int = setting(
        8, "Code", "How many numbers stand between encoder and decoder. What is not needed tells nothing.", ge=1, le=512
    )
    beta: float = setting(
        1.0,
        "β",
        "What the code pays for each nat that it tells. 1 is a bound on how likely the samples are; more lets fewer"
        " numbers tell anything. Source: Higgins et al. 2017, beta-VAE.",
        ge=0,
        le=100,
        log=True,
    )
    spread: float = setting(
        0.3,
        "Spread of the data",
        "How far a number of a sample may stray from what is drawn, as a standard deviation. Less makes what is lost"
        " weigh more.",
        ge=0.01,
        le=10,
        log=True,
    )

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        """`chance` is the random point in the cloud of each sample when it is measured, the same for the whole run."""
        random = np.random.default_rng(CHANCE)
        chance = random.standard_normal((len(prepared.inputs), self.code), np.float32)
        return {**super().inputs(prepared), "chance": chance}

    def ends(self, dataset: Dataset, at_each: int) -> dict[str, Ends]:
        ends = super().ends(dataset, at_each)
        return {**ends, "encoder": Ends(dataset.inputs(), Features(size=2 * self.code))}

    def fault(self, metrics: Mapping[str, float], first: Mapping[str, float]) -> Fault | None:
        """That no number of the code tells anything, even of samples it has learned from."""
        if metrics.get("train_active_units") != 0:
            return None
        if self.beta > 1:
            fix = Fix(SET_BETA, {"better": 1.0}, (Edit("replace", "/task/beta", 1.0),))
            return Fault(COLLAPSED, TOO_DEAR, fix, {"beta": self.beta, "better": 1.0})
        better = float(f"{self.spread / 2:.1g}")
        fix = Fix(SET_SPREAD, {"better": better}, (Edit("replace", "/task/spread", better),))
        return Fault(COLLAPSED, TOO_LIGHT, fix, {"spread": self.spread, "better": better})
