"""The tones of Mandarin by their pitch."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, classify
from app.experiment.presets.spoken_vowels import FILTERS

HEARS = Reaches("test_accuracy", at_least=0.95, seconds=30)  # logistic regression: 0.47; on a few features, 0.63

MANDARIN_TONES = Preset(
    name="mandarin-tones",
    title="Four tones",
    family="Sequences",
    summary="A GRU tells the four tones of Mandarin by how the pitch moves, whoever speaks, high or low.",
    question="Can a tone be told without knowing the voice?",
    try_this="Make the pitch noisier, as a bad microphone would, and more of them are mistaken for each other.",
    try_edits=(change("/dataset/noise", 0.3),),
    experiment=classify(
        {"kind": "mandarin_tones", "samples": 4000},
        [{"kind": "gru", "units": 32}, {"kind": "max_over_time"}],
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.01},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 20, "regularization": {"clip_norm": 1.0}},
    ),
    variants=(
        Variant("GRU", (), (HEARS,)),
        Variant("Convolution", (change("/networks/main/layers", FILTERS),), (HEARS,)),
    ),
)
