"""Spoken vowels and tones: what their numbers say, and that no straight boundary tells them apart."""

from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from app.experiment.check import check
from app.experiment.presets.mandarin_tones import MANDARIN_TONES
from app.experiment.presets.spoken_vowels import SPOKEN_VOWELS
from app.parts.datasets.mandarin_tones import MandarinTones
from app.parts.datasets.prepared import prepare
from app.parts.datasets.preview import preview
from app.parts.datasets.vowel_synthesis import VOWELS, middles
from app.parts.datasets.vowels import Vowels
from app.training.baselines.features import of_series

SOUNDS: list[Any] = [Vowels(samples=2000), MandarinTones(samples=2000)]


def test_the_bands_of_a_vowel_are_loud_at_its_formants() -> None:
    prepared = prepare(Vowels(samples=2000, noise=0), None)
    loud = {
        vowel: prepared.raw[prepared.targets == number].max(axis=2).mean(axis=0)  # (bands,) over all voices
        for number, vowel in enumerate(VOWELS[:5])
    }

    def at(vowel: str, hertz: float) -> float:
        return float(np.interp(hertz, middles(), loud[vowel]))

    assert min(at("a", 850), at("o", 850)) > max(at("i", 850), at("e", 850)) + 0.1
    assert min(at("i", 2200), at("e", 2000)) > max(at("o", 2100), at("u", 2100)) + 0.2
    assert at("a", 1350) > max(at(other, 1350) for other in "iu") + 0.1


def test_the_pitch_of_a_tone_moves_as_its_contour_does() -> None:
    prepared = prepare(MandarinTones(samples=2000, noise=0), None)
    ends = np.zeros((4, 2))  # how far the pitch moves in the first and in the second half, by tone
    for tone in range(4):
        moves: list[tuple[float, float]] = []
        for pitch, loud in prepared.raw[prepared.targets == tone]:
            spoken = pitch[loud > 0]
            half = len(spoken) // 2
            moves.append((spoken[half] - spoken[0], spoken[-1] - spoken[half]))
        ends[tone] = np.mean(moves, axis=0)
    assert abs(ends[0]).max() < 0.1  # octaves
    assert ends[1, 1] > 0.15
    assert ends[2, 0] < -0.1 < 0 < ends[2, 1]
    assert ends[3].max() < -0.15


@pytest.mark.parametrize("dataset", SOUNDS, ids=lambda dataset: dataset.kind)
def test_no_straight_boundary_tells_sounds_apart(dataset: Any) -> None:
    prepared = prepare(dataset, None)
    for values in (prepared.inputs.reshape(len(prepared.inputs), -1), of_series(prepared.inputs)):
        simple = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=300))
        simple.fit(values[prepared.train], prepared.targets[prepared.train])
        assert simple.score(values[prepared.test], prepared.targets[prepared.test]) < 0.9


@pytest.mark.parametrize("dataset", SOUNDS, ids=lambda dataset: dataset.kind)
def test_the_page_is_told_how_to_play_them(dataset: Any) -> None:
    told = preview(dataset, prepare(dataset, None))["sound"]
    assert told["seconds"] in (0.64, 0.8)
    assert len(told["bands"]) in (0, dataset.inputs().channels)
    assert told["bands"] == sorted(told["bands"])


@pytest.mark.parametrize("preset", [SPOKEN_VOWELS, MANDARIN_TONES], ids=lambda preset: preset.name)
def test_every_variant_of_the_presets_can_be_trained(preset: Any) -> None:
    for _, document in preset.documents():
        assert check(document).problems == []
