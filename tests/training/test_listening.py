"""A network that learned from made sounds is asked about waves: WAV files of voices that these tests speak."""

from base64 import b64encode
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from app.experiment.presets.mandarin_tones import MANDARIN_TONES
from app.experiment.presets.preset import Preset
from app.experiment.presets.spoken_vowels import SPOKEN_VOWELS
from app.parts.datasets.hearing import RATE, pitch_of
from app.parts.datasets.mandarin_tones import LENGTH, PER_SECOND, MandarinTones
from app.parts.datasets.prepared import Array
from app.parts.datasets.vowel_synthesis import VOWELS
from app.parts.datasets.vowels import Vowels
from app.parts.problem import Problem
from app.runs.folder import RunFolder
from app.training.asking.replying import piece
from app.training.asking.wav import wave_in
from app.training.worker import work
from tests.training.running import new_run
from tests.training.waves import spoken, syllable, vowel, wav


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


def learned(runs: Path, preset: Preset, epochs: int) -> RunFolder:
    _, document = next(preset.documents())
    document["training"]["epochs"] = epochs
    folder = new_run(runs, document)
    work(folder.path)
    return folder


def held_to_be(folder: RunFolder, sound: Array) -> str:
    """The class that the network holds likeliest."""
    asked = {"kind": "listen", "sound": b64encode(wav(sound)).decode()}
    [part] = piece(folder, asked, "token", 0)["parts"]
    assert sum(part["shares"].values()) == pytest.approx(1, abs=1e-4)
    return max(part["shares"], key=part["shares"].get)


def test_a_vowel_out_of_a_wav_file_is_known(runs: Path) -> None:
    folder = learned(runs, SPOKEN_VOWELS, epochs=6)
    voices = [(0.88, 100), (1.0, 130), (1.15, 190)]
    known = [held_to_be(folder, vowel(name, *voice)) == name for name, voice in product(VOWELS, voices)]
    assert np.mean(known) >= 0.8  # by chance, 0.1


def test_a_tone_out_of_a_wav_file_is_known(runs: Path) -> None:
    folder = learned(runs, MANDARIN_TONES, epochs=8)
    voices = [(110, 0.6), (150, 0.75), (220, 0.5)]
    known = [
        held_to_be(folder, syllable(tone, *voice)) == MandarinTones.class_names[tone]
        for tone, voice in product(range(4), voices)
    ]
    assert np.mean(known) >= 0.8  # by chance, 0.25


def test_the_pitch_of_a_wave_is_found() -> None:
    for hertz in (90, 130, 200, 330):
        pitch, loud = pitch_of(spoken(np.full(RATE // 2, float(hertz))), LENGTH, PER_SECOND)
        assert 22 <= (loud > 0).sum() <= 27  # half a second, but for its soft ends
        assert pitch[loud > 0] == pytest.approx(np.log2(hertz / 100), abs=0.03)
        assert (pitch[loud == 0] == 0).all()


@pytest.mark.parametrize(("width", "channels", "rate"), [(1, 1, RATE), (2, 2, 44_100), (3, 1, 48_000), (4, 1, 8_000)])
def test_every_kind_of_wav_file_holds_the_same_wave(width: int, channels: int, rate: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    found = wave_in(wav(tone, width, channels, rate))
    assert found == pytest.approx(0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE), abs=0.02)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "no sound"),
        (b"RIFF", "no WAV"),
        (b"ID3\x04" + bytes(100), "no WAV"),
        (wav(np.zeros(1000)), "nothing to hear"),
        (wav(np.zeros(0)), "nothing to hear"),
        (wav(np.ones(RATE * 11)), "longer than 10"),
        (wav(np.ones(100), rate=100), "numbers a second"),
        (wav(np.ones(100))[:30], "no WAV"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value.replace(" ", "-"),
)
def test_what_is_no_sound_is_refused_in_words(file: bytes, says: str) -> None:
    with pytest.raises(Problem, match=says):
        wave_in(file)


def test_a_damaged_wav_file_is_a_wave_or_a_problem() -> None:
    random, good = np.random.default_rng(0), wav(np.ones(50))
    for _ in range(2000):
        damaged = bytearray(good)
        for place in random.integers(0, 44, 3):
            damaged[place] = random.integers(0, 256)
        try:
            found = wave_in(bytes(damaged))
        except Problem:
            continue
        assert np.isfinite(found).all()
        assert len(found) <= 10 * RATE


@pytest.mark.parametrize("dataset", [Vowels(), MandarinTones()], ids=lambda dataset: dataset.kind)
def test_any_wave_makes_a_sample_of_finite_numbers(dataset: Vowels | MandarinTones) -> None:
    sounds = [np.ones(1), np.ones(30), -np.ones(RATE * 10), np.random.default_rng(0).normal(size=5000)]
    for sound in sounds:
        heard = dataset.hear(sound)
        assert heard.shape == dataset.inputs().sizes
        assert np.isfinite(heard).all()
