"""`trainyard doctor`: what training and serving need, whether it is there, and what to do where it is not.

One file, though long: a check is a few lines, and they are read as a list.
"""

import asyncio
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rich.markup import escape

from app.cli.language import OUT, t
from app.executors.executor import Executor, Unanswered, Unreachable
from app.executors.limits import usual_places
from app.executors.local import LocalExecutor, launcher_environment
from app.executors.meeting import Meeting
from app.settings import Settings
from app.shipped import shipped

LIBRARIES = ("preact.js", "signals.js", "uplot.js")  # in static/vendor
CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
GB = 1e9  # bytes
LONGEST = 120  # seconds
MARKS = {"well": "[green]✓[/]", "fair": "[yellow]![/]", "ill": "[red]✗[/]"}
TORCH = (
    "import torch; print(torch.__version__, torch.version.cuda or torch.version.hip or 'CPU', torch.get_num_threads())"
)

CONFINE = (
    "from pathlib import Path; from app.executors.confinement import Reach, confine; "
    "done = confine(Reach(), Path('/nowhere')); print(done.files, done.network)"
)


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do. `ill` keeps the program from working, `fair` does not."""

    what: str
    health: Literal["well", "fair", "ill"]
    found: str
    advice: str = ""


Examination = Callable[[Settings], Finding]


def examine(settings: Settings) -> int:
    """Prints every finding as it is made; gives the exit code, 1 where something is ill."""
    ill = 0
    for examination in EXAMINATIONS:
        finding = examination(settings)
        ill += finding.health == "ill"
        OUT.print(f"{MARKS[finding.health]} [bold]{escape(finding.what)}[/]  {escape(finding.found)}", soft_wrap=True)
        if finding.advice:
            OUT.print(f"    → {finding.advice}", markup=False, soft_wrap=True)
    if ill:
        OUT.print(t("Things to mend: {count}.", count=ill))
    else:
        OUT.print(t("Trainyard can be used."))
    return 1 if ill else 0


def python(_: Settings) -> Finding:
    found = f"{platform.python_version()}, {platform.system()} {platform.machine()}"
    return Finding("Python", "well", found)


def pytorch(_: Settings) -> Finding:
    began = time.monotonic()
    try:
        told = subprocess.run(
            [sys.executable, "-P", "-c", TORCH],
            env=launcher_environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Finding("PyTorch", "ill", t("It takes longer than two minutes to load."), t("Close other programs."))
    if told.returncode:
        words = told.stderr.strip().splitlines() or [str(told.returncode)]
        return Finding("PyTorch", "ill", words[-1], t("Install it again: make install"))
    version, build, threads = told.stdout.split()
    seconds = time.monotonic() - began
    found = t(
        "{version}, build for {build}, threads: {threads}, loaded in {seconds} s",
        version=version,
        build=build,
        threads=threads,
        seconds=round(seconds, 1),
    )
    return Finding("PyTorch", "well", found)


def compiled_loop(settings: Settings) -> Finding:
    what = t("Compiled loop")
    began = time.monotonic()
    kept = [str(settings.data)] if settings.data.is_dir() else []
    compiler = [sys.executable, "-P", "-m", "app.training.steppers.compiled", *kept]
    try:
        compiling = subprocess.run(
            compiler, env=launcher_environment(), capture_output=True, timeout=LONGEST, check=False
        )
        well = compiling.returncode == 0
    except subprocess.TimeoutExpired:
        well = False
    if not well:
        advice = t("PyTorch trains small networks too, but slower.")
        return Finding(what, "fair", t("It cannot be compiled here."), advice)
    seconds = time.monotonic() - began
    return Finding(what, "well", t("compiled and loaded in {seconds} s", seconds=round(seconds, 1)))


def cores(_: Settings) -> Finding:
    found = t("{cores} cores: {places} runs train at once", cores=os.cpu_count(), places=usual_places())
    return Finding(t("Processor"), "well", found)


def memory(_: Settings) -> Finding:
    free = _free_memory()
    if free is None:
        return Finding(t("Memory"), "fair", t("This system does not say how much is free."))
    found = t("{free} GB free", free=round(free / GB, 1))
    if free < GB:
        return Finding(t("Memory"), "fair", found, t("Close other programs: the training processes take about 1 GB."))
    return Finding(t("Memory"), "well", found)


def data_folder(settings: Settings) -> Finding:
    what = t("Data folder")
    folder = settings.data.absolute()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        return Finding(what, "ill", f"{folder}: {error.strerror}", t("Choose a folder you may write to: --data FOLDER"))
    free = shutil.disk_usage(existing).free
    found = t("{folder}, {free} GB free on the disk", folder=str(folder), free=round(free / GB, 1))
    if free < GB:
        return Finding(what, "fair", found, t("Delete runs you no longer need, or choose another disk: --data FOLDER"))
    return Finding(what, "well", found)


def port(settings: Settings) -> Finding:
    what = t("Port {port}", port=str(settings.port))
    try:
        with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((settings.host, settings.port))
    except OSError as error:
        advice = t("Another Trainyard may be running. If not, choose another port: --port 0")
        return Finding(what, "fair", str(error.strerror), advice)
    return Finding(what, "well", t("free"))


def browser_libraries(_: Settings) -> Finding:
    what = t("Browser libraries")
    missing = [name for name in LIBRARIES if not (shipped("static") / "vendor" / name).is_file()]
    if missing:
        return Finding(what, "ill", t("missing: {names}", names=", ".join(missing)), t("Fetch them: make install"))
    return Finding(what, "well", t("all there"))


def launcher(settings: Settings) -> Finding:
    """The one of the data folder where it runs, else one started in a folder of its own."""
    what = t("Training process")
    began = time.monotonic()
    try:
        with _launcher_folder(settings) as (folder, running):
            alive = asyncio.run(_meet(folder, leave_it=running))
    except (Unreachable, Unanswered, TimeoutError) as error:
        return Finding(what, "ill", str(error), t("Its log is launcher.log in the data folder."))
    if running:
        return Finding(
            what, "well", t("at work: {running} runs, {waiting} waiting", running=alive[0], waiting=alive[1])
        )
    return Finding(what, "well", t("starts in {seconds} s", seconds=round(time.monotonic() - began, 1)))


def confinement(_: Settings) -> Finding:
    """Whether workers can be kept to their own files and off the network. It is tried in a process of its own."""
    what = t("Confinement of training")
    told = _ran(sys.executable, "-P", "-c", CONFINE).stdout.split()
    if told == ["True", "True"]:
        return Finding(what, "well", t("own files only, no network"))
    missing = {
        ("True", "False"): t("own files only, but the network can be reached"),
        ("False", "True"): t("no network, but all files of this user can be read"),
    }
    found = missing.get((told[0], told[1]) if len(told) == 2 else ("", ""), t("none"))
    return Finding(what, "fair", found, t("Linux 6.7 or newer with Landlock can do both. Training works without."))


def chromium(_: Settings) -> Finding:
    what = t("Chromium, for the tests")
    found = next(
        (path for name in (os.environ.get("CHROMIUM", ""), *CHROMIUMS) if name and (path := shutil.which(name))), None
    )
    if found is None:
        return Finding(what, "fair", t("not found"), t("Only make test needs it, and installs it where it can."))
    return Finding(what, "well", found)


def chinese_font(_: Settings) -> Finding:
    what = t("Chinese font, for screenshots")
    if shutil.which("fc-list") is None:
        return Finding(what, "fair", t("not known: there is no fc-list here"))
    fonts = _ran("fc-list", ":lang=zh", "family").stdout.splitlines()
    if not fonts:
        return Finding(what, "fair", t("not found"), "sudo apt-get install fonts-noto-cjk")
    return Finding(what, "well", fonts[0])


EXAMINATIONS: tuple[Examination, ...] = (
    python,
    pytorch,
    compiled_loop,
    cores,
    memory,
    data_folder,
    port,
    browser_libraries,
    launcher,
    confinement,
    chromium,
    chinese_font,
)


async def _meet(folder: Path, leave_it: bool) -> tuple[int, int]:
    """How many runs the launcher has at work, and how many wait."""
    executor = LocalExecutor(folder)
    try:
        return await asyncio.wait_for(_count(executor), 90)
    finally:
        await (executor.close() if leave_it else executor.shutdown())


async def _count(executor: Executor) -> tuple[int, int]:
    alive = await executor.alive()
    return len(alive.running), len(alive.waiting)


@contextmanager
def _launcher_folder(settings: Settings) -> Generator[tuple[Path, bool]]:
    if Meeting(settings.data).held():
        yield settings.data, True
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder), False


def _ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=launcher_environment(), capture_output=True, text=True, timeout=LONGEST, check=False
    )


def _free_memory() -> int | None:
    """Bytes that a new program could have; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)
