"""What every dataset promises of its samples, and what is peculiar to some."""

import json
import subprocess
import sys

import numpy as np
import pytest
import sklearn.datasets

from app.experiment.check import check
from app.experiment.experiment import Experiment
from app.experiment.patch import patched
from app.experiment.training import Training
from app.parts.datasets import DATASETS, Dataset
from app.parts.datasets.blobs import Blobs
from app.parts.datasets.breast_cancer import BreastCancer
from app.parts.datasets.circle import Circle
from app.parts.datasets.curve import FUNCTIONS, Curve
from app.parts.datasets.dataset import Array
from app.parts.datasets.diabetes import Diabetes
from app.parts.datasets.digits import Digits
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.iris import Iris
from app.parts.datasets.labelled import COLOUR_NAMES, Labelled
from app.parts.datasets.moons import Moons
from app.parts.datasets.multi_gaussian import MultiGaussian
from app.parts.datasets.on_plane import FEATURES, PlaneDataset
from app.parts.datasets.own_series import OwnSeries
from app.parts.datasets.own_table import OwnTable
from app.parts.datasets.plane import Plane
from app.parts.datasets.points import Points
from app.parts.datasets.prepared import Prepared, prepare
from app.parts.datasets.preview import preview
from app.parts.datasets.spiral import Spiral
from app.parts.datasets.wine import Wine
from app.parts.problem import Problem
from app.parts.shapes import Channelled, Classes, Features, Mask, Tags, Tokens
from app.training.building import build
from app.training.data.samples import load
from tests.parts import own_files
from tests.parts.families import DRAWN, example

EXAMPLES = [example(kind) for kind in DATASETS]
every_dataset = pytest.mark.parametrize("dataset", EXAMPLES, ids=lambda dataset: dataset.kind)
with_classes = pytest.mark.parametrize(
    "dataset", [dataset for dataset in EXAMPLES if isinstance(dataset, Labelled)], ids=lambda dataset: dataset.kind
)


def loaded(dataset: Dataset) -> tuple[Array, Array] | None:
    source = dataset.source()
    if source is None:
        return None
    bunch = build(source)
    return bunch.data, bunch.target


def load_prepared(dataset: Dataset) -> Prepared:
    return load(dataset, own_files.data())


def arrays(prepared: Prepared) -> dict[str, Array]:
    return {name: getattr(prepared, name) for name in prepared.__dataclass_fields__}


def changed(first: Prepared, second: Prepared) -> set[str]:
    return {name for name, array in arrays(first).items() if not np.array_equal(array, getattr(second, name))}


def test_the_server_needs_no_library_to_know_them():
    code = "import sys, app.parts.datasets.preview, app.parts.losses, app.parts.optimizers, app.parts.schedules"
    heavy = "print(sorted({'torch', 'sklearn', 'scipy', 'app.training'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", f"{code}\n{heavy}"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


# ------------------------------------------------------------------------------------------ promises


@every_dataset
def test_promised_shapes_and_sizes_are_the_real_ones(dataset):
    prepared, target = load_prepared(dataset), dataset.target()
    assert prepared.inputs.shape == (dataset.size(), *dataset.inputs().sizes)
    assert prepared.inputs.dtype == dataset.inputs().dtype
    if isinstance(target, Classes):
        assert (prepared.targets.shape, prepared.targets.dtype) == ((dataset.size(),), np.int64)
        assert set(prepared.targets) == set(range(target.count))
    elif isinstance(target, Tokens):
        assert (prepared.targets.shape, prepared.targets.dtype) == ((dataset.size(), *target.sizes), np.int64)
        assert prepared.targets.max() < target.vocabulary
    elif isinstance(target, Mask | Tags):
        assert (prepared.targets.shape, prepared.targets.dtype) == ((dataset.size(), *target.sizes), np.int64)
        assert set(prepared.targets.flat) == set(range(target.count))
    else:
        assert (prepared.targets.shape, prepared.targets.dtype) == ((dataset.size(), target.size), np.float32)
    if isinstance(dataset.inputs(), Tokens):
        assert dataset.inputs().vocabulary >= len(prepared.vocabulary(dataset)) > prepared.inputs.max()
        assert prepared.inputs.min() >= 0
        return
    assert isinstance(dataset.inputs(), Channelled) or len(dataset.input_names()) == dataset.inputs().numbers


