"""The doctor names what is wrong, and is silent about what is well."""

import math
from typing import Any

import pytest

from app.experiment.check import checked
from app.experiment.patch import patched
from app.parts.problem import Edit
from app.training.doctor import Doctor
from tests.training.documents import document
from tests.training.running import trained


def findings(losses: list[float], learned: bool = True, **changes: Any) -> list[str]:
    """What is said of evaluations with these training losses, 20 steps and 2 epochs apart."""
    doctor = Doctor(checked(document(**changes)))
    found = [doctor.look(20 * turn, 2.0 * turn, loss, learned) for turn, loss in enumerate(losses)]
    return [one.what for one in found if one]


def test_a_loss_that_falls_is_not_talked_about() -> None:
    assert findings([math.exp(-turn / 10) for turn in range(60)]) == []


def test_a_loss_that_rises_and_falls_by_more_than_half_jumps_and_is_told_once() -> None:
    assert findings([0.7 if turn % 2 else 0.3 for turn in range(60)]) == ["jumping"]


def test_jumps_of_a_loss_that_is_learned_do_not_matter() -> None:
    assert findings([0.7] + [0.004 if turn % 2 else 0.002 for turn in range(60)]) == []


def test_a_loss_that_stays_has_converged() -> None:
    assert findings([0.7] + [0.2] * 40) == ["converged"]


@pytest.mark.parametrize(
    ("changes", "path", "value"),
    [
        ({"optimizer": {"kind": "adam", "lr": 0.03}}, "/optimizer/lr", 0.003),
        ({"optimizer": {"kind": "sgd", "lr": 0.0001}}, "/optimizer/lr", 0.001),
        ({"optimizer": {"kind": "adam", "lr": 0.004}, "schedule": {"kind": "cosine"}}, "/optimizer/lr", 0.01),
        ({"networks": {"main": {"layers": []}}}, "/networks/main/layers/0", {"kind": "tanh"}),
    ],
    ids=["smaller steps", "larger steps", "larger where a schedule makes them small", "a hidden layer"],
)
def test_one_that_has_converged_is_offered_something_that_may_be_better(
    changes: dict[str, Any], path: str, value: object
) -> None:
    doctor = Doctor(checked(document(**changes)))
    found = [doctor.look(20 * turn, 2.0 * turn, 0.2 if turn else 0.7, learned=True) for turn in range(40)]
    (converged,) = [one for one in found if one]
    assert converged.fix is not None
    assert (converged.fix["edits"][0]["path"], converged.fix["edits"][0]["value"]) == (path, value)
    checked(patched(document(**changes), [Edit(**edit) for edit in converged.fix["edits"]]))


@pytest.mark.parametrize(
    ("lr", "better"),
    [(10, 0.03), (0.00001, 0.01), (0.01, 0.03)],
    ids=["too large", "too small", "usual"],
)
def test_not_learning_is_told_after_two_hundred_steps_with_a_rate_to_try(lr: float, better: float) -> None:
    doctor = Doctor(checked(document(optimizer={"kind": "adam", "lr": lr})))
    assert doctor.look(199, 10, 0.7, learned=False) is None
    found = doctor.look(200, 10, 0.7, learned=False)

    assert found is not None
    assert found.what == "not_learning"
    assert found.fix is not None
    assert found.fix["edits"] == [{"op": "replace", "path": "/optimizer/lr", "value": better}]


def test_a_rate_of_one_is_not_called_large_where_it_is_the_usual_one() -> None:
    told = [
        Doctor(checked(document(optimizer={"kind": kind, "lr": 1}))).look(200, 10, 0.7, learned=False)
        for kind in ("adam", "adadelta", "lbfgs")
    ]
    assert ["stuck" in str(one and one.sentence["template"]) for one in told] == [True, False, False]


def test_without_a_hidden_layer_one_is_offered(tmp_path: Any) -> None:
    flat = document(dataset={"kind": "xor"}, networks={"main": {"layers": []}}, training={"epochs": 60})
    told = trained(tmp_path, flat)
    found = [event for event in told if event["type"] == "warned"]
    assert [event["what"] for event in found][:1] == ["not_learning"]
    assert [edit["value"]["kind"] for edit in found[0]["fix"]["edits"]] == ["tanh", "linear"]


def test_an_explosion_ends_the_run_and_names_step_and_layer(tmp_path: Any) -> None:
    explosive = document(
        dataset={"kind": "plane"},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        optimizer={"kind": "sgd", "lr": 10},
        networks={"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "relu"}]}},
    )
    told = trained(tmp_path, explosive)

    assert told[-1]["reason"] == "diverged"
    assert told[-1]["sentence"]["values"]["layer"] in (0, 1, 2)
    assert told[-1]["sentence"]["values"]["better"] == 0.03
    last = [event for event in told if event["type"] == "measured"][-1]["columns"]
    assert last["train_loss"][-1] in ("NaN", "Infinity")
    assert last["step"][-1] == told[-1]["sentence"]["values"]["step"]


@pytest.mark.parametrize(
    ("dataset", "task", "layers", "kind"),
    [
        ("digits", "classification", [{"kind": "flatten"}], "conv2d"),
        ("shape_masks", "segmentation", [], "conv2d"),
        ("ecg", "classification", [], "conv1d"),
    ],
)
def test_pictures_and_series_without_a_hidden_layer_are_offered_filters_that_fit(
    dataset: str, task: str, layers: list[Any], kind: str
) -> None:
    plain = document(
        dataset={"kind": dataset},
        task={"kind": task},
        loss={"kind": "cross_entropy"},
        networks={"main": {"layers": layers}},
    )
    found = Doctor(checked(plain)).look(200, 1, 0.7, learned=False)

    assert found is not None
    assert found.fix is not None
    assert found.sentence["template"].startswith("After 200 steps")
    assert ("every pixel" in found.sentence["template"]) == (task == "segmentation")
    mended = checked(patched(plain, [Edit(**edit) for edit in found.fix["edits"]]))
    assert [layer.kind for layer in mended.main.layers][:2] == [kind, "relu"]


def test_an_inner_layer_with_filters_is_a_hidden_layer() -> None:
    inner = {"kind": "residual", "layers": [{"kind": "conv2d", "filters": 1, "padding": 1}]}
    deep = document(dataset={"kind": "digits"}, networks={"main": {"layers": [inner]}}, loss={"kind": "cross_entropy"})
    found = Doctor(checked(deep)).look(200, 1, 0.7, learned=False)

    assert found is not None
    assert found.fix is not None
    assert found.fix["edits"][0]["path"] == "/optimizer/lr"
