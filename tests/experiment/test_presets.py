"""Every preset opens, can be tried, and reaches or shows what it claims."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.experiment.addresses import network_address
from app.experiment.check import check, checked
from app.experiment.experiment import Experiment
from app.experiment.patch import patched
from app.experiment.presets import DEFAULT, PRESETS, Preset, Reaches, Variant
from app.parts.layers.stack import unfolded
from app.parts.problem import Edit
from tests.parts.sentences import chinese
from tests.training.judging import last_verdict
from tests.training.running import trained

FOLDER = Path(__file__).parents[2] / "app" / "experiment" / "presets"
FAMILIES = ["First steps", "Learning", "Depth", "Generalising", "Real data", "Pictures", "Sequences", "Generating"]
TO_THE_END = {  # what each variant says of itself when it is over
    "one-neuron": {"": "learned"},
    "deep-but-linear": {"No activation": "too_weak", "Tanh behind the first layer": "learned"},
    "it-explodes": {"": "diverged"},
    "breast-cancer-standardised": {"Raw": "not_learning", "Standardised": "learned"},
}

MOST_SAMPLES = 2000  # of a long text: more would take minutes

EVERY = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)


def documents(wanted: Callable[[str], bool]) -> list[Any]:
    """Every variant of the presets whose names are wanted, for pytest."""
    return [
        pytest.param(preset, variant, document, id=f"{preset.name}-{number}")
        for preset in PRESETS
        if wanted(preset.name)
        for number, (variant, document) in enumerate(preset.documents())
    ]


DOCUMENTS = documents(lambda name: True)


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
    documents = [(document, variant.started) for variant, document in preset.documents()]
    assert all(later != earlier for number, later in enumerate(documents) for earlier in documents[:number])
    assert (preset.experiment, False) in documents


@EVERY
def test_a_stage_starts_from_networks_of_the_stage_before(preset: Preset) -> None:
    assert (preset.after is not None) == any(variant.started for variant in preset.variants)
    if preset.after is not None:
        before = next(candidate for candidate in PRESETS if candidate.name == preset.after.preset)
        there, here = checked(before.experiment), checked(preset.experiment)
        for name, origin in preset.after.networks.items():
            shared = shapes_of(here, name).items() & shapes_of(there, origin).items()
            assert any(address.startswith("/layers") for address, _ in shared), "There are no weights to take over."


def shapes_of(experiment: Experiment, network: str) -> dict[str, tuple[int, ...]]:
    """The sizes of the weights of a network by their address within it."""
    return {
        f"{placed.path}/{parameter}".removeprefix(network_address(network)): sizes
        for placed in unfolded(experiment.placed(network))
        for parameter, sizes in placed.layer.weights(placed.before).items()
    }


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


@pytest.mark.parametrize(("preset", "variant", "document"), documents(lambda name: name in TO_THE_END))
def test_a_preset_keeps_its_word(preset: Preset, variant: Variant, document: Any, tmp_path: Path) -> None:
    events = trained(tmp_path, document)
    metrics = next(event["metrics"] for event in reversed(events) if event["type"] == "evaluated")
    said = {event["verdict"]["what"] for event in events if event["type"] == "judged" and event["verdict"]}
    verdict = last_verdict(events)
    assert verdict
    assert verdict["what"] == TO_THE_END[preset.name][variant.title]
    for expected in variant.expected:
        if isinstance(expected, Reaches):
            assert expected.met(float(metrics[expected.metric])), metrics
        else:
            assert expected.what in said, said


@pytest.mark.parametrize(("preset", "variant", "document"), documents(lambda name: name not in TO_THE_END))
def test_every_other_preset_trains_two_epochs(preset: Preset, variant: Variant, document: Any, tmp_path: Path) -> None:
    few = (
        [Edit("add", "/dataset/samples", MOST_SAMPLES)] if document["dataset"].get("samples", 0) > MOST_SAMPLES else []
    )
    events = trained(tmp_path, patched(document, [Edit("add", "/training/epochs", 2), *few]))
    assert events[-1]["type"] == "finished"
    assert events[-1]["reason"] == "done"
