"""Modules of our own, named `modules.X` in a `TorchCall`."""

from app.training.modules.adversarial import LeastSquares, Minimax, NonSaturating, Wasserstein
from app.training.modules.attention import (
    Attention,
    HeadNorm,
    LearnedPosition,
    Position,
    SinusoidalPosition,
    TransformerBlock,
)
from app.training.modules.branches import Branch, Branches
from app.training.modules.class_embedding import ClassEmbedding
from app.training.modules.class_token import ClassToken
from app.training.modules.cross_attention import CrossAttention, DecoderBlock
from app.training.modules.dice import Dice
from app.training.modules.focal import Focal
from app.training.modules.global_avg_pool import GlobalAvgPool
from app.training.modules.global_max_pool import GlobalMaxPool
from app.training.modules.hinge import Hinge
from app.training.modules.lbfgs import LBFGS
from app.training.modules.maxout import Maxout
from app.training.modules.muon import Muon
from app.training.modules.over_time import FirstStep, LastStep, MaxOverTime, MeanOverTime
from app.training.modules.permute import Permute
from app.training.modules.recurrent import GRU, LSTM, RNN, Recurrent
from app.training.modules.reshape import Reshape
from app.training.modules.residual import Residual
from app.training.modules.rprop import Rprop
from app.training.modules.sides import Reading
from app.training.modules.sine import Sine
from app.training.modules.skip import Skip
from app.training.modules.squeeze_excite import SqueezeExcite
from app.training.modules.step import Step
from app.training.modules.tied import Tied
from app.training.modules.time_embedding import TimeEmbedding

__all__ = [
    "GRU",
    "LBFGS",
    "LSTM",
    "RNN",
    "Attention",
    "Branch",
    "Branches",
    "ClassEmbedding",
    "ClassToken",
    "CrossAttention",
    "DecoderBlock",
    "Dice",
    "FirstStep",
    "Focal",
    "GlobalAvgPool",
    "GlobalMaxPool",
    "HeadNorm",
    "Hinge",
    "LastStep",
    "LearnedPosition",
    "LeastSquares",
    "MaxOverTime",
    "Maxout",
    "MeanOverTime",
    "Minimax",
    "Muon",
    "NonSaturating",
    "Permute",
    "Position",
    "Reading",
    "Recurrent",
    "Reshape",
    "Residual",
    "Rprop",
    "Sine",
    "SinusoidalPosition",
    "Skip",
    "SqueezeExcite",
    "Step",
    "Tied",
    "TimeEmbedding",
    "TransformerBlock",
    "Wasserstein",
]
