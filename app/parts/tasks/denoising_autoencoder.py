"""Drawing each sample clean again from a noisy one."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.prepared import Prepared
from app.parts.part import setting
from app.parts.tasks.reconstructing import Reconstructing

NOISE = 6  # stream of randomness


class DenoisingAutoencoder(Reconstructing):
    """An autoencoder that is given noisy samples and asked for the clean ones, while it learns and when it is measured.

    What is noise and what is not, it can only know from how clean samples look. Source: Vincent et al. 2008, Extracting
    and Composing Robust Features with Denoising Autoencoders.
    """

    title: ClassVar[str] = "Denoising autoencoder"
    also: ClassVar[tuple[str, ...]] = ("denoise", "noise removal", "cleaning", "restoration")
    denoises: ClassVar[bool] = True
    solvable: ClassVar[bool] = False  # what noise has covered is gone

    kind: Literal["denoising_autoencoder"] = "denoising_autoencoder"
    code: int = setting(
        32, "Code", "How many numbers stand between encoder and decoder. Fewer leave less room for noise.", ge=1, le=512
    )
    noise: float = setting(
        0.4, "Noise", "Spread of the noise that is laid over every sample, to be taken away.", ge=0, le=2, step=0.01
    )

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        """`noise` is that of each sample when it is measured or shown, the same for the whole run."""
        random = np.random.default_rng(NOISE)
        return {**super().inputs(prepared), "noise": random.standard_normal(prepared.inputs.shape, np.float32)}
