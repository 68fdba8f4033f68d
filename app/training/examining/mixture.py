"""New pictures by the plainest means: a few gaussians over the directions in which real ones differ most."""

from typing import Any

import numpy as np
import torch
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture
from torch import Tensor

from app.parts.datasets.prepared import Array

COMPONENTS, GAUSSIANS = 20, 10
MOST_SAMPLES = 4000
SEED = 4_712


def mixed(known: Tensor, count: int) -> Tensor:
    """So many pictures (count, …), drawn from a mixture of gaussians that was fitted to real ones (n, …)."""
    x = known[:: max(-(-len(known) // MOST_SAMPLES), 1)].flatten(1).double().numpy()
    gaussians = min(GAUSSIANS, len(x))
    principal: Any = PCA(min(COMPONENTS, *x.shape), random_state=SEED)
    mixture = GaussianMixture(gaussians, reg_covar=1e-4, random_state=SEED).fit(principal.fit_transform(x))
    drawn, _ = mixture.sample(count)
    shuffled = np.random.default_rng(SEED).permutation(count)  # they come one gaussian after another
    pictures: Array = principal.inverse_transform(drawn)[shuffled]
    return torch.from_numpy(pictures.astype(np.float32)).reshape(count, *known.shape[1:])
