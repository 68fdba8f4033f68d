"""What each task computes, under the names of `app/parts/tasks/`."""

from app.training.tasks.autoencoder import AutoencoderWork
from app.training.tasks.classification import ClassificationWork
from app.training.tasks.conditional_autoencoder import ConditionalAutoencoderWork
from app.training.tasks.denoising_autoencoder import DenoisingAutoencoderWork
from app.training.tasks.diffusion import DiffusionWork
from app.training.tasks.forecasting import ForecastingWork
from app.training.tasks.gan import GanWork
from app.training.tasks.language_model import LanguageModelWork
from app.training.tasks.masked_language_model import MaskedLanguageModelWork
from app.training.tasks.regression import RegressionWork
from app.training.tasks.segmentation import SegmentationWork
from app.training.tasks.tagging import TaggingWork
from app.training.tasks.translation import TranslationWork
from app.training.tasks.variational_autoencoder import VariationalAutoencoderWork
from app.training.tasks.work import Work

WORK: dict[str, type[Work]] = {
    "classification": ClassificationWork,
    "regression": RegressionWork,
    "segmentation": SegmentationWork,
    "autoencoder": AutoencoderWork,
    "conditional_autoencoder": ConditionalAutoencoderWork,
    "denoising_autoencoder": DenoisingAutoencoderWork,
    "variational_autoencoder": VariationalAutoencoderWork,
    "gan": GanWork,
    "diffusion": DiffusionWork,
    "forecasting": ForecastingWork,
    "tagging": TaggingWork,
    "language_model": LanguageModelWork,
    "masked_language_model": MaskedLanguageModelWork,
    "translation": TranslationWork,
}

__all__ = ["WORK", "Work"]
