"""Stories whose true entropy is known."""

from app.experiment.experiment import VERSION
from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change


def write(dataset: Document, layers: list[Document], lr: float, epochs: int) -> Document:
    """An experiment that tells the next letter."""
    return {
        "version": VERSION,
        "seed": 0,
        "dataset": dataset,
        "task": {"kind": "language_model"},
        "networks": {"main": {"layers": layers}},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": lr},
        "schedule": {"kind": "cosine"},
        "training": {"batch_size": 16, "epochs": epochs, "regularization": {"clip_norm": 1.0}},
    }


STORIES = Preset(
    name="stories",
    title="Stories of known surprise",
    family="Sequences",
    summary="An LSTM learns stories made by rule, so how many bits a letter must cost is known to the last digit.",
    question="When is a text learned?",
    try_this="Let the windows be 24 letters long: what came before is out of sight, and each letter costs more.",
    try_edits=(change("/dataset/window", 24),),
    experiment=write(
        {"kind": "stories", "samples": 2000, "window": 192, "validation": 10, "test": 10},
        [{"kind": "embedding", "width": 16}, {"kind": "lstm", "units": 96}],
        lr=0.01,
        epochs=8,
    ),
    # True entropy: 0.128 in English, 0.405 in Chinese; what stands before a window is not known there. An interpolated
    # model of orders 3 and 7 has 1.26 and 0.26 in English.
    variants=(
        Variant("In English", (), (Reaches("test_bits_per_character", at_most=0.25, seconds=90),)),
        Variant(
            "In Chinese",
            (change("/dataset/language", "zh"),),
            (Reaches("test_bits_per_character", at_most=0.70, seconds=90),),
        ),
    ),
)
