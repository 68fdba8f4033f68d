"""A minute of generated requests to every route of a real server: nothing breaks, nothing hangs, it is well after."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from tests.web.house import endless, serving_in, start

SECONDS = 60
ROUND = 10  # examples of each route before it is the next one's turn
LONGEST = 40.0  # seconds for one answer
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# Lots of runs may be made, and every one is allowed to be asked for.
PLENTY: dict[str, Any] = {
    "runs_per_minute": 100_000,
    "unfinished_runs": 100_000,
    "requests_per_second": 100_000,
    "runs_per_seat": 2,
}
ALL_CHECKS: Any = list(HealthCheck)  # Hypothesis types its members as their metaclass
LIMITS = settings(
    max_examples=ROUND,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=ALL_CHECKS,
    print_blob=False,
)


def ask(
    address: str, cases: st.SearchStrategy[schemathesis.Case[Any]], run: str, asked: set[str], until: float
) -> None:
    """A few generated requests to one route, but once the time is over only to one that was not asked before; every
    second one about a run that exists."""

    @LIMITS
    @given(case=cases, real=st.booleans())
    def send(case: schemathesis.Case[Any], real: bool) -> None:
        if time.monotonic() > until and case.path in asked:
            return
        if real and "run" in case.path_parameters:
            case.path_parameters["run"] = run
        answer = case.call(base_url=f"http://{address}", timeout=LONGEST)
        assert answer.status_code < 500, (case.method, case.path, answer.text)
        asked.add(case.path)

    with suppress(Unsatisfiable):  # a route that takes nothing can be asked nothing wrong
        send()


@pytest.mark.slow
def test_no_generated_request_breaks_the_server(tmp_path: Path) -> None:
    asked: set[str] = set()
    with serving_in(tmp_path / "data", **PLENTY) as server, server.client() as client:
        schema = schemathesis.openapi.from_url(f"http://{server.address}/openapi.json")
        operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
        routes = [operation.as_strategy(generation_mode=mode) for mode in MODES for operation in operations]
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            run = start(client, endless(), start="paused")
            for cases in routes:
                ask(server.address, cases, run, asked, until)
            client.delete(f"/api/runs/{run}")
        assert client.get("/api/health").json() == {"status": "ok"}
        assert client.get("/api/runs").status_code == 200
        assert asked == set(client.get("/openapi.json").json()["paths"])
