"""The tasks, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.tasks.autoencoder import Autoencoder
from app.parts.tasks.classification import Classification
from app.parts.tasks.conditional_autoencoder import ConditionalAutoencoder
from app.parts.tasks.denoising_autoencoder import DenoisingAutoencoder
from app.parts.tasks.diffusion import Diffusion
from app.parts.tasks.forecasting import Forecasting
from app.parts.tasks.gan import Gan
from app.parts.tasks.language_model import LanguageModel
from app.parts.tasks.masked_language_model import MaskedLanguageModel
from app.parts.tasks.regression import Regression
from app.parts.tasks.segmentation import Segmentation
from app.parts.tasks.tagging import Tagging
from app.parts.tasks.task import Task
from app.parts.tasks.translation import Translation
from app.parts.tasks.variational_autoencoder import VariationalAutoencoder

TASKS = (
    Classification,
    Regression,
    Segmentation,
    Autoencoder,
    ConditionalAutoencoder,
    DenoisingAutoencoder,
    VariationalAutoencoder,
    Gan,
    Diffusion,
    Forecasting,
    Tagging,
    LanguageModel,
    MaskedLanguageModel,
    Translation,
)
if TYPE_CHECKING:
    AnyTask = Task  # one of the list; only checkers see it so
else:
    AnyTask = choice_of(TASKS)

__all__ = ["TASKS", "AnyTask", "Task"]
