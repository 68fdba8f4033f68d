"""Previews are worked out once and kept, but for data that are somebody's own."""

import json
import os
import signal

import httpx

from app.parts.datasets import DATASETS, Dataset
from app.web.previews import MOST_BYTES, Previews
from tests.web.house import Server

KINDS = {one.kind_name(): one for one in DATASETS}


def made(kind: str, **settings: int) -> Dataset:
    return KINDS[kind](kind=kind, **settings)


def test_a_preview_that_was_answered_needs_no_worker(client: httpx.Client, server: Server) -> None:
    address = '/api/datasets/moons/preview?settings={"samples":123,"seed":7}'
    first = client.get(address).raise_for_status()
    launcher = json.loads((server.settings.data / "launcher.json").read_text())["pid"]
    os.kill(launcher, signal.SIGSTOP)
    try:
        again = client.get(address)
        asked = client.post("/api/datasets/preview", json={"dataset": {"seed": 7, "samples": 123, "kind": "moons"}})
    finally:
        os.kill(launcher, signal.SIGCONT)
    assert again.content == first.content == asked.content
    other = client.get('/api/datasets/moons/preview?settings={"samples":123,"seed":8}').raise_for_status()
    assert other.content != first.content


def test_of_own_data_none_is_kept() -> None:
    previews = Previews()
    for kind in ("own_table", "own_pictures", "mnist", "cifar10"):
        previews.keep(made(kind), b"J{}")
        assert previews.get(made(kind)) is None


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    previews = Previews()
    for samples in (100, 200):
        previews.keep(made("circle", samples=samples), b"J" * (MOST_BYTES // 2))
    assert previews.get(made("circle", samples=100))
    previews.keep(made("circle", samples=300), b"J")
    assert previews.get(made("circle", samples=200)) is None
    assert previews.get(made("circle", samples=100))
    previews.keep(made("circle", samples=400), b"J" * (MOST_BYTES + 1))
    assert previews.get(made("circle", samples=400)) is None
