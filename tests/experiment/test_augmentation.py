"""What augmentation asks of the samples, and what one click mends."""

from typing import Any

import pytest

from app.experiment.augmentation import Augmentation
from app.experiment.check import check
from app.experiment.patch import patched
from app.web.errors import described
from app.web.language import language

FLATTEN = [{"kind": "flatten"}]


def document(dataset: dict[str, Any], **augmentation: Any) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [] if dataset["kind"] == "circle" else FLATTEN}},
        "loss": {"kind": "cross_entropy"},
        "training": {"augmentation": augmentation},
    }


@pytest.mark.parametrize(
    ("dataset", "augmentation"),
    [
        ("digits", {"shift": 2, "flip": True, "rotate": 20, "scale": 0.2, "noise": 0.1, "colour": 0.3, "cutout": 3}),
        ("ecg", {"shift": 10, "scale": 0.1, "noise": 0.05}),
        ("circle", {}),
    ],
)
def test_what_fits_is_no_problem(dataset: str, augmentation: dict[str, Any]) -> None:
    assert check(document({"kind": dataset}, **augmentation)).problems == []


@pytest.mark.parametrize(
    ("dataset", "augmentation", "place"),
    [
        ("circle", {"noise": 0.1}, ""),
        ("ecg", {"shift": 3, "flip": True}, "/flip"),
        ("ecg", {"rotate": 3, "colour": 0.5, "cutout": 8}, "/rotate"),
        ("digits", {"shift": 5}, "/shift"),
        ("digits", {"cutout": 7}, "/cutout"),
    ],
)
def test_what_does_not_is_told_in_its_place_and_one_click_mends_it(
    dataset: str, augmentation: dict[str, Any], place: str
) -> None:
    wrong = document({"kind": dataset}, **augmentation)
    (problem,) = check(wrong).problems

    assert problem.place == "/training/augmentation" + place
    assert check(patched(wrong, problem.fixes[0].edits)).problems == []


def test_the_sentence_for_numbers_reads_in_chinese() -> None:
    (problem,) = check(document({"kind": "circle"}, shift=1)).problems
    assert described(problem, language("zh"))["detail"] == "数据增强改变的是图像和序列，而这里的每个样本是一列数。"


def test_it_is_on_as_soon_as_one_setting_is() -> None:
    assert not Augmentation().on
    for name, value in {
        "shift": 1,
        "flip": True,
        "rotate": 1,
        "scale": 0.1,
        "noise": 0.1,
        "colour": 0.1,
        "cutout": 1,
    }.items():
        assert Augmentation.model_validate({name: value}).on, name
    assert set(Augmentation.model_fields) == {"shift", "flip", "rotate", "scale", "noise", "colour", "cutout"}


def test_a_misspelt_setting_is_offered_its_name() -> None:
    (problem,) = check(document({"kind": "digits"}, rotat=3)).problems
    assert problem.place == "/training/augmentation/rotat"
    assert problem.fixes[0].values == {"field": "rotate"}
