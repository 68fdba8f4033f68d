"""A curve, and what comes outside of it."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, dense, predict

CURVE = Preset(
    name="curve",
    title="A curve, also outside its range",
    family="Generalising",
    summary="Between the points the network follows x · sin x; beyond them it goes its own way.",
    question="What does a network know of places where it has seen nothing?",
    try_this="Use Sine as activation: then it goes on in waves, which need not be the right ones either.",
    try_edits=(
        change("/networks/main/layers/1", {"kind": "sine"}),
        change("/networks/main/layers/3", {"kind": "sine"}),
    ),
    experiment=predict(
        {"kind": "curve", "function": "x_sin_x", "samples": 300},
        dense(32, 32),
        optimizer={"kind": "adam", "lr": 0.01},
        training={"batch_size": 20, "epochs": 200},
    ),
    variants=alone(Reaches("validation_rmse", at_most=0.25, seconds=30)),
)
