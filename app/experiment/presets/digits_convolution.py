"""Handwritten digits with convolutions."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, classify, convolve

DIGITS_CONVOLUTION = Preset(
    name="digits-convolution",
    title="Digits, by convolutions",
    family="Pictures",
    summary="Filters that slide over the picture read digits better than dense layers with about as many weights.",
    question="What is gained when a network knows that pixels have neighbours?",
    try_this="Take the second pair of convolutions away, and see how far small patterns alone get.",
    try_edits=(change("/networks/main/layers", [*convolve(16, 16), {"kind": "max_pool2d"}, {"kind": "flatten"}]),),
    experiment=classify(
        {"kind": "digits", "validation": 15},
        [
            *convolve(16, 16),
            {"kind": "max_pool2d"},
            {"kind": "dropout", "p": 0.1},
            *convolve(32, 32),
            {"kind": "max_pool2d"},
            {"kind": "flatten"},
        ],
        loss={"kind": "cross_entropy", "label_smoothing": 0.05},
        optimizer={"kind": "adam", "lr": 0.004},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 25},
    ),
    variants=alone(Reaches("test_accuracy", at_least=0.985, seconds=60)),
)
