"""Few photographs, with and without augmentation."""

from app.experiment.presets.preset import Document, Preset, Reaches, Variant, change, classify

AUGMENTED = {"shift": 2, "flip": True, "rotate": 10.0, "scale": 0.1, "noise": 0.03, "colour": 0.2}


def level(filters: int) -> list[Document]:
    """A convolution of 3 x 3, and half the size."""
    return [{"kind": "conv2d", "filters": filters, "padding": 1}, {"kind": "relu"}, {"kind": "max_pool2d"}]


FEW_FACES = Preset(
    name="few-faces",
    title="A face, or not",
    family="Pictures",
    summary="Twenty photographs, shifted, flipped and turned a little every time, are worth many.",
    question="What can be done where there are few examples?",
    try_this="Turn augmentation off: the training photographs are soon known by heart, and more of the new ones are"
    " mistaken.",
    try_edits=(change("/training/augmentation", {}),),
    experiment=classify(
        {"kind": "faces", "validation": 10, "test": 80},  # 20 photographs are left to learn from
        [*level(16), *level(32), *level(32), {"kind": "flatten"}],
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "adam", "lr": 0.002},
        schedule={"kind": "cosine"},
        training={"batch_size": 10, "epochs": 150, "augmentation": AUGMENTED},
    ),
    variants=(
        Variant("With augmentation", (), (Reaches("test_accuracy", at_least=0.95, seconds=60),)),
        Variant(
            "Without",
            (change("/training/augmentation", {}),),
            (Reaches("test_accuracy", at_most=0.93, seconds=60),),
        ),
    ),
)
