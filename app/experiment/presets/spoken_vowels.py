"""Vowels by their spectrogram."""

from app.experiment.presets.heartbeats import convolve_series
from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change, classify

HEARS = Reaches("test_accuracy", at_least=0.95, seconds=30)  # logistic regression on the same numbers: 0.78
FILTERS: list[Document] = [
    *convolve_series(32, 5),
    *convolve_series(32, 5),
    *convolve_series(32, 5),
    {"kind": "global_max_pool"},
]

SPOKEN_VOWELS = Preset(
    name="spoken-vowels",
    title="Which vowel was it?",
    family="Sequences",
    summary="A GRU hears vowels and glides spoken by voices it never heard, moment by moment.",
    question="What makes “ai” another sound than “ia”?",
    try_this="Put the mean over time in place of the GRU: what is left says which bands were loud, not when.",
    try_edits=(change("/networks/main/layers", [{"kind": "mean_over_time"}]),),
    experiment=classify(
        {"kind": "vowels", "samples": 4000, "standardize": True},
        [{"kind": "gru", "units": 48}, {"kind": "max_over_time"}],
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.01},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 15, "regularization": {"clip_norm": 1.0}},
    ),
    variants=(
        Variant("GRU", (), (HEARS,)),
        Variant("Convolution", (change("/networks/main/layers", FILTERS), change("/optimizer/lr", 0.005)), (HEARS,)),
    ),
)
