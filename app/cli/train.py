"""Training from the command line: the same launcher, worker and record as from the page, followed in the terminal."""

import asyncio
import signal
import time
from dataclasses import dataclass, field, replace
from typing import Any

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.cli.language import ERRORS, OUT, WORDS, t
from app.executors.executor import Executor, Unreachable
from app.executors.local import LocalExecutor
from app.experiment.experiment import Experiment
from app.parts.metrics import BY_NAME, SPLITS
from app.parts.tasks import Task
from app.runs.commands import Stop, append
from app.runs.events import Queued
from app.runs.folder import RunFolder
from app.runs.labels import Labels, keep_labels, labels_of
from app.runs.log import EventReader, EventWriter, received
from app.runs.origin import keep_start, starting_weights
from app.runs.record import digest, record
from app.runs.sealing import without_test
from app.settings import Settings
from app.web.numbers import metric_written

LOOK_EVERY = 0.05  # seconds
ASK_EVERY = 0.5  # seconds, while the run waits
EXIT_CODES = {"done": 0, "stopped": 130}  # by the reason of the end; any other is 2
BROKEN = 2


@dataclass
class Followed:
    """What has been seen of a run so far."""

    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    metrics: dict[str, Any] = field(default_factory=dict[str, Any])
    epoch: float = 0.0
    started: bool = False
    finished: dict[str, Any] | None = None
    verdict: dict[str, Any] | None = None

    def take(self, event: dict[str, Any]) -> None:
        """Looks at the next event."""
        self.events.append(event)
        match event["type"]:
            case "started":
                self.started = True
            case "measured":
                self.epoch = float(event["columns"]["epoch"][-1])
                self.metrics["train_loss"] = event["columns"]["train_loss"][-1]
            case "evaluated":
                self.epoch = float(event["epoch"])
                self.metrics |= event["metrics"]
            case "judged":
                self.verdict = event["verdict"]
            case "finished":
                self.epoch = float(event["epoch"])
                self.finished = event
            case _:
                pass


def train(experiment: Experiment, settings: Settings, name: str, open_test: bool = False) -> int:
    """Trains one experiment to its end and prints its metrics, those of the test samples where they are to be opened;
    gives the exit code.
    """
    folder = _made(experiment, settings, name)
    try:
        return asyncio.run(_train(folder, experiment, settings, open_test))
    except Unreachable as error:
        ERRORS.print(t("The training process does not start. Its last words were:"), style="red")
        ERRORS.print(str(error), markup=False)
        return BROKEN


def _made(experiment: Experiment, settings: Settings, name: str) -> RunFolder:
    about = {"owner": "local", "class": None}
    weights = starting_weights(settings.runs, experiment)
    folder = RunFolder.create(settings.runs, experiment.model_dump(mode="json"), about)
    keep_start(folder, weights)
    keep_labels(folder, Labels(name))
    log = EventWriter(folder)
    log.write(Queued, owner="local")
    log.close()
    return folder


async def _train(folder: RunFolder, experiment: Experiment, settings: Settings, open_test: bool) -> int:
    executor = LocalExecutor(settings.data)
    asked_to_stop = asyncio.Event()

    def stop() -> None:
        if not asked_to_stop.is_set():
            append(folder, Stop(id="ctrl-c", seat="local", at_step=None))
        asked_to_stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        # Another owner than the page's, so that neither waits for the other.
        await executor.start(folder.path, "command line")
        followed = await _follow(folder, experiment, executor, asked_to_stop)
    finally:
        await executor.close()
    if open_test:
        _count_opening(folder)
    _conclude(folder, followed, open_test)
    return EXIT_CODES.get(followed.finished["reason"], BROKEN) if followed.finished else BROKEN


