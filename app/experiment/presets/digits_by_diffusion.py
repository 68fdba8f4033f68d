"""Handwritten digits, made out of noise by a U-Net."""

from app.experiment.presets.preset import Document, Preset, Reaches, alone, change, predict


def window(filters: int) -> Document:
    """A convolution of 3 x 3 that keeps the size."""
    return {"kind": "conv2d", "kernel": 3, "padding": 1, "filters": filters}


def told(filters: int) -> list[Document]:
    """A convolution that is told how noisy the picture is."""
    return [window(filters), {"kind": "group_norm", "groups": 4}, {"kind": "time_embedding"}, {"kind": "silu"}]


def block(filters: int) -> Document:
    """Two of them, beside what came in. Source: He et al. 2016, arXiv:1512.03385."""
    return {"kind": "residual", "layers": [*told(filters), *told(filters)]}


FROM_AFAR = [{"kind": "avg_pool2d"}, window(32), block(32), block(32), {"kind": "upsample", "scale_factor": 2}]

DIGITS_BY_DIFFUSION = Preset(
    name="digits-by-diffusion",
    title="Digits by diffusion",
    family="Generating",
    summary="A U-Net looks at a noisy picture from near and from afar, and takes a little noise away, twenty times.",
    question="How does noise become a digit that nobody wrote?",
    try_this="Draw in 2 steps instead of 20: the strokes have no time to agree on a digit.",
    try_edits=(change("/task/sampling_steps", 2),),
    experiment=predict(
        {"kind": "digits"},
        [],
        task={"kind": "diffusion", "sampling_steps": 20},
        networks={
            "main": {
                "layers": [window(16), block(16), {"kind": "skip", "layers": FROM_AFAR}, *told(16), window(1)],
                "head": False,
            }
        },
        optimizer={"kind": "adam", "lr": 0.003},
        schedule={"kind": "cosine"},
        training={"batch_size": 64, "epochs": 130, "averaging": 0.995},
    ),
    variants=alone(
        Reaches("validation_confident", at_least=0.8, seconds=90),
        Reaches("validation_rarest_class", at_least=0.03, seconds=90),
        Reaches("validation_copied", at_most=0.2, seconds=90),
    ),
)
