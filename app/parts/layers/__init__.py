"""The layers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.layers.batch_norm1d import BatchNorm1d
from app.parts.layers.conv2d import Conv2d
from app.parts.layers.dropout import Dropout
from app.parts.layers.elu import Elu
from app.parts.layers.flatten import Flatten
from app.parts.layers.gelu import Gelu
from app.parts.layers.hardtanh import Hardtanh
from app.parts.layers.identity import Identity
from app.parts.layers.layer import Layer
from app.parts.layers.layer_norm import LayerNorm
from app.parts.layers.leaky_relu import LeakyRelu
from app.parts.layers.linear import Linear
from app.parts.layers.mish import Mish
from app.parts.layers.prelu import Prelu
from app.parts.layers.relu import Relu
from app.parts.layers.residual import Residual
from app.parts.layers.selu import Selu
from app.parts.layers.sigmoid import Sigmoid
from app.parts.layers.silu import Silu
from app.parts.layers.sine import Sine
from app.parts.layers.softmax import Softmax
from app.parts.layers.softplus import Softplus
from app.parts.layers.softsign import Softsign
from app.parts.layers.step import Step
from app.parts.layers.tanh import Tanh

LAYERS = (
    Linear,
    Conv2d,
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
    Dropout,
    BatchNorm1d,
    LayerNorm,
    Flatten,
    Residual,
    Identity,
)
AnyLayer = choice_of(LAYERS)

Residual.model_rebuild(_types_namespace={"AnyLayer": AnyLayer})

__all__ = ["LAYERS", "AnyLayer", "Layer"]
