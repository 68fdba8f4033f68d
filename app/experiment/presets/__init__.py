"""The presets, one per file; the first is what the page opens with. A new one is one line in the list."""

from app.experiment.presets.adding_problem import ADDING_PROBLEM
from app.experiment.presets.breast_cancer_scales import BREAST_CANCER_SCALES
from app.experiment.presets.counting import COUNTING
from app.experiment.presets.curve import CURVE
from app.experiment.presets.dates_translated import DATES_TRANSLATED
from app.experiment.presets.deep_but_linear import DEEP_BUT_LINEAR
from app.experiment.presets.digit_never_seen import DIGIT_NEVER_SEEN
from app.experiment.presets.digits_asked_for import DIGITS_ASKED_FOR
from app.experiment.presets.digits_autoencoder import DIGITS_AUTOENCODER
from app.experiment.presets.digits_by_a_gan import DIGITS_BY_A_GAN
from app.experiment.presets.digits_by_diffusion import DIGITS_BY_DIFFUSION
from app.experiment.presets.digits_cleaned import DIGITS_CLEANED
from app.experiment.presets.digits_convolution import DIGITS_CONVOLUTION
from app.experiment.presets.digits_dense import DIGITS_DENSE
from app.experiment.presets.digits_on_a_plane import DIGITS_ON_A_PLANE
from app.experiment.presets.digits_out_of_noise import DIGITS_OUT_OF_NOISE
from app.experiment.presets.digits_to_order import DIGITS_TO_ORDER
from app.experiment.presets.eight_islands import EIGHT_ISLANDS
from app.experiment.presets.explosion import EXPLOSION
from app.experiment.presets.failing_on_purpose import FAILING_ON_PURPOSE
from app.experiment.presets.features_or_depth import FEATURES_OR_DEPTH
from app.experiment.presets.few_faces import FEW_FACES
from app.experiment.presets.few_labels import FEW_LABELS
from app.experiment.presets.gpt_python import GPT_PYTHON
from app.experiment.presets.gpt_stories import GPT_STORIES
from app.experiment.presets.grid_of_islands import GRID_OF_ISLANDS
from app.experiment.presets.heartbeats import HEARTBEATS
from app.experiment.presets.hundred_labels import HUNDRED_LABELS
from app.experiment.presets.iris_flowers import IRIS_FLOWERS
from app.experiment.presets.learning_rates import LEARNING_RATES
from app.experiment.presets.mackey_glass import MACKEY_GLASS
from app.experiment.presets.majority_of_nine import MAJORITY_OF_NINE
from app.experiment.presets.mandarin_tones import MANDARIN_TONES
from app.experiment.presets.masked_words import MASKED_WORDS
from app.experiment.presets.noise_to_islands import NOISE_TO_ISLANDS
from app.experiment.presets.noise_to_spiral import NOISE_TO_SPIRAL
from app.experiment.presets.noisy_sines import NOISY_SINES
from app.experiment.presets.numbers_translated import NUMBERS_TRANSLATED
from app.experiment.presets.one_after_another import ONE_AFTER_ANOTHER
from app.experiment.presets.one_neuron import ONE_NEURON
from app.experiment.presets.optimizers_compared import OPTIMIZERS_COMPARED
from app.experiment.presets.preset import Fails, Preset, Reaches, Variant
from app.experiment.presets.python_source import PYTHON_SOURCE
from app.experiment.presets.rescue import RESCUE
from app.experiment.presets.reviews import REVIEWS
from app.experiment.presets.reviews_attention import REVIEWS_ATTENTION
from app.experiment.presets.right_size import RIGHT_SIZE
from app.experiment.presets.saying_it_backwards import SAYING_IT_BACKWARDS
from app.experiment.presets.shapes_convolution import SHAPES_CONVOLUTION
from app.experiment.presets.shapes_unet import SHAPES_UNET
from app.experiment.presets.spoken_vowels import SPOKEN_VOWELS
from app.experiment.presets.stories import STORIES
from app.experiment.presets.strange_words_masked import STRANGE_WORDS_MASKED
from app.experiment.presets.twice_as_long import TWICE_AS_LONG
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
    FEW_LABELS,
    CURVE,
    IRIS_FLOWERS,
    BREAST_CANCER_SCALES,
    DIGITS_DENSE,
    DIGITS_CONVOLUTION,
    FEW_FACES,
    SHAPES_CONVOLUTION,
    SHAPES_UNET,
    HEARTBEATS,
    MAJORITY_OF_NINE,
    MACKEY_GLASS,
    NOISY_SINES,
    ADDING_PROBLEM,
    COUNTING,
    SAYING_IT_BACKWARDS,
    TWICE_AS_LONG,
    SPOKEN_VOWELS,
    MANDARIN_TONES,
    REVIEWS,
    REVIEWS_ATTENTION,
    MASKED_WORDS,
    STRANGE_WORDS_MASKED,
    HUNDRED_LABELS,
    DATES_TRANSLATED,
    NUMBERS_TRANSLATED,
    PYTHON_SOURCE,
    STORIES,
    GPT_STORIES,
    GPT_PYTHON,
    ONE_AFTER_ANOTHER,
    DIGITS_AUTOENCODER,
    DIGITS_TO_ORDER,
    DIGITS_CLEANED,
    DIGIT_NEVER_SEEN,
    DIGITS_OUT_OF_NOISE,
    DIGITS_ON_A_PLANE,
    EIGHT_ISLANDS,
    GRID_OF_ISLANDS,
    FAILING_ON_PURPOSE,
    NOISE_TO_ISLANDS,
    NOISE_TO_SPIRAL,
    DIGITS_ASKED_FOR,
    DIGITS_BY_DIFFUSION,
    DIGITS_BY_A_GAN,
)
DEFAULT = PRESETS[0]

__all__ = ["DEFAULT", "PRESETS", "Fails", "Preset", "Reaches", "Variant"]
