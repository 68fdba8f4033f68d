"""Shapes anywhere in a picture: convolutions against dense layers."""

from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change, classify, convolve, dense

CONVOLUTIONS: list[Document] = [
    *convolve(16),
    {"kind": "max_pool2d"},
    *convolve(32),
    {"kind": "max_pool2d"},
    *convolve(64),
    {"kind": "global_max_pool"},
]
RESIDUALS: list[Document] = [
    *convolve(24),
    {"kind": "max_pool2d"},
    {"kind": "residual", "layers": convolve(24, 24)[:-1]},
    {"kind": "relu"},
    {"kind": "max_pool2d"},
    {"kind": "residual", "layers": convolve(24, 24)[:-1]},
    {"kind": "relu"},
    {"kind": "global_max_pool"},
]


def side_by_side(filters: int) -> Document:
    """Windows of 1, 3 and 5 pixels look at the same picture. Source: Szegedy et al. 2014, arXiv:1409.4842."""
    windows = [
        {"kind": "conv2d", "filters": filters, "kernel": size, "padding": size // 2, "bias": False}
        for size in (1, 3, 5)
    ]
    return {"kind": "branches", "join": "concat", "branches": [{"layers": [window]} for window in windows]}


INCEPTION: list[Document] = [
    *convolve(16),
    {"kind": "max_pool2d"},
    side_by_side(12),
    {"kind": "batch_norm2d"},
    {"kind": "relu"},
    {"kind": "max_pool2d"},
    side_by_side(12),
    {"kind": "batch_norm2d"},
    {"kind": "relu"},
    {"kind": "global_max_pool"},
]
# As many weights as the convolutions have, all of them in the first layer.
DENSE: list[Document] = [{"kind": "flatten"}, *dense(23, activation="relu")]
REACHED = (Reaches("test_accuracy", at_least=0.97, seconds=90),)

SHAPES_CONVOLUTION = Preset(
    name="shapes-anywhere",
    title="Shapes, anywhere",
    family="Pictures",
    summary="A filter finds its shape wherever it lies; a dense layer has to learn every place anew.",
    question="Why do networks that see share their weights?",
    try_this="Put all shapes in the middle: now the dense network learns them too.",
    try_edits=(change("/networks/main/layers", DENSE), change("/dataset/scatter", 0.0)),
    experiment=classify(
        {"kind": "shapes"},
        CONVOLUTIONS,
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.004},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 25},
    ),
    variants=(
        Variant("Convolutions", (), REACHED),
        Variant(
            "Dense, as many weights",
            (change("/networks/main/layers", DENSE),),
            (Reaches("test_accuracy", at_most=0.8, seconds=60),),
        ),
        Variant("Residuals", (change("/networks/main/layers", RESIDUALS),), REACHED),
        Variant("Windows side by side", (change("/networks/main/layers", INCEPTION),), REACHED),
    ),
)
