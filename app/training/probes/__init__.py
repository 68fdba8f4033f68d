"""What each probe computes, under the names of `app/parts/probes/`."""

from app.training.probes.activations import ActivationsWork
from app.training.probes.attention import AttentionWork
from app.training.probes.codes import CodesWork
from app.training.probes.continuation import ContinuationWork
from app.training.probes.denoising import DenoisingWork
from app.training.probes.drawn_to_order import DrawnToOrderWork
from app.training.probes.examined import ExaminedWork
from app.training.probes.feature_maps import FeatureMapsWork
from app.training.probes.fills import FillsWork
from app.training.probes.gates import GatesWork
from app.training.probes.generated_pictures import GeneratedPicturesWork
from app.training.probes.generated_points import GeneratedPointsWork
from app.training.probes.head_roles import HeadRolesWork
from app.training.probes.input_rows import InputRowsWork
from app.training.probes.latent_plane import LatentPlaneWork
from app.training.probes.look import Look
from app.training.probes.masks import MasksWork
from app.training.probes.memory import MemoryWork
from app.training.probes.reconstructions import ReconstructionsWork
from app.training.probes.right_by_length import RightByLengthWork
from app.training.probes.scores import ScoresWork
from app.training.probes.states import StatesWork
from app.training.probes.surface import SurfaceWork
from app.training.probes.tags_given import TagsGivenWork
from app.training.probes.translations import TranslationsWork
from app.training.probes.weights import WeightsWork
from app.training.probes.work import ProbeWork
from app.training.probes.written import WrittenWork

PROBE_WORK: dict[str, type[ProbeWork]] = {
    "surface": SurfaceWork,
    "weights": WeightsWork,
    "activations": ActivationsWork,
    "feature_maps": FeatureMapsWork,
    "masks": MasksWork,
    "reconstructions": ReconstructionsWork,
    "drawn_to_order": DrawnToOrderWork,
    "latent_plane": LatentPlaneWork,
    "codes": CodesWork,
    "continuation": ContinuationWork,
    "states": StatesWork,
    "memory": MemoryWork,
    "input_rows": InputRowsWork,
    "attention": AttentionWork,
    "head_roles": HeadRolesWork,
    "gates": GatesWork,
    "written": WrittenWork,
    "right_by_length": RightByLengthWork,
    "tags_given": TagsGivenWork,
    "fills": FillsWork,
    "translations": TranslationsWork,
    "generated_points": GeneratedPointsWork,
    "denoising": DenoisingWork,
    "generated_pictures": GeneratedPicturesWork,
    "examined": ExaminedWork,
    "scores": ScoresWork,
}

__all__ = ["PROBE_WORK", "Look", "ProbeWork"]
