"""Experiments as the command line gets them: read from a file, edited by options, checked."""

import json
import sys
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.markup import escape

from app.cli.language import ERRORS, OUT, WORDS, t
from app.experiment.check import Report, check
from app.experiment.experiment import Experiment
from app.experiment.patch import grounded, patched
from app.parts.problem import Edit, Fix, Problem
from app.uploads.folder import GONE
from app.uploads.uploads import Uploads
from app.web.replies import KINDS

LARGEST = 8 << 20  # bytes


class Unusable(Exception):
    """What was given cannot even be looked at; the message says why, in the person's language."""


def read(file: str) -> Any:
    """The JSON of a file, or of the standard input for `-`."""
    try:
        text = sys.stdin.read(LARGEST) if file == "-" else _bytes(file).decode()
        return json.loads(text)
    except RecursionError:
        raise Unusable(t("{file} is nested too deep.", file=file)) from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise Unusable(
            t("{file} is not JSON: line {line}, column {column}: {why}.", file=file, why=error.msg, **place)
        ) from None
    except UnicodeDecodeError:
        raise Unusable(t("{file} is not text in UTF-8.", file=file)) from None


def with_settings(document: Any, settings: list[str]) -> Any:
    """The document with each `path=value` made: `/optimizer/lr=0.03` or `optimizer.lr=0.03`."""
    whole = check(document).experiment if settings else None
    if whole is not None:  # with all that a short document leaves out, so that there is something to set
        document = whole.model_dump(mode="json")
    for path, text in map(_parted, settings):
        value, pointer = _value(text), path if path.startswith("/") else "/" + path.replace(".", "/")
        try:
            document = patched(document, [grounded(Edit("replace", pointer, value), document)])
        except LookupError:
            raise Unusable(t("There is nothing at {path} in this experiment.", path=path)) from None
    return document


def question_in(kind: str, settings: list[str]) -> dict[str, Any]:
    """A question with each `name=value`. What is a text in its form is taken as it stands, a sound is a file's name."""
    fields = KINDS[kind].model_fields if kind in KINDS else {}
    read_as: dict[Any, Callable[[str], Any]] = {str: str, bytes: _base64}
    question = {"kind": kind}
    for name, text in map(_parted, settings):
        question[name] = read_as.get(fields[name].annotation if name in fields else None, _value)(text)
    return question


def _base64(file: str) -> str:
    return b64encode(_bytes(file)).decode()


def _parted(setting: str) -> tuple[str, str]:
    path, equals, text = setting.partition("=")
    if not equals or not path.strip("/."):
        raise Unusable(t("Write a setting as path=value, such as optimizer.lr=0.03, not {text}.", text=setting))
    return path, text


def _value(text: str) -> Any:
    """The JSON value of a text, or the text itself."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def judge(document: Any) -> Report:
    """The report on a document; its problems and hints are printed."""
    report = check(document)
    for problem in report.problems:
        ERRORS.print(f"[red]✗[/] {_told(problem)}", soft_wrap=True)
    for hint in report.hints:
        OUT.print(f"[yellow]![/] {_told(hint)}", soft_wrap=True)
    return report


def has_data(experiment: Experiment, data: Path) -> bool:
    """Whether the table or the pictures that somebody brought stand in the data folder; where not, that is printed."""
    upload: str = getattr(experiment.dataset, "upload", "")
    if not upload or Uploads(data).get(upload):
        return True
    ERRORS.print(f"[red]✗[/] {_told(Problem(GONE, place='/dataset/upload'))}", soft_wrap=True)
    return False


def _told(problem: Problem) -> str:
    lines = [f"[bold]{escape(problem.place or '/')}[/]  {escape(_sentence(problem.template, problem.values))}"]
    lines += [f"    → {escape(_sentence(fix.title, fix.values))}{_edits(fix)}" for fix in problem.fixes]
    return "\n".join(lines)


def _sentence(template: str, values: dict[str, Any]) -> str:
    return WORDS.problem(template, **values)


def _edits(fix: Fix) -> str:
    """What the fix would change, as options of this command where it can be said so."""
    if any(edit.op == "remove" for edit in fix.edits):
        return ""
    options = (f"--set {edit.path}={json.dumps(edit.value, ensure_ascii=False)}" for edit in fix.edits)
    return f"  [dim]{escape(' '.join(options))}[/]" if fix.edits else ""


def _bytes(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            block = opened.read(LARGEST + 1)
    except OSError as error:
        raise Unusable(t("{file} cannot be read: {why}.", file=file, why=error.strerror or error)) from None
    if len(block) > LARGEST:
        raise Unusable(t("{file} is larger than {most} MB.", file=file, most=LARGEST >> 20))
    return block
