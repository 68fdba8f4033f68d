"""A minute of generated requests to every route of a real server: nothing breaks, nothing hangs, it is well after."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from tests.web.house import Server, serving_in

SECONDS = 60
ROUND = 4  # examples of each route before it is the next one's turn
LONGEST = 40.0  # seconds for one answer

# Lots of runs may be made, and every one is allowed to be asked for.
PLENTY = {"runs_per_minute": 100_000, "unfinished_runs": 100_000, "requests_per_second": 100_000, "runs_per_seat": 2}


def ask_for_a_while(server: Server, until: float, mode: GenerationMode, asked: dict[str, int]) -> None:
    """A few generated requests to each route."""
    schema = schemathesis.openapi.from_url(f"http://{server.address}/openapi.json")
    for result in schema.get_all_operations():
        operation = result.ok()
        if time.monotonic() > until:
            return

        @settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: schemathesis.Case) -> None:
            answer = case.call(base_url=f"http://{server.address}", timeout=LONGEST)
            assert answer.status_code < 500, (case.method, case.path, answer.text)
            asked[case.path] = asked.get(case.path, 0) + 1

        with suppress(Unsatisfiable):  # a route that takes nothing can be asked nothing wrong
            send()


@pytest.mark.slow
def test_no_generated_request_breaks_the_server(tmp_path: Path) -> None:
    asked: dict[str, int] = {}
    with serving_in(tmp_path / "data", **PLENTY) as server, server.client() as client:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                ask_for_a_while(server, until, mode, asked)
        assert client.get("/api/health").json() == {"status": "ok"}
        assert client.get("/api/runs").status_code == 200
        paths = set(client.get("/openapi.json").json()["paths"])
    assert set(asked) == paths
    assert sum(asked.values()) > 500
