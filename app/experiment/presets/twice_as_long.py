"""A rule, or only rows of the lengths that were seen?"""

from app.experiment.presets.counting import tag
from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change

BLOCK: Document = {"kind": "transformer_block", "heads": 4, "feedforward": 256, "rotary": True}
BLOCKS: list[Document] = [{"kind": "embedding", "width": 64}, BLOCK, BLOCK, {"kind": "layer_norm"}]
TRANSFORMER = (change("/networks/main/layers", BLOCKS), change("/optimizer/lr", 0.002))
NOT_LONGER = Reaches("test_exact", at_most=0.2, seconds=60)

TWICE_AS_LONG = Preset(
    name="twice-as-long",
    title="Twice as long",
    family="Sequences",
    summary="Rows of five digits at most are learned, rows of up to ten are asked: the grid shows where it ends.",
    question="Was a rule learned, or only rows of those lengths?",
    try_this="Ask for the parity: the rule needs a state of one bit; an LSTM finds it, and is right at any length.",
    try_edits=(change("/dataset/puzzle", "parity"),),
    experiment=tag(
        {"kind": "puzzles", "samples": 5000},
        [{"kind": "embedding", "width": 32}, {"kind": "lstm", "units": 96}],
        optimizer={"kind": "adam", "lr": 0.005},
        schedule={"kind": "cosine"},
        training={"batch_size": 64, "epochs": 12, "like_length": True, "regularization": {"clip_norm": 1.0}},
    ),
    # Right rows of up to 5 digits and of 6 to 10, seed 0: backwards LSTM 91 and 3 %, Transformer 100 and 2 %; parity
    # 100 and 100 %, 100 and 56 %, which is a guess; sort 100 and 37 %, 100 and 33 %; addition 16 and 0 %, 19 and 0 %.
    variants=(
        Variant("Backwards, LSTM", (), (Reaches("train_exact", at_least=0.9, seconds=60), NOT_LONGER)),
        Variant(
            "Backwards, Transformer",
            TRANSFORMER,
            (Reaches("train_exact", at_least=0.9, seconds=90), NOT_LONGER),
        ),
        Variant(
            "Parity, LSTM",
            (change("/dataset/puzzle", "parity"),),
            (Reaches("test_exact", at_least=0.95, seconds=60),),
        ),
        Variant(
            "Parity, Transformer",
            (change("/dataset/puzzle", "parity"), *TRANSFORMER),
            (Reaches("train_exact", at_least=0.95, seconds=90), Reaches("test_exact", at_most=0.8, seconds=90)),
        ),
    ),
)
