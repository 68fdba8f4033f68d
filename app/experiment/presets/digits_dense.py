"""Handwritten digits with fully connected layers."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, classify, dense

DIGITS_DENSE = Preset(
    name="digits",
    title="Handwritten digits",
    family="Real data",
    summary="Fully connected layers read handwritten digits of 8 × 8 pixels, more than 96 of 100 rightly.",
    question="How far do fully connected layers get with pictures?",
    try_this="Take all hidden layers away: it is astonishing how far a single layer gets.",
    try_edits=(change("/networks/main/layers", [{"kind": "flatten"}]),),
    experiment=classify(
        {"kind": "digits"},
        [
            {"kind": "flatten"},
            *dense(128, activation="relu"),
            {"kind": "dropout", "p": 0.3},
            *dense(64, activation="relu"),
        ],
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.002},
        training={"batch_size": 32, "epochs": 60},
    ),
    variants=alone(Reaches("test_accuracy", at_least=0.96, seconds=30)),
)
