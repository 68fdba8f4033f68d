"""From a document to an experiment, or to all its problems: the cases a person meets."""

import json
import time
from typing import Any

import pytest

from app.experiment.check import check, checked
from app.experiment.limits import MOST_LAYERS, MOST_PARAMETERS
from app.experiment.misfits import BOUNDS, EXPECTED, STARTERS, UNKNOWN
from app.experiment.patch import patched
from app.experiment.places import CHOICES
from app.parts.layers.linear import Linear
from app.parts.problem import Problems
from tests.experiment.checking import DIGITS, GOOD, IRIS, LINEAR, TANH, after_first_fix, hints, told, with_layers
from tests.parts.sentences import chinese


def test_a_good_document_has_no_problem_and_shows_its_layers() -> None:
    report = check(GOOD)
    assert report.problems == []
    assert report.hints == []
    assert [(layer.path, layer.after.sizes) for layer in report.placed["main"]] == [
        ("/networks/main/layers/0", (8,)),
        ("/networks/main/layers/1", (8,)),
        ("/networks/main/head/0", (2,)),
    ]
    first = checked(GOOD).main.layers[0]
    assert isinstance(first, Linear)
    assert first.units == 8


def test_checked_raises_all_problems() -> None:
    with pytest.raises(Problems) as raised:
        checked({**GOOD, "seed": -1, "loss": {"kind": "mse"}})
    assert len(raised.value.problems) == 2


@pytest.mark.parametrize("document", [None, True, 5, 1.5, "text", [], [GOOD]])
def test_what_is_no_object_is_told_so(document: Any) -> None:
    assert told(document) == [("", "An experiment is an object with the fields dataset, task and loss.")]


def test_an_empty_document_can_be_filled_by_its_fixes() -> None:
    document: Any = {}
    assert [sentence for _, sentence in told(document)] == [
        "The field “dataset” is missing.",
        "The field “task” is missing.",
        "The field “loss” is missing.",
    ]
    for problem in check(document).problems:
        document = patched(document, problem.fixes[0].edits)
    assert check(document).problems == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("seed", -1, "-1 is too small: 0 is the least."),
        ("seed", 2**31, "2147483648 is too large: 2147483647 is the most."),
        ("seed", 10**200, "1e+200 is too large: 2147483647 is the most."),
        ("seed", 10**400, "This number is too large."),
        ("seed", 1.5, "This must be a whole number."),
        ("seed", "3", "This must be a whole number."),
        ("seed", True, "This must be a whole number."),
        ("seed", None, "This must be a whole number."),
        ("seed", float("nan"), "This must be a whole number."),
        ("version", 7, "This document has version 7, but only version 3 can be read."),
        ("version", "1", 'This document has version "1", but only version 3 can be read.'),
        ("networks", [], "This must be an object with named fields."),
        ("networks", {}, "The field “main” is missing."),
        ("training", {"batch_size": 0}, "0 is too small: 1 is the least."),
        ("training", {"seconds": float("inf")}, "This must be an ordinary number, neither infinite nor NaN."),
        ("optimizer", {"kind": "adam", "lr": 0}, "0 is too small: it must be more than 0."),
        ("optimizer", {"kind": "adam", "beta1": 1.0}, "1.0 is too large: it must be less than 1."),
        (
            "optimizer",
            {"kind": "adam", "lr": float("-inf")},
            "This must be an ordinary number, neither infinite nor NaN.",
        ),
        ("optimizer", {"kind": "adam", "lr": "fast"}, "This must be a number."),
        ("optimizer", {}, "This has no kind, so nobody can tell what it is."),
        ("optimizer", "adam", "This must be an object with named fields."),
        ("optimizer", {"kind": "addam"}, 'There is no optimizer called "addam".'),
        ("optimizer", {"kind": ["adam"]}, 'There is no optimizer called ["adam"].'),
        ("schedule", {"kind": "cosin"}, 'There is no schedule called "cosin".'),
        ("loss", {"kind": "mean squared error!"}, 'There is no loss called "mean squared error!".'),
        ("task", {"kind": "x" * 5000}, 'There is no task called "' + "x" * 38 + "…."),
        ("probes", [{"kind": "surfaces"}], 'There is no probe called "surfaces".'),
        ("schedule", {"kind": "multi_step", "milestones": []}, "At least 1 must stand here."),
        ("colour", "blue", "There is no field called “colour” here."),
        ("\ud800", 1, "A field in here has a name that is no valid text."),
        ("y" * 101, 1, "A field in here has a name of more than 100 characters."),
        ("note", "\udfff", "This text holds half a character (a lone surrogate), so it cannot be saved."),
        ("note", b"bytes", "This is no JSON value."),
    ],
)
def test_each_misreading_has_its_sentence(field: str, value: Any, sentence: str) -> None:
    assert sentence in [text for _, text in told({**GOOD, field: value})]


