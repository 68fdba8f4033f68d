"""What can be typed: the commands and their options."""

import errno
import signal
import socket
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.markup import escape

from app.cli.asking import ask as reply_to
from app.cli.documents import Unusable, has_data, judge, question_in, read, with_settings
from app.cli.installation import examine
from app.cli.language import ERRORS, OUT, WORDS, t
from app.cli.train import train as train_to_the_end
from app.executors.executor import Unanswered, Unreachable
from app.parts.problem import Problem, Problems
from app.runs.folder import RunFolder, is_id
from app.runs.private import private_folder
from app.settings import Settings
from app.uploads.operator import tell_workers
from app.web.announce import announce
from app.web.codes import signing_key
from app.web.replies import question_of

PROBLEMS = 1  # exit code: the document has problems
FAILED = 2

program = typer.Typer(
    help=t("A neural-network playground with real engines."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Data = Annotated[Path | None, typer.Option(help=t("Folder in which runs are kept."), file_okay=False)]
File = Annotated[str, typer.Argument(metavar="experiment.json", help=t("The experiment; - reads it from the input."))]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help=t("Changes a setting, such as optimizer.lr=0.03.")),
]


@program.command(help=t("Serves the playground until Ctrl-C. Runs go on without it."))
def serve(
    host: Annotated[
        str | None, typer.Option(help=t("Address to listen on; 0.0.0.0 lets others in, with a code."))
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=t("Port; 0 lets the system choose."))] = None,
    data: Data = None,
) -> None:
    settings = _settings(host=host, port=port, data=data)
    settings = settings.model_copy(update={"port": _free_port(settings)})
    private_folder(settings.data)
    for line in _announced(settings):
        OUT.print(line, markup=False, soft_wrap=True)
    OUT.print(t("Ctrl-C ends the server; runs go on without it."), style="dim")
    signal.signal(signal.SIGTERM, _interrupt)  # uvicorn leaves in order, then sends itself the signal once more
    with suppress(KeyboardInterrupt):
        # Loaded here, because the other commands need nothing of it, and it takes half a second.
        import_module("app.main").serve(settings)
    OUT.print(t("The server has ended. Runs in training go on; start it again to see them."))


@program.command(help=t("Trains an experiment and prints its metrics. Exit code: 0 done, 1 problems, 2 failed."))
def train(
    file: File,
    seconds: Annotated[float | None, typer.Option(help=t("Stops after so many seconds."))] = None,
    sets: Sets = None,
    data: Data = None,
    open_test: Annotated[
        bool, typer.Option("--open-test", help=t("Opens the sealed test result at the end; the opening is counted."))
    ] = False,
) -> None:
    settings = _settings(data=data)
    changes = [*(sets or []), *([f"/training/seconds={seconds}"] if seconds is not None else [])]
    try:
        report = judge(with_settings(read(file), changes))
    except Unusable as error:
        _fail(str(error), PROBLEMS)
    if report.problems or report.experiment is None or not has_data(report.experiment, settings.data):
        raise typer.Exit(PROBLEMS)
    private_folder(settings.data)
    if settings.datasets is not None:
        tell_workers(settings.data, settings.datasets)
    name = "" if file == "-" else Path(file).stem
    raise typer.Exit(train_to_the_end(report.experiment, settings, name, open_test))


@program.command(help=t("Asks the network of a run for something that it can do."))
def ask(
    run: Annotated[str, typer.Argument(help=t("The run's id."))],
    kind: Annotated[str, typer.Argument(help=t("What it is asked."))],
    sets: Sets = None,
    data: Data = None,
    png: Annotated[
        Path | None, typer.Option(dir_okay=False, help=t("Writes the samples as one picture into this PNG file."))
    ] = None,
) -> None:
    settings = _settings(data=data)
    try:
        question = question_of(question_in(kind, sets or []))
        if not is_id(run) or not RunFolder(settings.runs / run).path.is_dir():
            raise Problem("There is no run {run} in this data folder.", run=run[:40])
        reply_to(RunFolder(settings.runs / run), question, settings, png)
    except Unusable as error:
        _fail(str(error), PROBLEMS)
    except (Problem, Problems) as error:
        for problem in error.problems if isinstance(error, Problems) else [error]:
            ERRORS.print(f"[red]✗[/] {escape(WORDS.problem(problem.template, **problem.values))}", soft_wrap=True)
        raise typer.Exit(PROBLEMS) from None
    except (Unanswered, Unreachable) as error:
        _fail(str(error), FAILED)


@program.command(help=t("Says everything that is wrong with an experiment, where, and what would mend it."))
def check(file: File, sets: Sets = None) -> None:
    try:
        report = judge(with_settings(read(file), sets or []))
    except Unusable as error:
        _fail(str(error), PROBLEMS)
    if report.problems or report.experiment is None:
        raise typer.Exit(PROBLEMS)
    layers = [layer for network in report.placed.values() for layer in network]
    told = {"layers": len(layers), "parameters": sum(layer.parameters for layer in layers)}
    OUT.print("[green]✓[/]", t("It can be trained: {layers} layers, {parameters} parameters.", **told))


@program.command(help=t("Looks whether everything is there that training and serving need, and says what to do."))
def doctor(
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=t("The port that the server is to have."))] = None,
    data: Data = None,
) -> None:
    raise typer.Exit(examine(_settings(port=port, data=data)))


def main() -> None:
    """The program `trainyard`."""
    program(prog_name="trainyard")


def _settings(host: str | None = None, port: int | None = None, data: Path | None = None) -> Settings:
    try:
        return Settings.read(host=host, port=port, data=data)
    except ValueError as error:
        _fail(str(error), FAILED)


def _announced(settings: Settings) -> list[str]:
    """What stands in the terminal. Ends the program where a code or key cannot be used, or cannot be written."""
    try:
        if not settings.open:
            signing_key(settings)
        return announce(settings)
    except Problem as problem:
        _fail(WORDS.problem(problem.template, **problem.values), FAILED)
    except OSError as error:
        _fail(t("The codes cannot be kept in {folder}: {why}.", folder=settings.data, why=error.strerror), FAILED)


def _free_port(settings: Settings) -> int:
    """The port itself, or one that the system chose for 0. Ends the program where it is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        with socket.socket(family) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((settings.host, settings.port))
            return attempt.getsockname()[1]
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = t("Port {port} is taken, perhaps by another Trainyard. Try --port 0.", port=str(settings.port))
        else:
            why = t(
                "{host} port {port} cannot be used: {why}.",
                host=settings.host,
                port=str(settings.port),
                why=error.strerror,
            )
        _fail(why, FAILED)


def _fail(why: str, code: int) -> NoReturn:
    ERRORS.print(f"[red]✗[/] {escape(why)}", soft_wrap=True)
    raise typer.Exit(code)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