@every_dataset
def test_every_number_is_finite(dataset):
    for name, array in arrays(load_prepared(dataset)).items():
        assert np.isfinite(array).all(), name


@every_dataset
@pytest.mark.parametrize(("validation", "test"), [(20, 20), (0, 0), (15, 33), (80, 10)])
def test_the_split_is_the_promised_one_and_complete(dataset, validation, test):
    dataset = dataset.model_copy(update={"validation": validation, "test": test})
    prepared = load_prepared(dataset)
    assert (len(prepared.train), len(prepared.validation), len(prepared.test)) == dataset.split_sizes()
    together = np.sort(np.concatenate([prepared.train, prepared.validation, prepared.test]))
    assert np.array_equal(together, np.arange(dataset.size()))
    document = {"dataset": dataset.model_dump(), "task": {"kind": "regression"}, "loss": {"kind": "mse"}}
    experiment = Experiment.model_validate(document)
    assert experiment.train_samples == len(prepared.train)


@every_dataset
def test_settings_of_one_kind_leave_the_rest_alone(dataset):
    before = load_prepared(dataset)
    for update in ({"validation": 10}, {"test": 30}):
        assert changed(before, load_prepared(dataset.model_copy(update=update))) <= {
            "train", "validation", "test", "inputs", "mean", "spread", "filling",
            *({"targets", "unit"} if isinstance(dataset, OwnSeries) else ()),  # in units of the training samples
        }  # fmt: skip
    if isinstance(dataset, Labelled):
        mislabelled = load_prepared(dataset.model_copy(update={"label_noise": 0.3}))
        assert changed(before, mislabelled) == {"targets", "mislabelled"}


@pytest.mark.parametrize(
    "dataset",
    [dataset for dataset in EXAMPLES if "standardize" in type(dataset).model_fields],
    ids=lambda dataset: dataset.kind,
)
def test_standardised_inputs_have_mean_0_and_spread_1_over_the_training_samples(dataset):
    prepared = load_prepared(dataset.model_copy(update={"standardize": True}))
    train = prepared.inputs[prepared.train].astype(float)
    if dataset.alike:  # a value means the same wherever it stands
        assert np.abs(train.mean()) < 1e-5
        assert np.allclose(train.std(), 1, atol=1e-4)
        return
    assert np.abs(train.mean(axis=0)).max() < 1e-5
    spread = train.std(axis=0)
    pixels = isinstance(dataset.inputs(), Channelled)  # some never change
    varying = prepared.raw[prepared.train].std(axis=0) > 0 if pixels else np.ones_like(spread, bool)
    assert np.allclose(spread[varying], 1, atol=1e-4)


@every_dataset
def test_samples_of_the_set_are_encoded_as_strangers_are(dataset):
    prepared = load_prepared(dataset)
    assert np.array_equal(prepared.encoded(dataset, prepared.raw), prepared.inputs)


# ------------------------------------------------------------------------------------------ classes


@with_classes
def test_every_split_has_its_share_of_every_class(dataset):
    prepared = load_prepared(dataset)
    whole = np.bincount(prepared.targets) / len(prepared.targets)
    for rows in (prepared.train, prepared.validation, prepared.test):
        counts = np.bincount(prepared.targets[rows], minlength=len(whole))
        assert np.abs(counts - whole * len(rows)).max() <= 2


@with_classes
@pytest.mark.parametrize("seed", range(3))
def test_exactly_the_asked_share_of_labels_is_wrong(dataset, seed):
    clean = load_prepared(dataset.model_copy(update={"seed": seed}))
    some = load_prepared(dataset.model_copy(update={"seed": seed, "label_noise": 0.2}))
    more = load_prepared(dataset.model_copy(update={"seed": seed, "label_noise": 0.5}))
    assert some.mislabelled.sum() == round(dataset.size() * 0.2)
    assert np.array_equal(some.mislabelled, some.targets != clean.targets)
    assert more.mislabelled[some.mislabelled].all()
    assert some.targets.min() >= 0
    assert some.targets.max() < dataset.target().count


