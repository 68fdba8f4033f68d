"""A series read like a picture of one row."""

from app.experiment.presets.preset import Document, Preset, Reaches, alone, change, classify


def convolve_series(filters: int, kernel: int) -> list[Document]:
    """A convolution along the series that keeps its length, normalised, with ReLU."""
    window: Document = {"kind": "conv1d", "filters": filters, "kernel": kernel, "padding": kernel // 2, "bias": False}
    return [window, {"kind": "batch_norm1d"}, {"kind": "relu"}]


LAYERS: list[Document] = [
    *convolve_series(16, 7),
    {"kind": "max_pool1d"},
    *convolve_series(32, 5),
    {"kind": "max_pool1d"},
    *convolve_series(32, 5),
    {"kind": "global_max_pool"},
]

HEARTBEATS = Preset(
    name="heartbeats",
    title="Heartbeats",
    family="Pictures",
    summary="Filters slide along a heart's voltage and find the beat that is not as it should be.",
    question="Can what reads pictures read a signal too?",
    try_this="Make the windows three moments wide, and the wide beats are harder to tell.",
    try_edits=(change("/networks/main/layers/0/kernel", 3), change("/networks/main/layers/0/padding", 1)),
    experiment=classify(
        {"kind": "ecg", "samples": 2000},
        LAYERS,
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.004},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 25},
    ),
    variants=alone(Reaches("test_accuracy", at_least=0.97, seconds=45)),
)
