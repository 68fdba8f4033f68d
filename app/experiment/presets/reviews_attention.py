"""Opinions read by attention."""

from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change, classify

LAYERS = "/networks/main/layers"
BLOCK: Document = {"kind": "transformer_block", "heads": 4, "feedforward": 128, "rotary": True}
EMBEDDING: Document = {"kind": "embedding", "width": 64}
LSTM: list[Document] = [{"kind": "embedding", "width": 32}, {"kind": "lstm", "units": 64}, {"kind": "max_over_time"}]

REVIEWS_ATTENTION = Preset(
    name="transformer-reads-reviews",
    title="A Transformer reads reviews",
    family="Sequences",
    summary="Two Transformer blocks tell good reviews from bad ones; maps show which words each head looks at.",
    question="Which words does a Transformer look at?",
    try_this="Switch the rotary positions off in both blocks: without them it does not know the order of the words.",
    try_edits=(change(f"{LAYERS}/1/rotary", False), change(f"{LAYERS}/2/rotary", False)),
    experiment=classify(
        {"kind": "reviews", "samples": 4000},
        [EMBEDDING, BLOCK, BLOCK, {"kind": "layer_norm"}, {"kind": "max_over_time"}],
        optimizer={"kind": "adam", "lr": 0.003},
        schedule={"kind": "cosine"},
        training={"batch_size": 32, "epochs": 10, "like_length": True},
    ),
    variants=(
        Variant("Transformer", (), (Reaches("test_accuracy", at_least=0.98, seconds=40),)),
        Variant(
            "In Chinese",
            (change("/dataset/language", "zh"),),
            (Reaches("test_accuracy", at_least=0.98, seconds=40),),
        ),
        Variant("LSTM", (change(LAYERS, LSTM),), (Reaches("test_accuracy", at_least=0.98, seconds=15),)),
        Variant(
            "Bag of words",
            (change(LAYERS, [EMBEDDING, {"kind": "mean_over_time"}]),),
            (Reaches("test_accuracy", at_most=0.75, seconds=15),),
        ),
    ),
)
