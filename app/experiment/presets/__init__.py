"""The presets, one per file; the first is what the page opens with. A new one is one line in the list."""

from app.experiment.presets.breast_cancer_scales import BREAST_CANCER_SCALES
from app.experiment.presets.curve import CURVE
from app.experiment.presets.deep_but_linear import DEEP_BUT_LINEAR
from app.experiment.presets.digits_convolution import DIGITS_CONVOLUTION
from app.experiment.presets.digits_dense import DIGITS_DENSE
from app.experiment.presets.explosion import EXPLOSION
from app.experiment.presets.features_or_depth import FEATURES_OR_DEPTH
from app.experiment.presets.few_faces import FEW_FACES
from app.experiment.presets.heartbeats import HEARTBEATS
from app.experiment.presets.iris_flowers import IRIS_FLOWERS
from app.experiment.presets.learning_rates import LEARNING_RATES
from app.experiment.presets.one_neuron import ONE_NEURON
from app.experiment.presets.optimizers_compared import OPTIMIZERS_COMPARED
from app.experiment.presets.preset import Fails, Preset, Reaches, Variant
from app.experiment.presets.rescue import RESCUE
from app.experiment.presets.right_size import RIGHT_SIZE
from app.experiment.presets.shapes_convolution import SHAPES_CONVOLUTION
from app.experiment.presets.shapes_unet import SHAPES_UNET
from app.experiment.presets.two_spirals import TWO_SPIRALS
from app.experiment.presets.vanishing import VANISHING
from app.experiment.presets.wrong_labels import WRONG_LABELS
from app.experiment.presets.xor_hidden import XOR_HIDDEN

PRESETS: tuple[Preset, ...] = (
    TWO_SPIRALS,
    ONE_NEURON,
    XOR_HIDDEN,
    DEEP_BUT_LINEAR,
    FEATURES_OR_DEPTH,
    LEARNING_RATES,
    EXPLOSION,
    OPTIMIZERS_COMPARED,
    VANISHING,
    RIGHT_SIZE,
    RESCUE,
    WRONG_LABELS,
    CURVE,
    IRIS_FLOWERS,
    BREAST_CANCER_SCALES,
    DIGITS_DENSE,
    DIGITS_CONVOLUTION,
    FEW_FACES,
    SHAPES_CONVOLUTION,
    SHAPES_UNET,
    HEARTBEATS,
)
DEFAULT = PRESETS[0]

__all__ = ["DEFAULT", "PRESETS", "Fails", "Preset", "Reaches", "Variant"]
