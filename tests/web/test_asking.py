"""Asking a trained network through HTTP: one address for all it can do, a reply in parts, the same for a seed."""

import copy
import json
import time
from base64 import b64encode
from typing import Any

import httpx
import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from app.experiment.experiment import Experiment
from app.runs.folder import RunFolder
from app.training.asking.trained import trained
from app.training.data.samples import samples_of
from tests.training.waves import vowel, wav
from tests.web.house import Server, ended, endless, experiment, start, until
from tests.web.test_gate import seated
from tests.web.test_many import told

LEARNING: dict[str, Any] = {"batch_size": 16, "epochs": 20}
STORIES = experiment(
    dataset={"kind": "stories", "samples": 100, "window": 16},
    task={"kind": "language_model"},
    networks={"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "lstm", "units": 8}]}},
    loss={"kind": "cross_entropy"},
    training=LEARNING,
)
SERIES = experiment(
    dataset={"kind": "mackey_glass", "samples": 100, "window": 8},
    task={"kind": "forecasting"},
    networks={"main": {"layers": [{"kind": "gru", "units": 4, "gives": "last"}]}},
    loss={"kind": "mse"},
    training=LEARNING,
)
REVIEWS = experiment(
    dataset={"kind": "reviews", "samples": 100},
    networks={"main": {"layers": [{"kind": "embedding", "width": 4}, {"kind": "mean_over_time"}]}},
    training=LEARNING,
)
VOWELS = experiment(
    dataset={"kind": "vowels", "samples": 100},
    networks={"main": {"layers": [{"kind": "gru", "units": 4}, {"kind": "mean_over_time"}]}},
    loss={"kind": "cross_entropy"},
    training=LEARNING,
)
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
DATES = experiment(
    dataset={"kind": "dates_in_words", "samples": 100},
    task={"kind": "translation", "memory": 4},
    networks={
        "encoder": {"layers": [{"kind": "embedding", "width": 4}, {"kind": "gru", "units": 4}]},
        "decoder": {
            "layers": [
                {"kind": "embedding", "width": 4},
                {"kind": "decoder_block", "heads": 1, "feedforward": 4},
                {"kind": "decoder_block", "heads": 1, "feedforward": 4},
            ]
        },
    },
    loss={"kind": "cross_entropy"},
    training=LEARNING,
)
GPT = {
    **STORIES,
    "networks": {
        "main": {
            "layers": [
                {"kind": "embedding", "width": 8},
                {"kind": "transformer_block", "heads": 2, "feedforward": 8, "rotary": True, "causal": True},
            ]
        }
    },
}
WORDS = experiment(
    dataset={"kind": "reviews", "samples": 200},
    task={"kind": "masked_language_model"},
    networks={
        "main": {
            "layers": [
                {"kind": "embedding", "width": 8},
                {"kind": "transformer_block", "heads": 2, "feedforward": 8, "rotary": True},
            ]
        }
    },
    loss={"kind": "cross_entropy"},
    training=LEARNING,
)
BLOCK: dict[str, Any] = {"kind": "transformer_block", "heads": 2, "feedforward": 8, "causal": True}
BLOCKS = STORIES | {
    "networks": {
        "main": {
            "layers": [
                {"kind": "embedding", "width": 8},
                {"kind": "learned_position", "places": 16},
                BLOCK,
                BLOCK,
                {"kind": "layer_norm"},
            ]
        }
    }
}
DOCUMENTS = {
    "blocks": BLOCKS,
    "words": WORDS,
    "gpt": GPT,
    "dates": DATES,
    "stories": STORIES,
    "series": SERIES,
    "reviews": REVIEWS,
    "vowels": VOWELS,
    "islands": ISLANDS,
    "digits": DIGITS,
    "to order": TO_ORDER,
    "cleaned": CLEANED,
    "noised": NOISED,
    "points": experiment(),
}


@pytest.fixture(scope="module")
def runs(server: Server) -> dict[str, str]:
    """A run of each document that is done."""
    with server.client() as client:
        found = {name: start(client, document) for name, document in DOCUMENTS.items()}
        for name, run in found.items():
            assert ended(client, run)["status"] == "done", name
    return found


def reply(client: httpx.Client, run: str, **question: Any) -> list[tuple[str, Any]]:
    with client.stream("POST", f"/api/runs/{run}/ask", json=question, timeout=60) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        return list(told(answer.iter_lines()))


def parts(client: httpx.Client, run: str, **question: Any) -> list[Any]:
    """The parts of a reply that came to its end."""
    events = reply(client, run, **question)
    assert events[0][0] == "begun"
    assert events[0][1]["kind"] == question["kind"]
    assert events[-1] == ("ended", {"reason": "done"})
    return [data for event, data in events if event == "part"]


def test_a_text_goes_on_the_same_for_the_same_seed(client: httpx.Client, runs: dict[str, str]) -> None:
    def text(**more: Any) -> str:
        return "".join(part["text"] for part in parts(client, runs["stories"], kind="write_on", count=600, **more))

    one = text(seed=1)
    assert len(one) == 600
    assert text(seed=1) == one
    assert text(seed=2) != one
    assert text(seed=1, text="a boy ") != one
    likeliest = text(temperature=0)
    assert text(temperature=0, seed=9) == likeliest == text(top_k=1) == text(top_p=1e-6)


def test_how_likely_each_token_comes_next(client: httpx.Client, runs: dict[str, str]) -> None:
    def following(**more: Any) -> dict[str, dict[str, Any]]:
        [part] = parts(client, runs["stories"], kind="next_token", text="a bo", **more)
        assert part["others"] == {"count": 0, "held": 0, "share": 0}
        assert sum(one["held"] for one in part["next"]) == pytest.approx(1, abs=1e-5)
        assert sum(one["share"] for one in part["next"]) == pytest.approx(1, abs=1e-5)
        return {one["token"]: one for one in part["next"]}

    plain = following()
    held = [one["held"] for one in plain.values()]
    assert held == sorted(held, reverse=True)
    assert [one["share"] for one in plain.values()] == pytest.approx(held, abs=1e-6)
    first, second, third = list(plain)[:3]
    two = following(top_k=2)
    assert two[first]["share"] == pytest.approx(held[0] / (held[0] + held[1]), abs=1e-6)
    assert two[third]["share"] == 0
    cold = following(temperature=0.5)
    assert cold[first]["share"] / cold[second]["share"] == pytest.approx((held[0] / held[1]) ** 2, rel=1e-4)
    assert following(temperature=0)[first]["share"] == 1
    likeliest = parts(client, runs["stories"], kind="write_on", text="a bo", count=1, temperature=0)
    assert likeliest == [{"text": first}]
    refused(client, runs["stories"], {"kind": "next_token", "text": "☃"}, "/text")


def test_a_translation_comes_token_by_token_with_where_it_looked(client: httpx.Client, runs: dict[str, str]) -> None:
    question = {"kind": "translate", "text": "The third of May, nineteen ninety-nine"}
    first, *written, last = parts(client, runs["dates"], **question)
    assert first == {"source": ["the", "third", "of", "may", "nineteen", "ninety", "nine"]}
    assert last == {"whole": "".join(part["text"] for part in written)}
    for part in written:
        assert len(part["looked"]) == 7
        assert sum(part["looked"]) == pytest.approx(1, abs=1e-3)
    assert parts(client, runs["dates"], **question, seed=5) == [first, *written, last]  # nothing is left to chance
    for text, template in (("the third of smarch", "never seen the word"), ("", "no text"), ("the " * 40, "at most")):
        answer = client.post(f"/api/runs/{runs['dates']}/ask", json={"kind": "translate", "text": text})
        assert answer.status_code == 422
        (problem,) = answer.json()["problems"]
        assert problem["place"] == "/text"
        assert template in problem["detail"]


def test_beams_of_a_translation_come_with_their_log_probabilities(client: httpx.Client, runs: dict[str, str]) -> None:
    def asked(**more: Any) -> list[Any]:
        return parts(client, runs["dates"], kind="translate", text="the third of may nineteen ninety-nine", **more)

    source, *steps, last = asked(beams=4)
    assert len(source["source"]) == 7
    texts = [""]
    for step in steps:
        texts = [texts[beam["behind"]] + beam["text"] for beam in step["beams"]]
        scores = [beam["score"] for beam in step["beams"]]
        assert scores == sorted(scores, reverse=True)
        for beam in step["beams"]:
            assert len(beam["looked"]) == (7 if beam["text"] else 0)
    assert len(texts) == 4 == len(set(texts))
    assert last == {"whole": texts[0]}
    greedy = asked()[-1]["whole"]
    assert asked(beams=1)[-1]["whole"] == greedy
    assert asked(temperature=0.7, top_k=1)[-1]["whole"] == greedy
    assert len({asked(temperature=5, seed=seed)[-1]["whole"] for seed in range(4)}) > 1
    by_sum = asked(beams=4, length_penalty=0)[-2]["beams"]
    assert all(beam["score"] == beam["log_probability"] for beam in by_sum)
    refused(client, runs["dates"], {"kind": "translate", "text": "may", "beams": 17}, "/beams")


def test_a_text_is_looked_for_with_beams(client: httpx.Client, runs: dict[str, str]) -> None:
    def asked(**more: Any) -> list[Any]:
        return parts(client, runs["stories"], kind="write_on", text="a bo", count=30, **more)

    greedy = "".join(part["text"] for part in asked(temperature=0))
    assert asked(beams=1)[-1] == {"whole": greedy}
    *steps, last = asked(beams=3, seed=1)
    assert len(steps) == 30
    assert len(last["whole"]) == 30
    assert steps[-1]["beams"][0]["log_probability"] >= asked(beams=1)[-2]["beams"][0]["log_probability"]
    assert asked(beams=3, seed=2) == [*steps, last]  # nothing is left to chance


def test_the_same_seed_gives_the_same_text_whatever_else_is_asked_meanwhile(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    question = {"kind": "write_on", "count": 2000, "seed": 3}
    expected = parts(client, runs["stories"], **question)
    found: list[Any] = []
    path = f"/api/runs/{runs['stories']}/ask"
    with client.stream("POST", path, json=question, timeout=60) as answer:
        for event, data in told(answer.iter_lines()):
            found += [data] if event == "part" else []
            if len(found) == 100:
                parts(client, runs["series"], kind="forecast", count=3)
                client.post(f"/api/runs/{runs['stories']}/ask", json=question, headers={"X-Tab": "another"})
    assert found == expected


def test_a_moment_that_is_kept_can_be_asked(server: Server, client: httpx.Client, runs: dict[str, str]) -> None:
    kept = sorted(int(file.stem) for file in server.app.state.house.folder(runs["stories"]).checkpoints.glob("*.json"))
    first = reply(client, runs["stories"], kind="write_on", count=50, step=kept[1] - 1)
    last = reply(client, runs["stories"], kind="write_on", count=50)
    assert (first[0][1]["step"], last[0][1]["step"]) == (kept[0], kept[-1])
    assert first[1:] != last[1:]
    refused(client, runs["stories"], {"kind": "write_on", "step": kept[0] - 1}, "/step")


def test_a_forecast_reads_its_own_values(client: httpx.Client, runs: dict[str, str]) -> None:
    first, *others = parts(client, runs["series"], kind="forecast", count=20)
    assert len(first["before"]) == 8
    values = [part["value"] for part in others]
    assert len(values) == 20
    again = parts(client, runs["series"], kind="forecast", count=2, values=[*first["before"][2:], *values[:2]])
    assert [part["value"] for part in again[1:]] == pytest.approx(values[2:4], rel=1e-5)
    refused(client, runs["series"], {"kind": "forecast", "values": [1, 2]}, "/values")


def test_a_text_is_read_word_by_word(client: httpx.Client, runs: dict[str, str]) -> None:
    found = parts(client, runs["reviews"], kind="read", text="the food is not good")
    assert [part["text"] for part in found][:2] == ["the", "the food"]
    assert len(found) == 5
    for part in found:
        assert set(part["shares"]) == {"bad", "good"}
        assert sum(part["shares"].values()) == pytest.approx(1, abs=1e-5)
    fewer = ["food is not good", "the is not good", "the food not good", "the food is good", "the food is not"]
    asked = {"inputs": ["the food is not good", *fewer]}
    predicted = client.post(f"/api/runs/{runs['reviews']}/predict", json=asked).json()
    whole, *without = (dict(zip(predicted["classes"], one, strict=True)) for one in predicted["outputs"])
    assert found[-1]["shares"] == whole
    left_out = found[-1]["left_out"]
    assert left_out["share"] == max(whole.values()) == whole[left_out["of"]]
    assert left_out["without"] == pytest.approx([one[left_out["of"]] for one in without], abs=1e-6)
    assert "attention" not in found[-1]  # there is none in this network
    assert parts(client, runs["reviews"], kind="read", text="good")[0]["left_out"]["without"] == [None]
    refused(client, runs["reviews"], {"kind": "read", "text": "  "}, "/text")
    refused(client, runs["reviews"], {"kind": "read", "text": "the zeppelin"}, "/text")


def test_a_sound_is_listened_to(client: httpx.Client, runs: dict[str, str]) -> None:
    sound = b64encode(wav(vowel("a", 1.0, 120))).decode()
    [part] = parts(client, runs["vowels"], kind="listen", sound=sound)
    assert [len(part["heard"]), len(part["heard"][0])] == [16, 32]
    assert set(part["shares"]) == {"a", "e", "i", "o", "u", "ai", "ei", "au", "ia", "ua"}
    assert sum(part["shares"].values()) == pytest.approx(1, abs=1e-4)
    longest = b64encode(wav(np.tile(vowel("a", 1.0, 120), 13))).decode()
    assert parts(client, runs["vowels"], kind="listen", sound=longest)[0].keys() == part.keys()
    for wrong in ("", "no base64", "AAAA", b64encode(bytes(1_400_001)).decode()):
        refused(client, runs["vowels"], {"kind": "listen", "sound": wrong}, "/sound")


def test_samples_are_drawn_from_the_noise_of_a_seed(client: httpx.Client, runs: dict[str, str]) -> None:
    def drawn(**more: Any) -> list[Any]:
        found = parts(client, runs["islands"], kind="sample", count=40, **more)
        return [sample for part in found for sample in part["samples"]]

    one = drawn(seed=4)
    assert len(one) == 40
    assert all(len(point) == 2 for point in one)
    assert drawn(seed=4) == one != drawn(seed=5)
    live = drawn(seed=4, weights="live")  # weights are averaged here
    assert live == drawn(seed=4, weights="live") != one
    assert drawn(seed=4, weights="averaged") == one


def test_a_code_is_drawn_and_where_the_decoder_reads_a_class_that_too(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    [one] = parts(client, runs["digits"], kind="decode", code=[0, 0.5, -1])
    [picture] = one["samples"]
    assert [len(picture), len(picture[0]), len(picture[0][0])] == [1, 8, 8]
    assert parts(client, runs["digits"], kind="decode", code=[0, 0.5, 1]) != [one]
    [three] = parts(client, runs["to order"], kind="decode", code=[0, 0.5, -1], label=3)
    assert parts(client, runs["to order"], kind="decode", code=[0, 0.5, -1], label=4) != [three]
    refused(client, runs["digits"], {"kind": "decode", "code": [1]}, "/code")
    refused(client, runs["to order"], {"kind": "decode", "code": [0, 0, 0]}, "/label")
    refused(client, runs["to order"], {"kind": "decode", "code": [0, 0, 0], "label": 10}, "/label")


CROSS = [[[float(row == column or row + column == 7) for column in range(8)] for row in range(8)]]


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
    refused(client, runs["digits"], {"kind": "interpolate", "second": [[[1]]]}, "/second")
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
    [one] = [sample for part in parts(client, runs[name], kind="sample", seed=3, count=1) for sample in part["samples"]]
    assert (name == "islands") == bool(np.allclose(there[0], one, atol=1e-4))  # diffusion lays no fresh noise here
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


def refused(client: httpx.Client, run: str, question: Any, place: str) -> None:
    answer = client.post(f"/api/runs/{run}/ask", json=question)
    assert answer.status_code == 422, answer.text
    assert [problem["place"] for problem in answer.json()["problems"]] == [place]
    chinese = client.post(f"/api/runs/{run}/ask", json=question, headers={"Accept-Language": "zh"}).json()
    assert chinese["detail"] != answer.json()["detail"]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ({}, "/kind"),
        ([], "/kind"),
        ({"kind": ["write_on"]}, "/kind"),
        ({"kind": "sing"}, "/kind"),
        ({"kind": "sample"}, "/kind"),
        ({"kind": "write_on", "count": 0}, "/count"),
        ({"kind": "write_on", "count": 2001}, "/count"),
        ({"kind": "write_on", "temperature": -1}, "/temperature"),
        ({"kind": "write_on", "top_p": 0}, "/top_p"),
        ({"kind": "write_on", "seed": -1}, "/seed"),
        ({"kind": "write_on", "step": -1}, "/step"),
        ({"kind": "write_on", "text": "x" * 4001}, "/text"),
        ({"kind": "write_on", "text": "☃"}, "/text"),
        ({"kind": "write_on", "word": 1}, "/word"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_place(
    client: httpx.Client, runs: dict[str, str], question: Any, place: str
) -> None:
    refused(client, runs["stories"], question, place)


def test_each_blank_is_filled_with_what_stands_around_it_and_not_with_itself(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    filled = parts(client, runs["words"], kind="fill", text="The food is _ and _ room")
    assert [part["place"] for part in filled] == [3, 5]
    for part in filled:
        shares = [one["share"] for one in part["next"]]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) + part["others"]["share"] == pytest.approx(1, abs=1e-5)
    other = parts(client, runs["words"], kind="fill", text="the room is _ and _ food")
    assert other[0]["next"] != filled[0]["next"]
    for text in ("the food is good", "the sesquipedalian is _", ""):
        refused(client, runs["words"], {"kind": "fill", "text": text}, "/text")
    refused(client, runs["stories"], {"kind": "fill", "text": "_"}, "/kind")


def test_beside_the_attention_from_a_blank_stands_what_each_word_left_out_changes(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    [part] = parts(client, runs["words"], kind="fill", text="the food is _ and good")
    left_out, likeliest = part["left_out"], part["next"][0]
    assert (left_out["of"], left_out["share"]) == (likeliest["token"], likeliest["share"])
    for place in (0, 1, 2, 4, 5):
        blanks = parts(client, runs["words"], kind="fill", text="the food is _ and good", hidden=[place])
        [other] = [one for one in blanks if one["place"] == 3]
        share = next(one["share"] for one in other["next"] if one["token"] == left_out["of"])
        assert left_out["without"][place] == pytest.approx(share, abs=1e-5)
    assert left_out["without"][3] is None
    assert len(part["attention"]) == 6
    assert sum(part["attention"]) == pytest.approx(1, abs=1e-5)  # all places that count are words


def test_a_head_is_switched_off_and_nothing_else(server: Server, client: httpx.Client, runs: dict[str, str]) -> None:
    [part] = parts(client, runs["words"], kind="without_head", attention=1, head=2)
    assert (part["split"], part["samples"]) == ("validation", 40)
    again = parts(client, runs["words"], kind="without_head", attention=1, head=2)
    assert again == [part]  # the head is there again
    found = trained(RunFolder(server.app.state.house.folder(runs["words"]).path))
    samples = samples_of(found.experiment)
    batch = samples.whole("validation")
    tokens, mask, padding = (batch.inputs[name] for name in ("x", "mask", "padding"))
    network = copy.deepcopy(found.network)

    def loss() -> float:
        with torch.no_grad():
            scores = network(tokens.masked_fill(mask, 0), padding=padding)
        return cross_entropy(scores[mask], tokens[mask]).item()

    assert part["with"]["loss"] == pytest.approx(loss(), rel=1e-4)
    attention: Any = network.get_submodule("layers.1.attention")
    attention.out_proj.weight.data[:, 4:] = 0  # of eight numbers
    assert part["without"]["loss"] == pytest.approx(loss(), rel=1e-4)
    assert part["without"]["loss"] != part["with"]["loss"]
    [other] = parts(client, runs["dates"], kind="without_head", attention=2)  # of a translation
    assert other["with"].keys() == other["without"].keys() >= {"loss", "written_exact"}
    refused(client, runs["words"], {"kind": "without_head", "attention": 2}, "/attention")
    refused(client, runs["words"], {"kind": "without_head", "head": 3}, "/head")
    refused(client, runs["stories"], {"kind": "without_head"}, "/kind")  # there is no attention


def test_after_each_block_it_is_told_what_the_layers_behind_the_last_would_say(
    server: Server, client: httpx.Client, runs: dict[str, str]
) -> None:
    first, *rows = parts(client, runs["blocks"], kind="lens", text="a boy")
    assert first == {"read": list("a boy"), "next": True}
    assert [row["block"] for row in rows] == [0, 1, 2]
    found = trained(RunFolder(server.app.state.house.folder(runs["blocks"]).path))
    layers, names = found.network.layers, found.experiment.dataset.vocabulary()
    stream = torch.tensor([[names.index(letter) for letter in "a boy"]])
    with torch.no_grad():
        for row, part in zip(rows, (slice(0, 2), slice(2, 3), slice(3, 4)), strict=True):
            stream = layers[part](stream)
            shares = torch.softmax(found.network.head(layers[4](stream)), dim=-1)[0]
            assert [one["token"] for one in row["said"]] == [names[at] for at in shares.argmax(-1).tolist()]
            np.testing.assert_allclose([one["held"] for one in row["said"]], shares.amax(-1), atol=1e-6)
    likeliest = parts(client, runs["blocks"], kind="next_token", text="a boy")[0]["next"][0]
    assert rows[-1]["said"][-1]["token"] == likeliest["token"]
    assert rows[-1]["said"][-1]["held"] == pytest.approx(likeliest["held"], abs=1e-5)
    [words, _, last] = parts(client, runs["words"], kind="lens", text="the food is _")
    assert words == {"read": ["the", "food", "is", "_"], "next": False}
    filled = parts(client, runs["words"], kind="fill", text="the food is _")[0]["next"][0]
    assert last["said"] == [None, None, None, {"token": filled["token"], "held": last["said"][-1]["held"]}]
    assert last["said"][-1]["held"] == pytest.approx(filled["share"], abs=1e-5)
    for text in ("", "the food is good", "the sesquipedalian is _"):
        refused(client, runs["words"], {"kind": "lens", "text": text}, "/text")
    refused(client, runs["stories"], {"kind": "lens"}, "/kind")  # of recurrent layers


def test_hidden_words_are_blanks_and_it_is_told_how_likely_they_are_held(
    client: httpx.Client, runs: dict[str, str]
) -> None:
    typed = parts(client, runs["words"], kind="fill", text="the food is _ and good")
    hidden = parts(client, runs["words"], kind="fill", text="The food is good and good", hidden=[3])
    assert [{**typed[0], "word": "good", "held": hidden[0]["held"]}] == hidden
    assert hidden[0]["held"] == next(one["held"] for one in typed[0]["next"] if one["token"] == "good")
    both = parts(client, runs["words"], kind="fill", text="the food is _ and good", hidden=[5, 3, 5])
    assert [(part["place"], part.get("word")) for part in both] == [(3, None), (5, "good")]
    for places in ([6], [-1], ["good"], [4000]):
        question = {"kind": "fill", "text": "the food is good and good", "hidden": places}
        answer = client.post(f"/api/runs/{runs['words']}/ask", json=question)
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["place"].startswith("/hidden")


def looks_back_only(maps: Any) -> bool:
    """Whether no head of a reply looks ahead; each row adds up to 1."""
    found = np.array(maps)
    np.testing.assert_allclose(found.sum(-1), 1, atol=0.03)
    return not np.triu(found, 1).any()


def test_a_language_model_looks_with_the_full_mask_for_once(client: httpx.Client, runs: dict[str, str]) -> None:
    before = parts(client, runs["gpt"], kind="write_on", count=20)
    first, own, other = parts(client, runs["gpt"], kind="other_mask", text="a boy saw a")
    assert first["tokens"] == list("a boy saw a")
    assert [layer["causal"] for layer in first["layers"]] == [True]
    assert [own["other"], other["other"]] == [False, True]
    assert looks_back_only(own["maps"])
    assert not looks_back_only(other["maps"])
    assert own["nats"][0] is None
    [following] = parts(client, runs["gpt"], kind="next_token", text="a boy saw ")
    held = {one["token"]: one["held"] for one in following["next"]}
    assert np.exp(-own["nats"][-1]) == pytest.approx(held["a"], abs=1e-5)
    assert own["likeliest"][-1] == following["next"][0]["token"]
    assert own["nats"][1:] != pytest.approx(other["nats"][1:], abs=1e-3)
    assert parts(client, runs["gpt"], kind="write_on", count=20) == before  # the run is as it was
    assert parts(client, runs["gpt"], kind="other_mask", text="a boy saw a") == [first, own, other]
    held_back = parts(client, runs["gpt"], kind="other_mask")[0]["tokens"]
    assert len(held_back) == 16  # a whole window
    refused(client, runs["gpt"], {"kind": "other_mask", "text": "a"}, "/text")
    refused(client, runs["stories"], {"kind": "other_mask", "text": "a boy"}, "")


def test_a_masked_language_model_looks_back_only_for_once(client: httpx.Client, runs: dict[str, str]) -> None:
    first, own, other = parts(client, runs["words"], kind="other_mask", text="the food is good and the room")
    assert first["tokens"] == ["the", "food", "is", "good", "and", "the", "room"]
    assert not looks_back_only(own["maps"])
    assert looks_back_only(other["maps"])
    [filled] = parts(client, runs["words"], kind="fill", text="the food is _ and the room")
    held = {one["token"]: one["held"] for one in filled["next"]}
    assert np.exp(-own["nats"][3]) == pytest.approx(held["good"], abs=1e-5)
    assert own["nats"] != pytest.approx(other["nats"], abs=1e-3)
    assert filled == parts(client, runs["words"], kind="fill", text="the food is _ and the room")[0]
    assert "" not in parts(client, runs["words"], kind="other_mask")[0]["tokens"]
    refused(client, runs["words"], {"kind": "other_mask", "text": "the sesquipedalian is"}, "/text")


def test_a_step_is_measured_by_how_long_the_sequences_are(client: httpx.Client, runs: dict[str, str]) -> None:
    first, *measured = parts(client, runs["stories"], kind="step_time", longest=64, batch_size=2)
    assert first == {"layers": ["embedding", "lstm"]}
    assert [one["length"] for one in measured] == [16, 32, 64]
    for one in measured:
        document = STORIES | {"dataset": {**STORIES["dataset"], "window": one["length"]}}
        asked = Experiment.model_validate(document)
        assert one["multiply_adds"] == asked.step_multiply_adds()
        assert one["parameters"] == sum(layer.parameters for layer in asked.placed())
        assert one["chain"] == 1 + 4 * one["length"] + 1  # a row, four steps at each place, the output
        assert one["threads"][0]["count"] == 1
        assert all(0 < thread["seconds"] < 10 for thread in one["threads"])
    # of padded texts, and of attention
    for run, length in (("reviews", 32), ("words", 32)):
        found = parts(client, runs[run], kind="step_time", longest=length)[1:]
        assert [one["length"] for one in found] == [16, 32]
        assert found[0]["chain"] == found[1]["chain"]
    refused(client, runs["dates"], {"kind": "step_time"}, "/kind")
    refused(client, runs["stories"], {"kind": "step_time", "longest": 15}, "/longest")


def test_every_kind_is_refused_where_the_task_does_not_do_it(client: httpx.Client, runs: dict[str, str]) -> None:
    for kind in (one["kind"] for one in client.get("/api/parts").json()["families"]["questions"]):
        refused(client, runs["points"], {"kind": kind}, "/kind")
    assert client.post("/api/runs/r0000000000000/ask", json={"kind": "sample"}).status_code == 404


def test_a_newer_question_takes_the_place_of_an_older_one(client: httpx.Client, runs: dict[str, str]) -> None:
    path, question = f"/api/runs/{runs['stories']}/ask", {"kind": "write_on", "count": 2000}
    with client.stream("POST", path, json=question, timeout=60) as older:
        events = told(older.iter_lines())
        assert next(events)[0] == "begun"
        newer = parts(client, runs["stories"], kind="write_on", count=5)
        rest = list(events)
    assert len(newer) == 5
    assert rest[-1] == ("ended", {"reason": "cancelled"})


def test_hanging_up_ends_the_work(server: Server, client: httpx.Client, runs: dict[str, str]) -> None:
    path, question = f"/api/runs/{runs['stories']}/ask", {"kind": "write_on", "count": 2000}
    with client.stream("POST", path, json=question, timeout=60) as answer:
        next(answer.iter_lines())
    until(lambda: server.app.state.house.limits._questions.total() == 0)
    began = time.monotonic()
    assert len(parts(client, runs["stories"], kind="write_on", count=5)) == 5
    assert time.monotonic() - began < 10


def test_a_run_in_training_is_asked_as_it_is(client: httpx.Client) -> None:
    run = start(client, STORIES | {"training": endless()["training"]})
    until(lambda: client.get(f"/api/runs/{run}").json()["step"] > 20)
    events = until(lambda: asked_now(client, run))
    assert events[-1] == ("ended", {"reason": "done"})
    assert {data["step"] for event, data in events if event == "begun"} != {None}
    client.delete(f"/api/runs/{run}")


def asked_now(client: httpx.Client, run: str) -> list[tuple[str, Any]] | None:
    """None while no network is saved yet."""
    with client.stream("POST", f"/api/runs/{run}/ask", json={"kind": "write_on", "count": 300}, timeout=60) as answer:
        return list(told(answer.iter_lines())) if answer.status_code == 200 else None


def test_only_who_may_see_a_run_asks_it(class_server: Server) -> None:
    with seated(class_server, "Writes") as client:
        run = start(client, STORIES)
        ended(client, run)
        assert len(parts(client, run, kind="write_on", count=3)) == 3
    with class_server.client() as stranger:
        answer = stranger.post(f"/api/runs/{run}/ask", json={"kind": "write_on"})
        assert answer.status_code == 401


def test_questions_are_listed_with_their_forms(client: httpx.Client) -> None:
    listed = client.get("/api/parts").json()["families"]["questions"]
    kinds = ["write_on", "next_token", "fill", "other_mask", "translate", "forecast", "read", "listen"]
    kinds += ["sample", "noise_walk", "denoise", "steps_against_quality", "loss_by_time", "interpolate", "decode"]
    kinds += ["lens", "without_head", "step_time"]
    assert [one["kind"] for one in listed] == kinds
    assert all(json.dumps(one["schema"]["properties"]["seed"]) for one in listed)
