"""Which pixel belongs to which shape."""

from app.experiment.presets.preset import Document, Preset, Reaches, alone, change, classify, convolve


def level(filters: int, inner: list[Document]) -> list[Document]:
    """One level of a U-Net: down, what lies below, up, beside what came in. Source: Ronneberger et al. 2015,
    arXiv:1505.04597."""
    down: list[Document] = [{"kind": "max_pool2d"}, *inner, {"kind": "upsample", "scale_factor": 2}]
    return [*convolve(filters), {"kind": "skip", "layers": down}, *convolve(filters)]


U_NET = level(16, level(32, convolve(32)))

SHAPES_UNET = Preset(
    name="shapes-masks",
    title="Outlines, pixel by pixel",
    family="Pictures",
    summary="A U-Net says for every pixel what it belongs to: it looks from far away, and keeps the fine lines.",
    question="How can an answer be as large as the picture?",
    try_this="Leave the shortcuts out: the shapes are found, but their outlines blur.",
    try_edits=(
        change(
            "/networks/main/layers",
            [
                *convolve(16),
                {"kind": "max_pool2d"},
                *convolve(32),
                {"kind": "max_pool2d"},
                *convolve(32),
                {"kind": "upsample", "scale_factor": 2},
                *convolve(32),
                {"kind": "upsample", "scale_factor": 2},
                *convolve(16),
            ],
        ),
    ),
    experiment=classify(
        {"kind": "shape_masks", "samples": 1000},
        U_NET,
        task={"kind": "segmentation"},
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.004},
        schedule={"kind": "cosine"},
        training={"batch_size": 16, "epochs": 20},
    ),
    variants=alone(Reaches("test_mean_iou", at_least=0.9, seconds=90)),
)
