"""Handwritten digits with fully connected layers."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, classify, dense

DIGITS_DENSE = Preset(
    name="digits",
    title="Handwritten digits",
    family="Real data",
    summary="Fully connected layers read handwritten digits of 8 × 8 pixels, more than 96 of 100 rightly.",
    question="How far do fully connected layers get with pictures?",
    try_this="Replace the hidden layers by none at all: it is astonishing how far that gets.",
    try_edits=(change("/networks/main/layers", [{"kind": "flatten"}]),),
    experiment=classify(
        {"kind": "digits"},
        [{"kind": "flatten"}, *dense(64, 32, activation="relu")],
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.003},
        training={"batch_size": 32, "epochs": 40},
    ),
    variants=alone(Reaches("test_accuracy", at_least=0.96, seconds=30)),
)
