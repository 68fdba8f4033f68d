"""Asking a trained network through HTTP: one address for all it can do, a reply in parts, the same for a seed.

One file, though long: its tests share a few trained runs.
"""

import json
import time
from base64 import b64encode
from typing import Any

import httpx
import numpy as np
import pytest

from tests.training.waves import vowel, wav
from tests.web.asking import DATES, LEARNING, REVIEWS, STORIES, parts, refused, reply, runs_of
from tests.web.house import Server, ended, endless, experiment, start, until
from tests.web.test_gate import seated
from tests.web.test_many import told

SERIES = experiment(
    dataset={"kind": "mackey_glass", "samples": 100, "window": 8},
    task={"kind": "forecasting"},
    networks={"main": {"layers": [{"kind": "gru", "units": 4, "gives": "last"}]}},
    loss={"kind": "mse"},
    training=LEARNING,
)
VOWELS = experiment(
    dataset={"kind": "vowels", "samples": 100},
    networks={"main": {"layers": [{"kind": "gru", "units": 4}, {"kind": "mean_over_time"}]}},
    loss={"kind": "cross_entropy"},
    training=LEARNING,
)
DOCUMENTS = {
    "dates": DATES,
    "stories": STORIES,
    "series": SERIES,
    "reviews": REVIEWS,
    "vowels": VOWELS,
    "points": experiment(),
}


@pytest.fixture(scope="module")
def runs(server: Server) -> dict[str, str]:
    return runs_of(server, DOCUMENTS)


def test_a_text_goes_on_the_same_for_the_same_seed(client: httpx.Client, runs: dict[str, str]) -> None:
    def text(**more: Any) -> str:
        return "".join(part["text"] for part in parts(client, runs["stories"], kind="write_on", count=600, **more))

    written = text(seed=1)
    assert len(written) == 600
    assert text(seed=1) == written
    assert text(seed=2) != written
    assert text(seed=1, text="a boy ") != written
    likeliest = text(temperature=0)
    assert text(temperature=0, seed=9) == likeliest == text(top_k=1) == text(top_p=1e-6)


def test_how_likely_each_token_comes_next(client: httpx.Client, runs: dict[str, str]) -> None:
    def following(**more: Any) -> dict[str, dict[str, Any]]:
        [part] = parts(client, runs["stories"], kind="next_token", text="a bo", **more)
        assert part["others"] == {"count": 0, "held": 0, "share": 0}
        assert sum(candidate["held"] for candidate in part["next"]) == pytest.approx(1, abs=1e-5)
        assert sum(candidate["share"] for candidate in part["next"]) == pytest.approx(1, abs=1e-5)
        return {candidate["token"]: candidate for candidate in part["next"]}

    plain = following()
    held = [candidate["held"] for candidate in plain.values()]
    assert held == sorted(held, reverse=True)
    assert [candidate["share"] for candidate in plain.values()] == pytest.approx(held, abs=1e-6)
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
    whole, *without = (dict(zip(predicted["classes"], outputs, strict=True)) for outputs in predicted["outputs"])
    assert found[-1]["shares"] == whole
    left_out = found[-1]["left_out"]
    assert left_out["share"] == max(whole.values()) == whole[left_out["of"]]
    assert left_out["without"] == pytest.approx([shares[left_out["of"]] for shares in without], abs=1e-6)
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


def test_every_kind_is_refused_where_the_task_does_not_do_it(client: httpx.Client, runs: dict[str, str]) -> None:
    for kind in (question["kind"] for question in client.get("/api/parts").json()["families"]["questions"]):
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
    assert [question["kind"] for question in listed] == kinds
    assert all(json.dumps(question["schema"]["properties"]["seed"]) for question in listed)
