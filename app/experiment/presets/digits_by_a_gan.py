"""Handwritten digits, drawn against an opponent."""

from collections.abc import Sequence

from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change, generate

SLOPE: Document = {"kind": "leaky_relu", "negative_slope": 0.2}
NORMED: list[Document] = [{"kind": "batch_norm1d"}, {"kind": "relu"}]
CLASS: list[Document] = [{"kind": "class_embedding"}]
PICTURE: list[Document] = [
    {"kind": "linear", "units": 64},
    {"kind": "sigmoid"},
    {"kind": "reshape", "sizes": [1, 8, 8]},
]


def linear(units: int, **others: bool) -> Document:
    """So many neurons."""
    return {"kind": "linear", "units": units, **others}


def drawing(told: Sequence[Document] = ()) -> list[Document]:
    """The generator's layers; `told` is what tells them the class."""
    return [linear(128, bias=False), *told, *NORMED, linear(256, bias=False), *told, *NORMED, *PICTURE]


def telling_apart(told: Sequence[Document] = ()) -> list[Document]:
    """The discriminator's layers."""
    return [{"kind": "flatten"}, linear(256), *told, SLOPE, linear(128), *told, SLOPE]


LEARNING = {"optimizer": {"kind": "adam", "lr": 0.0005, "beta1": 0.5}, "schedule": {"kind": "constant"}}
TRAINING = {"batch_size": 64, "averaging": 0.998}

DIGITS_BY_A_GAN = Preset(
    name="digits-by-a-gan",
    title="Digits by a GAN",
    family="Generating",
    summary="A generator never sees a digit, and draws them: another network tells it what would look more real.",
    question="Who teaches a network that has never seen what it is to draw?",
    try_this="Let the discriminator's score be as steep as it likes (no R1), and watch the classes.",
    try_edits=(change("/task/r1", 0.0),),
    experiment=generate(
        {"kind": "digits"},
        128,
        task={"kind": "gan", "latent": 16, "r1": 0.2},
        networks={
            "generator": {"layers": drawing(), "head": False},
            "discriminator": {"layers": telling_apart()},
        },
        loss={"kind": "non_saturating"},
        training={**TRAINING, "epochs": 400},
        **LEARNING,
    ),
    variants=(
        Variant(
            "Any digit",
            (),
            (
                Reaches("validation_confident", at_least=0.8, seconds=60),
                Reaches("validation_rarest_class", at_least=0.03, seconds=60),
            ),
        ),
        Variant(
            "The digit that is asked for",
            (
                change("/task/conditional", True),
                change("/networks/generator/layers", drawing(CLASS)),
                change("/networks/discriminator/layers", telling_apart(CLASS)),
                change("/training/epochs", 150),
            ),
            (Reaches("validation_as_asked", at_least=0.95, seconds=20),),
        ),
    ),
)
