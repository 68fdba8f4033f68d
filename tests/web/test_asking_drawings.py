"""Asking networks that draw: samples, codes, and what becomes of one's own drawings."""

from typing import Any

import httpx
import numpy as np
import pytest

from app.parts.tasks.gan import Gan
from tests.web.asking import LEARNING, parts, refused, runs_of
from tests.web.house import Server, experiment

ISLANDS = experiment(
    dataset={"kind": "islands", "samples": 100},
    task={"kind": "gan"},
    networks={
        name: {"layers": [{"kind": "linear", "units": 8}, {"kind": "relu"}]} for name in ("generator", "discriminator")
    },
    loss={"kind": "least_squares"},
    training={**LEARNING, "averaging": 0.9},
)
PAIR: dict[str, Any] = {
    "encoder": {"layers": [{"kind": "flatten"}]},
    "decoder": {
        "layers": [{"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}],
        "head": False,
    },
}
DIGITS = experiment(
    dataset={"kind": "digits", "samples": 100},
    task={"kind": "autoencoder", "code": 3},
    networks=PAIR,
    loss={"kind": "mse"},
    training=LEARNING,
)
TO_ORDER = {**DIGITS, "task": {"kind": "conditional_autoencoder", "code": 3}} | {
    "networks": {
        **PAIR,
        "decoder": {**PAIR["decoder"], "layers": [{"kind": "class_embedding"}, *PAIR["decoder"]["layers"]]},
    }
}
CLEANED = {**DIGITS, "task": {"kind": "denoising_autoencoder", "code": 3, "noise": 0.5}}
PIXELS: dict[str, Any] = {"kind": "reshape", "sizes": [1, 8, 8]}
NOISED = experiment(
    dataset={"kind": "digits", "samples": 100},
    task={"kind": "diffusion", "times": 8, "sampling_steps": 4, "eta": 1.0, "conditional": True},
    networks={
        "main": {
            "layers": [
                {"kind": "flatten"},
                {"kind": "linear", "units": 16},
                {"kind": "class_embedding"},
                {"kind": "time_embedding"},
                {"kind": "linear", "units": 64},
                PIXELS,
            ],
            "head": False,
        }
    },
    loss={"kind": "mse"},
    training=LEARNING,
)
CROSS = [[[float(row == column or row + column == 7) for column in range(8)] for row in range(8)]]
DOCUMENTS = {
    "islands": ISLANDS,
    "digits": DIGITS,
    "to order": TO_ORDER,
    "cleaned": CLEANED,
    "noised": NOISED,
}


@pytest.fixture(scope="module")
def runs(server: Server) -> dict[str, str]:
    return runs_of(server, DOCUMENTS)


def test_samples_are_drawn_from_the_noise_of_a_seed(client: httpx.Client, runs: dict[str, str]) -> None:
    def drawn(**more: Any) -> list[Any]:
        found = parts(client, runs["islands"], kind="sample", count=40, **more)
        return [sample for part in found for sample in part["samples"]]

    points = drawn(seed=4)
    assert len(points) == 40
    assert all(len(point) == 2 for point in points)
    assert drawn(seed=4) == points != drawn(seed=5)
    live = drawn(seed=4, weights="live")  # weights are averaged here
    assert live == drawn(seed=4, weights="live") != points
    assert drawn(seed=4, weights="averaged") == points


def test_a_code_is_drawn_and_where_the_decoder_reads_a_class_that_too(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    [part] = parts(client, runs["digits"], kind="decode", code=[0, 0.5, -1])
    [picture] = part["samples"]
    assert [len(picture), len(picture[0]), len(picture[0][0])] == [1, 8, 8]
    assert parts(client, runs["digits"], kind="decode", code=[0, 0.5, 1]) != [part]
    [three] = parts(client, runs["to order"], kind="decode", code=[0, 0.5, -1], label=3)
    assert parts(client, runs["to order"], kind="decode", code=[0, 0.5, -1], label=4) != [three]
    refused(client, runs["digits"], {"kind": "decode", "code": [1]}, "/code")
    refused(client, runs["digits"], {"kind": "decode", "label": 3}, "/label")
    refused(client, runs["to order"], {"kind": "decode", "code": [0, 0, 0]}, "/label")
    refused(client, runs["to order"], {"kind": "decode", "code": [0, 0, 0], "label": 10}, "/label")


def test_a_generator_draws_what_a_code_of_noise_stands_for(client: httpx.Client, runs: dict[str, str]) -> None:
    size = Gan().latent
    drawn = [parts(client, runs["islands"], kind="decode", code=[x] * size) for x in (0.0, 0.5, 0.5)]
    assert drawn[0] != drawn[1] == drawn[2]
    assert np.shape(drawn[0][0]["samples"]) == (1, 2)
    assert parts(client, runs["islands"], kind="decode") == drawn[0]  # without, all are 0
    assert parts(client, runs["islands"], kind="decode", weights="live") != drawn[0]
    refused(client, runs["islands"], {"kind": "decode", "code": [1] * (size + 1)}, "/code")
    refused(client, runs["islands"], {"kind": "decode", "code": [1e39, *[0] * (size - 1)]}, "/code/0")
    refused(client, runs["islands"], {"kind": "decode", "label": 0}, "/label")
    refused(client, runs["noised"], {"kind": "decode"}, "/kind")


def named(found: list[Any]) -> dict[str, list[Any]]:
    """The samples of a reply by what they are."""
    both = [pair for part in found for pair in zip(part["as"], part["samples"], strict=True)]
    return {name: [sample for other, sample in both if other == name] for name, _ in both}


def test_noise_is_laid_over_a_drawing_and_taken_away(client: httpx.Client, runs: dict[str, str]) -> None:
    told = named(parts(client, runs["cleaned"], kind="denoise", sample=CROSS, amount=0.5))
    assert list(told) == ["given", "noisy", "clean"]
    assert np.allclose(told["given"][0], CROSS, atol=1e-5)
    none = named(parts(client, runs["cleaned"], kind="denoise", sample=CROSS, amount=0))
    assert none["noisy"] == none["given"]
    walk = named(parts(client, runs["cleaned"], kind="interpolate", first=CROSS, count=2))
    assert np.allclose(none["clean"][0], walk["drawn"][0], atol=1e-5)
    strong = named(parts(client, runs["cleaned"], kind="denoise", sample=CROSS, amount=1))
    half = np.subtract(told["noisy"][0], told["given"][0])
    assert np.allclose(np.subtract(strong["noisy"][0], strong["given"][0]), 2 * half, atol=1e-4)  # the same noise
    held = named(parts(client, runs["cleaned"], kind="denoise"))
    assert held["given"] != told["given"]
    refused(client, runs["cleaned"], {"kind": "denoise", "sample": [[1, 2]]}, "/sample")
    refused(client, runs["cleaned"], {"kind": "denoise", "sample": [["x"]]}, "/sample")
    refused(client, runs["cleaned"], {"kind": "denoise", "label": 1}, "/label")
    refused(client, runs["digits"], {"kind": "denoise"}, "/kind")


def test_diffusion_makes_every_class_of_a_noisy_drawing_or_the_one_that_is_asked_for(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    every = named(parts(client, runs["noised"], kind="denoise", sample=CROSS, amount=0.5))
    assert [len(samples) for samples in every.values()] == [1, 1, 10, 10]
    assert every == named(parts(client, runs["noised"], kind="denoise", sample=CROSS, amount=0.5))
    three = named(parts(client, runs["noised"], kind="denoise", sample=CROSS, amount=0.5, label=3))
    assert np.allclose(three["made_out"][0], every["made_out"][3], atol=1e-4)
    untouched = named(parts(client, runs["noised"], kind="denoise", sample=CROSS, amount=0, label=3))
    assert np.allclose([untouched["clean"], untouched["noisy"]], [untouched["given"]] * 2, atol=1e-5)
    refused(client, runs["noised"], {"kind": "denoise", "label": 10}, "/label")


def test_codes_lie_on_a_straight_line_between_two_drawings(client: httpx.Client, runs: dict[str, str]) -> None:
    blank = [[[0.0] * 8] * 8]
    walk = named(parts(client, runs["digits"], kind="interpolate", first=CROSS, second=blank, count=5))
    assert np.allclose(walk["given"], [CROSS, blank], atol=1e-5)
    again = client.post(f"/api/runs/{runs['digits']}/predict", json={"inputs": [CROSS, blank]}).json()["outputs"]
    assert np.allclose(np.reshape([walk["drawn"][0], walk["drawn"][4]], (2, 64)), again, atol=1e-4)
    middle = np.mean([walk["drawn"][1], walk["drawn"][3]], axis=0)
    assert np.allclose(walk["drawn"][2], middle, atol=1e-4)  # this decoder is linear
    first, last = named(parts(client, runs["digits"], kind="interpolate", count=2))["given"]
    assert first != last
    for name, number in (("first", 1), ("second", 2)):
        question = {"kind": "interpolate", name: [[[1]]]}
        refused(client, runs["digits"], question, f"/{name}")
        said = client.post(f"/api/runs/{runs['digits']}/ask", json=question).json()["detail"]
        assert said == f"This network takes 1 × 8 × 8 pixels, but sample {number} has 1 × 1 × 1."
    refused(client, runs["digits"], {"kind": "interpolate", "count": 1}, "/count")
    refused(client, runs["to order"], {"kind": "interpolate"}, "/label")
    refused(client, runs["islands"], {"kind": "interpolate"}, "/kind")


@pytest.mark.parametrize("name", ["islands", "noised"])
def test_a_walk_goes_from_the_noise_of_one_seed_to_that_of_another(
    client: httpx.Client, runs: dict[str, str], name: str
) -> None:
    def walked(**more: Any) -> list[Any]:
        found = parts(client, runs[name], kind="noise_walk", **more)
        return [sample for part in found for sample in part["samples"]]

    there = walked(seed=3, to=8, count=20)
    assert len(there) == 20
    assert np.allclose(there, walked(seed=8, to=3, count=20)[::-1], atol=1e-4)
    assert np.allclose(walked(seed=3, to=3, count=2), [there[0]] * 2, atol=1e-4)
    [drawn] = [
        sample for part in parts(client, runs[name], kind="sample", seed=3, count=1) for sample in part["samples"]
    ]
    assert (name == "islands") == bool(np.allclose(there[0], drawn, atol=1e-4))  # diffusion lays no fresh noise here
    refused(client, runs[name], {"kind": "noise_walk", "label": 10}, "/label")
    refused(client, runs["digits"], {"kind": "noise_walk"}, "/kind")


def test_few_steps_are_compared_with_many_and_losses_by_time(client: httpx.Client, runs: dict[str, str]) -> None:
    question = {"kind": "steps_against_quality", "count": 10}
    first, *drawn = parts(client, runs["noised"], **question)
    assert first["count"] == 10
    assert first["chance"] > 0
    assert 0 < first["left"] < 1e-3
    assert [(part["steps"], part["fresh"]) for part in drawn] == [(n, eta) for n in (1, 2, 5, 8) for eta in (0, 1)]
    assert np.shape([part["samples"] for part in drawn]) == (8, 10, 1, 8, 8)
    assert drawn[0]["samples"] == drawn[1]["samples"]  # the last step lays no fresh noise, and this is the only one
    assert drawn[6]["samples"] != drawn[7]["samples"]
    assert parts(client, runs["noised"], **question) == [first, *drawn]
    other = parts(client, runs["noised"], **question, seed=1)
    assert other[0] == first
    assert other[1:] != drawn
    losses = parts(client, runs["noised"], kind="loss_by_time")
    assert [part["time"] for part in losses] == list(range(1, 9))
    assert losses[-1]["left"] == first["left"]
    assert all(part["loss"] > 0 and part["plain"] > 0 for part in losses)
    for kind in ("steps_against_quality", "loss_by_time"):
        refused(client, runs["islands"], {"kind": kind}, "/kind")
