"""What a trained network can be asked, one question per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.questions.decode import Decode
from app.parts.questions.denoise import Denoise
from app.parts.questions.fill import Fill
from app.parts.questions.forecast import Forecast
from app.parts.questions.interpolate import Interpolate
from app.parts.questions.lens import Lens
from app.parts.questions.listen import Listen
from app.parts.questions.loss_by_time import LossByTime
from app.parts.questions.next_token import NextToken
from app.parts.questions.noise_walk import NoiseWalk
from app.parts.questions.other_mask import OtherMask
from app.parts.questions.question import Question
from app.parts.questions.read import Read
from app.parts.questions.sample import Sample
from app.parts.questions.step_time import StepTime
from app.parts.questions.steps_against_quality import StepsAgainstQuality
from app.parts.questions.translate import Translate
from app.parts.questions.without_head import WithoutHead
from app.parts.questions.write_on import WriteOn

QUESTIONS = (
    *(WriteOn, NextToken, Fill, OtherMask, Translate, Forecast, Read, Listen),
    *(Sample, NoiseWalk, Denoise, StepsAgainstQuality, LossByTime, Interpolate, Decode),
    *(Lens, WithoutHead, StepTime),
)
if TYPE_CHECKING:
    AnyQuestion = Question  # one of the list; only checkers see it so
else:
    AnyQuestion = choice_of(QUESTIONS)

__all__ = ["QUESTIONS", "AnyQuestion", "Question"]
