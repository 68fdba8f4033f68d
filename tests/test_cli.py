"""The command line, as a program of its own."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Generator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from app.cli.commands import program
from app.cli.installation import CHROMIUMS, data_folder
from app.cli.language import terminal_language
from app.cli.sheet import sheet
from app.executors.local import LocalExecutor
from app.runs.folder import RunFolder
from app.runs.labels import labels_of
from app.runs.log import EventReader
from app.settings import Settings
from tests.browser.chromium import NAMES
from tests.training.waves import vowel, wav

ROOT = Path(__file__).parents[1]
SMALL = {
    "dataset": {"kind": "circle", "samples": 60},
    "task": {"kind": "classification"},
    "networks": {"main": {"layers": [{"kind": "linear", "units": 3}, {"kind": "tanh"}]}},
    "loss": {"kind": "cross_entropy"},
    "training": {"epochs": 3},
}
DEADLINE = 120.0  # seconds


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A data folder for all tests, so that they share a warm launcher; it is gone at the end."""
    folder = tmp_path_factory.mktemp("yard") / "data"
    yield folder

    async def end() -> None:
        await LocalExecutor(folder).shutdown()

    asyncio.run(end())


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(SMALL))
    return file


def environment(language: str = "C.UTF-8") -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "TRAINYARD_"))}
    return {**kept, "LANG": language, "COLUMNS": "200", "TERM": "dumb"}


def trainyard(*words: str | Path, language: str = "C.UTF-8", given: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *map(str, words)],
        cwd=ROOT,
        env=environment(language),
        input=given,
        capture_output=True,
        text=True,
        timeout=DEADLINE * 2,
        check=False,
    )


def typed(*words: str | int | Path, given: str = "") -> Result:
    """Runs a command in this process, which is quicker where no other process is needed."""
    return CliRunner().invoke(program, [str(word) for word in words], input=given)


def newest(data: Path) -> RunFolder:
    """The run that was made last."""
    return RunFolder(max((data / "runs").iterdir()))


def digest_in(text: str) -> str:
    return re.findall(r"digest ([0-9a-f]{16})", text)[0]


def test_a_sound_experiment_is_said_to_be_trainable(experiment: Path) -> None:
    told = typed("check", experiment)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "3 layers, 17 parameters" in told.stdout  # 2·3 + 3, then 3·2 + 2 of the head


def test_every_problem_of_a_document_is_told_with_its_place_and_a_fix() -> None:
    told = typed("check", "-", given='{"dataset": {"kind": "circl"}, "seed": -1}')
    assert told.exit_code == 1
    for part in ("/dataset/kind", "circl", "--set /dataset/kind=", "/seed", "“task”"):
        assert part in told.stderr


def test_problems_are_told_in_chinese_where_the_terminal_speaks_it() -> None:
    told = trainyard("check", "-", given='{"dataset": {"kind": "circl"}}', language="zh_CN.UTF-8")
    assert told.returncode == 1
    assert re.search(r"[\u4e00-\u9fff]", told.stderr)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("no json", "line 1, column 1"),
        ("", "is not JSON"),
        ("[" * 100_000, "nested too deep"),
        ("[]", "An experiment is an object"),
        ("NaN", "An experiment is an object"),
    ],
)
def test_what_is_no_experiment_is_told_in_a_sentence(given: str, words: str) -> None:
    told = typed("check", "-", given=given)
    assert told.exit_code == 1
    assert words in told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    told = typed("check", tmp_path / "none.json")
    assert told.exit_code == 1
    assert "No such file" in told.stderr


@pytest.mark.parametrize("setting", ["optimizer.lr", "=3", "networks.main.layers.9.units=3"])
def test_a_setting_that_leads_nowhere_is_told_in_a_sentence(experiment: Path, setting: str) -> None:
    told = typed("check", experiment, "--set", setting)
    assert told.exit_code == 1
    assert "✗" in told.stderr
    assert "Traceback" not in told.stderr