def test_generated_classes_are_even_to_within_one_point():
    for dataset in EXAMPLES:
        if isinstance(dataset, GeneratedPlane) and isinstance(dataset, Labelled):
            counts = np.bincount(load_prepared(dataset.model_copy(update={"samples": 31})).targets)
            assert counts.max() - counts.min() <= 1, dataset.kind


def test_arms_and_blobs_are_classes_in_the_order_of_the_palette():
    assert Spiral(arms=3).target().names == ("orange", "blue", "green")
    assert Blobs(classes=10).target().names == COLOUR_NAMES
    assert set(load_prepared(Blobs(classes=10, samples=20)).targets) == set(range(10))


# ------------------------------------------------------------------------------------------ plane and line


def test_every_point_is_on_the_plane_that_is_shown():
    for dataset in EXAMPLES:
        if isinstance(dataset, PlaneDataset):
            settings = {"noise": 2.0} if isinstance(dataset, GeneratedPlane) else {}
            assert np.abs(load_prepared(dataset.model_copy(update=settings)).raw).max() <= 6


def test_noise_has_the_standard_deviation_it_says():
    exact, noisy = (load_prepared(Circle(samples=5000, noise=noise)) for noise in (0.0, 0.5))
    assert np.std(noisy.raw - exact.raw) == pytest.approx(0.5, rel=0.03)


def test_features_are_what_their_names_say():
    point = np.array([[2.0, -3.0]])
    assert [float(feature(point)[0]) for feature in FEATURES.values()] == pytest.approx(
        [2, -3, 4, 9, -6, np.sin(2), np.sin(-3), np.cos(2), np.cos(-3)]
    )
    dataset = Circle(features=["x2", "x1_x2"])
    assert dataset.input_names() == ["x₂", "x₁x₂"]
    assert dataset.encode(point).tolist() == [[-3.0, -6.0]]


def test_no_straight_line_but_a_radius_parts_the_circle():
    prepared = load_prepared(Circle(noise=0))
    assert np.array_equal(np.linalg.norm(prepared.raw, axis=1) < 3, prepared.targets == 1)


def test_numbers_on_the_plane_are_those_of_the_playground_they_come_from():
    assert Plane().truth(np.array([[5.0, 5.0], [-6.0, 1.0]])) == pytest.approx([1.0, -0.5])
    height = MultiGaussian().truth(np.array([[-4, 2.5], [0, 2.5], [0, -1.5], [0, 0], [4, -2.5]]))
    assert height == pytest.approx([1, -1, 0.5, 0, -1])


def test_a_curve_has_points_only_where_it_says_and_goes_on_beyond():
    for function in FUNCTIONS:
        curve = Curve(function=function, noise=0, samples=1000)
        prepared = load_prepared(curve)
        low, high = curve.domain
        assert low <= prepared.raw.min() < low + 0.1
        assert high - 0.1 < prepared.raw.max() <= high
        assert curve.shown[0] < low < high < curve.shown[1]
        assert np.array_equal(prepared.targets[:, 0], curve.truth(prepared.raw[:, 0]).astype(np.float32))
    assert Curve().truth(np.array([np.pi / 2, 8.0])) == pytest.approx([np.pi / 2, 8 * np.sin(8)])
    assert Curve(function="sinc").truth(np.array([0.0, 1.0, 0.5])) == pytest.approx([1, 0, 2 / np.pi], abs=1e-12)


# ------------------------------------------------------------------------------------------ drawn by hand


@pytest.mark.parametrize("points", [[], [[0, 0, 1], [1, 1, 1]]])
def test_drawn_points_of_less_than_two_classes_are_a_problem(points):
    with pytest.raises(Problem) as raised:
        Points(points=points).check()
    assert raised.value.place == "/points"
    for fix in raised.value.fixes:
        Points(points=fix.edits[0].value).check()


def test_drawn_points_keep_their_places_and_classes():
    prepared = load_prepared(DRAWN)
    assert prepared.raw.tolist() == [[x, y] for x, y, _ in DRAWN.points]
    assert prepared.targets.tolist() == [number for *_, number in DRAWN.points]


@pytest.mark.parametrize("point", [[7, 0, 0], [0, 0, 10], [0, 0, -1], [0, 0], [float("nan"), 0, 0], ["a", 0, 0]])
def test_a_point_that_is_none_is_refused(point):
    with pytest.raises(ValueError, match="points"):
        Points.model_validate({"points": [point]})


