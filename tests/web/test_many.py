"""Many networks at once through HTTP: each ends as it would alone, whoever shares the work."""

import base64
import json
import math
import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import Any

import httpx
import pytest

from app.experiment.mapping import Axis, coarse_to_fine, values_along, with_values
from tests.executors.house import kill, lives
from tests.training.documents import document
from tests.web.house import until

EPOCHS = 20
X = {"path": "/optimizer/lr", "low": 0.001, "high": 0.1, "scale": "log", "count": 5}
Y = {"path": "/networks/main/layers/0/units", "low": 1, "high": 4, "count": 8}


def told(stream: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """The events of a stream, by name."""
    event = ""
    for line in stream:
        if line.startswith("event: "):
            event = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield event, json.loads(line.removeprefix("data: "))


def streamed(client: httpx.Client, path: str, asked: dict[str, Any]) -> list[tuple[str, Any]]:
    with client.stream("POST", path, json=asked, timeout=60) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        return list(told(answer.iter_lines()))


def results(events: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [result for event, data in events if event == "found" for result in data["results"]]


def alone(client: httpx.Client, values: dict[str, Any]) -> Any:
    """The metrics of one network by itself."""
    whole = client.post("/api/instant", json={"experiment": with_values(complete(), values), "epochs": EPOCHS})
    assert whole.status_code == 200, whole.text
    return whole.json()["metrics"]


def complete() -> dict[str, Any]:
    return document() | {"seed": 5}


def test_every_seed_ends_as_it_would_alone(client: httpx.Client) -> None:
    events = streamed(client, "/api/seeds", {"experiment": complete(), "count": 40, "epochs": EPOCHS})
    assert events[0] == ("begun", {"count": 40})
    assert events[-1] == ("ended", {"reason": "done"})
    found = sorted(results(events), key=lambda result: result["at"])
    assert [result["values"]["/seed"] for result in found] == list(range(5, 45))
    assert len({result["metrics"]["validation_loss"] for result in found}) == 40
    for result in (found[0], found[17], found[-1]):
        assert result["metrics"] == alone(client, result["values"])
        assert result["curve"]["validation_loss"][-1] == result["metrics"]["validation_loss"]
        assert len(base64.b64decode(result["surface"])) == 50 * 50


def test_seeds_may_draw_the_data_too(client: httpx.Client) -> None:
    asked = {"experiment": complete(), "count": 2, "data": True, "epochs": EPOCHS}
    first, second = sorted(results(streamed(client, "/api/seeds", asked)), key=lambda result: result["at"])
    assert first["values"] == {"/seed": 5, "/dataset/seed": 5}
    assert second["values"] == {"/seed": 6, "/dataset/seed": 6}
    data = complete()["dataset"] | {"seed": 6}
    assert second["metrics"] == alone(client, {"/seed": 6, "/dataset": data}) != alone(client, {"/seed": 6})


def test_an_atlas_has_a_network_at_every_place_coarse_ones_first(client: httpx.Client) -> None:
    events = streamed(client, "/api/atlas", {"experiment": complete(), "x": X, "y": Y, "epochs": EPOCHS})
    begun = events[0][1]
    assert begun["x"]["values"] == [0.001, 0.00316228, 0.01, 0.0316228, 0.1]
    assert begun["y"]["values"] == [1, 2, 3, 4]
    found = results(events)
    assert {tuple(result["at"]) for result in found} == {(i, j) for i in range(5) for j in range(4)}
    chosen = next(candidate for candidate in found if candidate["at"] == [2, 3])
    assert chosen["values"] == {X["path"]: 0.01, Y["path"]: 4}
    assert chosen["metrics"] == alone(client, chosen["values"])


def test_an_atlas_tells_in_which_epoch_the_training_loss_came_to_a_target(client: httpx.Client) -> None:
    few = complete() | {"dataset": {"kind": "gaussians", "samples": 50}}  # so that every loss is told
    asked = {"experiment": few, "x": X, "y": Y, "epochs": EPOCHS, "target": 0.3}
    found = {tuple(result["at"]): result for result in results(streamed(client, "/api/atlas", asked))}
    reached = {at: result["epochs_to_target"] for at, result in found.items()}
    assert None in reached.values()
    assert len(set(reached.values())) > 3
    for at in ((4, 3), (3, 2), (0, 0)):
        experiment = with_values(few, found[at]["values"])
        told = client.post("/api/instant", json={"experiment": experiment, "epochs": EPOCHS}).json()
        columns = told["columns"]
        assert len(columns["step"]) == told["steps"]
        losses: dict[int, list[float]] = {}
        for epoch, loss in zip(columns["epoch"], columns["train_loss"], strict=True):
            losses.setdefault(math.ceil(round(epoch, 4)), []).append(loss)
        wanted = next((epoch for epoch, all_of_it in losses.items() if fmean(all_of_it) <= 0.3), None)
        assert reached[at] == wanted
    assert "epochs_to_target" not in results(streamed(client, "/api/atlas", asked | {"target": None}))[0]


def test_places_far_apart_come_first() -> None:
    places = coarse_to_fine(24, 24)
    assert sorted(places) == [(i, j) for i in range(24) for j in range(24)]
    assert places[:9] == [(i, j) for j in (4, 12, 20) for i in (4, 12, 20)]


@pytest.mark.parametrize(
    ("path", "low", "high", "values"),
    [
        ("/optimizer/beta1", 0, 0.99999999, [0, 0.5, 0.99999999]),
        ("/dataset/noise", 0.10000001, 0.10000002, [0.10000001, 0.10000002]),
        ("/networks/main/layers/0/units", 1.6, 4.5, [2, 3, 4]),
    ],
)
def test_the_values_of_an_axis_lie_within_what_was_sent(path: str, low: float, high: float, values: list[Any]) -> None:
    found = document() | {"optimizer": {"kind": "adam", "beta1": 0.9}}
    found["dataset"] = {"noise": 0.1}
    count = 5 if path.endswith("units") else 3
    assert values_along(found, Axis(path=path, low=low, high=high, count=count)) == values


def test_a_problem_that_a_worker_finds_is_told(client: httpx.Client) -> None:
    without_files = document(dataset={"kind": "mnist"}, networks={"main": {"layers": [{"kind": "flatten"}]}})
    (event, problem), last = streamed(client, "/api/seeds", {"experiment": without_files, "count": 3, "epochs": 1})[-2:]
    assert event == "problem"
    assert "mnist" in problem["detail"].lower()
    assert last == ("ended", {"reason": "failed"})


def test_a_newer_one_ends_an_older_one(client: httpx.Client) -> None:
    long = {"experiment": complete(), "count": 1000, "epochs": 100}
    with client.stream("POST", "/api/seeds", json=long, timeout=60) as answer:
        events = told(answer.iter_lines())
        assert next(events)[0] == "begun"
        assert next(events)[0] == "found"
        newer = streamed(client, "/api/seeds", {"experiment": complete(), "count": 2, "epochs": 3})
        assert newer[-1] == ("ended", {"reason": "done"})
        assert list(events)[-1] == ("ended", {"reason": "cancelled"})


def children(yard: Path) -> set[int]:
    """The processes that the launcher has forked and that live; none before it was needed."""
    note = yard / "launcher.json"
    if not note.exists():
        return set()
    launcher = json.loads(note.read_text())["pid"]
    found = Path(f"/proc/{launcher}/task/{launcher}/children").read_text().split()
    return {pid for pid in map(int, found) if lives(pid)}


@contextmanager
def seeds_at_work(client: httpx.Client, yard: Path, tab: str) -> Generator[tuple[Iterator[tuple[str, Any]], set[int]]]:
    """The events of a thousand seeds from the third on, and the workers that are at it for this tab."""
    before = children(yard)
    asked = {"experiment": complete(), "count": 1000, "epochs": 100}
    with client.stream("POST", "/api/seeds", json=asked, headers={"X-Tab": tab}, timeout=60) as answer:
        events = told(answer.iter_lines())
        assert [next(events)[0] for _ in range(2)] == ["begun", "found"]
        yield events, children(yard) - before


def test_hanging_up_ends_the_workers(client: httpx.Client, yard: Path) -> None:
    with seeds_at_work(client, yard, "leaving") as (_, workers):
        assert workers
    until(lambda: not workers & children(yard))


def test_workers_that_are_killed_are_told_in_a_sentence(client: httpx.Client, yard: Path) -> None:
    with seeds_at_work(client, yard, "killed") as (events, workers):
        for worker in workers:
            kill(worker, signal.SIGKILL)
        (_, problem), last = list(events)[-2:]
    assert "ended from outside" in problem["detail"]
    assert last == ("ended", {"reason": "failed"})


@pytest.mark.parametrize(
    ("path", "change", "place"),
    [
        ("/api/atlas", {"x": X | {"path": "/optimizer/kind"}}, "/x/path"),
        ("/api/atlas", {"x": X | {"path": "/optimizer/nothing/0"}}, "/x/path"),
        ("/api/atlas", {"y": X}, "/y/path"),
        ("/api/atlas", {"y": Y | {"path": "/networks/main/layers/00/units"}}, "/y/path"),
        ("/api/atlas", {"y": Y | {"low": 9}}, "/y/low"),
        ("/api/atlas", {"x": X | {"low": 0}}, "/x/low"),
        ("/api/atlas", {"x": X | {"high": 1000}}, "/x/high"),
        ("/api/atlas", {"x": X | {"path": ""}}, "/x/path"),
        ("/api/atlas", {"y": Y | {"path": "/training/batch_size", "low": 0, "high": 9}}, "/y/low"),
        ("/api/atlas", {"y": Y | {"low": -1e308, "high": 1e308}}, "/y/low"),
        ("/api/atlas", {"y": Y | {"path": "/training/epochs", "low": 1, "high": 1_000_000}}, ""),
        ("/api/seeds", {"epochs": True}, "/epochs"),
        ("/api/atlas", {"y": Y | {"high": 300}}, "/y/high"),
        ("/api/atlas", {"y": Y | {"low": 2.1, "high": 2.9}}, "/y/high"),
        ("/api/atlas", {"y": {"path": "/training/averaging", "low": 0, "high": 0.9}}, "/y/high"),
        ("/api/seeds", {"epochs": 1_000_000}, "/epochs"),
        ("/api/seeds", {"experiment": document(optimizer={"kind": "lbfgs"})}, "/optimizer"),
        ("/api/seeds", {"experiment": document(training={"batch_size": 0})}, "/training/batch_size"),
    ],
)
def test_what_cannot_be_is_told_at_its_place(
    client: httpx.Client, path: str, change: dict[str, Any], place: str
) -> None:
    asked: dict[str, Any] = {"experiment": complete()}
    asked |= {"x": X, "y": Y} if path == "/api/atlas" else {"count": 64}
    answer = client.post(path, json=asked | change)
    assert answer.status_code == 422, answer.text
    assert answer.json()["problems"][0]["place"] == place
