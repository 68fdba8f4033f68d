"""Two clouds and one neuron."""

from app.experiment.presets.preset import Preset, Reaches, alone, change, classify

ONE_NEURON = Preset(
    name="one-neuron",
    title="One neuron",
    family="First steps",
    summary="A single neuron lays one straight line between two clouds.",
    question="What can one neuron learn?",
    try_this="Choose the circle instead: no straight line can part a disc from its ring.",
    try_edits=(change("/dataset/kind", "circle"),),
    experiment=classify(
        {"kind": "gaussians", "samples": 300, "noise": 0.4},
        [],
        optimizer={"kind": "sgd", "lr": 0.03},
        training={"batch_size": 10, "epochs": 60},
    ),
    variants=alone(Reaches("validation_accuracy", at_least=0.95, seconds=10)),
)