@pytest.mark.parametrize(("place", "value"), [((1, 0), 9), ((0, 2), 10), ((1, 2), 0.5)])
def test_a_mistake_in_a_drawn_point_is_told_at_its_place_and_one_click_mends_it(place, value):
    points = [[0, 0, 0], [1, 1, 1]] * 10
    points[place[0]] = [value if number == place[1] else old for number, old in enumerate(points[place[0]])]
    document = {
        "dataset": {"kind": "points", "points": points},
        "task": {"kind": "classification"},
        "loss": {"kind": "cross_entropy"},
    }
    (problem,) = check(document).problems
    assert problem.place == f"/dataset/points/{place[0]}/{place[1]}"
    assert check(patched(document, problem.fixes[0].edits)).problems == []


def test_a_feature_chosen_twice_is_a_problem_and_the_fix_mends_it():
    with pytest.raises(Problem) as raised:
        Circle(features=["x2", "x1", "x2"]).check()
    assert raised.value.fixes[0].edits[0].value == ["x2", "x1"]


@pytest.mark.parametrize("update", [{"validation": 60, "test": 40}, {"validation": 45, "test": 45}])
def test_a_split_that_leaves_nothing_to_learn_from_is_a_problem(update):
    two = Points(points=[(0, 0, 0), (1, 1, 1)])
    two.check()
    with pytest.raises(Problem) as raised:
        two.model_copy(update=update).check()
    edits = {edit.path[1:]: edit.value for fix in raised.value.fixes for edit in fix.edits}
    two.model_copy(update=edits or {"validation": 0}).check()


# ------------------------------------------------------------------------------------------ real sets


@pytest.mark.parametrize("kind", [Iris, Wine, BreastCancer, Diabetes, Digits])
def test_what_is_said_of_a_real_set_is_true(kind):
    bunch = getattr(sklearn.datasets, kind.loader)(**kind.loader_options)
    dataset = kind()
    assert dataset.size() == len(bunch.data)
    assert bunch.data.shape[1] == dataset.inputs().numbers
    if isinstance(dataset, Labelled):
        assert dataset.target().count == len(bunch.target_names)
    if kind in (Iris, BreastCancer):
        assert dataset.target().names == tuple(bunch.target_names)
    if kind in (Iris, Wine, BreastCancer):
        assert dataset.input_names() == [name.replace("_", " ") for name in bunch.feature_names]
    if kind is Diabetes:
        for said, column in zip(dataset.input_names(), bunch.feature_names, strict=True):
            told = next(line for line in bunch.DESCR.splitlines() if line.strip(" -").startswith(column))
            words = said.split("(")[0].replace("HDL", "").strip(" /").lower()
            assert words.removeprefix("log of ") in told.lower()


@pytest.mark.parametrize("kind", [Iris, Wine, BreastCancer, Diabetes, Digits])
def test_all_samples_of_a_real_set_are_the_library_s_own(kind):
    dataset = kind()
    source = loaded(dataset)
    assert source is not None
    numbers, targets = source
    raw, drawn = dataset.draw(np.random.default_rng(0), (numbers, targets))
    assert np.array_equal(raw.reshape(numbers.shape) * (16 if kind is Digits else 1), numbers)
    assert np.allclose(drawn.reshape(-1) * (100 if kind is Diabetes else 1), targets)


def test_a_page_is_told_what_each_dataset_has_to_be_learned():
    told = {part.kind_name(): part.described()["target"] for part in DATASETS}
    assert (told["iris"], told["diabetes"], told["shape_masks"]) == ("classes", "features", "mask")
    assert set(told.values()) == {"classes", "features", "mask", "tokens", "tags"}


def test_few_samples_of_a_real_set_are_even_over_its_classes():
    assert np.bincount(load_prepared(Iris(samples=30)).targets).tolist() == [10, 10, 10]
    assert np.bincount(load_prepared(Digits(samples=100)).targets).tolist() == pytest.approx([10] * 10, abs=1)


def test_the_numbers_of_a_real_set_come_from_outside():
    with pytest.raises(ValueError, match="load_iris"):
        prepare(Iris(), None)