def test_all_problems_are_told_at_once_each_in_its_place() -> None:
    document = with_layers(
        {"kind": "dense"},
        {"kind": "linear", "units": 99_999},
        {"kind": "linear", "unit": 3},
        {"units": 3},
        7,
        {"kind": "residual", "layers": [{"kind": "linear", "linear": {"units": 1}}]},
        head="yes",
        training={"batch_size": 10**6, "regularization": {"l1": -1}},
    )
    assert [place for place, _ in told(document)] == [
        "/networks/main/layers/0/kind",
        "/networks/main/layers/1/units",
        "/networks/main/layers/2/unit",
        "/networks/main/layers/3",
        "/networks/main/layers/4",
        "/networks/main/layers/5/layers/0/linear",
        "/networks/main/head",
        "/training/batch_size",
        "/training/regularization/l1",
    ]


@pytest.mark.parametrize(
    ("document", "place", "path", "value"),
    [
        (with_layers({"kind": "dense"}), "/networks/main/layers/0/kind", "/networks/main/layers/0/kind", "linear"),
        (with_layers({"kind": "swish"}), "/networks/main/layers/0/kind", "/networks/main/layers/0/kind", "silu"),
        (with_layers({"kind": "ReLU"}), "/networks/main/layers/0/kind", "/networks/main/layers/0/kind", "relu"),
        (
            with_layers({"kind": "linear", "units": 0}),
            "/networks/main/layers/0/units",
            "/networks/main/layers/0/units",
            1,
        ),
        ({**GOOD, "seed": 2.7}, "/seed", "/seed", 3),
        ({**GOOD, "optimizer": {"kind": "adam", "lr": 0}}, "/optimizer/lr", "/optimizer/lr", 0.01),
    ],
)
def test_a_fix_is_one_edit_that_mends(document: Any, place: str, path: str, value: Any) -> None:
    problem = next(candidate for candidate in check(document).problems if candidate.place == place)
    edit = problem.fixes[0].edits[0]
    assert (edit.path, edit.value) == (path, value)
    assert check(patched(document, [edit])).problems == []


def test_a_misspelt_field_is_renamed() -> None:
    document = with_layers({"kind": "linear", "unit": 3})
    mended = after_first_fix(document, "/networks/main/layers/0/unit")
    assert mended["networks"]["main"]["layers"] == [{"kind": "linear", "units": 3}]


def test_while_a_field_is_wrong_the_shapes_stay_in_sight() -> None:
    document = with_layers({"kind": "linear", "units": 99_999}, TANH, optimizer={"kind": "adam", "lr": -3})
    report = check(document)
    assert report.experiment is None
    assert report.nearest is not None
    assert report.nearest.dataset.kind == "circle"
    assert [layer.after.sizes for layer in report.placed["main"]] == [(4096,), (4096,), (2,)]


def test_a_wrong_learning_rate_hides_no_misfit() -> None:
    document = with_layers({"kind": "residual", "layers": [LINEAR]}, optimizer={"kind": "adam", "lr": -3})
    assert [place for place, _ in told(document)] == ["/optimizer/lr", "/networks/main/layers/0/layers"]


