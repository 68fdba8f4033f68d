"""Augmentation shown on samples, through HTTP."""

from typing import Any

import httpx
import numpy as np
import pytest

from app.parts.datasets.digits import Digits
from app.parts.datasets.shape_masks import ShapeMasks
from app.training.data.samples import load

PATH = "/api/experiments/augmented"


def digits(**augmentation: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "digits", "samples": 200},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [{"kind": "flatten"}]}},
        "loss": {"kind": "cross_entropy"},
        "training": {"augmentation": augmentation},
    }


def masks(**augmentation: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "shape_masks", "samples": 40, "standardize": True},
        "task": {"kind": "segmentation"},
        "loss": {"kind": "cross_entropy"},
        "training": {"augmentation": augmentation, "batch_size": 5},
    }


def asked(client: httpx.Client, experiment: dict[str, Any], **more: Any) -> Any:
    answer = client.post(PATH, json={"experiment": experiment, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_each_sample_stands_beside_its_versions(client: httpx.Client) -> None:
    told = asked(client, digits(shift=1), rows=[7, 3], count=5)
    raw = load(Digits(samples=200)).raw

    assert [axis["size"] for axis in told["shape"]["axes"]] == [1, 8, 8]
    assert [sample["row"] for sample in told["rows"]] == [7, 3]
    for sample in told["rows"]:
        picture = np.array(sample["original"]).reshape(8, 8)
        assert np.array_equal(picture, np.round(raw[sample["row"], 0] * 255))
        assert len(sample["augmented"]) == 5
        padded = np.pad(picture, 1, mode="edge")
        shifts = [padded[down : down + 8, right : right + 8] for down in range(3) for right in range(3)]
        for version in sample["augmented"]:
            assert min(np.abs(np.array(version).reshape(8, 8) - shift).max() for shift in shifts) <= 1
    assert asked(client, digits(shift=1), rows=[7, 3], count=5) == told


def test_a_few_samples_of_different_classes_are_shown_where_none_are_named(client: httpx.Client) -> None:
    told = asked(client, digits(flip=True))
    prepared = load(Digits(samples=200))
    rows = [row["row"] for row in told["rows"]]

    assert len({int(prepared.targets[row]) for row in rows}) == len(rows) == 4
    assert set(rows) <= set(prepared.train.tolist())
    assert {len(row["augmented"]) for row in told["rows"]} == {4}


def test_masks_move_along(client: httpx.Client) -> None:
    told = asked(client, masks(flip=True), rows=[0, 1, 2], count=8)
    truth = load(ShapeMasks(samples=40)).targets

    for sample in told["rows"]:
        mask = truth[sample["row"]]
        assert sample["mask"] == mask.ravel().tolist()
        original = np.array(sample["original"]).reshape(32, 32)
        for picture, moved in zip(sample["augmented"], sample["augmented_masks"], strict=True):
            mirrored = moved == mask[:, ::-1].ravel().tolist()
            assert mirrored or moved == sample["mask"]
            expected = original[:, ::-1] if mirrored else original
            assert np.abs(np.array(picture).reshape(32, 32) - expected).max() <= 1


def test_without_augmentation_there_are_no_versions(client: httpx.Client) -> None:
    assert [sample["augmented"] for sample in asked(client, digits(), rows=[5])["rows"]] == [[]]


def test_series_come_as_their_numbers(client: httpx.Client) -> None:
    heart = digits(noise=0.1) | {"dataset": {"kind": "ecg", "samples": 60}, "networks": {"main": {"layers": []}}}
    (sample,) = asked(client, heart, rows=[3], count=1)["rows"]

    assert len(sample["original"]) == len(sample["augmented"][0]) == 128
    assert np.std(np.array(sample["augmented"][0]) - sample["original"]) == pytest.approx(0.1, rel=0.3)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"rows": [0, 200]}, "/rows/1"),
        ({"rows": [-1]}, "/rows/0"),
        ({"rows": []}, "/rows"),
        ({"rows": [0.5]}, "/rows/0"),
        ({"rows": [1] * 13}, "/rows"),
        ({"count": 0}, "/count"),
        ({"count": 13}, "/count"),
        ({"count": True}, "/count"),
        ({"more": 1}, "/more"),
    ],
)
def test_what_cannot_be_shown_is_told_in_its_place(client: httpx.Client, more: dict[str, Any], place: str) -> None:
    answer = client.post(PATH, json={"experiment": digits(shift=1), **more})
    assert answer.status_code == 422
    assert [problem["place"] for problem in answer.json()["problems"]] == [place]


def test_a_document_with_problems_is_told_as_everywhere(client: httpx.Client) -> None:
    answer = client.post(PATH, json={"experiment": digits(shift=7)})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == "/training/augmentation/shift"
    assert client.post(PATH, json={"experiment": 7}).status_code == 422
