"""Digits drawn to order."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, dense, reconstruct

TOLD = [  # the class is added to what the first layer makes of the code
    {"kind": "linear", "units": 256},
    {"kind": "class_embedding"},
    {"kind": "gelu"},
    *dense(256, activation="gelu"),
]
DIGITS_TO_ORDER = Preset(
    name="digits-to-order",
    title="Digits to order",
    family="Generating",
    summary="The decoder is told which digit to draw, so the code keeps only the hand, and draws any digit in it.",
    question="Can a network draw a seven in the handwriting of a three?",
    try_this="Leave the hand a single number, and see what it chooses to keep.",
    try_edits=(change("/task/code", 1),),
    experiment=reconstruct(
        {"kind": "conditional_autoencoder", "code": 4, "noise": 0.1},
        TOLD,
        pixels=8,
        training={"batch_size": 64, "epochs": 150},
    ),
    variants=alone(Reaches("test_r2", at_least=0.7, seconds=30)),
)
