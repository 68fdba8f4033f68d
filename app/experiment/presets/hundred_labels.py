"""A hundred labelled reviews, and a network that has read thousands without labels."""

from app.experiment.presets.preset import After, Preset, Reaches, Variant, change, classify
from app.experiment.presets.strange_words_masked import ENCODER, START, STRANGE_WORDS_MASKED

NEGATION = "/dataset/negation"
NOT = change(NEGATION, 0.5)

HUNDRED_LABELS = Preset(
    name="hundred-labels",
    title="A hundred labels",
    family="Sequences",
    summary="BERT’s second stage: begun from the network that filled in words, a hundred labels are enough.",
    question="What are texts worth that nobody has labelled?",
    try_this="Let half of the remarks say it by “not” and the opposite: now the first stage gains nothing.",
    try_edits=(NOT,),
    experiment=classify(
        {
            "kind": "strange_words", "samples": 1000, "validation": 10, "test": 80,  # 100 are left to learn from
            "fewest": 1, "most": 2, "negation": 0.0, "seed": 2,
        },
        [],
        networks={"main": {"layers": [*ENCODER, {"kind": "mean_over_time"}], "initializer": START}},
        optimizer={"kind": "adam", "lr": 0.001},
        training={"batch_size": 16, "epochs": 15},
    ),
    variants=(
        Variant("From drawn weights", (), (Reaches("test_accuracy", at_most=0.72, seconds=10),)),
        Variant("Begun from the first stage", (), (Reaches("test_accuracy", at_least=0.93, seconds=10),), started=True),
        Variant("With “not”, from drawn weights", (NOT,), (Reaches("test_accuracy", at_most=0.65, seconds=10),)),
        Variant(
            "With “not”, begun from the first stage: nothing gained",
            (NOT,),
            (Reaches("test_accuracy", at_most=0.65, seconds=10),),
            started=True,
        ),
    ),
    after=After(STRANGE_WORDS_MASKED.name, {"main": "main"}, shared=(NEGATION,)),
)  # fmt: skip
