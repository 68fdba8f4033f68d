"""The probes, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.probes.activations import Activations
from app.parts.probes.attention import Attention
from app.parts.probes.codes import Codes
from app.parts.probes.continuation import Continuation
from app.parts.probes.denoising import Denoising
from app.parts.probes.drawn_to_order import DrawnToOrder
from app.parts.probes.examined import Examined
from app.parts.probes.feature_maps import FeatureMaps
from app.parts.probes.fills import Fills
from app.parts.probes.gates import Gates
from app.parts.probes.generated_pictures import GeneratedPictures
from app.parts.probes.generated_points import GeneratedPoints
from app.parts.probes.head_roles import HeadRoles
from app.parts.probes.input_rows import InputRows
from app.parts.probes.latent_plane import LatentPlane
from app.parts.probes.masks import Masks
from app.parts.probes.memory import Memory
from app.parts.probes.probe import Probe
from app.parts.probes.reconstructions import Reconstructions
from app.parts.probes.right_by_length import RightByLength
from app.parts.probes.scores import Scores
from app.parts.probes.states import States
from app.parts.probes.surface import Surface
from app.parts.probes.tags_given import TagsGiven
from app.parts.probes.translations import Translations
from app.parts.probes.weights import Weights
from app.parts.probes.written import Written

PROBES = (
    Surface,
    Weights,
    Activations,
    FeatureMaps,
    Masks,
    Reconstructions,
    DrawnToOrder,
    LatentPlane,
    Codes,
    Continuation,
    States,
    Memory,
    InputRows,
    Attention,
    HeadRoles,
    Gates,
    Written,
    RightByLength,
    TagsGiven,
    Fills,
    Translations,
    GeneratedPoints,
    Denoising,
    GeneratedPictures,
    Examined,
    Scores,
)
if TYPE_CHECKING:
    AnyProbe = Probe  # one of the list; only checkers see it so
else:
    AnyProbe = choice_of(PROBES)

__all__ = ["PROBES", "AnyProbe", "Probe"]
