"""The run says one thing of itself, which is true at that moment, and proposes what is not chosen already."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.experiment.patch import grounded, patched
from app.experiment.presets import PRESETS
from app.parts.layers.lstm import Lstm
from app.parts.problem import Edit
from app.parts.tasks.autoencoder import Autoencoder
from app.training.doctor import Doctor, Verdict
from app.training.doctor.advice import held_back
from app.training.doctor.bounds import Bounds
from tests.runs.folders import EVENT
from tests.training.documents import document, layers
from tests.training.judging import At, judged, last_verdict, look
from tests.training.running import trained

FALLING = [At(math.exp(-turn / 20), math.exp(-turn / 20), min(0.5 + turn / 100, 1.0)) for turn in range(40)]


def what(verdict: Verdict | None) -> str | None:
    return verdict and verdict.what


def edits(verdict: Verdict | None) -> list[dict[str, Any]]:
    assert verdict is not None
    assert verdict.fix is not None
    return verdict.fix["edits"]


def mended(raw: dict[str, Any], verdict: Verdict | None) -> Experiment:
    return checked(patched(raw, [grounded(Edit(**edit), raw) for edit in edits(verdict)]))


def standing(loss: float, score: float, held: float | None = None) -> list[At]:
    return [At(0.7, 0.7, 0.5), *[At(loss, loss, score, held)] * 60]


# ------------------------------------------------------------------------------------- what the curves say


def test_at_the_start_nothing_is_said() -> None:
    assert judged(FALLING[:5]) is None


def test_a_loss_that_falls_is_still_learning_and_one_that_fell_to_the_end_may_go_on() -> None:
    assert what(judged(FALLING)) == "learning"
    ended = judged(FALLING, over="done")
    assert what(ended) == "unfinished"
    assert edits(ended) == [{"op": "add", "path": "/training/epochs", "value": 200}]
    stopped = judged(FALLING, over="stopped")
    assert stopped is not None
    assert (stopped.what, stopped.fix) == ("unfinished", None)


def test_a_loss_that_rises_and_falls_by_more_than_half_jumps() -> None:
    assert what(judged([At(0.7 if turn % 2 else 0.3, 0.5, 0.7) for turn in range(60)])) == "jumping"


def test_jumps_of_a_loss_that_is_learned_do_not_matter() -> None:
    assert what(judged([At(0.7, 0.7, 0.5), *[At(0.004 if turn % 2 else 0.002, 0.003, 1) for turn in range(60)]])) == (
        "learned"
    )


def test_validation_that_rises_while_training_falls_is_memorising_since_its_lowest() -> None:
    course = [
        At(0.7 - 0.015 * turn, 0.7 - 0.03 * turn if turn < 10 else 0.4 + 0.01 * (turn - 10), 0.9, 0.8)
        for turn in range(40)
    ]
    verdict = judged(course)
    assert what(verdict) == "memorising"
    assert verdict
    assert verdict.head["values"] == {"epoch": 20}
    assert verdict.sentence["values"] == {"low": 0.4, "now": 0.69}
    assert edits(verdict)[0]["path"] == "/training/early_stopping"


def test_one_bad_evaluation_is_no_trend() -> None:
    assert what(judged([*standing(0.5, 0.87), At(0.5, 0.9, 0.87)])) != "memorising"


def test_a_verdict_is_taken_back_when_it_no_longer_holds() -> None:
    doctor = Doctor(checked(document(training={"epochs": 100})))
    for turn in range(31):
        look(doctor, 20 * turn, At(0.693, 0.693, 0.5, learned=False))
    assert what(doctor.verdict) == "not_learning"
    for turn in range(31, 70):
        loss = 0.693 * 0.95 ** (turn - 30)
        look(doctor, 20 * turn, At(loss, loss, 0.8))
    assert what(doctor.verdict) == "learning"


# ------------------------------------------------------------------------------------- what the scores say


def test_a_gap_is_told_by_accuracy_and_only_beyond_chance() -> None:
    assert what(judged(standing(0.1, 1.0, held=0.7))) == "gap"
    assert what(judged(standing(0.1, 0.97, held=0.93))) == "learned"  # 40 validation samples


def test_half_of_the_answers_wrong_is_never_called_learned() -> None:
    for over in (None, "done"):
        assert what(judged(standing(1.2, 0.5, held=0.48), over=over)) == "too_weak"


def test_without_validation_samples_nothing_is_said_of_new_ones() -> None:
    verdict = judged([At(0.7, None, 0.5), *[At(0.001, None, 1.0)] * 60])
    assert verdict
    assert (verdict.what, "validation" in verdict.sentence["values"]) == ("fitted", False)


def test_a_metric_at_its_ceiling_is_offered_nothing_even_where_the_loss_stands_or_rises() -> None:
    """Digits by convolutions: 100 % of validation, and a loss that label smoothing keeps at 0.29."""
    for course in (standing(0.29, 1.0), [At(0.29, 0.3 + turn / 200, 1.0) for turn in range(60)]):
        verdict = judged(course, over="done")
        assert verdict
        assert (verdict.what, verdict.fix) == ("learned", None)


@pytest.mark.parametrize("rate", [0.004, 0.0], ids=["constant", "a schedule at its end"])
def test_a_learning_rate_is_advised_only_where_a_schedule_has_left_some(rate: float) -> None:
    plain = judged(standing(0.3, 0.88), over="done", rate=rate or 1e-9, optimizer={"kind": "adam", "lr": 0.004})
    assert plain
    assert plain.what == "stands"
    assert (plain.fix is not None) == (rate > 0)
    assert ("better" in plain.sentence["values"]) == (rate > 0)


def test_with_wrong_labels_the_most_that_can_be_expected_counts() -> None:
    noisy = {"kind": "gaussians", "label_noise": 0.2}
    verdict = judged(standing(0.5, 0.795), over="done", dataset=noisy)
    assert verdict
    assert verdict.what == "learned"
    assert verdict.sentence["values"] == {
        "validation": 0.795,
        "percent": 20,
        "attainable": 0.8,
        "metric": "validation_accuracy",
    }


def test_a_loss_at_the_floor_that_noise_makes_is_as_low_as_it_gets() -> None:
    noisy: dict[str, Any] = {
        "dataset": {"kind": "curve", "noise": 0.5},
        "task": {"kind": "regression"},
        "loss": {"kind": "mse"},
    }
    verdict = judged(standing(0.26, 0.87), over="done", **noisy)
    assert verdict
    assert (verdict.what, verdict.sentence["values"]) == ("lowest", {"now": 0.26, "floor": 0.25})


@pytest.mark.parametrize(
    ("changes", "floor"),
    [
        # worked by hand: −0.955 ln 0.955 − 9 · 0.005 ln 0.005
        ({"dataset": {"kind": "digits"}, "loss": {"kind": "cross_entropy", "label_smoothing": 0.05}}, 0.2824),
        # −0.8 ln 0.8 − 0.2 ln 0.2
        ({"dataset": {"kind": "moons", "label_noise": 0.2}}, 0.5004),
        ({"dataset": {"kind": "moons", "label_noise": 0.2}, "loss": {"kind": "cross_entropy"}}, 0.5004),
        ({"dataset": {"kind": "moons"}}, 0.0),
    ],
)
def test_the_floor_of_a_loss_is_the_entropy_of_what_it_is_to_learn(changes: dict[str, Any], floor: float) -> None:
    if changes["dataset"]["kind"] == "digits":
        changes["networks"] = {"main": {"layers": [{"kind": "flatten"}]}}
    assert Bounds.of(checked(document(**changes))).loss == pytest.approx(floor, abs=1e-4)


# ------------------------------------------------------------------------------------- what is proposed


@pytest.mark.parametrize(
    ("lr", "better"),
    [(10, 0.03), (0.00001, 0.01), (0.01, 0.03), (0.2, 0.03)],
    ids=["too large", "too small", "usual", "large"],
)
def test_not_learning_is_told_after_two_hundred_steps_with_a_rate_to_try(lr: float, better: float) -> None:
    doctor = Doctor(checked(document(optimizer={"kind": "adam", "lr": lr})))
    nothing = At(0.7, 0.7, 0.5, learned=False)
    assert look(doctor, 199, nothing) is None
    verdict = look(doctor, 200, nothing)
    assert what(verdict) == "not_learning"
    assert edits(verdict) == [{"op": "replace", "path": "/optimizer/lr", "value": better}]


CODE = {"dataset": {"kind": "iris"}, "task": {"kind": "autoencoder"}, "loss": {"kind": "mse"}}
ENCODER, DECODER = {"layers": [*layers(8), {"kind": "linear", "units": 4}]}, {"layers": layers(8)}


def with_rates(encoder: float | None, decoder: float | None) -> dict[str, Any]:
    """An autoencoder whose optimizer has rate 0.002; its networks may have others of their own."""
    networks = {"encoder": (ENCODER, encoder), "decoder": (DECODER, decoder)}
    own = {
        name: {**network, "optimizer": {"kind": "adam", "lr": lr}} if lr else network
        for name, (network, lr) in networks.items()
    }
    return {**CODE, "optimizer": {"kind": "adam", "lr": 0.002}, "networks": own}


JUMPS = [At(0.7 if turn % 2 else 0.3, 0.5, 0.7) for turn in range(60)]
CRAWLS = [At(0.7 - 0.0005 * turn, 0.7, 0.6) for turn in range(60)]


@pytest.mark.parametrize(
    ("course", "rates", "path", "better"),
    [
        (JUMPS, (None, None), "/optimizer/lr", 0.0002),
        (JUMPS, (None, 0.2), "/networks/decoder/optimizer/lr", 0.02),
        (JUMPS, (0.01, 0.0001), "/networks/encoder/optimizer/lr", 0.001),
        (CRAWLS, (None, 0.0001), "/networks/decoder/optimizer/lr", 0.001),
        (CRAWLS, (0.0001, 0.2), "/networks/encoder/optimizer/lr", 0.001),
    ],
)
def test_a_rate_is_changed_where_the_network_has_it(
    course: list[At], rates: tuple[float | None, float | None], path: str, better: float
) -> None:
    changes = with_rates(*rates)
    verdict = judged(course, **changes)
    assert edits(verdict) == [{"op": "replace", "path": path, "value": better}]
    assert verdict
    assert verdict.sentence["values"]["better"] == better
    assert mended(document(**changes), verdict) != checked(document(**changes))


@pytest.mark.parametrize(
    ("place", "path", "better"),
    [
        ("/networks/encoder/layers/0", "/networks/encoder/optimizer/lr", 0.03),
        ("/networks/decoder/layers/2", "/optimizer/lr", 0.0002),
        ("", "/networks/encoder/optimizer/lr", 0.03),
    ],
    ids=["its own", "that of all", "no layer"],
)
def test_an_explosion_is_met_at_the_rate_of_the_network_that_broke(place: str, path: str, better: float) -> None:
    verdict = Doctor(checked(document(**with_rates(0.5, None)))).diverged(30, place)
    assert edits(verdict) == [{"op": "replace", "path": path, "value": better}]
    assert verdict.sentence["values"]["lr"] == (0.002 if path == "/optimizer/lr" else 0.5)


def test_neurons_are_called_stuck_only_where_they_have_ends() -> None:
    told = [
        judged([At(0.7, 0.7, 0.5, learned=False)] * 20, optimizer={"kind": "sgd", "lr": 10}, networks=network)
        for network in ({"main": {"layers": layers(8)}}, {"main": {"layers": layers(8, activation="relu")}})
    ]
    assert ["stuck" in str(verdict and verdict.sentence["template"]) for verdict in told] == [True, False]


def test_a_rate_of_one_is_not_called_large_where_it_is_the_usual_one() -> None:
    told = [
        judged([At(0.7, 0.7, 0.5, learned=False)] * 20, optimizer={"kind": kind, "lr": 1})
        for kind in ("adam", "adadelta", "lbfgs")
    ]
    assert ["stuck" in str(verdict and verdict.sentence["template"]) for verdict in told] == [True, False, False]


def test_a_loss_that_falls_all_the_time_and_hardly_anywhere_crawls() -> None:
    course = [At(0.7 - 0.0005 * turn, 0.7, 0.6) for turn in range(60)]
    verdict = judged(course, optimizer={"kind": "sgd", "lr": 0.0001})
    assert what(verdict) == "crawling"
    assert edits(verdict)[0]["value"] == 0.001


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"networks": {"main": {"layers": layers(2, 8)}}}, "/networks/main/layers/0/units"),
        ({"networks": {"main": {"layers": []}}}, "/networks/main/layers/0"),
        (
            {"networks": {"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "linear", "units": 8}]}}},
            "/networks/main/layers/1",
        ),
        (
            {"dataset": {"kind": "iris", "standardize": False}, "loss": {"kind": "cross_entropy"}},
            "/dataset/standardize",
        ),
        (
            {
                "dataset": {"kind": "digits"},
                "loss": {"kind": "cross_entropy"},
                "networks": {"main": {"layers": [{"kind": "flatten"}, *layers(16)]}},
            },
            "/networks/main/layers/0",
        ),
    ],
    ids=["a wider layer", "a hidden layer", "an activation", "standardised inputs", "filters"],
)
def test_a_network_that_is_poor_on_its_own_samples_is_offered_what_it_lacks(
    changes: dict[str, Any], place: str
) -> None:
    verdict = judged(standing(0.6, 0.68), over="done", **changes)
    assert what(verdict) == "too_weak"
    assert edits(verdict)[0]["path"] == place
    mended(document(**changes), verdict)


def test_what_is_strongly_regularised_is_told_that_this_may_hold_it_back() -> None:
    verdict = judged(standing(0.6, 0.68), over="done", optimizer={"kind": "adamw", "lr": 0.01, "weight_decay": 3.0})
    assert verdict
    assert verdict.sentence["template"].endswith("regularisation, dropout.")
    assert verdict.fix is None


def test_sigmoids_that_a_layer_holds_are_found_and_replaced_where_they_stand() -> None:
    held = {"kind": "residual", "layers": [*layers(8, activation="sigmoid"), *layers(8, activation="sigmoid")]}
    changes: dict[str, Any] = {"networks": {"main": {"layers": [*layers(8, activation="sigmoid"), held]}}}
    verdict = judged([At(0.693, 0.693, 0.5, learned=False)] * 60, **changes)
    assert what(verdict) == "not_learning"
    places = ["/networks/main/layers/1", *(f"/networks/main/layers/2/layers/{at}" for at in (1, 3))]
    assert [(edit["path"], edit["value"]) for edit in edits(verdict)] == [(place, {"kind": "relu"}) for place in places]
    mended(document(**changes), verdict)


@pytest.mark.parametrize("strong", ["encoder", "decoder"])
def test_each_of_two_networks_may_be_held_back(strong: str) -> None:
    code = {"kind": "linear", "units": 4}
    networks: dict[str, Any] = {"encoder": {"layers": [*layers(8), code]}, "decoder": {"layers": layers(8)}}
    changes = {"dataset": {"kind": "iris"}, "task": {"kind": "autoencoder"}, "loss": {"kind": "mse"}}
    assert not held_back(checked(document(**changes, networks=networks)))
    networks[strong]["optimizer"] = {"kind": "adamw", "weight_decay": 3.0}
    assert held_back(checked(document(**changes, networks=networks)))
    del networks[strong]["optimizer"]
    networks[strong]["layers"] = [*networks[strong]["layers"][:2], {"kind": "dropout", "p": 0.6}, code]
    assert held_back(checked(document(**changes, networks=networks)))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "/training/early_stopping"),
        ({"training": {"early_stopping": {}}}, "/training/regularization/l2"),
        ({"training": {"early_stopping": {}, "regularization": {"l2": 0.01}}}, "/dataset/samples"),
    ],
)
def test_against_memorising_comes_what_is_not_chosen_already(changes: dict[str, Any], place: str) -> None:
    course = [At(0.7 / (turn + 1), 0.3 + turn / 100, 0.9, 0.8) for turn in range(40)]
    verdict = judged(course, **changes)
    assert what(verdict) == "memorising"
    assert edits(verdict)[0]["path"] == place
    assert mended(document(**changes), verdict) != checked(document(**changes))


def test_where_everything_is_tried_nothing_is_proposed() -> None:
    all_of_it: dict[str, Any] = {
        "dataset": {"kind": "spiral", "samples": 5000},
        "training": {"early_stopping": {}, "regularization": {"l2": 0.01}},
    }
    verdict = judged([At(0.7 / (turn + 1), 0.3 + turn / 100, 0.9, 0.8) for turn in range(40)], **all_of_it)
    assert verdict
    assert (verdict.what, verdict.fix) == ("memorising", None)


# ------------------------------------------------------------------------------------- in the log of a run


def test_a_doctor_from_a_checkpoint_says_the_same() -> None:
    experiment = checked(document())
    whole, again = Doctor(experiment), Doctor(experiment)
    course = [At(0.7 / (turn + 1), 0.3 + turn / 100, 0.9, 0.8) for turn in range(200)]
    for turn, at in enumerate(course):
        look(whole, 20 * turn, at)
        if turn == 120:
            again.restore(json.loads(json.dumps(whole.state())))
            assert again.verdict == whole.verdict
        if turn > 120:
            assert look(again, 20 * turn, at) == whole.verdict
    assert whole.verdict


def test_a_checkpoint_of_an_older_version_can_be_gone_on_from() -> None:
    doctor = Doctor(checked(document()))
    doctor.restore({"said": ["converged"], "losses": [[20, 0.5]], "first_loss": 0.7})
    assert doctor.verdict is None
    assert look(doctor, 20, FALLING[0]) is None


def test_without_a_hidden_layer_one_is_offered(tmp_path: Path) -> None:
    flat = document(dataset={"kind": "xor"}, networks={"main": {"layers": []}}, training={"epochs": 60})
    told = trained(tmp_path, flat)
    verdicts = [event["verdict"] for event in told if event["type"] == "judged"]
    assert "not_learning" in [verdict["what"] for verdict in verdicts if verdict]
    assert [edit["value"]["kind"] for edit in verdicts[-1]["fix"]["edits"]] == ["tanh", "linear"]
    for event in told:
        EVENT.validate_python(event)


def test_two_spirals_with_two_neurons_are_told_that_the_layer_is_too_narrow(tmp_path: Path) -> None:
    """The first preset with what it suggests to try, at the end: the loss that is told is that of now."""
    spirals = next(preset for preset in PRESETS if preset.name == "two-spirals")
    told = trained(tmp_path, patched(spirals.experiment, [*spirals.try_edits, Edit("add", "/training/epochs", 60)]))
    verdict = last_verdict(told)
    metrics = [event for event in told if event["type"] == "evaluated"][-1]["metrics"]
    assert verdict
    assert verdict["what"] == "too_weak"
    assert verdict["sentence"]["values"]["loss"] == float(f"{metrics['train_loss']:.3g}")
    assert verdict["sentence"]["values"]["units"] == 2
    assert verdict["fix"]["edits"] == [{"op": "replace", "path": "/networks/main/layers/0/units", "value": 8}]


def test_a_run_that_stops_early_is_judged_by_the_weights_it_keeps(tmp_path: Path) -> None:
    moons = document(
        dataset={"kind": "moons", "samples": 150, "noise": 0.7, "validation": 60, "seed": 1},
        networks={"main": {"layers": layers(64, 64)}},
        training={"epochs": 300, "early_stopping": {"patience": 20}},
    )
    told = trained(tmp_path, moons)
    assert told[-1]["sentence"]["template"].startswith("Validation has not improved")
    verdict = last_verdict(told)
    assert verdict
    assert verdict["what"] in ("holds", "learned", "gap")


def test_an_explosion_ends_the_run_and_names_step_and_layer(tmp_path: Path) -> None:
    explosive = document(
        dataset={"kind": "plane"},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        optimizer={"kind": "sgd", "lr": 10},
        networks={"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "relu"}]}},
    )
    told = trained(tmp_path, explosive)
    verdict = last_verdict(told)
    assert verdict
    assert told[-1]["reason"] == verdict["what"] == "diverged"
    assert told[-1]["sentence"] == verdict["sentence"]
    assert told[-1]["sentence"]["values"]["layer"] in (0, 1)
    assert told[-1]["sentence"]["values"]["better"] == 0.03
    last = [event for event in told if event["type"] == "measured"][-1]["columns"]
    assert last["train_loss"][-1] in ("NaN", "Infinity")
    assert last["step"][-1] == told[-1]["sentence"]["values"]["step"] == told[-1]["step"]
    assert last["epoch"][-1] == told[-1]["epoch"]


def test_the_layer_of_an_explosion_is_counted_as_the_page_shows_them() -> None:
    doctor = Doctor(checked(document(networks={"main": {"layers": layers(8, 8)}})))
    named = [
        doctor.diverged(3, place).sentence["values"]["layer"]
        for place in ("/networks/main/layers/1", "/networks/main/layers/2", "/networks/main/layers/3")
    ]
    assert named == [1, 2, 2]
    assert "output head" in doctor.diverged(3, "/networks/main/head/0").sentence["template"]
    assert "too large for the loss" in doctor.diverged(3, "").sentence["template"]


@pytest.mark.parametrize(
    ("dataset", "task", "inner", "kind"),
    [
        ("digits", "classification", [{"kind": "flatten"}], "conv2d"),
        ("shape_masks", "segmentation", [], "conv2d"),
        ("ecg", "classification", [], "conv1d"),
    ],
)
def test_pictures_and_series_without_a_hidden_layer_are_offered_filters_that_fit(
    dataset: str, task: str, inner: list[Any], kind: str
) -> None:
    plain = document(
        dataset={"kind": dataset},
        task={"kind": task},
        loss={"kind": "cross_entropy"},
        networks={"main": {"layers": inner}},
    )
    verdict = look(Doctor(checked(plain)), 200, At(0.7, 0.7, 0.1, learned=False))
    assert verdict
    assert verdict.sentence["template"].startswith("After {steps} steps")
    assert ("every pixel" in verdict.sentence["template"]) == (task == "segmentation")
    assert [layer.kind for layer in mended(plain, verdict).main.layers][:2] == [kind, "relu"]


def test_an_inner_layer_with_filters_is_a_hidden_layer() -> None:
    inner = {"kind": "residual", "layers": [{"kind": "conv2d", "filters": 1, "padding": 1}]}
    deep = document(dataset={"kind": "digits"}, networks={"main": {"layers": [inner]}}, loss={"kind": "cross_entropy"})
    verdict = look(Doctor(checked(deep)), 200, At(0.7, 0.7, 0.1, learned=False))
    assert verdict
    assert "Without filters" not in verdict.sentence["template"]


def test_a_plain_recurrent_layer_over_many_places_is_offered_gates() -> None:
    plain = document(
        dataset={"kind": "adding", "length": 50},
        task={"kind": "regression"},
        networks={"main": {"layers": [{"kind": "rnn", "units": 16, "gives": "last", "bidirectional": True}]}},
        loss={"kind": "mse"},
    )
    verdict = look(Doctor(checked(plain)), 200, At(0.17, 0.17, 0.0, learned=False))
    assert verdict
    assert "forgets" in verdict.sentence["template"]
    assert verdict.sentence["values"]["places"] == 50
    [better] = mended(plain, verdict).main.layers
    assert isinstance(better, Lstm)
    assert (better.units, better.gives, better.bidirectional) == (16, "last", True)
    plain["dataset"]["length"] = 10
    short = look(Doctor(checked(plain)), 200, At(0.17, 0.17, 0.0, learned=False))
    assert short
    assert "forgets" not in short.sentence["template"]


def test_an_autoencoder_with_a_small_code_is_offered_a_larger_one() -> None:
    small = document(
        dataset={"kind": "digits"},
        task={"kind": "autoencoder", "code": 4},
        networks={
            "encoder": {"layers": [{"kind": "flatten"}, *layers(16)]},
            "decoder": {
                "layers": [{"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}], "head": False,
            },
        },
        loss={"kind": "mse"},
    )  # fmt: skip
    verdict = judged(standing(0.03, 0.5), **small)
    assert verdict
    assert "only a code of size {units}" in verdict.sentence["template"]
    task = mended(small, verdict).task
    assert isinstance(task, Autoencoder)
    assert task.code == 8
