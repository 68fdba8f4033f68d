"""The initializers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.initializers.constant import Constant
from app.parts.initializers.default import Default
from app.parts.initializers.initializer import Initializer
from app.parts.initializers.kaiming_normal import KaimingNormal
from app.parts.initializers.kaiming_uniform import KaimingUniform
from app.parts.initializers.normal import Normal
from app.parts.initializers.orthogonal import Orthogonal
from app.parts.initializers.xavier_normal import XavierNormal
from app.parts.initializers.xavier_uniform import XavierUniform
from app.parts.initializers.zeros import Zeros

INITIALIZERS = (
    Default,
    XavierUniform,
    XavierNormal,
    KaimingUniform,
    KaimingNormal,
    Orthogonal,
    Zeros,
    Constant,
    Normal,
)
AnyInitializer = choice_of(INITIALIZERS)

__all__ = ["INITIALIZERS", "AnyInitializer", "Initializer"]
