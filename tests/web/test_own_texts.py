"""Texts that people bring, over HTTP: sent, looked at, trained on, written on, and kept from classmates."""

from typing import Any

import httpx
import pytest

from tests.web.conftest import CODE
from tests.web.house import Server, all_events, ended, start
from tests.web.sending import send, sent

SECRET = "Mein Tagebuch: heute war ich krank.\n"
POEM = "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。寒来暑往，秋收冬藏。\n"


def written(dataset: dict[str, Any], **tokenizer: Any) -> dict[str, Any]:
    return {
        "dataset": dataset | ({"tokenizer": tokenizer} if tokenizer else {}),
        "task": {"kind": "language_model"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "gru", "units": 8}]}},
        "loss": {"kind": "cross_entropy"},
        "training": {"epochs": 1},
    }


@pytest.mark.parametrize(
    "tokenizer", [{}, {"kind": "byte_pairs", "size": 100}, {"kind": "words", "size": 50}], ids=["", "pairs", "words"]
)
@pytest.mark.parametrize("content", [(SECRET * 60).encode(), (POEM * 60).encode("gb18030")], ids=["utf-8", "gb18030"])
def test_a_text_is_looked_at_trained_on_and_written_on(
    client: httpx.Client, content: bytes, tokenizer: dict[str, Any]
) -> None:
    made = sent(client, content, "日记.txt", kind="own_text")
    assert (made["kind"], made["name"]) == ("own_text", "日记.txt")
    assert made["beginning"].startswith((SECRET, POEM))
    document = written({**made["dataset"], "samples": 20, "window": 8}, **tokenizer)
    assert client.post("/api/experiments/check", json={"experiment": document}).json()["ok"]
    shown = client.post("/api/datasets/preview", json={"dataset": document["dataset"]}).json()
    assert shown["group"] == "sequence"
    assert shown["tokenizer"]["size"] == len([token for token in shown["vocabulary"] if token])
    assert client.post("/api/experiments/picture", json={"experiment": document}).status_code == 200
    compared = client.post("/api/experiments/baselines", json={"experiment": document}).json()
    assert [baseline["title"] for baseline in compared["baselines"]][:1] == ["Counting, order 2"]
    run = start(client, document)
    assert ended(client, run)["status"] == "done"
    started = next(event for event in all_events(client, run) if event["type"] == "started")
    assert started["tokenizer"]["hash"] == shown["tokenizer"]["hash"]
    question = {"kind": "write_on", "text": "heute 天𝒳", "count": 5}
    with client.stream("POST", f"/api/runs/{run}/ask", json=question) as answer:
        assert answer.read().count(b"event: part") == 5


def test_a_tokenizer_that_gives_too_few_tokens_is_told_where_it_is_chosen(client: httpx.Client) -> None:
    made = sent(client, (SECRET * 60).encode(), kind="own_text")
    document = written(made["dataset"], kind="byte_pairs", size=100)
    answer = client.post("/api/datasets/preview", json={"dataset": document["dataset"]})
    assert answer.status_code == 422
    [problem] = answer.json()["problems"]
    assert problem["place"] == "/dataset/samples"
    assert problem["fixes"][0]["edits"][0]["path"] == "/dataset/samples"
    assert ended(client, start(client, document))["status"] == "failed"


@pytest.mark.parametrize("tokenizer", [{"kind": "sentences"}, {"kind": "words", "size": 1}, "words", None, {}, 3])
def test_a_tokenizer_that_is_none_is_a_problem_at_its_place(client: httpx.Client, tokenizer: Any) -> None:
    document = written({"kind": "stories"})
    document["dataset"]["tokenizer"] = tokenizer
    told = client.post("/api/experiments/check", json={"experiment": document})
    assert told.status_code == 200
    assert told.json()["problems"][0]["place"].startswith("/dataset/tokenizer")


@pytest.mark.parametrize(
    ("content", "said", "sentence"),
    [
        (b"", {"kind": "own_text"}, "empty"),
        (b"short", {"kind": "own_text"}, "only 5 characters"),
        (b"x" * 10_000_001, {"kind": "own_text"}, "10 MB are the most"),
        (b"\xff\xfe" + b"\0\xd8" * 50, {"kind": "own_text"}, ""),
        ((SECRET * 9).encode(), {"kind": "own_text", "encoding": "utf-7"}, "Possible encodings"),
        (b"\x89PNG\r\n\x1a\n", {"kind": "own_text"}, ""),
    ],
)
def test_what_is_no_text_is_told_in_a_sentence(
    client: httpx.Client, content: bytes, said: dict[str, str], sentence: str
) -> None:
    answer = send(client, content, "text.txt", **said)
    assert answer.status_code == 422
    assert sentence in answer.json()["detail"]


def test_classmates_see_the_curve_of_a_text_and_nothing_of_the_text(class_server: Server) -> None:
    clients: list[httpx.Client] = []
    for name in ("Ada who writes", "Bob who reads"):
        with class_server.client() as stranger:
            token = stranger.post("/api/session", json={"code": CODE, "name": name}).json()["token"]
        clients.append(class_server.client(headers={"authorization": f"Bearer {token}"}))
    ada, bob = clients
    with ada, bob:
        dataset = sent(ada, (SECRET * 60).encode(), "diary.txt", kind="own_text")["dataset"]
        run = start(ada, written(dataset))
        assert ended(ada, run)["status"] == "done"
        seen = bob.get(f"/api/runs/{run}").json()["experiment"]["dataset"]
        assert [seen[name] for name in ("upload", "characters", "different")] == ["", 0, 0]
        started = [
            next(event for event in all_events(classmate, run) if event["type"] == "started")
            for classmate in (ada, bob)
        ]
        assert "corpus" in started[0]
        assert not {"corpus", "tokenizer"} & set(started[1])
        assert bob.get(f"/api/runs/{run}/frames/written").status_code == 403
        assert bob.post(f"/api/runs/{run}/ask", json={"kind": "write_on"}).status_code == 403
        assert bob.post("/api/datasets/preview", json={"dataset": dataset}).status_code == 422
        assert bob.get(f"/api/datasets/{dataset['upload']}").status_code == 404