def test_training_ends_with_the_metrics_and_a_record_like_any_other(experiment: Path, data: Path) -> None:
    first = trainyard("train", experiment, "--data", data)
    assert first.returncode == 0, first.stderr
    for word in ("Loss", "Accuracy", "validation", "All 3 epochs are done."):
        assert word in first.stdout
    events = EventReader(newest(data)).events()
    assert [event["type"] for event in events][:2] == ["queued", "started"]
    assert events[-1]["reason"] == "done"
    again = trainyard("train", experiment, "--data", data, language="zh_CN.UTF-8")
    assert again.returncode == 0, again.stderr
    assert "3 轮全部完成。" in again.stdout
    assert re.findall(r"[0-9a-f]{16}", again.stdout) == [digest_in(first.stdout)]


def test_the_test_result_is_told_only_where_it_is_opened_and_that_is_counted(experiment: Path, data: Path) -> None:
    sealed = typed("train", experiment, "--data", data)
    header = re.compile(r"Metric\W+train\W+validation\W+(test)?")
    found = header.search(sealed.stdout)
    assert found is not None
    assert found[1] is None
    assert "sealed" in sealed.stdout
    assert labels_of(newest(data)).openings == 0
    opened = typed("train", experiment, "--data", data, "--open-test")
    found = header.search(opened.stdout)
    assert found is not None
    assert found[1] == "test"
    assert "sealed" not in opened.stdout
    assert labels_of(newest(data)).openings == 1


def test_settings_of_the_command_line_change_the_experiment(experiment: Path, data: Path) -> None:
    told = typed("train", experiment, "--data", data, "--set", "training.epochs=2", "--set", "/optimizer/lr=0.5")
    assert told.exit_code == 0, told.stderr
    document = newest(data).document()
    assert document["training"]["epochs"] == 2
    assert document["optimizer"] == {**document["optimizer"], "lr": 0.5}


def test_a_trained_network_is_asked(data: Path, tmp_path: Path) -> None:
    stories = {
        "dataset": {"kind": "stories", "samples": 100, "window": 16},
        "task": {"kind": "language_model"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "lstm", "units": 8}]}},
        "loss": {"kind": "cross_entropy"},
        "training": {"epochs": 2},
    }
    file = tmp_path / "stories.json"
    file.write_text(json.dumps(stories))
    assert typed("train", file, "--data", data).exit_code == 0
    run = newest(data).id
    told = typed("ask", run, "write_on", "--set", "text=a", "--set", "count=40", "--set", "seed=5", "--data", data)
    assert told.exit_code == 0, told.stderr
    again = typed("ask", run, "write_on", "--set", "text=a", "--set", "count=40", "--set", "seed=5", "--data", data)
    assert told.stdout == again.stdout
    assert len(told.stdout.removesuffix("\n")) == 40
    unpictured = typed("ask", run, "write_on", "--data", data, "--png", tmp_path / "text.png")
    assert unpictured.exit_code == 1
    assert "no picture" in unpictured.stderr
    assert not (tmp_path / "text.png").exists()
    assert typed("train", file, "--data", data).exit_code == 0
    # one right after another
    asked = [typed("ask", run_id, "write_on", "--data", data) for run_id in (run, newest(data).id)]
    assert [result.exit_code for result in asked] == [0, 0]
    for wrong in (["sample"], ["sing"], ["write_on", "--set", "text=☃"], ["write_on", "--set", "count"]):
        refused = typed("ask", run, *wrong, "--data", data)
        assert refused.exit_code == 1
        assert "✗" in refused.stderr
    assert typed("ask", "../runs", "sample", "--data", data).exit_code == 1


