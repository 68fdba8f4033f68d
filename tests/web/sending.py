"""How the tests of own data send it."""

from typing import Any

import httpx

from tests.web.house import experiment

PATH = "/api/datasets"


def send(client: httpx.Client, content: bytes, name: str = "table.csv", **said: str) -> httpx.Response:
    """Sends a file with what is said of it."""
    return client.post(PATH, files={"file": (name, content)}, data=said)


def sent(client: httpx.Client, content: bytes, name: str = "table.csv", **said: str) -> dict[str, Any]:
    """The answer to a file that is taken."""
    answer = send(client, content, name, **said)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{PATH}/{answer.json()['id']}"
    return answer.json()


def pictured(dataset: dict[str, Any]) -> dict[str, Any]:
    """A small experiment on pictures."""
    return experiment(dataset=dataset, networks={"main": {"layers": [{"kind": "flatten"}]}})
