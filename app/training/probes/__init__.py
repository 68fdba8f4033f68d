"""What each probe computes, under the names of `app/parts/probes/`."""

from app.training.probes.activations import ActivationsWork
from app.training.probes.feature_maps import FeatureMapsWork
from app.training.probes.look import Look
from app.training.probes.masks import MasksWork
from app.training.probes.surface import SurfaceWork
from app.training.probes.weights import WeightsWork
from app.training.probes.work import ProbeWork

PROBE_WORK: dict[str, type[ProbeWork]] = {
    "surface": SurfaceWork,
    "weights": WeightsWork,
    "activations": ActivationsWork,
    "feature_maps": FeatureMapsWork,
    "masks": MasksWork,
}

__all__ = ["PROBE_WORK", "Look", "ProbeWork"]
