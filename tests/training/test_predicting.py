"""A run's newest network answers raw samples, as the network itself would."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file

from app.experiment.check import checked
from app.parts.datasets.circle import Circle
from app.parts.datasets.own_table import OwnTable
from app.parts.problem import Problem
from app.runs import events
from app.runs.folder import RunFolder
from app.runs.frames import decode
from app.runs.log import EventWriter
from app.training.asking import new_samples, trained
from app.training.asking.new_samples import answered_frames, predictions
from app.training.data.samples import samples_of
from app.training.worker import work
from tests.training.building import build_network
from tests.training.documents import document
from tests.training.pictures import FLATTEN, RELU, conv, digits_document, half_a_byte, masks_document, values
from tests.training.running import new_run
from tests.uploads.made import brought

DIGITS = digits_document(conv(4, stride=2), RELU, FLATTEN)
TABLE = document(
    dataset={"kind": "wine"}, loss={"kind": "cross_entropy"}, training={"epochs": 3}, networks={"main": {"layers": []}}
)


def after_training(runs: Path, changed: dict[str, Any]) -> RunFolder:
    folder = new_run(runs, changed)
    assert work(folder.path) == 0
    return folder


def network_of(folder: RunFolder, step: int) -> torch.nn.Module:
    """The network of a checkpoint, read without our own reading."""
    network = build_network(checked(folder.document()))
    tensors = load_file(folder.checkpoints / f"{step}.safetensors")
    start = "/networks/main/"
    own = {
        name.removeprefix(start): tensor
        for name, tensor in tensors.items()
        if name.startswith(start) and ":" not in name
    }
    network.load_state_dict({name.replace("/", "."): tensor for name, tensor in own.items()})
    return network.eval()


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return after_training(tmp_path_factory.mktemp("data") / "runs", DIGITS)


@torch.no_grad()
def test_it_answers_what_the_network_answers(digits: RunFolder) -> None:
    samples = samples_of(checked(DIGITS))
    raw = samples.prepared.raw[:5]
    told = predictions(digits, raw.tolist())
    outputs = network_of(digits, told["step"])(torch.from_numpy(raw.astype(np.float32)))

    assert told["classes"] == list("0123456789")
    assert told["epoch"] == 2.0
    np.testing.assert_allclose(told["outputs"], torch.softmax(outputs, dim=1).numpy(), atol=1e-6)


@torch.no_grad()
@pytest.mark.parametrize(
    "changed",
    [
        TABLE,
        document(dataset={"kind": "spiral", "samples": 60, "features": ["x1", "x2", "sin_x1"], "standardize": True}),
        document(dataset={"kind": "diabetes"}, task={"kind": "regression"}, loss={"kind": "mse"}),
        document(dataset={"kind": "curve", "samples": 60}, task={"kind": "regression"}, loss={"kind": "mse"}),
    ],
    ids=["table", "plane", "numbers", "line"],
)
def test_raw_samples_enter_as_those_of_the_set_do(tmp_path: Path, changed: dict[str, Any]) -> None:
    folder = after_training(tmp_path / "runs", changed | {"training": {"epochs": 2}})
    experiment = checked(changed)
    prepared = samples_of(experiment).prepared
    told = predictions(folder, prepared.raw[:9].tolist())
    outputs = network_of(folder, told["step"])(torch.from_numpy(prepared.inputs[:9])).numpy()

    if experiment.task.kind == "regression":
        np.testing.assert_allclose(told["outputs"], outputs, rtol=1e-5)
        assert "classes" not in told
    elif outputs.shape[1] == 1:  # one output says how likely the second class is
        second = 1 / (1 + np.exp(-outputs))
        np.testing.assert_allclose(told["outputs"], np.hstack([1 - second, second]), atol=1e-6)
    else:
        powers = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        np.testing.assert_allclose(told["outputs"], powers / powers.sum(axis=1, keepdims=True), atol=1e-6)


@torch.no_grad()
def test_a_mask_is_a_class_number_for_every_pixel(tmp_path: Path) -> None:
    changed = masks_document()
    folder = after_training(tmp_path / "runs", changed)
    raw = samples_of(checked(changed)).prepared.raw[:3]
    told = predictions(folder, raw.tolist())
    outputs = network_of(folder, told["step"])(torch.from_numpy(raw.astype(np.float32)))
    assert told["classes"][0] == "background"
    assert told["outputs"] == outputs.argmax(dim=1).flatten(1).tolist()
    frames = {frame.probe: frame for frame in map(decode, answered_frames(folder, raw.tolist()))}
    assert set(frames) == {"feature_maps", "masks"}
    maps = frames["feature_maps"].arrays
    assert "outputs" not in maps
    head = maps["maps:/networks/main/head/0"]
    np.testing.assert_allclose(values(head), outputs.numpy(), atol=half_a_byte(head))
    masks = frames["masks"].arrays
    assert "truth" not in masks  # nobody knows it
    np.testing.assert_array_equal(masks["predicted"], outputs.argmax(dim=1).numpy())  # type: ignore[arg-type]


def test_the_set_is_not_loaded_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = after_training(tmp_path / "runs", TABLE)
    row = [samples_of(checked(TABLE)).prepared.raw[3].tolist()]
    loaded: list[str] = []
    truly = trained.load_samples
    monkeypatch.setattr(trained, "load_samples", lambda *given: loaded.append("") or truly(*given))
    told = predictions(folder, row)
    assert loaded == []
    (folder.path / trained.ENTRANCE).unlink()  # a run of before it was kept
    trained.entrance_of.cache_clear()
    assert predictions(folder, row) == told
    assert loaded == [""]


def test_frames_hold_just_these_samples_in_their_order(digits: RunFolder) -> None:
    raw = samples_of(checked(DIGITS)).prepared.raw[[7, 3, 7]]
    frames = {frame.probe: frame for frame in map(decode, answered_frames(digits, raw.tolist()))}
    answers = predictions(digits, raw.tolist())

    assert list(frames) == ["activations", "feature_maps"]
    for frame in frames.values():
        assert frame.about["samples"] == [0, 1, 2]
        assert frame.step == answers["step"]
        np.testing.assert_allclose(frame.arrays["outputs"], answers["outputs"], atol=1e-6)  # type: ignore[arg-type]
    np.testing.assert_allclose(frames["activations"].arrays["raw"], raw.reshape(3, -1), atol=1e-6)  # type: ignore[arg-type]
    assert "targets" not in frames["activations"].arrays
    maps = frames["feature_maps"].arrays["maps:/networks/main/layers/0"]
    with torch.no_grad():
        network = network_of(digits, answers["step"])
        first = network.layers[:2](torch.from_numpy(raw.astype(np.float32)))  # type: ignore[operator, index]
    np.testing.assert_allclose(values(maps), first.numpy(), atol=half_a_byte(maps))


def test_a_network_over_points_answers_with_its_activations_alone(tmp_path: Path) -> None:
    folder = after_training(tmp_path / "runs", document(dataset={"kind": "circle", "samples": 50}))
    assert [decode(block).probe for block in answered_frames(folder, [[0.5, 1]])] == ["activations"]


def test_it_is_the_newest_network_that_answers(tmp_path: Path) -> None:
    folder = after_training(tmp_path / "runs", DIGITS)
    picture = np.full((1, 1, 8, 8), 0.5).tolist()
    last = predictions(folder, picture)
    assert last["step"] == 34
    (folder.checkpoints / "34.json").unlink()  # as if it were not whole yet
    before = predictions(folder, picture)
    assert before["step"] == 32
    assert before["outputs"] != last["outputs"]


def test_a_checkpoint_that_is_taken_away_meanwhile_is_not_missed(
    digits: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = iter([7, 8])  # gone by the time they are opened
    truly = trained.newest_step
    monkeypatch.setattr(trained, "newest_step", lambda folder, most: next(steps, None) or truly(folder, most))
    assert predictions(digits, np.zeros((1, 1, 8, 8)).tolist())["step"] == 34


def test_a_run_that_stopped_early_answers_with_the_weights_it_kept(tmp_path: Path) -> None:
    stopping = {"epochs": 60, "early_stopping": {"patience": 2}}
    changed = document(dataset={"kind": "moons", "samples": 60, "noise": 0.4}, training=stopping)
    folder = after_training(tmp_path / "runs", changed | {"optimizer": {"kind": "adam", "lr": 0.3}})
    told = [json.loads(line) for line in folder.events_file.read_text().splitlines()]
    assert "stopped early" in told[-1]["sentence"]["template"]
    samples = samples_of(checked(changed))
    first, last = samples.bounds["validation"]
    answers = predictions(folder, samples.prepared.raw[samples.prepared.validation].tolist())
    assert samples.truth is not None
    loss = -np.log(np.take_along_axis(np.array(answers["outputs"]), samples.truth[first:last, None], axis=1)).mean()
    evaluated = [event for event in told if event["type"] == "evaluated"]
    assert loss == pytest.approx(evaluated[-1]["metrics"]["validation_loss"], rel=1e-3)


def test_a_run_that_has_saved_nothing_says_so(tmp_path: Path) -> None:
    folder = new_run(tmp_path / "runs", DIGITS)
    with pytest.raises(Problem, match="not saved yet"):
        predictions(folder, np.zeros((1, 1, 8, 8)).tolist())
    writer = EventWriter(folder)
    writer.write(events.Finished, step=4, epoch=0.1, reason="diverged", sentence={"template": "Gone."})
    writer.close()
    with pytest.raises(Problem, match="ended before its network was saved"):
        predictions(folder, np.zeros((1, 1, 8, 8)).tolist())


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ([[1, 2], [3, 4]], "takes 1 × 8 × 8 pixels, but sample 2 has 2 × 2."),
        (0.5, "but sample 2 has 1."),
        ([], "but sample 2 has 0."),
        ([[1, 2], [3]], "The rows of sample 2 are not equally long."),
        ("pixels", "Sample 2 holds something that is no number."),
        ([[["0.5"] * 8] * 8], "Sample 2 holds something that is no number."),
        ([[[True] * 8] * 8], "Sample 2 holds something that is no number."),
        ([[[None] * 8] * 8], "Sample 2 holds something that is no number."),
        ({"pixels": 1}, "Sample 2 holds something that is no number."),
        ([[[1e300] * 8] * 8], "Sample 2 holds a number that is too large."),
        ([[[10**400] * 8] * 8], "Sample 2 holds a number that is too large."),
    ],
)
def test_a_sample_that_does_not_fit_is_told_in_its_place(digits: RunFolder, sample: Any, said: str) -> None:
    fine = np.zeros((1, 8, 8)).tolist()
    with pytest.raises(Problem) as problem:
        predictions(digits, [fine, sample])
    assert said in str(problem.value)
    assert problem.value.place == "/inputs/1"


def test_an_empty_cell_is_allowed_where_a_table_may_have_some() -> None:
    read = new_samples._raw([[1, None], [2, 10**20]], (2,), OwnTable(), first=0)
    np.testing.assert_array_equal(read, [[1, np.nan], [2, 1e20]])
    with pytest.raises(Problem, match="no number"):
        new_samples._raw([[1, None]], (2,), Circle(), first=0)


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=3))
NESTED = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=9), max_leaves=80)


ALL_CHECKS: Any = list(HealthCheck)  # Hypothesis types its members as their metaclass


@settings(max_examples=200, deadline=None, suppress_health_check=ALL_CHECKS)
@given(inputs=st.lists(st.one_of(NESTED, st.just(np.zeros((1, 8, 8)).tolist())), min_size=1, max_size=4))
def test_whatever_is_asked_is_answered_or_told_apart(digits: RunFolder, inputs: list[Any]) -> None:
    told: Any = None
    place = ""
    try:
        told = predictions(digits, inputs)
    except Problem as problem:
        place = problem.place
    assert len(told["outputs"]) == len(inputs) if told else place.startswith("/inputs/")


def test_of_many_samples_the_first_have_their_maps(digits: RunFolder) -> None:
    many = np.random.default_rng(0).uniform(0, 1, (64, 1, 8, 8)).tolist()
    frames = {frame.probe: frame for frame in map(decode, answered_frames(digits, many))}
    assert len(predictions(digits, many)["outputs"]) == 64
    assert frames["activations"].about["samples"] == list(range(len(frames["activations"].about["samples"])))
    assert frames["feature_maps"].about["samples"] == list(range(12))


@pytest.fixture(scope="module")
def amounts(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run on an own table with a category, a date and an amount in euros."""
    data = tmp_path_factory.mktemp("data")
    lines = [f"{'abc'[row % 3]};2024-01-{1 + row % 20:02};€{1200 + 100 * (row % 7)}" for row in range(90)]
    dataset = brought(data, "\n".join(["class;day;price", *lines]).encode())["dataset"]
    asked = document(
        dataset={**dataset, "target_column": "price", "input_columns": ["class", "day"], "amounts": True},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        training={"epochs": 2},
    )
    return after_training(data / "runs", asked)


