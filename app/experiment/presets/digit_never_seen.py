"""A digit that no training sample shows, noticed by how badly it is drawn."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, dense, reconstruct

DIGIT_NEVER_SEEN = Preset(
    name="digit-never-seen",
    title="The digit it never saw",
    family="Generating",
    summary="An autoencoder that never saw a seven draws sevens badly: its error gives away what is odd.",
    question="How does one find what is odd, without one example of it?",
    try_this="Leave out the nine instead: it looks like a four, an eight and a seven, and is drawn too well.",
    try_edits=(change("/dataset/left_out", 9),),
    experiment=reconstruct(
        {"kind": "autoencoder", "code": 4, "noise": 0.1},
        dense(128, activation="gelu"),
        pixels=8,
        dataset={"kind": "digits", "left_out": 7},
        training={"batch_size": 64, "epochs": 100},
    ),
    variants=(
        Variant("Without the 7", (), (Reaches("validation_auroc", at_least=0.95, seconds=15),)),
        Variant(
            "Without the 9: the hard case",
            (change("/dataset/left_out", 9),),
            (
                Reaches("validation_auroc", at_least=0.8, seconds=15),
                Reaches("validation_auroc", at_most=0.95, seconds=15),
            ),
        ),
    ),
)
