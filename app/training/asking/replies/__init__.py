"""What networks reply to questions, under the names of `app/parts/questions/`."""

from app.training.asking.replies.decode import DecodeReply
from app.training.asking.replies.denoise import DenoiseReply
from app.training.asking.replies.fill import FillReply
from app.training.asking.replies.forecast import ForecastReply
from app.training.asking.replies.interpolate import InterpolateReply
from app.training.asking.replies.lens import LensReply
from app.training.asking.replies.listen import ListenReply
from app.training.asking.replies.loss_by_time import LossByTimeReply
from app.training.asking.replies.next_token import NextTokenReply
from app.training.asking.replies.noise_walk import NoiseWalkReply
from app.training.asking.replies.other_mask import OtherMaskReply
from app.training.asking.replies.read import ReadReply
from app.training.asking.replies.reply import Reply
from app.training.asking.replies.sample import SampleReply
from app.training.asking.replies.step_time import StepTimeReply
from app.training.asking.replies.steps_against_quality import StepsAgainstQualityReply
from app.training.asking.replies.translate import TranslateReply
from app.training.asking.replies.without_head import WithoutHeadReply
from app.training.asking.replies.write_on import WriteOnReply

REPLIES: dict[str, type[Reply]] = {
    "write_on": WriteOnReply,
    "next_token": NextTokenReply,
    "fill": FillReply,
    "other_mask": OtherMaskReply,
    "translate": TranslateReply,
    "forecast": ForecastReply,
    "read": ReadReply,
    "listen": ListenReply,
    "sample": SampleReply,
    "noise_walk": NoiseWalkReply,
    "denoise": DenoiseReply,
    "steps_against_quality": StepsAgainstQualityReply,
    "loss_by_time": LossByTimeReply,
    "interpolate": InterpolateReply,
    "decode": DecodeReply,
    "lens": LensReply,
    "without_head": WithoutHeadReply,
    "step_time": StepTimeReply,
}

__all__ = ["REPLIES", "Reply"]