def test_a_picture_that_meets_a_linear_layer_gets_flatten() -> None:
    document = with_layers(LINEAR, TANH, dataset=DIGITS)
    assert told(document) == [
        ("/networks/main/layers/0", "Linear takes a flat list of numbers or a sequence, but here arrives a picture.")
    ]
    mended = after_first_fix(document, "/networks/main/layers/0")
    assert mended["networks"]["main"]["layers"][0] == {"kind": "flatten"}
    assert check(mended).problems == []


def test_without_a_head_the_last_layer_must_fit_the_task() -> None:
    document = with_layers(LINEAR, TANH, LINEAR, head=False, dataset=IRIS)
    assert told(document) == [("/networks/main/layers", "The task needs 3 outputs, but the last layer gives 8.")]
    mended = after_first_fix(document, "/networks/main/layers")
    assert mended["networks"]["main"]["layers"][2]["units"] == 3
    assert check(mended).problems == []


ADDING: Any = {
    "dataset": {"kind": "adding", "length": 10},
    "task": {"kind": "diffusion"},
    "loss": {"kind": "mse"},
}
LSTM: Any = {"kind": "lstm", "units": 8, "gives": "last"}


@pytest.mark.parametrize(
    ("layers", "head", "added"),
    [
        ([LSTM], True, ["linear", "reshape"]),
        ([], True, ["flatten", "linear", "reshape"]),
        ([LSTM, {"kind": "linear", "units": 20}], False, ["reshape"]),
    ],
)
def test_as_many_numbers_in_another_shape_are_told_by_their_shapes(layers: Any, head: bool, added: list[str]) -> None:
    document = with_layers(*layers, head=head, **ADDING)
    sentence = "The task needs a series (2 × 10), but the last layer gives a flat list of numbers (20)."
    assert told(document) == [("/networks/main/layers", sentence)]
    mended = after_first_fix(document, "/networks/main/layers")
    assert [layer["kind"] for layer in mended["networks"]["main"]["layers"][len(layers) :]] == added
    assert check(mended).problems == []


def test_without_a_head_a_sequence_of_as_many_numbers_as_classes_gets_the_head() -> None:
    reshaped = {"kind": "reshape", "sizes": [1, 3]}
    document = with_layers({"kind": "linear", "units": 3}, reshaped, head=False, dataset=IRIS)
    sentence = "The task needs a flat list of numbers (3), but the last layer gives a series (1 × 3)."
    assert told(document) == [("/networks/main/layers", sentence)]
    assert check(after_first_fix(document, "/networks/main/layers")).problems == []


def test_problems_of_different_places_all_show() -> None:
    document = with_layers(
        {"kind": "residual", "layers": [{"kind": "linear", "units": 3}]},
        LINEAR,
        head=False,
        dataset={"kind": "circle", "validation": 0},
        loss={"kind": "mse"},
        training={"batch_size": 5000, "early_stopping": {}, "target": {"metric": "validation_rmse", "value": 0}},
        probes=[{"kind": "weights"}, {"kind": "weights"}],
    )
    assert [place for place, _ in told(document)] == [
        "/loss",
        "/networks/main/layers/0/layers",
        "/networks/main/layers",
        "/training/batch_size",
        "/training/early_stopping",
        "/training/target/metric",
        "/probes/1",
    ]


def test_a_task_that_does_not_fit_is_changed_together_with_its_loss() -> None:
    document = {**GOOD, "dataset": {"kind": "plane"}}
    mended = after_first_fix(document, "/task")
    assert (mended["task"], mended["loss"]) == ({"kind": "regression"}, {"kind": "mse"})
    assert check(mended).problems == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"training": {"batch_size": 400}}, "/training/batch_size"),
        (
            {"training": {"early_stopping": {}}, "dataset": {"kind": "circle", "validation": 0}},
            "/training/early_stopping",
        ),
        ({"training": {"target": {"metric": "validation_r2"}}}, "/training/target/metric"),
        ({"training": {"target": {}}, "dataset": {"kind": "circle", "validation": 0}}, "/training/target/metric"),
        ({"dataset": IRIS, "probes": [{"kind": "surface"}]}, "/probes/0"),
        ({"loss": {"kind": "mse"}}, "/loss"),
        ({"optimizer": {"kind": "sgd", "nesterov": True}}, "/optimizer/nesterov"),
    ],
)
def test_every_misfit_of_parts_has_a_fix_that_mends_it(changes: dict[str, Any], place: str) -> None:
    document = {**GOOD, **changes}
    assert [where for where, _ in told(document)] == [place]
    assert check(after_first_fix(document, place)).problems == []


