"""The layers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.layers.adaptive_avg_pool1d import AdaptiveAvgPool1d
from app.parts.layers.adaptive_avg_pool2d import AdaptiveAvgPool2d
from app.parts.layers.adaptive_max_pool2d import AdaptiveMaxPool2d
from app.parts.layers.alpha_dropout import AlphaDropout
from app.parts.layers.attention import Attention
from app.parts.layers.avg_pool1d import AvgPool1d
from app.parts.layers.avg_pool2d import AvgPool2d
from app.parts.layers.batch_norm1d import BatchNorm1d
from app.parts.layers.batch_norm2d import BatchNorm2d
from app.parts.layers.branches import Branch, Branches
from app.parts.layers.class_embedding import ClassEmbedding
from app.parts.layers.class_token import ClassToken
from app.parts.layers.conv1d import Conv1d
from app.parts.layers.conv2d import Conv2d
from app.parts.layers.conv_transpose2d import ConvTranspose2d
from app.parts.layers.cross_attention import CrossAttention
from app.parts.layers.decoder_block import DecoderBlock
from app.parts.layers.dropout import Dropout
from app.parts.layers.dropout2d import Dropout2d
from app.parts.layers.elu import Elu
from app.parts.layers.embedding import Embedding
from app.parts.layers.first_step import FirstStep
from app.parts.layers.flatten import Flatten
from app.parts.layers.gelu import Gelu
from app.parts.layers.global_avg_pool import GlobalAvgPool
from app.parts.layers.global_max_pool import GlobalMaxPool
from app.parts.layers.group_norm import GroupNorm
from app.parts.layers.gru import Gru
from app.parts.layers.hardtanh import Hardtanh
from app.parts.layers.identity import Identity
from app.parts.layers.instance_norm1d import InstanceNorm1d
from app.parts.layers.instance_norm2d import InstanceNorm2d
from app.parts.layers.last_step import LastStep
from app.parts.layers.layer import Layer
from app.parts.layers.layer_norm import LayerNorm
from app.parts.layers.leaky_relu import LeakyRelu
from app.parts.layers.learned_position import LearnedPosition
from app.parts.layers.linear import Linear
from app.parts.layers.lstm import Lstm
from app.parts.layers.max_over_time import MaxOverTime
from app.parts.layers.max_pool1d import MaxPool1d
from app.parts.layers.max_pool2d import MaxPool2d
from app.parts.layers.maxout import Maxout
from app.parts.layers.mean_over_time import MeanOverTime
from app.parts.layers.mish import Mish
from app.parts.layers.permute import Permute
from app.parts.layers.prelu import Prelu
from app.parts.layers.relu import Relu
from app.parts.layers.reshape import Reshape
from app.parts.layers.residual import Residual
from app.parts.layers.rms_norm import RmsNorm
from app.parts.layers.rnn import Rnn
from app.parts.layers.selu import Selu
from app.parts.layers.sigmoid import Sigmoid
from app.parts.layers.silu import Silu
from app.parts.layers.sine import Sine
from app.parts.layers.sinusoidal_position import SinusoidalPosition
from app.parts.layers.skip import Skip
from app.parts.layers.softmax import Softmax
from app.parts.layers.softplus import Softplus
from app.parts.layers.softsign import Softsign
from app.parts.layers.squeeze_excite import SqueezeExcite
from app.parts.layers.step import Step
from app.parts.layers.tanh import Tanh
from app.parts.layers.time_embedding import TimeEmbedding
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.layers.upsample import Upsample
from app.parts.layers.zero_pad2d import ZeroPad2d

LAYERS = (
    Linear,
    Maxout,
    Conv1d,
    Conv2d,
    ConvTranspose2d,
    MaxPool1d,
    MaxPool2d,
    AvgPool1d,
    AvgPool2d,
    AdaptiveAvgPool1d,
    AdaptiveAvgPool2d,
    AdaptiveMaxPool2d,
    GlobalAvgPool,
    GlobalMaxPool,
    Relu,
    LeakyRelu,
    Elu,
    Selu,
    Gelu,
    Silu,
    Mish,
    Tanh,
    Sigmoid,
    Softplus,
    Softsign,
    Hardtanh,
    Prelu,
    Sine,
    Step,
    Softmax,
    BatchNorm1d,
    BatchNorm2d,
    LayerNorm,
    GroupNorm,
    InstanceNorm1d,
    InstanceNorm2d,
    RmsNorm,
    Dropout,
    Dropout2d,
    AlphaDropout,
    Flatten,
    Reshape,
    Permute,
    Upsample,
    ZeroPad2d,
    Residual,
    Skip,
    Branches,
    SqueezeExcite,
    Identity,
    Embedding,
    Rnn,
    Lstm,
    Gru,
    LearnedPosition,
    SinusoidalPosition,
    Attention,
    TransformerBlock,
    CrossAttention,
    DecoderBlock,
    ClassToken,
    FirstStep,
    LastStep,
    MeanOverTime,
    MaxOverTime,
    ClassEmbedding,
    TimeEmbedding,
)
AnyLayer = choice_of(LAYERS)

for holder in (Branch, Branches, Residual, Skip):
    holder.model_rebuild(_types_namespace={"AnyLayer": AnyLayer})

__all__ = ["LAYERS", "AnyLayer", "Layer"]
