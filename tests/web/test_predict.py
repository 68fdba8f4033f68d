"""Questions about the network of a run, through HTTP: who may ask, what is refused and how, what comes back."""

import asyncio
import json
import os
import signal
import struct
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.experiment.presets.explosion import EXPLOSION
from app.runs.folder import RunFolder
from app.runs.frames import Frame, decode
from tests.experiment.documents import JUNK
from tests.web.conftest import CODE
from tests.web.house import Server, ended, endless, experiment, serving_in, start, until
from tests.web.test_bad_input import JSON, QUIET, sent

PICTURES = experiment(
    dataset={"kind": "digits", "samples": 200},
    networks={"main": {"layers": [{"kind": "conv2d", "filters": 3}, {"kind": "relu"}, {"kind": "flatten"}]}},
)
ZH = {"Accept-Language": "zh"}


def split_frames(block: bytes) -> list[Frame]:
    frames: list[Frame] = []
    while block:
        (length,) = struct.unpack_from("<I", block)
        frames.append(decode(block[4 : 4 + length]))
        block = block[4 + length :]
    return frames


@pytest.fixture(scope="module")
def points(server: Server) -> str:
    """A run over points that is done."""
    with server.client() as client:
        run = start(client)
        ended(client, run)
    return run


@pytest.fixture(scope="module")
def pictures(server: Server) -> str:
    """A run over pictures that is done."""
    with server.client() as client:
        run = start(client, PICTURES)
        ended(client, run)
    return run


def test_a_point_is_answered_with_a_probability_for_each_class(client: httpx.Client, points: str) -> None:
    told = client.post(f"/api/runs/{points}/predict", json={"inputs": [[0, 0], [5, 5.5]]}).json()
    assert told["step"] == client.get(f"/api/runs/{points}").json()["step"]
    assert told["epoch"] == 5
    assert told["classes"] == ["orange", "blue"]
    assert [sum(shares) for shares in told["outputs"]] == pytest.approx([1, 1])


def test_a_drawing_is_answered_with_frames(client: httpx.Client, pictures: str) -> None:
    drawing = [[[0.0] * 8] * 3 + [[1.0] * 8] * 5]
    answer = client.post(f"/api/runs/{pictures}/predict", json={"inputs": [drawing], "frames": True})
    assert answer.headers["content-type"] == "application/octet-stream"
    frames = {frame.probe: frame for frame in split_frames(answer.content)}
    assert set(frames) == {"activations", "feature_maps"}
    assert frames["feature_maps"].arrays["inputs"].codes[0, 0, :, 0].tolist() == [0] * 3 + [255] * 5  # type: ignore[union-attr]


def test_kept_feature_maps_are_found_by_step(client: httpx.Client, pictures: str) -> None:
    steps = [kept["step"] for kept in client.get(f"/api/runs/{pictures}/frames").json()["frames"]]
    for asked, expected in ((0, steps[0]), (10**6, steps[-1])):
        frame = decode(client.get(f"/api/runs/{pictures}/frames/feature_maps", params={"step": asked}).content)
        assert (frame.probe, frame.step) == ("feature_maps", expected)
    assert decode(client.get(f"/api/runs/{pictures}/frames/feature_maps").content).step == steps[-1]


def test_answers_come_page_by_page(client: httpx.Client, pictures: str) -> None:
    path = f"/api/runs/{pictures}/answers"
    first = client.get(path, params={"limit": 7}).json()
    assert first["total"] == 40
    assert len(first["samples"]) == 7
    assert set(first["samples"][0]["raw"]) <= set(range(256))
    rest = client.get(path, params={"limit": 200, "offset": 7}).json()["samples"]
    losses = [sample["loss"] for sample in [*first["samples"], *rest]]
    assert losses == sorted(losses, reverse=True)
    asked = {"split": "test", "order": "rows", "truth": 3}
    assert client.get(path, params=asked).status_code == 403  # sealed
    opened = client.get(path, params=asked | {"test": "open"}).json()
    assert {(sample["split"], sample["truth"]) for sample in opened["samples"]} == {("test", 3)}