def test_batch_normalisation_needs_two_samples_in_every_batch() -> None:
    layers = (LINEAR, {"kind": "residual", "layers": [{"kind": "batch_norm1d"}]})
    place = "/networks/main/layers/1/layers/0"
    alone = with_layers(*layers, training={"batch_size": 1})
    assert [where for where, _ in told(alone)] == [place]
    assert check(after_first_fix(alone, place)).problems == []
    last_alone = with_layers(*layers, dataset={"kind": "circle", "samples": 500}, training={"batch_size": 23})
    assert 300 % 23 == 1
    assert [where for where, _ in told(last_alone)] == [place]
    assert after_first_fix(last_alone, place)["training"]["batch_size"] == 24


def test_a_network_without_weights_has_nothing_to_learn() -> None:
    document = with_layers(TANH, head=False)
    assert told(document) == [("/networks/main/layers", "The network has no weights, so there is nothing to learn.")]
    assert check(after_first_fix(document, "/networks/main/layers")).problems == []


class TestLimits:
    def test_layers_within_layers(self) -> None:
        layer: Any = TANH
        for _ in range(8):
            layer = {"kind": "residual", "layers": [layer]}
        assert told(with_layers(layer)) == []
        ((place, sentence),) = told(with_layers({"kind": "residual", "layers": [layer]}))
        assert sentence == "Layers can stand within layers 8 deep, and this is one deeper."
        assert place == "/networks/main" + "/layers/0" * 10

    def test_lists_within_lists(self) -> None:
        document: Any = TANH
        for _ in range(5000):
            document = {"kind": "residual", "layers": [document]}
        assert "Lists and objects are nested more than 64 deep here." in [
            sentence for _, sentence in told(with_layers(document))
        ]

    def test_number_of_layers_counts_inner_ones(self) -> None:
        block = {"kind": "residual", "layers": [TANH] * 63}
        assert told(with_layers(block, block)) == []
        assert told(with_layers(block, block, TANH)) == [
            ("/networks/main/layers", f"There are 129 layers, inner ones included; {MOST_LAYERS} are the most.")
        ]

    def test_parameters(self) -> None:
        wide = {"kind": "linear", "units": 4096}
        ((place, sentence),) = told(with_layers(wide, TANH, wide))
        assert place == "/networks/main/layers/2"
        assert sentence.startswith(f"The network would learn 16801794 numbers; {MOST_PARAMETERS} are the most.")
        assert sentence.endswith("This layer has 16781312 of them.")

    def test_memory_of_a_batch(self) -> None:
        layers = [{"kind": "linear", "units": 4096}, *[TANH] * 100]
        document = with_layers(*layers, dataset={"kind": "circle", "samples": 5000}, training={"batch_size": 3000})
        ((place, _),) = told(document)
        assert place == "/training/batch_size"
        assert check(after_first_fix(document, place)).problems == []

    def test_problems_that_are_told(self) -> None:
        assert len(check({**GOOD, **{f"x{number}": 1 for number in range(500)}}).problems) == 101

    def test_time_for_a_deep_network(self) -> None:
        document = with_layers(*[LINEAR, TANH] * 30)
        check(document)
        began = time.process_time()
        check(document)
        assert time.process_time() - began < 0.5  # some 2 ms; the bound only catches what grows without measure

    @pytest.mark.parametrize(
        ("document", "problems"),
        [
            ({**GOOD, "dataset": {"kind": "circle", **{f"x{number}": 1 for number in range(40_000)}}}, 40_000),
            (with_layers(*[{"kind": "residual", "layers": [{"kind": "linear", "units": "x"}] * 45}] * 45), 2025),
        ],
        ids=["fields that do not exist", "layers within layers"],
    )
    def test_time_for_thousands_of_mistakes(self, document: Any, problems: int) -> None:
        began = time.process_time()
        report = check(json.loads(json.dumps(document)))
        assert time.process_time() - began < 5  # half a second; it was hours while each mistake cost a whole copy
        assert str(report.problems[-1]) == f"There are {problems - 100} more problems."


