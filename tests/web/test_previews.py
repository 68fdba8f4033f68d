"""Previews are worked out once and kept, but for data that are somebody's own."""

import json
import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx

from app.parts.datasets import DATASETS
from app.parts.datasets.points import Points
from app.web.previews import MOST_BYTES, Previews, lasting
from tests.parts.families import OWN_FILES
from tests.web.house import Server


@contextmanager
def no_worker(server: Server) -> Generator[None]:
    """The launcher stands still meanwhile."""
    launcher = json.loads((server.settings.data / "launcher.json").read_text())["pid"]
    os.kill(launcher, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(launcher, signal.SIGCONT)


def question(samples: int) -> dict[str, Any]:
    return {"kind": "preview", "dataset": {"kind": "circle", "samples": samples}}


def test_a_preview_that_was_answered_needs_no_worker(client: httpx.Client, server: Server) -> None:
    address = '/api/datasets/moons/preview?settings={"samples":123,"seed":7}'
    first = client.get(address).raise_for_status()
    with no_worker(server):
        again = client.get(address)
        asked = client.post("/api/datasets/preview", json={"dataset": {"seed": 7, "samples": 123, "kind": "moons"}})
    assert again.content == first.content == asked.content
    other = client.get('/api/datasets/moons/preview?settings={"samples":123,"seed":8}').raise_for_status()
    assert other.content != first.content


def test_every_kind_has_a_thumbnail_of_few_samples_in_one_answer(client: httpx.Client, server: Server) -> None:
    told = client.get("/api/datasets/thumbnails").raise_for_status().json()["thumbnails"]
    assert set(told) == {dataset.kind_name() for dataset in DATASETS if dataset not in (*OWN_FILES, Points)}
    assert {kind for kind, shown in told.items() if shown["group"] == "picture"} == {
        "digits",
        "faces",
        "shapes",
        "shape_masks",
        "drawn_faces",
        "drawn_face_parts",
    }
    for kind, shown in told.items():
        most = {"plane": 200, "line": 200, "table": 200, "sequence": 5}.get(
            shown["group"], 9 if kind == "digits" else 4
        )
        assert len(shown["raw"]) == len(shown["targets"]) == len(shown["rows"]) <= most, kind
        assert shown["raw"], kind
    whole = client.get('/api/datasets/digits/preview?settings={"samples":200}').json()
    assert told["digits"]["raw"] == whole["raw"][:9]
    assert told["spiral"] == client.get('/api/datasets/spiral/preview?settings={"samples":200}').json()
    with no_worker(server):
        assert client.get("/api/datasets/thumbnails").json()["thumbnails"] == told


def test_only_what_is_in_no_file_lasts() -> None:
    passing = {dataset.kind_name() for dataset in DATASETS if not lasting(dataset())}
    assert passing == {dataset.kind_name() for dataset in OWN_FILES}


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    previews = Previews()
    for samples in (100, 200):
        previews.keep(question(samples), b"J" * (MOST_BYTES // 2))
    assert previews.get(question(100))
    previews.keep(question(300), b"J")
    assert previews.get(question(200)) is None
    assert previews.get(question(100))
    previews.keep(question(400), b"J" * (MOST_BYTES + 1))
    assert previews.get(question(400)) is None