async def _follow(
    folder: RunFolder, experiment: Experiment, executor: Executor, asked_to_stop: asyncio.Event
) -> Followed:
    followed = Followed()
    reader = EventReader(folder)
    asked = 0.0
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[epochs]}"),
        TextColumn("{task.fields[metrics]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=OUT, transient=True, disable=not OUT.is_terminal) as progress:
        bar = progress.add_task(t("Starting"), total=experiment.training.epochs, epochs="", metrics="")
        while followed.finished is None:
            for event in reader.events():
                followed.take(event)
            if followed.started:
                progress.update(bar, description=t("Training"), completed=followed.epoch)
                epochs = t("epoch {epoch} of {epochs}", epoch=int(followed.epoch), epochs=experiment.training.epochs)
                progress.update(bar, epochs=epochs, metrics=_brief(followed.metrics, experiment.task))
            elif time.monotonic() - asked > ASK_EVERY:
                asked = time.monotonic()
                progress.update(bar, description=await _place(executor, folder.id))
            if asked_to_stop.is_set() and not followed.started:
                await executor.stop(folder.id)  # it has no worker yet that could read the command
            await asyncio.sleep(LOOK_EVERY)
    return followed


async def _place(executor: Executor, run: str) -> str:
    waiting = (await executor.alive()).waiting.get(run)
    return t("Starting") if waiting is None else t("Place {position} in the queue", position=waiting.position)


def _count_opening(folder: RunFolder) -> None:
    labels = labels_of(folder)
    keep_labels(folder, replace(labels, openings=labels.openings + 1))


def _conclude(folder: RunFolder, followed: Followed, open_test: bool) -> None:
    if followed.finished is None:
        return
    good = followed.finished["reason"] == "done"
    ending = WORDS.told(followed.finished["sentence"])
    OUT.print(f"[{'green' if good else 'red'}]{'✓' if good else '✗'}[/] {ending}", soft_wrap=True)
    if followed.verdict and followed.finished["reason"] != "diverged":  # which the end has told already
        said = f"{WORDS.told(followed.verdict['head'])} {WORDS.told(followed.verdict['sentence'])}"
        OUT.print(f"  {said}", soft_wrap=True, markup=False)
    metrics = followed.metrics if open_test else without_test(followed.metrics)
    splits = [split for split in SPLITS if any(name.startswith(f"{split}_") for name in metrics)]
    table = Table(t("Metric"), *(t(split) for split in splits))
    for metric in _names(metrics):
        table.add_row(_title(metric), *(_number(metric, metrics.get(f"{split}_{metric}")) for split in splits))
    OUT.print(table)
    if len(metrics) < len(followed.metrics):
        OUT.print(t("The test result is sealed: open it on the page, or train with --open-test."), style="dim")
    began = next((event["time"] for event in followed.events if event["type"] == "started"), followed.finished["time"])
    about = {
        "id": folder.id,
        "steps": followed.finished["step"],
        "seconds": round(followed.finished["time"] - began, 1),
        "digest": digest(record(followed.events))[:16],
    }
    OUT.print(t("Run {id}: {steps} steps in {seconds} s, digest {digest}", **about), style="dim", soft_wrap=True)


def _names(metrics: dict[str, Any]) -> list[str]:
    """`loss`, `accuracy` … of `train_loss`, `test_accuracy` …, each once."""
    return list(dict.fromkeys(name.partition("_")[2] for name in metrics if name.partition("_")[0] in SPLITS))


def _title(metric: str) -> str:
    known = BY_NAME.get(metric)
    return WORDS.t("metrics", known.title) if known else metric


def _brief(metrics: dict[str, Any], task: Task) -> str:
    """What the task shows of the samples that were held back; the loss while nothing is known of them."""
    held = [f"validation_{metric.name}" for metric in task.shown]
    shown = [name for name in held if name in metrics] or [name for name in ("train_loss",) if name in metrics]
    return "  ".join(f"{WORDS.metric(name)} {_number(name, metrics[name])}" for name in shown)


def _number(name: str, value: Any) -> str:
    return "" if value is None else metric_written(name, received(value), chinese=WORDS.chinese)