class TestHints:
    def test_two_linear_layers_in_a_row(self) -> None:
        document = with_layers(LINEAR, {"kind": "dropout"}, LINEAR, TANH)
        assert hints(document) == [
            ("/networks/main/layers/2", "Two linear layers without an activation between them can do no more than one.")
        ]
        assert hints(after_first_fix(document, "/networks/main/layers/2")) == []

    def test_a_linear_layer_right_before_the_head(self) -> None:
        document = with_layers(LINEAR)
        assert [place for place, _ in hints(document)] == ["/networks/main/head"]
        assert hints(after_first_fix(document, "/networks/main/head")) == []

    def test_dropout_right_before_the_head(self) -> None:
        document = with_layers(LINEAR, TANH, {"kind": "dropout"})
        assert [place for place, _ in hints(document)] == ["/networks/main/layers/2"]
        assert hints(after_first_fix(document, "/networks/main/layers/2")) == []

    def test_softmax_before_cross_entropy(self) -> None:
        layers = (LINEAR, TANH, {"kind": "linear", "units": 2}, {"kind": "softmax"})
        document = with_layers(*layers, head=False)
        assert [place for place, _ in hints(document)] == ["/networks/main/layers/3"]
        assert hints(after_first_fix(document, "/networks/main/layers/3")) == []

    def test_a_step(self) -> None:
        document = with_layers(LINEAR, {"kind": "step"})
        assert [place for place, _ in hints(document)] == ["/networks/main/layers/1"]
        assert hints(after_first_fix(document, "/networks/main/layers/1")) == []

    def test_equal_first_weights(self) -> None:
        document = with_layers(LINEAR, TANH, initializer={"kind": "zeros"})
        assert [place for place, _ in hints(document)] == ["/networks/main/initializer"]
        assert hints(after_first_fix(document, "/networks/main/initializer")) == []
        assert hints(with_layers(initializer={"kind": "zeros"})) == []

    @pytest.mark.parametrize(
        ("changes", "place"),
        [
            ({"schedule": {"kind": "cosine", "warmup": 600}}, "/schedule/warmup"),
            ({"training": {"regularization": {"l2": 10}}, "optimizer": {"kind": "sgd", "lr": 1}}, None),
            ({"training": {"target": {"value": 99}}}, "/training/target/value"),
        ],
    )
    def test_settings_that_cannot_work(self, changes: dict[str, Any], place: str | None) -> None:
        document = {**GOOD, **changes}
        place = place or "/training/regularization/l2"
        assert [where for where, _ in hints(document)] == [place]
        assert hints(after_first_fix(document, place)) == []


def test_every_sentence_of_the_check_reads_in_chinese() -> None:
    sentences = {*UNKNOWN.values(), *EXPECTED.values(), *(sentence for _, sentence in BOUNDS.values())}
    assert sentences <= set(chinese("problems"))


def test_every_family_has_its_sentence_for_an_unknown_kind() -> None:
    assert {parts[0].family for parts in CHOICES.values()} == set(UNKNOWN)
    assert set(STARTERS) <= set(CHOICES)


def test_of_many_choices_the_first_are_named() -> None:
    [(place, sentence)] = told({**GOOD, "training": {"target": {"metric": "luck", "value": 1}}})
    assert place == "/training/target/metric"
    assert sentence.startswith('"luck" is no choice here. Possible are: validation_loss, train_loss, ')
    assert sentence.endswith(", ….")
    assert sentence.count("_") < 60


def test_older_document_of_which_something_is_left_out_is_not_upgraded() -> None:
    assert check(GOOD | {"version": 1}).upgraded
    assert check(GOOD | {"version": 1, "seed": 10**400}).upgraded is None
