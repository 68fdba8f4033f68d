"""A run that waits says for which; a paused one gives its place up to it, and goes on where it was."""

from pathlib import Path

import httpx
import pytest

from app.executors.limits import usual_runs
from app.executors.local import LocalExecutor
from app.main import make_app
from app.settings import Settings
from tests.web.house import ended, endless, experiment, serving_in, start, until


def told(client: httpx.Client, run: str) -> dict[str, object]:
    return client.get(f"/api/runs/{run}").json()


def tell(client: httpx.Client, run: str, kind: str) -> None:
    client.post(f"/api/runs/{run}/commands", json={"kind": kind}).raise_for_status()


def test_a_run_waits_for_another_by_name_until_that_is_paused_or_stopped(tmp_path: Path) -> None:
    with serving_in(tmp_path, runs_per_seat=1) as server, server.client() as client:
        long = experiment(training={"epochs": 100_000, "batch_size": 10, "stepper": "eager"})
        first = start(client, long)
        until(lambda: int(str(told(client, first)["step"])) > 0)
        second = start(client, endless())
        waits = until(lambda: (now := told(client, second))["expected_seconds"] and now)
        assert (waits["status"], waits["position"], waits["behind"]) == ("queued", 1, first)
        assert waits["expected_seconds"] > 10  # what the first run itself expects, not what runs took before
        until(lambda: told(client, second)["expected_seconds"] < waits["expected_seconds"])  # it counts down

        tell(client, first, "pause")
        until(lambda: told(client, second)["status"] == "running")
        assert told(client, second)["behind"] is None
        assert told(client, first)["status"] == "paused"
        reached = told(client, first)["step"]

        tell(client, first, "resume")
        until(lambda: told(client, first)["behind"] == second)
        tell(client, second, "stop")
        until(lambda: int(str(told(client, first)["step"])) > int(str(reached)))
        tell(client, first, "stop")
        assert [ended(client, run)["status"] for run in (first, second)] == ["stopped", "stopped"]


def test_a_paused_run_that_has_no_place_is_stopped_without_waiting_for_one(tmp_path: Path) -> None:
    with serving_in(tmp_path, runs_per_seat=1) as server, server.client() as client:
        first, second = start(client, endless()), start(client, endless())
        until(lambda: int(str(told(client, first)["step"])) > 0)
        tell(client, first, "pause")
        until(lambda: told(client, second)["status"] == "running")
        tell(client, first, "stop")
        assert ended(client, first)["status"] == "stopped"
        assert told(client, second)["status"] == "running"
        tell(client, second, "stop")


def test_a_run_paused_and_told_to_go_on_at_once_is_never_left_behind(tmp_path: Path) -> None:
    with serving_in(tmp_path, runs_per_seat=1) as server, server.client() as client:
        runs = [start(client, endless()) for _ in range(2)]
        until(lambda: int(str(told(client, runs[0])["step"])) > 0)
        for _ in range(6):  # whenever one leaves, the other comes
            for run in runs:
                tell(client, run, "pause")
                tell(client, run, "resume")
        for run in runs:
            tell(client, run, "stop")
        assert [ended(client, run)["status"] for run in runs] == ["stopped", "stopped"]


@pytest.mark.parametrize(
    ("given", "at_once"),
    [({}, usual_runs()), ({"token": "maple-river-lantern-42"}, 1), ({"runs_per_seat": 3}, 3)],
)
def test_one_person_trains_several_runs_at_once_and_a_seat_in_a_class_one(
    tmp_path: Path, given: dict[str, object], at_once: int
) -> None:
    executor = make_app(Settings.model_validate({"data": tmp_path, **given})).state.house.executor
    assert isinstance(executor, LocalExecutor)
    assert executor.limits is not None
    assert executor.limits.per_owner == at_once >= 1
    assert usual_runs() >= 2