@pytest.mark.parametrize(
    "query",
    [
        "split=everything",
        "order=best",
        "truth=-1",
        "truth=x",
        "answer=1e3",
        "offset=-1",
        "limit=0",
        "limit=201",
        "limit=99999999999999999999",
        "order=%00",
    ],
)
def test_an_odd_page_is_refused(client: httpx.Client, pictures: str, query: str) -> None:
    answer = client.get(f"/api/runs/{pictures}/answers?{query}")
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == "/" + query.partition("=")[0]


def test_a_sample_of_another_shape_is_told_in_its_place_and_language(client: httpx.Client, pictures: str) -> None:
    answer = client.post(f"/api/runs/{pictures}/predict", json={"inputs": [[[1, 2]]]}, headers=ZH)
    assert answer.status_code == 422
    assert answer.json()["detail"] == "这个网络需要 1 × 8 × 8 像素，第 1 个样本却是 1 × 2。"
    assert answer.json()["problems"][0]["place"] == "/inputs/0"


@pytest.mark.parametrize("count", [0, 65])
def test_so_many_samples_are_not_answered_at_once(client: httpx.Client, points: str, count: int) -> None:
    answer = client.post(f"/api/runs/{points}/predict", json={"inputs": [[1, 1]] * count})
    assert answer.status_code == 422
    assert answer.json()["detail"] == f"Between 1 and 64 samples can be asked about at once, but here are {count}."


@QUIET
@given(body=st.one_of(JUNK, st.fixed_dictionaries({"inputs": st.lists(JUNK, max_size=3)}, optional={"frames": JUNK})))
def test_junk_is_refused_and_never_breaks_anything(client: httpx.Client, points: str, body: Any) -> None:
    answer = client.post(f"/api/runs/{points}/predict", content=sent(body), headers=JSON)
    assert answer.status_code in (200, 400, 413, 422), answer.text
    if answer.status_code != 200:
        assert answer.json()["problems"][0]["detail"]


def test_a_run_that_has_saved_nothing_says_so(client: httpx.Client) -> None:
    run = start(client, endless(), start="paused")
    asked = (client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]}), client.get(f"/api/runs/{run}/answers"))
    for answer in asked:
        assert answer.status_code == 409
        assert answer.json()["detail"].startswith("The network of this run is not saved yet.")
    client.delete(f"/api/runs/{run}")


def test_a_run_that_ended_before_it_saved_anything_says_so(client: httpx.Client) -> None:
    run = start(client, EXPLOSION.experiment)
    assert ended(client, run)["status"] == "diverged"
    answer = client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]}, headers=ZH)
    assert (answer.status_code, answer.json()["detail"]) == (409, "这次训练在网络保存之前就结束了，所以无法向它提问。")
    client.delete(f"/api/runs/{run}")


def test_a_run_in_training_answers_with_its_newest_network(client: httpx.Client, server: Server) -> None:
    run = start(client, endless())
    folder = RunFolder(server.settings.runs / run)

    def step() -> int:
        return client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]}).json()["step"]

    until(lambda: any(folder.checkpoints.glob("*.json")))
    first = step()
    until(lambda: step() > first)
    client.delete(f"/api/runs/{run}")


def test_a_paused_run_answers_as_it_stands_a_weight_set_by_hand_included(client: httpx.Client) -> None:
    run = start(client, endless(), start="paused")
    client.post(f"/api/runs/{run}/commands", json={"kind": "step", "steps": 5})
    until(lambda: client.get(f"/api/runs/{run}").json()["step"] == 5)

    def told() -> Any:
        return client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]}).json()

    until(lambda: told().get("step") == 5)
    before = told()["outputs"]
    weight = {"path": "/networks/main/head/0/bias", "index": [1]}
    client.post(f"/api/runs/{run}/commands", json={"kind": "set", "weight": weight, "value": 30}).raise_for_status()
    until(lambda: told()["outputs"] != before)
    assert told()["outputs"][0][1] > 0.99
    client.delete(f"/api/runs/{run}")


