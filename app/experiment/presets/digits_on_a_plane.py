"""Digits on the plane of two numbers."""

from app.experiment.presets.digits_out_of_noise import LEARNING, VAE
from app.experiment.presets.preset import Preset, Reaches, alone, change, dense, reconstruct

DIGITS_ON_A_PLANE = Preset(
    name="digits-on-a-plane",
    title="Digits on a plane",
    family="Generating",
    summary="A code of two numbers is a map: each place on it is a digit, and between two digits lies one of both.",
    question="Where does a three lie, and what lies between it and an eight?",
    try_this="Let what is lost weigh less: neighbours run into one another.",
    try_edits=(change("/task/spread", 0.4),),
    experiment=reconstruct({**VAE, "code": 2, "spread": 0.2}, dense(256, 256, activation="gelu"), pixels=8, **LEARNING),
    variants=alone(Reaches("validation_active_units", at_least=2), Reaches("validation_r2", at_least=0.4)),
)
