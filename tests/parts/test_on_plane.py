"""What a network is told of a point on the plane: features from the list, and formulas of one's own."""

import numpy as np
import pytest

from app.parts.datasets.circle import Circle
from app.parts.datasets.on_plane import FEATURE_SYMBOLS, FEATURES
from app.parts.formula import Formula
from app.parts.problem import Problem
from app.training.data.samples import load

POINTS = np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, 0.0], [6.0, -6.0]])


def test_formulas_stand_behind_the_features_as_inputs_of_their_own():
    dataset = Circle(features=["x2", "x1_squared"], formulas=["x1^2 + sin(3*x2)", "x1 < x2"])
    dataset.check()
    x1, x2 = POINTS.T
    expected = np.stack([x2, x1**2, x1**2 + np.sin(3 * x2), x1 < x2], axis=1)
    np.testing.assert_allclose(dataset.encode(POINTS), expected)
    assert dataset.inputs().numbers == 4
    assert dataset.input_names() == ["x₂", "x₁²", "x₁² + sin(3·x₂)", "x₁ < x₂"]


def test_formulas_alone_are_enough():
    dataset = Circle(features=[], formulas=["x1^2 + x2^2"])
    dataset.check()
    prepared = load(dataset)
    assert prepared.inputs.shape == (500, 1)
    np.testing.assert_allclose(prepared.inputs[:, 0], (prepared.raw**2).sum(axis=1), rtol=1e-6)


@pytest.mark.parametrize("formula", ["1/x1", "log(x1)", "exp(9*x1)", "x1^0.5", "tan(x1)"])
def test_a_formula_without_a_value_here_and_there_leaves_all_inputs_finite(formula):
    dataset = Circle(formulas=[formula], standardize=True)
    dataset.check()
    assert np.isfinite(load(dataset).inputs).all()
    assert np.isfinite(dataset.encode(POINTS)).all()


@pytest.mark.parametrize(
    ("settings", "place", "begins", "mended"),
    [
        ({"features": []}, "/features", "The network is told nothing of a point.", {"features": ["x1", "x2"]}),
        ({"formulas": ["x1+", "x1^2"]}, "/formulas/0", "After “+” a number", {"formulas": ["x1^2"]}),
        ({"formulas": ["x1*x2^2", "2x1"]}, "/formulas/1", "Between “2” and “x1”", {"formulas": ["x1*x2^2", "2*x1"]}),
        ({"formulas": [""]}, "/formulas/0", "There is no formula yet.", {"formulas": []}),
        ({"formulas": ["3"]}, "/formulas/0", "3 is the same everywhere", {"formulas": []}),
        ({"formulas": ["x1 - x1"]}, "/formulas/0", "x₁ − x₁ is the same everywhere", {"formulas": []}),
        ({"formulas": ["x1 < 7"]}, "/formulas/0", "x₁ < 7 is the same everywhere", {"formulas": []}),
        ({"formulas": ["log(-1-x1^2)"]}, "/formulas/0", "log(−1 − x₁²) has no value anywhere", {"formulas": []}),
        ({"formulas": ["1/0"]}, "/formulas/0", "1/0 has no value anywhere", {"formulas": []}),
        ({"formulas": ["x1+0"]}, "/formulas/0", "x₁ + 0 is the same as x₁ everywhere", {"formulas": []}),
        ({"formulas": ["x2^2", "x2*x2"]}, "/formulas/1", "x₂·x₂ is the same as x₂² everywhere", {"formulas": ["x2^2"]}),
    ],
)
def test_what_tells_a_network_nothing_is_a_problem_and_the_first_button_mends_it(settings, place, begins, mended):
    with pytest.raises(Problem) as raised:
        Circle(**settings).check()
    assert raised.value.place == place
    assert str(raised.value).startswith(begins)
    (edit,) = raised.value.fixes[0].edits
    field, *index = edit.path.strip("/").split("/")
    value = edit.value
    if index:
        value = [*settings[field]]
        value[int(index[0]) : int(index[0]) + 1] = [] if edit.op == "remove" else [edit.value]
    assert {field: value} == mended
    changed = Circle.model_validate(settings | {field: value})
    if "2*x1" not in mended.get("formulas", []):  # which is told next: it is only x1, made larger
        changed.check()


def test_every_broken_formula_can_be_removed_by_a_button():
    for formula in ("x1+", "2x1", "sin x1", "", "3", "🧠"):
        with pytest.raises(Problem) as raised:
            Circle(formulas=["x1*x2^2", formula]).check()
        assert raised.value.fixes[-1].edits[0].op == "remove"
        assert raised.value.fixes[-1].edits[0].path == raised.value.place == "/formulas/1"


def test_a_broken_formula_has_a_shape_and_a_name_all_the_same():
    dataset = Circle(formulas=["x1+", "x1*x2^2"])
    assert dataset.inputs().numbers == 4
    assert dataset.input_names() == ["x₁", "x₂", "x1+", "x₁·x₂²"]


def test_every_feature_of_the_list_can_be_typed_as_a_formula():
    columns = {"x1": POINTS[:, 0], "x2": POINTS[:, 1]}
    typed = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)", "cos(x1)", "cos(x2)"]
    for (feature, function), text in zip(FEATURES.items(), typed, strict=True):
        np.testing.assert_allclose(Formula.parse(text, columns).values(columns), function(POINTS))
        with pytest.raises(Problem, match=f"the same as {FEATURE_SYMBOLS[feature]} everywhere"):
            Circle(features=[feature], formulas=[text]).check()