def test_a_run_that_is_not_there_is_not_found(client: httpx.Client, points: str) -> None:
    run = start(client)
    ended(client, run)
    client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]}).raise_for_status()
    client.delete(f"/api/runs/{run}").raise_for_status()
    for gone in (run, "r0000000000000", "..%2f" + points, "x"):
        assert client.post(f"/api/runs/{gone}/predict", json={"inputs": [[1, 1]]}).status_code == 404
        assert client.get(f"/api/runs/{gone}/answers").status_code == 404


def test_a_run_whose_folder_goes_while_it_is_asked_is_not_found(client: httpx.Client, server: Server) -> None:
    run = start(client)
    ended(client, run)
    folder = RunFolder(server.settings.runs / run)
    folder.experiment_file.rename(folder.path / "elsewhere")  # the worker finds nothing to read
    answer = client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]})
    assert (answer.status_code, bool(answer.json()["detail"])) == (422, True)
    client.delete(f"/api/runs/{run}")


def test_another_seat_may_ask_a_run_and_a_stranger_may_not(class_server: Server) -> None:
    with class_server.client() as ann, class_server.client() as bo, class_server.client() as stranger:
        for client, name in ((ann, "Ann"), (bo, "Bo")):
            client.post("/api/session", json={"code": CODE, "name": name}).raise_for_status()
        run = start(ann)
        ended(ann, run)
        for client, status in ((ann, 200), (bo, 200), (stranger, 401)):
            assert client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]}).status_code == status
            assert client.get(f"/api/runs/{run}/answers").status_code == status


def test_a_killed_launcher_is_followed_by_another_that_answers(yard: Path) -> None:
    with serving_in(yard, end_launcher=False) as server, server.client() as client:
        run = start(client)
        ended(client, run)
        os.kill(json.loads((yard / "launcher.json").read_text())["pid"], signal.SIGKILL)
        answer = client.post(f"/api/runs/{run}/predict", json={"inputs": [[1, 1]]})
        assert answer.status_code == 200
        assert answer.json()["classes"] == ["orange", "blue"]


def test_while_somebody_draws_a_newer_question_takes_the_older_ones_place(
    client: httpx.Client, server: Server, pictures: str
) -> None:
    drawing = {"inputs": [[[[0.5] * 8] * 8]], "frames": True}

    async def draw() -> list[int]:
        options: dict[str, Any] = {"timeout": 60, "trust_env": False, "verify": False}
        async with httpx.AsyncClient(base_url=f"http://{server.address}", **options) as many:
            asked = [many.post(f"/api/runs/{pictures}/predict", json=drawing) for _ in range(12)]
            return [answer.status_code for answer in await asyncio.gather(*asked)]

    statuses = asyncio.run(draw())
    assert set(statuses) <= {200, 409}
    assert 200 in statuses
    assert client.post(f"/api/runs/{pictures}/predict", json=drawing).status_code == 200


def test_the_network_of_any_kept_moment_can_be_asked(client: httpx.Client, points: str) -> None:
    path = f"/api/runs/{points}"
    newest = client.post(f"{path}/predict", json={"inputs": [[1, 1]]}).json()
    early = client.post(f"{path}/predict", json={"inputs": [[1, 1]], "step": newest["step"] - 1}).json()
    assert 0 < early["step"] < newest["step"]
    assert early["outputs"] != newest["outputs"]
    page = client.get(f"{path}/answers", params={"step": newest["step"] - 1, "limit": 1}).json()
    assert page["step"] == early["step"]
    refused = client.post(f"{path}/predict", json={"inputs": [[1, 1]], "step": 1})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["place"] == "/step"