def test_a_row_of_a_table_may_be_sent_by_names_with_the_words_of_its_categories(amounts: RunFolder) -> None:
    told = predictions(amounts, [{"day": "2024-01-05", "class": "b"}, ["b", "2024-01-05"], [1, 4.0]])
    assert told["outputs"][0] == told["outputs"][1] == told["outputs"][2]
    assert told["target"] == {"name": "price", "origin": 1500.0, "unit": 100.0, "measure": "€"}
    assert told["amounts"][0] == pytest.approx(1500 + 100 * told["outputs"][0][0])


@pytest.mark.parametrize(
    ("row", "place", "sentence"),
    [
        ({"class": "z", "day": None}, "/inputs/1/class", "“class” knows no “z”, but these: “a”, “b”, “c”."),
        (["z", None], "/inputs/1/0", "“class” knows no “z”, but these: “a”, “b”, “c”."),
        ([3, None], "/inputs/1/0", "“class” knows no “3”, but these: “a”, “b”, “c”."),
        ({"class": "a"}, "/inputs/1", "Missing are: “day”. An empty cell is null."),
        ({"klass": "a"}, "/inputs/1/klass", "The network sees no column called “klass”, but these: “class”, “day”."),
        ({"class": "a", "day": "5/1"}, "/inputs/1/day", "“day” is a date such as 2024-01-31, but here is “5/1”."),
    ],
)
def test_a_row_that_does_not_fit_its_table_is_told_where(
    amounts: RunFolder, row: Any, place: str, sentence: str
) -> None:
    with pytest.raises(Problem) as raised:
        predictions(amounts, [["a", None], row])
    assert (raised.value.place, str(raised.value)) == (place, sentence)
