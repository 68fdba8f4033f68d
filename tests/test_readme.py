"""The README's examples are true: they are taken out of it and run against a real server."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.server import serving, until

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def example(language: str, having: str) -> str:
    """The one code block of a language with this text in it."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    [found] = [block for block in blocks if having in block]
    return found


@pytest.mark.slow
def test_the_examples_of_the_readme_work_when_pasted(tmp_path: Path) -> None:
    data, desk = tmp_path / "data", tmp_path / "desk"
    data.mkdir()
    desk.mkdir()
    with serving(data) as server:
        environment = {**os.environ, "TRAINYARD": server.address}
        shell = run(["bash", "-eu", "-c", example("sh", "Two moons")], desk, environment)
        assert '"name":"Two moons from the shell"' in shell.replace('": "', '":"')
        assert "step,epoch" in shell
        assert '"type":"queued"' in shell.replace('": "', '":"')
        assert re.search(r"/\?run=r[0-9a-z]{13}", shell)
        program = example("python", "urllib.request")
        assert len([line for line in program.splitlines() if line.strip()]) <= 11
        ended = run([sys.executable, "-c", program], desk, environment)
        assert re.fullmatch(r"done epoch 60 (0\.\d+|1\.0)\n", ended)
        _, first = server.get("/runs")["runs"]
        assert first["name"] == "Two moons from the shell"
        until(lambda: server.get(f"/runs/{first['id']}")["status"] == "done", "the end of the first run")
        forked = json.loads(run(["bash", "-eu", "-c", example("sh", "/fork")], desk, environment))
        assert forked["parent"]["run"] == first["id"]
        run(["bash", "-eu", "-c", example("sh", "example.csv")], desk, environment)
        own = json.loads((desk / "own_run.json").read_text())
        assert own["experiment"]["dataset"]["target_column"] == "survived"
        until(lambda: server.get(f"/runs/{own['id']}")["status"] == "done", "the end of training on an own table")
        run(["bash", "-eu", "-c", example("sh", "own_text")], desk, environment)
        text = json.loads((desk / "text_run.json").read_text())
        assert text["experiment"]["dataset"]["kind"] == "own_text"
        until(lambda: server.get(f"/runs/{text['id']}")["status"] == "done", "the end of training on an own text")


@pytest.mark.slow
def test_own_data_can_be_sent_from_the_shell_to_a_class_by_a_seat_of_ones_own(tmp_path: Path) -> None:
    code = "maple-river-lantern-42"
    with serving(tmp_path, token=code, teacher_token="turtle-tulip-hazel-28") as server:
        environment = {**os.environ, "TRAINYARD": server.address, "CODE": code}
        run(["bash", "-eu", "-c", example("sh", "example.csv")], tmp_path, environment)
        assert json.loads((tmp_path / "own_run.json").read_text())["owner"] == "Li"
        [own] = server.get("/datasets")["datasets"]
        assert own["owner"] == "Li"
        table = tmp_path / "passengers.csv"
        sent = ["curl", "-s", f"{server.address}/api/datasets", "-F", f"file=@{table}"]
        refused = json.loads(run([*sent, "-H", f"Authorization: Bearer {code}"], tmp_path, environment))
        assert refused["status"] == 403
        assert "POST /api/session" in refused["detail"]
        assert [dataset["id"] for dataset in server.get("/datasets")["datasets"]] == [own["id"]]


def test_every_file_and_folder_that_the_readme_names_is_there() -> None:
    named = re.findall(r"\]\(([^)#]+)\)", README) + re.findall(r"`((?:app|tests|docs|locales)/[\w./]*)`", README)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert named <= targets


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What a program prints; fails with what it said."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