def test_a_sound_is_asked_about_by_its_file(data: Path, tmp_path: Path) -> None:
    vowels = {
        "dataset": {"kind": "vowels", "samples": 100},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [{"kind": "gru", "units": 4}, {"kind": "mean_over_time"}]}},
        "loss": {"kind": "cross_entropy"},
        "training": {"epochs": 1},
    }
    file, sound = tmp_path / "vowels.json", tmp_path / "a.wav"
    file.write_text(json.dumps(vowels))
    sound.write_bytes(wav(vowel("a", 1.0, 120)))
    assert typed("train", file, "--data", data).exit_code == 0
    run = newest(data).id
    told = typed("ask", run, "listen", "--set", f"sound={sound}", "--data", data)
    assert told.exit_code == 0, told.stderr
    assert len(json.loads(told.stdout)["shares"]) == 10
    for wrong in (file, tmp_path / "none.wav"):
        refused = typed("ask", run, "listen", "--set", f"sound={wrong}", "--data", data)
        assert refused.exit_code == 1
        assert "✗" in refused.stderr or "none.wav cannot be read" in refused.stderr


def test_drawn_samples_are_written_as_a_sheet(data: Path, tmp_path: Path) -> None:
    digits = {
        "dataset": {"kind": "digits", "samples": 100},
        "task": {"kind": "gan", "latent": 3},
        "networks": {
            "generator": {
                "layers": [{"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}],
                "head": False,
            },
            "discriminator": {"layers": [{"kind": "flatten"}]},
        },
        "loss": {"kind": "least_squares"},
        "training": {"epochs": 1},
    }
    file, png = tmp_path / "digits.json", tmp_path / "sheet.png"
    file.write_text(json.dumps(digits))
    told = typed("train", file, "--data", data)
    assert told.exit_code == 0, told.stdout + told.stderr
    question = ["ask", newest(data).id, "sample", "--set", "count=18", "--set", "seed=5", "--data", data]
    told = typed(*question)
    assert told.exit_code == 0, told.stderr
    samples = [sample for line in told.stdout.splitlines() for sample in json.loads(line)["samples"]]
    told = typed(*question, "--png", png)
    assert told.exit_code == 0, told.stderr
    assert "18" in told.stdout
    assert "[" not in told.stdout
    with Image.open(png) as picture:
        assert picture.format == "PNG"
        assert picture.size == (5 * 66 + 2, 4 * 66 + 2)  # 18 samples in rows of 5; 8 pixels are enlarged to 64
        pixels = np.array(picture)
    assert len(samples) == 18
    for at, [levels] in enumerate(samples):
        top, left = at // 5 * 66 + 2, at % 5 * 66 + 2
        light = np.round(255 * np.clip(levels, 0, 1))
        drawn = pixels[top : top + 64, left : left + 64]
        assert (drawn == light.repeat(8, 0).repeat(8, 1)[..., None]).all()
    assert (pixels[-64:-2, -64 - 66 :] == 128).all()  # the rest of the last row is empty
    refused = typed(*question, "--png", tmp_path / "none" / "sheet.png")
    assert refused.exit_code == 1
    assert "cannot be written" in refused.stderr


def test_a_sheet_holds_colours_and_refuses_what_is_no_picture() -> None:
    red = np.zeros((3, 64, 32))
    red[0] = 2.0  # beyond full light
    with Image.open(BytesIO(sheet([red.tolist()]))) as picture:
        pixels = np.array(picture)
    assert pixels.shape == (68, 36, 3)
    assert (pixels[2:-2, 2:-2] == [255, 0, 0]).all()
    for wrong in ([], [[1.0, 2.0]], [[[[0.0]]], [[[0.0, 1.0]]]]):
        with pytest.raises(ValueError, match=r"pictures|inhomogeneous"):
            sheet(wrong)


def test_an_experiment_with_problems_is_not_trained(experiment: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    told = typed("train", experiment, "--data", data, "--set", "optimizer.lr=fast")
    assert told.exit_code == 1
    assert "/optimizer/lr" in told.stderr
    assert not data.exists()


def test_training_that_diverges_is_told_by_the_exit_code(data: Path, tmp_path: Path) -> None:
    plane = {
        "dataset": {"kind": "plane"},
        "task": {"kind": "regression"},
        "networks": {"main": {"layers": [{"kind": "linear", "units": 8}]}},
        "loss": {"kind": "mse"},
        "optimizer": {"kind": "sgd", "lr": 10},
    }
    file = tmp_path / "plane.json"
    file.write_text(json.dumps(plane))
    told = typed("train", file, "--data", data)
    assert told.exit_code == 2, told.stderr
    assert "✗" in told.stdout


def test_ctrl_c_ends_the_run_and_still_tells_how_it_went(experiment: Path, data: Path) -> None:
    before = newest(data).id
    command = [sys.executable, "-m", "app.cli", "train", str(experiment), "--data", str(data)]
    with subprocess.Popen(
        [*command, "--set", "training.epochs=1000000"], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        wait_until(lambda: newest(data).id != before and b'"measured"' in newest(data).events_file.read_bytes())
        process.send_signal(signal.SIGINT)
        told, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode == 130
    assert "Stopped" in told
    assert "Accuracy" in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_says_where_it_is_and_leaves_in_order(data: Path, number: int) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--data", str(data)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: healthy(port))
        process.send_signal(number)
        told, errors = process.communicate(timeout=DEADLINE)
    assert process.returncode == 0, errors
    assert f"http://127.0.0.1:{port}" in told
    assert "The server has ended" in told
    assert "Traceback" not in errors


def test_a_server_for_others_prints_its_code_and_a_picture_to_scan(data: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--host", "0.0.0.0", "--port", str(port), "--data", str(data)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: healthy(port))
        process.send_signal(signal.SIGTERM)
        told, _ = process.communicate(timeout=DEADLINE)
    assert "Class code:" in told
    assert "Teacher code:" in told


def test_a_port_that_is_taken_is_told_in_a_sentence(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        told = typed("serve", "--port", str(other.getsockname()[1]), "--data", data)
    assert told.exit_code == 2
    assert "is taken" in told.stderr


def test_the_doctor_looks_at_everything_and_leaves_nothing_behind(tmp_path: Path) -> None:
    data = tmp_path / "data"
    told = typed("doctor", "--data", data, "--port", free_port())
    assert told.exit_code == 0, told.stdout
    for word in (
        "PyTorch",
        "2.",
        "compiled and loaded",
        "Data folder",
        "Training process",
        "GB free",
        "Browser libraries",
        "Chromium",
    ):
        assert word in told.stdout
    assert not data.exists()


def test_the_doctor_knows_every_chromium_that_the_tests_would_take() -> None:
    assert set(CHROMIUMS) == set(NAMES)


def test_the_doctor_says_what_to_do_about_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    finding = data_folder(Settings.model_validate({"data": tmp_path / "file" / "data"}))
    assert finding.health == "ill"
    assert "--data FOLDER" in finding.advice


def test_settings_that_cannot_be_used_are_told_in_a_sentence(experiment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINYARD_PORT", "many")
    told = typed("train", experiment)
    assert told.exit_code == 2
    assert "TRAINYARD_PORT" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_terminal_says_its_language(variables: dict[str, str], language: str) -> None:
    assert terminal_language(variables) == language


def test_every_sentence_of_the_command_line_has_its_chinese_and_none_is_left_over() -> None:
    chinese = json.loads((ROOT / "locales/zh/cli.json").read_text("utf-8"))
    sources = "".join(file.read_text("utf-8") for file in (ROOT / "app/cli").glob("*.py"))
    written = {match[1] for match in re.finditer(r'(?<![.\w])t\(\s*"((?:[^"\\]|\\.)*)"', sources)}
    assert set(chinese) == written | {"train", "validation", "test"}
    for english, translated in chinese.items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", translated)), english


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait_until(true: Callable[[], bool]) -> None:
    """Waits for a condition. Fails after `DEADLINE` seconds."""
    deadline = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)
