"""The probes, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.probes.activations import Activations
from app.parts.probes.feature_maps import FeatureMaps
from app.parts.probes.masks import Masks
from app.parts.probes.probe import Probe
from app.parts.probes.surface import Surface
from app.parts.probes.weights import Weights

PROBES = (Surface, Weights, Activations, FeatureMaps, Masks)
if TYPE_CHECKING:
    AnyProbe = Probe  # one of the list; only checkers see it so
else:
    AnyProbe = choice_of(PROBES)

__all__ = ["PROBES", "AnyProbe", "Probe"]
