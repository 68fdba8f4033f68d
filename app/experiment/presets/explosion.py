"""A learning rate that makes every step overshoot."""

from app.experiment.presets.preset import Fails, Preset, alone, change, dense, predict

EXPLOSION = Preset(
    name="it-explodes",
    title="It explodes",
    family="Learning",
    summary="Every step overshoots further than the one before, until the loss is no number any more.",
    question="What does it look like when the learning rate is far too large?",
    try_this="Set the learning rate to 0.03: the same network learns the plane in seconds.",
    try_edits=(change("/optimizer/lr", 0.03),),
    experiment=predict(
        {"kind": "plane"},
        dense(8, activation="relu"),
        optimizer={"kind": "sgd", "lr": 10.0},
        training={"batch_size": 10, "epochs": 50},
    ),
    variants=alone(Fails("diverged")),
)
