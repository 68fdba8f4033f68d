"""A GRU that keeps a row of digits in its state."""

from app.experiment.presets.counting import tag
from app.experiment.presets.preset import Preset, Reaches, Variant, change

NINE_OF_TEN = Reaches("test_exact", at_least=0.9, seconds=40)

SAYING_IT_BACKWARDS = Preset(
    name="saying-it-backwards",
    title="Saying it backwards",
    family="Sequences",
    summary="A GRU reads up to six digits, keeps them all in its state, and says them again in the other order.",
    question="How much fits into a state?",
    try_this="Make the rows up to twelve digits long, and see at which place it begins to be wrong.",
    try_edits=(change("/dataset/most", 12),),
    experiment=tag(
        {"kind": "repeating", "samples": 10_000},
        [{"kind": "embedding", "width": 16}, {"kind": "gru", "units": 64}],
        optimizer={"kind": "adam", "lr": 0.01},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 20, "regularization": {"clip_norm": 1.0}},
    ),
    variants=(
        Variant("Backwards", (), (NINE_OF_TEN,)),
        Variant("In the same order", (change("/dataset/order", "same"),), (NINE_OF_TEN,)),
    ),
)