# ------------------------------------------------------------------------------------------ preview


@every_dataset
def test_a_preview_is_strict_json_of_the_prepared_samples(dataset):
    prepared = load_prepared(dataset)
    shown = preview(dataset, prepared)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    rows = shown["rows"]
    assert {len(shown[name]) for name in ("raw", "targets", "split", "mislabelled")} == {len(rows)}
    assert shown["size"] == dataset.size()
    assert [axis["size"] for axis in shown["shape"]["axes"]] == list(dataset.inputs().sizes)
    raw = np.array(shown["raw"], float)
    factor = 255 if shown["group"] == "picture" else 1
    assert np.allclose(raw, prepared.raw[rows].reshape(len(rows), -1) * factor, rtol=1e-3, atol=0.5 * (factor > 1))
    sets = (prepared.train, prepared.validation, prepared.test)
    assert all(row in sets[split] for row, split in zip(rows, shown["split"], strict=True))


@every_dataset
def test_a_preview_counts_every_class_and_says_the_range_of_every_column(dataset):
    prepared = load_prepared(dataset)
    shown = preview(dataset, prepared)
    if isinstance(dataset.target(), Tokens):
        assert shown["targets"] == prepared.targets[shown["rows"]].tolist()
    elif not isinstance(dataset.target(), Features):
        padded = isinstance(dataset.target(), Tags)  # what fills up is no label
        counted = np.where(prepared.padding, -1, prepared.targets) if padded else prepared.targets
        counts = [[int((counted[rows] == number).sum()) for number in range(dataset.target().count)]
                  for rows in (prepared.train, prepared.validation, prepared.test)]  # fmt: skip
        assert list(shown["balance"].values()) == counts
        assert shown["classes"] == list(dataset.target().names)
    else:
        assert shown["balance"] == {}
        assert shown["target_range"] == pytest.approx([prepared.targets.min(), prepared.targets.max()], rel=1e-3)
    columns = dataset.encode(prepared.raw[prepared.train])
    assert len(shown["statistics"]) == len(dataset.input_names())
    for number, told in enumerate(shown["statistics"]):
        column = columns[:, number]
        real = [column.mean(), column.std(), column.min(), column.max()]
        assert list(told.values()) == pytest.approx(real, rel=1e-3, abs=1e-12)


def test_a_preview_is_small_enough_to_send():
    assert len(preview(Moons(samples=5000), load_prepared(Moons(samples=5000)))["raw"]) == 5000
    assert len(preview(BreastCancer(), load_prepared(BreastCancer()))["raw"]) == 200
    pictures = preview(Digits(), load_prepared(Digits()))
    assert np.bincount(pictures["targets"]).tolist() == [6] * 10
    assert isinstance(Diabetes().target(), Features)


def test_sets_say_how_somebody_has_to_bring_their_samples_first() -> None:
    by = {
        kind: [dataset.kind_name() for dataset in DATASETS if dataset.supplied_by == kind]
        for kind in ("drawing", "folder")
    }
    assert by == {"drawing": ["points"], "folder": ["mnist", "cifar10"]}
    uploaded = {dataset.kind_name() for dataset in DATASETS if dataset.described()["supplied_by"] == "upload"}
    assert uploaded == {dataset.kind_name() for dataset in DATASETS if "upload" in dataset.model_fields}


def test_points_begin_with_as_many_of_each_class_and_enough_for_a_batch() -> None:
    begun = Points(**Points.described()["start"])
    begun.check()
    assert np.bincount([number for *_, number in begun.points]).tolist() == [12, 12]
    train = begun.size() * (100 - begun.validation - begun.test) // 100
    assert train >= Training().batch_size


def test_sets_say_whether_their_samples_are_rows_of_a_persons_own_columns() -> None:
    assert [dataset.kind_name() for dataset in DATASETS if dataset.described().get("by_column")] == ["own_table"]


def test_sets_say_which_settings_are_chosen_where_data_are_brought() -> None:
    assert Points.described()["apart"] == ["points"]
    table = OwnTable.described()["apart"]
    assert {"upload", "columns", "amounts"} < set(table) < set(OwnTable.model_fields)
    assert not Spiral.described()["apart"]
