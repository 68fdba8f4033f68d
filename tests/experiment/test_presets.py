"""Every preset opens, can be tried, and reaches or shows what it claims."""

import re
from pathlib import Path
from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.patch import patched
from app.experiment.presets import DEFAULT, PRESETS, Preset, Reaches, Variant
from app.parts.problem import Edit
from tests.parts.sentences import chinese
from tests.training.running import trained

FOLDER = Path(__file__).parents[2] / "app" / "experiment" / "presets"
FAMILIES = ["First steps", "Learning", "Depth", "Generalising", "Real data", "Pictures"]
TO_THE_END = ("one-neuron", "deep-but-linear", "it-explodes", "breast-cancer-standardised")

EVERY = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
DOCUMENTS = [
    pytest.param(preset, variant, document, id=f"{preset.name}-{number}")
    for preset in PRESETS
    for number, (variant, document) in enumerate(preset.documents())
]


@EVERY
def test_a_preset_and_what_it_tries_have_no_problems(preset: Preset) -> None:
    assert check(preset.experiment).problems == []
    tried = patched(preset.experiment, preset.try_edits)
    assert tried != preset.experiment
    assert check(tried).problems == []


@pytest.mark.parametrize(("preset", "variant", "document"), DOCUMENTS)
def test_every_variant_has_no_problems(preset: Preset, variant: Variant, document: Any) -> None:
    assert check(document).problems == []
    assert variant.expected, "Expected a claim, but there is none."
    assert (variant.title == "") == (len(preset.variants) == 1)


@EVERY
def test_variants_differ(preset: Preset) -> None:
    documents = [document for _, document in preset.documents()]
    assert all(one != other for number, one in enumerate(documents) for other in documents[:number])
    assert preset.experiment in documents


def test_presets_are_well_named_and_all_listed() -> None:
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", preset.name) for preset in PRESETS)
    assert len(list(FOLDER.glob("*.py"))) == len(PRESETS) + 2  # and the list, and preset.py
    assert sorted({preset.family for preset in PRESETS}) == sorted(FAMILIES)


@EVERY
def test_every_sentence_is_one(preset: Preset) -> None:
    assert preset.title
    assert preset.summary.endswith(".")
    assert preset.question.endswith("?")
    assert preset.try_this.endswith(".")
    assert len(preset.summary) < 130


def test_the_default_is_two_spirals() -> None:
    assert DEFAULT.name == "two-spirals"
    experiment = check(DEFAULT.experiment).experiment
    assert experiment is not None
    assert [layer.kind for layer in experiment.main.layers] == ["linear", "tanh", "linear", "tanh"]
    assert experiment.dataset.size() == 500


def test_presets_read_in_chinese() -> None:
    wanted = {preset.family for preset in PRESETS}
    for preset in PRESETS:
        wanted |= {preset.title, preset.summary, preset.question, preset.try_this}
        wanted |= {variant.title for variant in preset.variants} - {""}
    assert set(chinese("presets")) == wanted


@pytest.mark.parametrize(
    ("preset", "variant", "document"), [one for one in DOCUMENTS if one.values[0].name in TO_THE_END]
)
def test_a_preset_keeps_its_word(preset: Preset, variant: Variant, document: Any, tmp_path: Path) -> None:
    events = trained(tmp_path, document)
    metrics = next(event["metrics"] for event in reversed(events) if event["type"] == "evaluated")
    warned = {event["what"] for event in events if event["type"] == "warned"}
    for expected in variant.expected:
        if isinstance(expected, Reaches):
            assert expected.met(float(metrics[expected.metric])), metrics
        else:
            assert expected.what in warned, warned


@pytest.mark.parametrize(
    ("preset", "variant", "document"), [one for one in DOCUMENTS if one.values[0].name not in TO_THE_END]
)
def test_every_other_preset_trains_two_epochs(preset: Preset, variant: Variant, document: Any, tmp_path: Path) -> None:
    events = trained(tmp_path, patched(document, [Edit("add", "/training/epochs", 2)]))
    assert events[-1]["type"] == "finished"
    assert events[-1]["reason"] == "done"
