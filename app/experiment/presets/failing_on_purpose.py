"""Three ways in which a GAN fails."""

from app.experiment.presets.preset import Preset, Reaches, Variant, change, dense, generate

ALL_REACHED = Reaches("validation_islands", at_least=1, seconds=30, held=5)
NONE_REACHED = Reaches("validation_islands", at_most=0.125, seconds=30, held=5)
LAYERS = dense(64, 64, activation="leaky_relu")
OWN_OPTIMIZER = "/networks/discriminator/optimizer"
AS_FAST = change(OWN_OPTIMIZER, {"kind": "adam", "lr": 0.001, "beta1": 0.5})
RESCUED = (AS_FAST, change("/task/r1", 0.5))
TOO_STRONG = (
    change("/loss", {"kind": "minimax"}),
    change("/task/discriminator_steps", 5),
    change("/networks/generator/optimizer", {"kind": "sgd", "lr": 0.005}),
    change(OWN_OPTIMIZER, {"kind": "adam", "lr": 0.05, "beta1": 0.5}),
)
TOO_FAST = (change("/optimizer/lr", 0.05), change(OWN_OPTIMIZER, None))

FAILING_ON_PURPOSE = Preset(
    name="failing-on-purpose",
    title="Failing on purpose",
    family="Generating",
    summary="Three games that go wrong, each with its rescue. Losses hide it; islands, diversity and gradients do not.",
    question="How does one see that a GAN has failed?",
    try_this="Give the discriminator the generator's learning rate: the islands are found.",
    try_edits=RESCUED,
    experiment=generate(
        {"kind": "islands", "samples": 5000},
        64,
        task={"kind": "gan", "latent": 8},
        networks={
            "generator": {"layers": LAYERS},
            "discriminator": {"layers": LAYERS, "optimizer": {"kind": "adam", "lr": 0.00005, "beta1": 0.5}},
        },
        optimizer={"kind": "adam", "lr": 0.001, "beta1": 0.5},
        schedule={"kind": "constant"},
        training={"batch_size": 128, "epochs": 150},
    ),
    variants=(
        Variant(
            "Collapse: a weak discriminator",
            (),
            (NONE_REACHED, Reaches("validation_diversity", at_most=0.3, seconds=30)),
        ),
        Variant("Collapse, rescued: both learn at the same rate", RESCUED, (ALL_REACHED,)),
        Variant(
            "A discriminator that is too strong",
            TOO_STRONG,
            (NONE_REACHED, Reaches("train_distance", at_least=1, seconds=30)),
        ),
        Variant(
            "Too strong, rescued: it is slowed down, and Adam makes much of small gradients",
            (
                change("/loss", {"kind": "minimax"}),
                change("/networks/generator/optimizer", {"kind": "adam", "lr": 0.001, "beta1": 0.5}),
                *RESCUED,
            ),
            (ALL_REACHED,),
        ),
        Variant(
            "A learning rate that is too high", TOO_FAST, (Reaches("validation_coverage", at_most=0.3, seconds=30),)
        ),
        Variant(
            "Too high, rescued: a fiftieth of it",
            (change("/optimizer/lr", 0.001), change(OWN_OPTIMIZER, None), change("/task/r1", 0.5)),
            (ALL_REACHED,),
        ),
    ),
)
