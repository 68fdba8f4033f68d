"""What is asked of trained networks through HTTP: documents, their runs, and how questions are sent."""

from typing import Any

import httpx

from tests.web.house import Server, ended, experiment, start
from tests.web.test_many import told

LEARNING: dict[str, Any] = {"batch_size": 16, "epochs": 20}
STORIES = experiment(
    dataset={"kind": "stories", "samples": 100, "window": 16},
    task={"kind": "language_model"},
    networks={"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "lstm", "units": 8}]}},
    loss={"kind": "cross_entropy"},
    training=LEARNING,
)
REVIEWS = experiment(
    dataset={"kind": "reviews", "samples": 100},
    networks={"main": {"layers": [{"kind": "embedding", "width": 4}, {"kind": "mean_over_time"}]}},
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


def runs_of(server: Server, documents: dict[str, Any]) -> dict[str, str]:
    """A run of each document that is done, by the name of the document."""
    with server.client() as client:
        found = {name: start(client, document) for name, document in documents.items()}
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


def refused(client: httpx.Client, run: str, question: Any, place: str) -> None:
    answer = client.post(f"/api/runs/{run}/ask", json=question)
    assert answer.status_code == 422, answer.text
    assert [problem["place"] for problem in answer.json()["problems"]] == [place]
    chinese = client.post(f"/api/runs/{run}/ask", json=question, headers={"Accept-Language": "zh"}).json()
    assert chinese["detail"] != answer.json()["detail"]
