"""Any digit that is asked for, out of noise."""

from app.experiment.presets.preset import Document, Preset, Reaches, alone, change, predict

TOLD: list[Document] = [
    {"kind": "linear", "units": 256},
    {"kind": "time_embedding"},
    {"kind": "class_embedding"},
    {"kind": "silu"},
]
DRAWN: list[Document] = [{"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}]

DIGITS_ASKED_FOR = Preset(
    name="digits-asked-for",
    title="Digits asked for",
    family="Generating",
    summary="The same noise becomes any digit that is asked for: the network is told which while it takes noise away.",
    question="How does one ask a network for a seven?",
    try_this="Do not tell it the class any more, and see what becomes of the same noise.",
    try_edits=(
        change("/task/conditional", False),
        change(
            "/networks/main/layers",
            [{"kind": "flatten"}, *(layer for layer in TOLD * 4 if layer["kind"] != "class_embedding"), *DRAWN],
        ),
    ),
    experiment=predict(
        {"kind": "digits"},
        [],
        task={"kind": "diffusion", "conditional": True, "sampling_steps": 20},
        networks={"main": {"layers": [{"kind": "flatten"}, *TOLD * 4, *DRAWN], "head": False}},
        optimizer={"kind": "adam", "lr": 0.002},
        schedule={"kind": "cosine"},
        training={"batch_size": 64, "epochs": 200, "averaging": 0.995},
    ),
    variants=alone(
        Reaches("validation_as_asked", at_least=0.95, seconds=30),
        Reaches("validation_copied", at_most=0.2, seconds=30),
    ),
)
