"""The examples of the API's page look like what the API answers."""

from typing import Any

import httpx
import pytest

from tests.web.house import Server, ended, start

PATHS = [
    "/api/datasets/{kind}/preview",
    "/api/runs",
    "/api/runs/{run}",
    "/api/runs/{run}/events",
    "/api/runs/{run}/metrics",
    "/api/runs/{run}/frames",
    "/api/runs/{run}/answers",
    "/api/health",
    "/api/about",
]


@pytest.fixture(scope="module")
def done(server: Server) -> str:
    with server.client() as client:
        run = start(client)
        ended(client, run)
    return run


@pytest.mark.parametrize("path", PATHS)
def test_an_example_has_the_fields_of_an_answer(client: httpx.Client, done: str, path: str) -> None:
    told = client.get("/openapi.json").json()["paths"][path]["get"]["responses"]["200"]
    example: Any = told["content"]["application/json"]["example"]
    answer = client.get(path.format(kind="circle", run=done)).json()
    filled = {name for name, value in answer.items() if value is not None}  # FastAPI leaves null out of an example
    assert filled <= set(example) <= set(answer)


def test_what_is_made_is_linked_to_all_that_takes_its_id(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    operations = {route["operationId"]: path for path, methods in paths.items() for route in methods.values()}
    assert len(operations) == sum(map(len, paths.values()))
    for made, parameter in (("/api/runs", "run"), ("/api/runs/{run}/fork", "run"), ("/api/datasets", "upload")):
        links = paths[made]["post"]["responses"]["201"]["links"]
        assert {name for name, path in operations.items() if f"{{{parameter}}}" in path} == set(links)
        assert all(link["parameters"] == {parameter: "$response.body#/id"} for link in links.values())
